"""docs/canvas.md: its five commands run as they are typed, against the stand-in for Canvas."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from support import needs
from support.canvas_server import TOKEN, Canvas, serving
from support.commands import grade_in
from support.courses import double
from support.files import replaced
from support.places import ROOT

TEXT = (ROOT / "docs" / "canvas.md").read_text("utf-8")
DUE = "    title: A\n    due: 2024-02-01T23:59:00+01:00\n"
LATE = "late: {lose: 10%, every: 1d}\nunits:\n"
RIGHT = {
    "double.py": "def double(x):\n    return 2 * x\n",
    "half.py": "def half(x):\n    return x / 2\n",
}
#: Right in one exercise alone, and in time by an extension alone.
PART = {"half.py": RIGHT["half.py"]}


def pattern(told: str) -> str:
    """What is told, with … for anything: on a line of its own for lines, else within one."""
    lines = (
        r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\n"
        for line in told.strip("\n").splitlines()
    )
    return "".join(lines)


def a_class() -> Canvas:
    canvas = Canvas()
    canvas.student(101, "Jane Doe", section=1)
    canvas.student(102, "Richard Roe", section=2)
    canvas.student(103, "Edgar Poe", section=2)
    canvas.test_student(199)
    canvas.assignment(4711, "A", 4, due_at="2024-02-01T22:59:00Z")
    canvas.hand_in(4711, 101, "2024-02-01T10:00:00Z", RIGHT)
    canvas.hand_in(4711, 102, "2024-02-04T10:00:00Z", PART)
    canvas.overrides[4711] = [
        {"id": 1, "title": "1 student", "student_ids": [102], "due_at": "2024-02-05T22:59:00Z"}
    ]
    return canvas


@needs.lock
def test_the_five_commands_print_what_they_are_said_to_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("WXB_GRADEBOOK", "CANVAS_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    outline = double.write(tmp_path / "course") / "course.yaml"
    text = replaced(outline.read_text("utf-8"), "    title: A\n", DUE)
    outline.write_text(replaced(text, "units:\n", LATE), "utf-8")
    monkeypatch.chdir(outline.parent)
    token = Path("canvas-token")
    token.write_text(f"{TOKEN}\n", "utf-8")
    token.chmod(0o600)
    grade = grade_in(capsys)
    section = TEXT.partition("## Five commands")[2].partition("\n## ")[0]
    [block] = re.findall(r"```console\n(.*?)```", section, re.DOTALL)
    steps = re.split(r"(?m)^\$ ", block)[1:]
    assert len(steps) == 5
    with serving(a_class()) as canvas:
        monkeypatch.setenv("CANVAS_URL", canvas.url)
        for step in steps:
            line, _, told = step.partition("\n")
            ran = grade(*shlex.split(line)[1:])
            assert ran.status == 0, f"{line}\n{ran}"
            assert re.fullmatch(pattern(told), ran.out.strip("\n") + "\n"), f"{line}\n{ran.out}"
            assert TOKEN not in ran.out + ran.err
        assert "extended until 2024-02-05 22:59:00+00:00, by Canvas (" in " ".join(
            grade("explain", "richard102", "half").out.split()
        )
        assert (canvas.score(4711, 101), canvas.score(4711, 102)) == (4, 1.5)
        ran = grade(*shlex.split(line)[1:], "--comments")
        assert (ran.status, len(canvas.writes)) == (0, 4)
        assert canvas.comments(4711, 102)[0].startswith("01_a  A: 1.5 of 4")


def test_every_option_that_is_named_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    grade = grade_in(capsys)
    known = (
        grade("pull", "--help").out + grade("push", "--help").out + grade("export", "--help").out
    )
    named = set(re.findall(r"--[a-z][a-z-]*", TEXT)) - {"--until", "--isolation"}
    assert len(named) > 8
    assert {name for name in named if name not in known} == set()
    assert "--token " not in known
