"""docs/gradebook.md: its commands print what it says, its keys are ones of course.yaml."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from grader import Course
from support import classes
from support.commands import grade_in
from support.courses import three
from support.places import ROOT

TEXT = (ROOT / "docs" / "gradebook.md").read_text("utf-8")
ROSTER = """\
student,name,email,section,canvas
doe,Jane Doe,jane@example.org,tuesday,101
roe,Richard Roe,roe@example.org,friday,102
poe,Edgar Poe,poe@example.org,friday,103
"""


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def pattern(told: str) -> str:
    """What is told, with … for anything: on a line of its own for lines, else within one."""
    lines = (
        r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\n"
        for line in told.strip("\n").splitlines()
    )
    return "".join(lines)


def test_commands_print_what_they_are_said_to_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("WXB_GRADEBOOK", raising=False)
    monkeypatch.chdir(classes.write(tmp_path / "course"))
    Path("class.csv").write_text(ROSTER, "utf-8")
    grade = grade_in(capsys)
    steps = [step for block in blocks("console") for step in re.split(r"(?m)^\$ ", block)[1:]]
    assert len(steps) >= 10
    for step in steps:
        line, _, told = step.partition("\n")
        ran = grade(*shlex.split(line)[1:])
        assert (ran.status, ran.err) == (0, ""), line
        assert re.fullmatch(pattern(told), ran.out.strip("\n") + "\n"), f"{line}\n{ran.out}"


def test_the_policy_is_one(tmp_path: Path) -> None:
    [policy] = blocks("yaml")
    rules, units = policy.split("units:\n")
    own = re.sub(r"late:\n(  .*\n)+", "", three.GOOD)
    dates = "".join(line for line in units.splitlines(keepends=True) if "id:" not in line)
    text = own.replace("    due: 2027-02-01T23:59:00+01:00\n", dates).replace(
        "points: 5\n", f"points: 5\n{rules}"
    )
    course = Course.load(three.write(tmp_path, text))
    assert (course.late.budget, course.attempts.counted) == (3, 5)
    assert course.units[0].sections["tuesday"].due is not None
