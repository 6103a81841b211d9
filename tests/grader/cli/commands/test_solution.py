"""`grade solution`: after a pass, or after giving up, which is remembered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.commands import Grade
from support.courses.length import SOLUTION, solve


def test_after_a_pass(grade: Grade, course_dir: Path) -> None:
    solve(course_dir)
    grade("length")
    ran = grade("solution", "length")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"# solutions/01_a/length.py\n\n{SOLUTION}"
    assert "solution" not in grade("list").out


def test_after_giving_up(grade: Grade, course_dir: Path) -> None:
    solve(course_dir, "2 * v", "v")
    grade("length")
    ran = grade("solution", "length")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("length has not passed yet. `grade hint length` opens a hint;")
    ran = grade("solution", "length", "--give-up")
    assert (ran.status, ran.out.endswith(SOLUTION)) == (0, True)
    kept = json.loads((course_dir / ".wxb/progress.json").read_text())
    assert kept["exercises"]["length"]["given_up"] is True
    listed = grade("list").out
    assert "(given up)" in listed
    assert "0 of 1 exercises done, 1 given up" in listed
    assert "Nothing is left to do here, and not all of it is done." in listed
    assert grade("solution", "length").status == 0
    solve(course_dir)
    grade("length")
    listed = grade("list").out
    assert "(with the solution)" in listed
    assert "1 of 1 exercises done" in listed


def test_a_handout_has_none(handout: Path, grade: Grade, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(handout)
    ran = grade("solution", "magnitude", "--give-up")
    assert ran.status == 2
    assert ran.err.startswith("This is a handout, and no solution is in it")
