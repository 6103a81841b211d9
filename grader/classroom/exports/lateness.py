"""Whose lateness is in the numbers: course.yaml's, or none, because the LMS takes its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from grader.classroom.exports.export import Clock
from grader.classroom.gradebook.marks import StudentMarks, marks
from grader.course.outline import Course

if TYPE_CHECKING:
    from grader.classroom.gradebook.book import Gradebook

__all__ = ["clock", "has_dates", "students"]


def has_dates(course: Course) -> bool:
    """Whether course.yaml says when anything is due or closes."""
    units = [u for u in course.units if u.due is not None or u.closes is not None]
    return bool(units or any(unit.sections for unit in course.units))


def clock(course: Course, given: Clock | None) -> Clock:
    """Whose lateness is in the marks: wxb's where course.yaml has due dates, else the LMS's."""
    return given or ("wxb" if has_dates(course) else "lms")


def students(book: Gradebook, late: Clock) -> tuple[StudentMarks, ...]:
    """Everybody's marks, also of those who have gone, with or without what lateness takes.

    Without: as if nothing were ever due or closed, so that no attempt loses anything or is refused;
    the dates are told all the same, for they say what is due by now.
    """
    ledger = book.ledger()
    own = marks(book.course, ledger, ledger.people)
    if late == "wxb":
        return tuple(own)
    units = [
        msgspec.structs.replace(unit, due=None, closes=None, sections={})
        for unit in book.course.units
    ]
    timeless = msgspec.structs.replace(book.course, units=tuple(units))
    return tuple(
        msgspec.structs.replace(found, dates=known.dates)
        for found, known in zip(marks(timeless, ledger, ledger.people), own, strict=True)
    )
