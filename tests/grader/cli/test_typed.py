"""What is told to type next does the same to the same gradebook."""

from __future__ import annotations

import shlex
from pathlib import Path

from grader.cli.typed import typed


def test_what_was_not_given_is_not_told() -> None:
    assert typed("marks") == "grade marks"
    assert typed("batch", "hw", options=(("--fresh", False), ("--only", None))) == "grade batch hw"


def test_a_shell_reads_back_what_was_given() -> None:
    line = typed(
        "batch",
        "My Class; x",
        course=Path("a b/course.yaml"),
        gradebook="m$.db",
        options=(("--fresh", True), ("--only", ["one", "two"]), ("--jobs", 2)),
    )
    assert shlex.split(line) == [
        "grade", "batch", "My Class; x", "--course", "a b/course.yaml", "--gradebook", "m$.db",
        "--fresh", "--only", "one", "--only", "two", "--jobs", "2",
    ]  # fmt: skip


def test_no_password_and_no_escape_reaches_the_screen() -> None:
    line = typed("marks", "\x1b[2J", gradebook="postgresql://ann:geheim@db/marks")
    assert "geheim" not in line
    assert "@db/marks" in line
    assert "\x1b" not in line
