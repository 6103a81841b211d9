"""nbgrader's `gradebook.db`, read as a file: who is in the class, what is due when for whom.

    student               id, first_name, last_name, email, lms_user_id
    assignment            id, name, duedate                   in UTC, without a zone
    submitted_assignment  assignment_id, student_id, extension

An extension is kept as the time that it is after 1970, as SQLAlchemy keeps an interval where the
database has none. nbgrader need not be installed, and nothing in the file is changed. From
nbgrader/api.py of 0.9.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from grader.course.outline import Course
from grader.errors import UsageError
from grader.handin.text import printable

__all__ = ["Extended", "Graded", "Student", "is_database", "read_graded"]

_MAGIC = b"SQLite format 3\0"
_EPOCH = datetime(1970, 1, 1)
#: Rows of a table that are read.
_ROWS = 200_000


class Student(msgspec.Struct, frozen=True):
    """A student as nbgrader knows them; all but `id` may be empty."""

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    lms: str = ""

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}".strip()

    @property
    def aliases(self) -> dict[str, str]:
        """Ids in other systems: the hub's user name, and the LMS's number or word."""
        found = {"hub": self.id}
        if self.lms:
            found["canvas" if self.lms.isdecimal() else "sis"] = self.lms
        return found


class Extended(msgspec.Struct, frozen=True):
    """More time for one student for one assignment."""

    student: str
    assignment: str
    by: timedelta


class Graded(msgspec.Struct, frozen=True):
    """What a gradebook of nbgrader's says of a class.

    Args:
        due: assignment -> when it is due.
    """

    path: Path
    students: tuple[Student, ...]
    due: dict[str, datetime]
    extensions: tuple[Extended, ...]

    def is_late(self, student: str, assignment: str | None, at: datetime | None) -> bool | None:
        """Whether nbgrader calls a hand-in late; None without a due date, or without a time.

        Args:
            student: by nbgrader's id.
        """
        due = self.due.get(assignment or "")
        if due is None or at is None:
            return None
        whose = student, assignment
        more = (e.by for e in self.extensions if (e.student, e.assignment) == whose)
        return at > due + next(more, timedelta(0))

    def are_late(
        self, students: Iterable[str], assignment: str | None, at: datetime | None
    ) -> bool | None:
        """Whether it calls a team's hand-in late for all of them; None where it does not say."""
        said = [self.is_late(student, assignment, at) for student in students]
        return all(said) if said and None not in said else None

    def notes(self, course: Course) -> Iterator[str]:
        """Where its dates are not course.yaml's, and whom it gives more time."""
        for unit in course.units:
            due = self.due.get(unit.id)
            if due is not None and (unit.due is None or unit.due.astimezone(UTC) != due):
                own = "no due date" if unit.due is None else f"{unit.due:%Y-%m-%d %H:%M %Z}"
                yield (
                    f"{self.path.name} has {unit.id} due {due:%Y-%m-%d %H:%M} UTC, and course.yaml "
                    f"has {own}: marks follow course.yaml."
                )
        units = {unit.id for unit in course.units}
        more = {each.student for each in self.extensions if each.assignment in units}
        if more:
            yield (
                f"{self.path.name} has extensions for {len(more):,} of its students: "
                f"`grade extend --from {self.path}` takes them over."
            )


def is_database(path: Path) -> bool:
    """Whether a file is an SQLite database, of whomever."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def read_graded(path: Path) -> Graded:
    """A gradebook.db.

    Raises:
        UsageError: it cannot be read, or is another program's database.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            students = [
                Student(*row)
                for row in _rows(
                    database,
                    "SELECT id, first_name, last_name, email, lms_user_id FROM student "
                    "ORDER BY last_name, first_name, id",
                )
                if row[0]
            ]
            due = {
                name: at
                for name, text in _rows(database, "SELECT name, duedate FROM assignment")
                if (at := _time(text)) is not None
            }
            extensions = [
                Extended(student, assignment, at.replace(tzinfo=None) - _EPOCH)
                for student, assignment, text in _rows(
                    database,
                    "SELECT s.student_id, a.name, s.extension FROM submitted_assignment s "
                    "JOIN assignment a ON a.id = s.assignment_id WHERE s.extension IS NOT NULL",
                )
                if (at := _time(text)) is not None
            ]
    except sqlite3.Error as error:
        text = printable(str(error))
        if "no such" in text:
            raise UsageError(
                f"{path}: it is a database, but not nbgrader's gradebook ({text}). If it is an old "
                "one, keep a copy and run `nbgrader db upgrade`."
            ) from None
        raise UsageError(f"{path}: it cannot be read: {text}") from None
    return Graded(path, tuple(students), due, tuple(extensions))


def _rows(database: sqlite3.Connection, query: str) -> Iterator[Sequence[str]]:
    for row in database.execute(query).fetchmany(_ROWS):
        yield tuple(_text(cell) for cell in row)


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None
