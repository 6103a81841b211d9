"""What nbgrader's gradebook has, as values: assignments, cells, students, scores."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import msgspec

from grader.classroom.nbgraded import Student

__all__ = ["CODE", "MARK", "Assignment", "Book", "Held", "Source", "Submitted", "There"]

#: How ids of cells begin: MARK + exercise is the autograder's, CODE + exercise the student's.
MARK, CODE = "wxb-", "code-"


class Source(msgspec.Struct, frozen=True):
    """A cell of the released notebook, as nbgrader keeps it."""

    name: str
    kind: str
    locked: bool
    source: str
    checksum: str


class Book(msgspec.Struct, frozen=True):
    """A notebook of an assignment.

    Args:
        points: cell that is graded -> what it is worth; tasks are not in it.
        answers: cells that a student writes in, which have comments.
        tasks: as nbgrader's task cells.
        kernel: the kernelspec, as JSON; "" where there is none.
    """

    name: str
    points: dict[str, Decimal]
    answers: frozenset[str] = frozenset()
    tasks: dict[str, Decimal] = {}
    sources: tuple[Source, ...] = ()
    kernel: str = ""

    @property
    def exercises(self) -> dict[str, Decimal]:
        """Exercise -> what its cell is worth here."""
        own = {name: p for name, p in self.points.items() if name.startswith(MARK)}
        return {name.removeprefix(MARK): points for name, points in own.items()}


class Assignment(msgspec.Struct, frozen=True):
    """An assignment that was generated.

    Args:
        due: in UTC.
    """

    name: str
    books: tuple[Book, ...]
    due: datetime | None = None


class Held(msgspec.Struct, frozen=True):
    """The score of one cell of one student."""

    auto: float | None = None
    manual: float | None = None
    extra: float | None = None


class Submitted(msgspec.Struct, frozen=True):
    """What nbgrader has of one student's work.

    Args:
        at: when it was handed in, in UTC.
        cells: (notebook, cell) -> its score.
    """

    at: datetime | None
    cells: dict[tuple[str, str], Held]


class There(msgspec.Struct, frozen=True):
    """A whole gradebook of nbgrader's.

    Args:
        work: (student, assignment) -> what was handed in.
    """

    students: tuple[Student, ...]
    assignments: tuple[Assignment, ...]
    work: dict[tuple[str, str], Submitted]
