"""README's commands are ones that there are, about files that there are."""

from __future__ import annotations

import re
import shlex

import pytest

from grader import Course
from grader.cli.app import app
from support.places import ROOT

LINES = re.findall(r"(?m)^\$ (?:\.venv/bin/)?grade (.*)$", (ROOT / "README.md").read_text("utf-8"))


@pytest.mark.parametrize("line", LINES)
def test_command(line: str) -> None:
    first, *rest = shlex.split(line, comments=True)
    commands = {c.name for c in (*app.registered_commands, *app.registered_groups)}
    exercises = {exercise.id for exercise in Course.load(ROOT).exercises}
    assert first in commands | exercises
    for word in rest:
        assert word.startswith("--") or word in exercises or (ROOT / word).parent.is_dir(), word
    if "--submission" in rest:
        assert (ROOT / rest[rest.index("--submission") + 1]).exists()


def test_there_are_commands() -> None:
    assert len(LINES) > 8
