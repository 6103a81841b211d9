"""Whose lateness is in the numbers."""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.classroom.exports.lateness import clock, students
from grader.classroom.gradebook.book import Gradebook
from grader.course.outline import Course
from support.gradebooks import DAY, DOE, DUE, LENGTH, attempt, course, result


def undated() -> Course:
    units = [msgspec.structs.replace(unit, due=None) for unit in course().units]
    return msgspec.structs.replace(course(), units=tuple(units))


def test_it_is_ours_where_anything_is_due() -> None:
    assert clock(course(), None) == "wxb"
    assert clock(undated(), None) == "lms"
    assert clock(course(), "lms") == "lms"


def test_without_ours_nothing_is_lost_and_nothing_closes(tmp_path: Path) -> None:
    taught = course()
    first = msgspec.structs.replace(taught.units[0], closes=DUE + DAY)
    taught = msgspec.structs.replace(taught, units=(first, taught.units[1]))
    with Gradebook(taught, str(tmp_path / "marks.db")) as book:
        book.import_roster([DOE])
        book.settle(attempt(at=DUE + 3 * DAY), [result(LENGTH)])
        [ours], [theirs] = students(book, "wxb"), students(book, "lms")
    assert [(m.state, m.earned) for m in (ours.marks[0], theirs.marks[0])] == [
        ("closed", 0),
        ("graded", LENGTH.points),
    ]
    assert theirs.dates["01_a"].due == DUE
