"""What an export takes and gives: values, so that anybody can write one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from grader.classroom.gradebook.marks import StudentMarks
from grader.classroom.gradebook.values import Submission
from grader.course.outline import Course
from grader.report.model import ExerciseResult

__all__ = [
    "Clock",
    "Detail",
    "Export",
    "Filled",
    "Notice",
    "Progress",
    "Request",
    "Work",
    "Written",
]

#: Whose lateness is in a number: what course.yaml takes, or nothing, for the LMS takes its own.
Clock = Literal["wxb", "lms"]
Detail = Literal["unit", "exercise", "test"]


#: Called with whom the next step is about, and how many there are.
Progress = Callable[[str, int], None]


class Work(msgspec.Struct, frozen=True):
    """What was handed in and what it came to, for an export that shows more than marks.

    Args:
        result: a grading by its id, with the points of its time (`marks.reweighted`).
        submissions: by id.
        files: a submission's id -> the folder of what is graded of it; None where it is gone.
    """

    result: Callable[[int], ExerciseResult]
    submissions: Mapping[int, Submission]
    files: Callable[[int], Path | None]


class Request(msgspec.Struct, frozen=True):
    """What is to be written.

    Args:
        students: everybody in the gradebook with their marks, also those who have gone.
        now: the moment that says which units are due.
        late: whose lateness is in the marks; the marks here follow it already.
        template: the sheet to be filled, as the LMS exported it.
        columns: (header, unit) pairs that a person gave.
        missing_zero: nothing handed in, and no time left for it, is a zero.
        scale: points are scaled where a sheet has other ones than the course.
        detail: how fine the columns of our own sheet are.
        db: another system's database, for an export that writes into one: a file, or a URL.
        folder: that system's folder, where it has files beside its database.
        work: None where only marks are at hand.
    """

    course: Course
    students: tuple[StudentMarks, ...]
    now: datetime
    late: Clock = "wxb"
    template: Path | None = None
    columns: tuple[tuple[str, str], ...] = ()
    missing_zero: bool = False
    scale: bool = False
    detail: Detail = "unit"
    db: str = ""
    folder: Path | None = None
    work: Work | None = None


class Filled(msgspec.Struct, frozen=True):
    """One column that was written.

    Args:
        header: what it is called there.
        about: units that are counted in it, by id.
        points: what all of it is worth there; "" where each row says so itself.
        cells: how many cells hold a mark of ours.
        changed: how many of them held something else before.
    """

    header: str
    about: tuple[str, ...]
    points: str
    cells: int
    changed: int = 0


class Notice(msgspec.Struct, frozen=True):
    """Something that a person should know before they use it.

    Args:
        heading: what is so.
        lines: whom or what it is about, one a line.
        person: whether somebody has to do something about it.
    """

    heading: str
    lines: tuple[str, ...] = ()
    person: bool = False


class Written(msgspec.Struct, frozen=True):
    """What came of it; nothing has been written anywhere yet.

    Args:
        data: the file; empty where something else than a file is written.
        store: writes that, and says where it is. It may be called again: what is there stays.
    """

    data: bytes
    columns: tuple[Filled, ...]
    notices: tuple[Notice, ...] = ()
    store: Callable[[Progress], str] | None = None


#: One format.
Export = Callable[[Request], Written]
