"""A journal of what is written to other systems: begun before it is sent, seen once it is there.

Entries are added and never taken away. One that is begun and not seen may be there or not: who
writes on reads back first.
"""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from grader.classroom.gradebook import tables
from grader.classroom.gradebook.values import Push

__all__ = ["add", "entries", "see"]


def add(connection: Connection, entry: Push) -> int:
    """The id of a new entry; that of `entry` is not looked at."""
    made = connection.execute(
        insert(tables.push).values(
            student=entry.student,
            place=entry.place,
            what=entry.what,
            value=entry.value,
            seen=entry.seen,
            who=entry.who,
            at=entry.at,
        )
    )
    key = made.inserted_primary_key
    assert key is not None
    return int(key[0])


def see(connection: Connection, entry: int, seen: str) -> None:
    """Note what the place says of an entry."""
    own = update(tables.push).where(tables.push.c.id == entry)
    connection.execute(own.values(seen=seen))


def entries(
    connection: Connection, place: str | None = None, student: str | None = None
) -> list[Push]:
    """The entries of a place or a student, the first one first."""
    columns = tables.push.c
    query = select(tables.push).order_by(columns.id)
    if place is not None:
        query = query.where(columns.place == place)
    if student is not None:
        query = query.where(columns.student == student)
    return [
        Push(row.student, row.place, row.what, row.value, row.who, row.at, row.seen, row.id)
        for row in connection.execute(query)
    ]
