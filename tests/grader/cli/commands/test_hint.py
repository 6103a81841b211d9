"""`grade hint`."""

from __future__ import annotations

from pathlib import Path

from support.commands import Grade
from support.courses.length import solve


def test_hints_one_by_one(grade: Grade, course_dir: Path) -> None:
    first = grade("hint", "length").out
    assert "Hint 1, the goal: One number for a vector" in first
    assert "2 more: `grade hint length` again." in first
    grade("hint", "length")
    assert "Hint 2" in grade("hint", "length", "--again").out
    last = grade("hint", "length").out
    assert "Hint 3, a line with blanks: np.sqrt((____ ** 2).sum())" in last
    assert "There are no further hints" in last
    assert grade("hint", "lenght").status == 2
    assert "Did you mean length?" in grade("hint", "lenght").err


def test_the_recognised_idea_is_the_third_hint(grade: Grade, course_dir: Path) -> None:
    solve(course_dir, "np.sqrt((v**2).sum())", "v.sum()")
    grade()
    told = [grade("hint", "length").out for _ in range(4)][-1]
    assert "Hint 3, your answer: A length is never negative." in told
    assert "Hint 4, a line with blanks" in told


def test_hint_begins_with_what_is_to_do(grade: Grade, course_dir: Path) -> None:
    assert "length  How long" in grade("hint").out
    solve(course_dir)
    grade()
    ran = grade("hint")
    assert ran.status == 2
    assert "Every exercise is done." in ran.err
