"""What pages ask of a gradebook: figures as they were stored, lists a page at a time.

Figures of the class say when they were worked out (`as_of`) and whether anything was settled since
(`behind`); `refresh.refresh` brings them up to date. Lists of students, one student, two hand-ins
and `now` are as the gradebook is at this moment.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.listing import SORTS
from grader.classroom.insight.code import compare, samples
from grader.classroom.insight.compute import compute
from grader.classroom.insight.hints import hint_of
from grader.classroom.insight.people import now, student, students, who
from grader.classroom.insight.values import Cohort, Heat, Item, ItemPage, Overview, Quality

__all__ = [
    "SORTS",
    "cohorts",
    "compare",
    "hint_of",
    "item",
    "items",
    "misconceptions",
    "now",
    "overview",
    "quality",
    "samples",
    "student",
    "students",
    "who",
]

_T = TypeVar("_T", Overview, Heat, Quality, ItemPage)


def overview(book: Gradebook) -> Overview:
    """The class at a glance."""
    return _dated(book, "overview", Overview)


def items(book: Gradebook) -> tuple[Item, ...]:
    """All exercises, in course order."""
    return msgspec.json.decode(_document(book, "items"), type=tuple[Item, ...])


def item(book: Gradebook, exercise: str) -> ItemPage:
    """All about an exercise.

    Raises:
        KeyError: the course has no such exercise.
    """
    if book.course.exercise(exercise) is None:
        raise KeyError(exercise)
    return _dated(book, "item", ItemPage, exercise)


def misconceptions(book: Gradebook) -> Heat:
    """Wrong ideas by exercise, and who holds several."""
    return _dated(book, "heat", Heat)


def quality(book: Gradebook) -> Quality:
    """What to look at in the tests themselves."""
    return _dated(book, "quality", Quality)


def cohorts(book: Gradebook) -> tuple[Cohort, ...]:
    """The sections of the class, by name."""
    return msgspec.json.decode(_document(book, "cohorts"), type=tuple[Cohort, ...])


def _dated(book: Gradebook, kind: str, type_: type[_T], key: str = "") -> _T:
    """A figure with its time; worked out on the spot, and not kept, where there is none yet."""
    kept = book.figures.stored(kind, key)
    if kept is None:
        return msgspec.json.decode(compute(book)[kind, key], type=type_)
    behind = book.figures.stored_mark() != book.figures.mark()
    found = msgspec.json.decode(kept.document, type=type_)
    return msgspec.structs.replace(found, as_of=kept.as_of, behind=behind)


def _document(book: Gradebook, kind: str) -> bytes:
    kept = book.figures.stored(kind)
    return kept.document if kept is not None else compute(book)[kind, ""]
