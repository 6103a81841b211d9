"""`grade nbgrader build`, as it is typed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from support.commands import Grade
from support.files import change
from support.nbgrading import two


@pytest.fixture
def course_dir(tmp_path: Path) -> Path:
    return two(tmp_path / "course")


def test_it_says_what_was_written_and_what_comes_next(grade: Grade, course_dir: Path) -> None:
    ran = grade("nbgrader", "build", "../my teaching", "--unit", "01_a")
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "../my teaching: 1 assignment, 9 files written.",
        "Next:  cd '../my teaching' && nbgrader generate_assignment 01_a",
    ]
    assert grade("nbgrader", "build", "../my teaching").out.startswith(
        "../my teaching: 1 assignment, 0 files written."
    )


def test_what_stays_is_told(grade: Grade, course_dir: Path) -> None:
    grade("nbgrader", "build", "../out")
    change(course_dir.parent / "out" / "nbgrader_config.py", 'late="wxb"', 'late="nbgrader"')
    ran = grade("nbgrader", "build", "../out")
    assert ran.status == 1
    assert "nbgrader_config.py is not as it was built, so it stays as it is." in ran.out
    assert "move these away and build again" in ran.out


def test_mistakes_are_one_sentence(grade: Grade, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = grade("nbgrader", "build", "../out", "--unit", "02_b")
    assert (ran.status, ran.err) == (2, "Sums has no unit 02_b; there are 01_a.\n")
    assert grade("nbgrader", "build", "solutions/x").status == 2
    for name in [name for name in sys.modules if name.startswith("grader.platforms.nbgrader")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "nbformat", None)
    ran = grade("nbgrader", "build", "../out")
    assert ran.status == 2
    assert "nbgrader is not installed here: python -m pip install 'wxb[nbgrader]'" in ran.err
