"""Attempts as they are recorded: what never changes of one, and when and whence it came."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from grader.classroom.gradebook import tables
from grader.classroom.gradebook.database import in_parts
from grader.classroom.gradebook.values import Submission

__all__ = ["Arrival", "arrivals_of", "parts", "some", "submissions"]


class Arrival(msgspec.Struct):
    row: Any
    students: list[str]


def arrivals_of(connection: Connection, ids: Collection[int] | None) -> dict[int, Arrival]:
    """Submission -> its last arrival."""
    columns = tables.arrival.c
    newest = select(func.max(columns.id)).group_by(columns.submission)
    found: dict[int, Arrival] = {}
    by_arrival: dict[int, Arrival] = {}
    for part in parts(ids):
        last = newest if part is None else newest.where(columns.submission.in_(part))
        for row in connection.execute(select(tables.arrival).where(columns.id.in_(last))):
            found[row.submission] = by_arrival[row.id] = Arrival(row, [])
        members = select(tables.member).where(tables.member.c.arrival.in_(last))
        for arrival, student in connection.execute(members.order_by(tables.member.c.student)):
            by_arrival[arrival].students.append(student)
    return found


def parts(ids: Collection[int] | None) -> Iterable[list[int] | None]:
    """Ids in parts that fit into a statement; None: all of them, in one."""
    if ids is None:
        return [None]
    return in_parts(sorted(ids))


def submissions(
    connection: Connection, student: str | None = None, unit: str | None = None
) -> list[Submission]:
    """Attempts in the order in which they were recorded.

    Args:
        student: only those that decide a mark of theirs.
        unit: only those that were handed in for it, or for any.
    """
    columns = tables.submission.c
    wanted = select(tables.submission).order_by(columns.id)
    ids: set[int] | None = None
    if student is not None:
        theirs = select(tables.arrival.c.submission).join(tables.member)
        theirs = theirs.where(tables.member.c.student == student)
        ids = set(connection.execute(theirs).scalars())
        wanted = wanted.where(columns.id.in_(theirs))
    if unit is not None:
        wanted = wanted.where(columns.unit.in_((unit, "")))
    found = _submissions(connection.execute(wanted), arrivals_of(connection, ids))
    return [each for each in found if student is None or student in each.students]


def some(connection: Connection, ids: Collection[int]) -> list[Submission]:
    """Some attempts, by their ids; those that are not there are left out."""
    columns, arrivals = tables.submission.c, arrivals_of(connection, ids)
    found: list[Submission] = []
    for part in in_parts(sorted(ids)):
        rows = connection.execute(select(tables.submission).where(columns.id.in_(part)))
        found += _submissions(rows, arrivals)
    return found


def _submissions(rows: Iterable[Any], arrivals: Mapping[int, Arrival]) -> list[Submission]:
    return [
        Submission(
            id=row.id,
            students=tuple(arrivals[row.id].students),
            number=row.number,
            source=row.source,
            origin=arrivals[row.id].row.origin,
            digest=row.digest,
            unit=row.unit or None,
            at=arrivals[row.id].row.at,
            late=arrivals[row.id].row.late,
            recorded=row.recorded,
            notes=tuple(msgspec.json.decode(arrivals[row.id].row.notes)),
        )
        for row in rows
    ]
