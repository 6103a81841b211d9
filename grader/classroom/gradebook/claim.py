"""Whose gradebook it is: a database is one course's, also after that has another title."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from grader.classroom.gradebook import tables
from grader.classroom.gradebook.database import Database, insert_once
from grader.course.outline import Course
from grader.errors import UsageError

__all__ = ["claim"]


def claim(database: Database, course: Course) -> None:
    """Make sure that it is this course's gradebook; a new one is from now on.

    Raises:
        UsageError: it is another course's.
    """
    with database.reading() as connection:
        if _title(connection) == course.title:
            return
    with database.writing() as connection:
        insert_once(connection, tables.book, {"key": "course"}, value=course.title)
        insert_once(connection, tables.book, {"key": "root"}, value=course.root)
        there = _title(connection)
        if there == course.title:
            return
        known = connection.execute(select(tables.grading.c.exercise).distinct()).scalars()
        if not {exercise.id for exercise in course.exercises}.intersection(known):
            raise UsageError(
                f"{database.place.shown} is the gradebook of another course ({there!r}). Name "
                "another one with --gradebook."
            )
        own = update(tables.book).where(tables.book.c.key == "course")
        connection.execute(own.values(value=course.title))


def _title(connection: Connection) -> str | None:
    title = select(tables.book.c.value).where(tables.book.c.key == "course")
    return connection.execute(title).scalar_one_or_none()
