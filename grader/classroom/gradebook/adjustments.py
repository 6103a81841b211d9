"""What people decide beside the verdicts: entries that are only ever added.

An entry is taken back by a later one that names it; both stay, with who, when and why.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from grader.classroom.gradebook import tables
from grader.classroom.gradebook.database import insert_once
from grader.classroom.gradebook.values import Adjustment

__all__ = ["add", "entries", "take_back"]

_FIELDS = (
    "kind", "student", "section", "exercise", "test", "unit", "points", "until", "by", "why", "who",
    "at",
)  # fmt: skip


def add(connection: Connection, entry: Adjustment) -> int:
    """The id of a new entry; that of `entry` is not looked at."""
    values: dict[str, Any] = {name: getattr(entry, name) for name in _FIELDS}
    values["student"] = entry.student or None
    made = connection.execute(insert(tables.adjustment).values(**values))
    key = made.inserted_primary_key
    assert key is not None
    return int(key[0])


def take_back(connection: Connection, entry: Adjustment, who: str, why: str, now: datetime) -> None:
    """Add the entry that ends another; once, if two people do it at a time."""
    insert_once(
        connection,
        tables.adjustment,
        {"takes_back": entry.id},
        kind=entry.kind,
        student=entry.student or None,
        section=entry.section,
        exercise=entry.exercise,
        test=entry.test,
        unit=entry.unit,
        why=why,
        who=who,
        at=now,
    )


def entries(connection: Connection) -> list[Adjustment]:
    """All entries, the first one first; those that take back are told by what they took back."""
    columns = tables.adjustment.c
    rows = connection.execute(select(tables.adjustment).order_by(columns.id)).all()
    ended = {row.takes_back: row for row in rows if row.takes_back is not None}
    return [
        Adjustment(
            id=row.id,
            kind=row.kind,
            who=row.who,
            at=row.at,
            why=row.why,
            student=row.student or "",
            section=row.section,
            exercise=row.exercise,
            test=row.test,
            unit=row.unit,
            points=row.points,
            until=row.until,
            by=row.by,
            taken_back=ended[row.id].id if row.id in ended else None,
            taken_back_by=ended[row.id].who if row.id in ended else "",
        )
        for row in rows
        if row.takes_back is None
    ]
