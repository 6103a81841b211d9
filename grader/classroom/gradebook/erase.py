"""One student's data: all of it, given out or removed.

Removed is what the gradebook holds, what its copies from before an upgrade hold, and what lies in
the places that it remembers (`files.py`). What cannot be reached is named.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import (
    Connection,
    TableClause,
    column,
    create_engine,
    delete,
    inspect,
    select,
    table,
    update,
)

from grader.classroom.gradebook import (
    adjustments,
    arrivals,
    files,
    merging,
    pushes,
    students,
    tables,
    work,
)
from grader.classroom.gradebook.database import Database, in_parts
from grader.classroom.gradebook.values import Erased
from grader.classroom.gradebook.versions import COPY, copies

__all__ = ["erase", "export"]


def export(connection: Connection, student: str) -> dict[str, Any]:
    """What is kept about a student: who they are, what they handed in, what it came to, and why."""
    person = students.everybody(connection)[student]
    handed_in = arrivals.submissions(connection, student)
    verdicts = work.verdicts(connection, [each.id for each in handed_in])
    entries = [entry for entry in adjustments.entries(connection) if entry.student == student]
    gradings = {verdict.grading for verdict in verdicts}
    return {
        "student": msgspec.to_builtins(person),
        "submissions": msgspec.to_builtins(handed_in),
        "verdicts": msgspec.to_builtins(verdicts),
        "gradings": {
            f"{number}": msgspec.to_builtins(work.result(connection, number))
            for number in sorted(gradings)
        },
        "adjustments": msgspec.to_builtins(entries),
        "standings": [
            row._asdict()
            for row in connection.execute(select(tables.standing).filter_by(student=student))
        ],
        "wrong": [
            row._asdict()
            for row in connection.execute(select(tables.held).filter_by(student=student))
        ],
        "mergers": [
            msgspec.to_builtins(each)
            for each in merging.known(connection).values()
            if each.student == student
        ],
        "pushes": msgspec.to_builtins(pushes.entries(connection, student=student)),
    }


def erase(database: Database, student: str, places: Sequence[tuple[str, Path]]) -> Erased:
    """Remove a student everywhere.

    Files come first: where it is stopped in their midst, the gradebook still knows the student, and
    the command can be run again.
    """
    with database.reading() as connection:
        people = students.everybody(connection)
        person = people[student]
        origins = sorted({each.origin for each in arrivals.submissions(connection, student)})
    gone, unreached = files.remove(person, places)
    # A copy, and a class that was not at hand then, know them by the keys of before.
    for key in person.former:
        before = files.remove(msgspec.structs.replace(person, key=key), places)
        gone += [each for each in before[0] if each not in gone]
        unreached += [each for each in before[1] if each not in unreached]
    keys = (*person.former, student)
    rows = 0
    with database.writing() as connection:
        names = inspect(connection).get_table_names()
        rows += _rows(connection, keys, "", names)
        for prefix in sorted({name[: len(COPY) + 5] for name in names if name.startswith(COPY)}):
            rows += _rows(connection, keys, prefix, names)
    for copy in copies(database):
        rows += _in_copy(copy, keys)
    if database.place.file is not None:
        _wipe(database.place.file)
    else:
        unreached.append("the database server's own log and backups")
    archives = sorted({origin.partition(": ")[0] for origin in origins if origin})
    unreached += [f"{archive}, from which work was collected" for archive in archives]
    unreached.append("the learning platform, and files that were exported or handed back before")
    return Erased(person, rows, tuple(gone), tuple(unreached))


def _in_copy(path: Path, keys: Sequence[str]) -> int:
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.begin() as connection:
            rows = _rows(connection, keys, "", inspect(connection).get_table_names())
    finally:
        engine.dispose()
    _wipe(path)
    return rows


def _wipe(path: Path) -> None:
    """Leave nothing of removed rows in a file, nor in the log beside it."""
    with closing(sqlite3.connect(path, timeout=60, isolation_level=None)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _rows(connection: Connection, keys: Sequence[str], prefix: str, there: Iterable[str]) -> int:
    """Delete a student's rows from a set of tables; how many. Older sets lack some tables."""
    rows = _Rows(connection, prefix, set(there))
    for key in keys:
        rows.delete(key)
    return rows.count


class _Rows:
    """The rows of one set of tables: the gradebook's own, or a copy's."""

    def __init__(self, connection: Connection, prefix: str, there: set[str]) -> None:
        self._connection = connection
        self._prefix = prefix
        self._there = there
        self.count = 0

    def delete(self, student: str) -> None:
        mine, shared = self._submissions(student)
        gradings = self._values("verdict", "grading", "submission", mine)
        self._drop("verdict", "submission", mine)
        if f"{self._prefix}assignment" in self._there:
            self._drop("assignment", "submission", mine)
            self._drop("log", "student", [student])
        arrivals = self._values("arrival", "id", "submission", mine)
        self._drop("member", "arrival", arrivals)
        self._drop("arrival", "id", arrivals)
        self._drop("submission", "id", mine)
        self._drop("member", "student", [student])
        for submission in shared:
            self._hand_over(submission, student)
        # Also what was judged of the same texts and never held, as a regrade that was only tried.
        sources = self._values("grading", "sources", "id", gradings)
        gradings |= self._values("grading", "id", "sources", sources)
        unused = gradings - self._values("verdict", "grading", "grading", gradings)
        for name in ("standing", "held", "progress"):
            self._drop_there(name, "student", [student])
        for name in ("trait", "idea"):
            self._drop_there(name, "grading", unused)
        self._drop_there("summary", "kind", self._kinds())
        self._drop("test_result", "grading", unused)
        self._drop("grading", "id", unused)
        self._drop_adjustments(student)
        for name in ("push", "merger"):
            self._drop_there(name, "student", [student])
        self._drop("alias", "student", [student])
        self._drop("student", "key", [student])

    def _submissions(self, student: str) -> tuple[set[int], set[int]]:
        """Those of the student alone, and those of a team."""
        arrivals = self._values("member", "arrival", "student", [student])
        ids = self._values("arrival", "submission", "id", arrivals)
        ids |= self._values("submission", "id", "student", [student])
        shared = {each for each in ids if self._members(each) - {student}}
        return ids - shared, shared

    def _members(self, submission: int) -> set[Any]:
        arrivals = self._values("arrival", "id", "submission", [submission])
        return self._values("member", "student", "arrival", arrivals)

    def _hand_over(self, submission: int, student: str) -> None:
        """A team's work belongs to the others; where it lay may have told a name."""
        names = "source", "number", "digest", "unit"
        made = self._table("submission", "id", "student", *names)
        own = self._connection.execute(select(made).where(made.c.id == submission)).one()
        if own.student == student:
            other = min(self._members(submission))
            theirs = select(made).where(made.c.student == other)
            rows = self._connection.execute(theirs).all()
            number = own.number
            if any(all(row._mapping[n] == own._mapping[n] for n in names) for row in rows):
                number = 1 + max(row.number for row in rows)  # they have the same by themselves
            mine = update(made).where(made.c.id == submission)
            self._connection.execute(mine.values(student=other, number=number))
            self.count += 1
        came = self._table("arrival", "submission", "origin", "notes")
        told = update(came).where(came.c.submission == submission)
        self._connection.execute(told.values(origin="", notes="[]"))

    def _drop_adjustments(self, student: str) -> None:
        if f"{self._prefix}adjustment" in self._there:
            entries = self._values("adjustment", "id", "student", [student])
            self._drop("adjustment", "takes_back", entries)
            self._drop("adjustment", "id", entries)

    def _table(self, name: str, *columns: str) -> TableClause:
        return table(f"{self._prefix}{name}", *map(column, columns))

    def _values(self, name: str, wanted: str, key: str, keys: Iterable[Any]) -> set[Any]:
        source, found = self._table(name, *{wanted, key}), set()
        for part in in_parts(keys):
            query = select(source.c[wanted]).where(source.c[key].in_(part))
            found |= set(self._connection.execute(query).scalars())
        return found

    def _kinds(self) -> set[Any]:
        """What figures are stored: some name students, or tell of them."""
        if f"{self._prefix}summary" not in self._there:
            return set()
        source = self._table("summary", "kind")
        return set(self._connection.execute(select(source.c.kind)).scalars())

    def _drop_there(self, name: str, key: str, keys: Iterable[Any]) -> None:
        """The same of a table that older sets lack."""
        if f"{self._prefix}{name}" in self._there:
            self._drop(name, key, keys)

    def _drop(self, name: str, key: str, keys: Iterable[Any]) -> None:
        source = self._table(name, key)
        for part in in_parts(keys):
            gone = self._connection.execute(delete(source).where(source.c[key].in_(part)))
            self.count += gone.rowcount
