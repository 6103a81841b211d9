"""Two students who are one person: all of one becomes the other's, and nothing is lost.

Hand-ins, adjustments, what was written elsewhere and the log change their student; gradings and
verdicts hang on hand-ins and stay as they are. The key that is gone is remembered with who, when
and why: whatever still calls the student by it means the other one from now on.

Attempts of both are ordered by time, as marks read them. Their numbers go on after all of the
student's own, so that no two hand-ins are known by the same: one may be for any unit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, text, update

from grader.classroom.attempt import Attempt
from grader.classroom.gradebook import (
    adjustments,
    arrivals,
    figures,
    pushes,
    standings,
    students,
    tables,
)
from grader.classroom.gradebook.database import Database
from grader.classroom.gradebook.values import ALL_UNITS, Adjustment, Merger, Merging
from grader.classroom.merged import former_ids, joined
from grader.classroom.people import Person
from grader.course.outline import Course
from grader.errors import UsageError
from grader.handin.text import printable
from grader.report.words import plural, points

__all__ = ["Mergers", "known", "merge"]

#: Ids that the other's hand-ins and rows hang on in another system; the others only find people.
_ACCOUNT = "canvas"


class Mergers:
    """Who was merged into whom in a gradebook."""

    def __init__(self, database: Database, course: Course) -> None:
        self._database, self._course = database, course

    def known(self) -> dict[str, Merger]:
        """Key that is none any more -> what became of it."""
        with self._database.reading() as connection:
            return known(connection)

    def merge(
        self,
        keep: str,
        gone: str,
        *,
        who: str,
        why: str,
        together: bool = False,
        dry_run: bool = False,
        collected: Collection[Attempt] = (),
    ) -> Merging:
        """Make one student of two: all that was one's is the other's now.

        Args:
            together: also where one hand-in is of both.
            collected: hand-ins of classes that are at hand: some may not be in the gradebook yet,
                and no two may be known by the same number.
            dry_run: say what it would come to, and change nothing.

        Raises:
            UsageError: they are two people, by what they handed in.
        """
        with self._database.writing() as connection:
            found = merge(
                connection, self._course, keep, gone, who=who, why=why, now=datetime.now(UTC),
                together=together, collected=collected,
            )  # fmt: skip
            if dry_run:
                connection.rollback()
            return found


def known(connection: Connection) -> dict[str, Merger]:
    """Key that is none any more -> what became of it."""
    rows = connection.execute(select(tables.merger)).all()
    return {
        row.gone: Merger(
            row.gone, row.student, msgspec.json.decode(row.shift, type=dict[str, int]),
            msgspec.json.decode(row.ids, type=tuple[tuple[str, str], ...]),
            row.who, row.why, row.at,
        )
        for row in rows
    }  # fmt: skip


def merge(
    connection: Connection,
    course: Course,
    keep: str,
    gone: str,
    *,
    who: str,
    why: str,
    now: datetime,
    together: bool = False,
    collected: Collection[Attempt] = (),
) -> Merging:
    """Make one student of two, in a transaction."""
    _wait(connection)
    people = students.everybody(connection, [keep, gone])
    student, other = people[keep], people[gone]
    team = [each for each in arrivals.submissions(connection, keep) if gone in each.students]
    if team and not together:
        raise UsageError(
            f"{printable(keep)} and {printable(gone)} handed in {printable(team[0].origin)} "
            "together, so they are two people. Nothing was changed. If one person was counted "
            "twice there, say --together."
        )
    entries = [e for e in adjustments.entries(connection) if e.student in (keep, gone)]
    written = pushes.entries(connection, student=gone)
    conflicts = [*_differing(student, other), *_decided(course, entries, keep, gone)]
    ids = former_ids(student, other)
    is_account = any(system == _ACCOUNT for system, _ in ids)
    if written and is_account:
        conflicts.append(
            f"Marks were written to {_ACCOUNT} for both; those of {printable(gone)} stay there."
        )
    mine = _submissions(connection, gone)
    shift = _highest(connection, keep, collected)
    person = joined(student, other)
    _number(connection, mine, shift)
    _hand_over(connection, keep, gone)
    for push in written if is_account else ():  # no word on what the student's own account has
        place = f"{push.place} ({gone})"
        row = update(tables.push).where(tables.push.c.id == push.id)
        connection.execute(row.values(place=place))
    _remember(connection, Merger(gone, keep, {ALL_UNITS: shift}, ids, who, why, now))
    for table in (tables.standing, tables.held, tables.progress, tables.alias):
        connection.execute(delete(table).where(table.c.student == gone))
    connection.execute(delete(tables.student).where(tables.student.c.key == gone))
    students.change(connection, person)
    standings.update_students(connection, course, [keep])
    figures.forget(connection)
    moved = sum(entry.student == gone for entry in entries)
    return Merging(person, other, len(mine), moved, len(written), tuple(conflicts))


def _wait(connection: Connection) -> None:
    """Let nobody settle anything for the old key meanwhile: they read this table first."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE merger IN ACCESS EXCLUSIVE MODE"))


# --- hand-ins -----------------------------------------------------------------------------------


def _submissions(connection: Connection, student: str) -> list[Any]:
    columns = tables.submission.c
    query = select(columns.id, columns.number).where(columns.student == student)
    return list(connection.execute(query.order_by(columns.id)))


def _highest(connection: Connection, keep: str, collected: Iterable[Attempt]) -> int:
    """The student's highest number."""
    columns = tables.submission.c
    most = connection.execute(select(func.max(columns.number)).where(columns.student == keep))
    return max([most.scalar() or 0, *(each.number for each in collected if each.student == keep)])


def _number(connection: Connection, rows: Sequence[Any], shift: int) -> None:
    columns = tables.submission.c
    # The highest first: on the way no two may be known by the same.
    for row in sorted(rows, key=lambda row: -row.number) if shift else ():
        own = update(tables.submission).where(columns.id == row.id)
        connection.execute(own.values(number=row.number + shift))


def _hand_over(connection: Connection, keep: str, gone: str) -> None:
    member = tables.member.c
    both = select(member.arrival).where(member.student == keep)
    twice = delete(tables.member).where(member.student == gone, member.arrival.in_(both))
    connection.execute(twice)
    owned = (tables.submission, tables.member, tables.adjustment, tables.push, tables.log)
    for table in owned:
        connection.execute(update(table).where(table.c.student == gone).values(student=keep))


def _remember(connection: Connection, entry: Merger) -> None:
    columns = tables.merger.c
    for earlier in known(connection).values():
        if earlier.student == entry.gone:
            row = update(tables.merger).where(columns.gone == earlier.gone)
            units = sorted({*earlier.shift, *entry.shift})
            shift = {unit: earlier.added(unit) + entry.added(unit) for unit in units}
            told = msgspec.json.encode(shift).decode()
            connection.execute(row.values(student=entry.student, shift=told))
    values = {
        **{name: getattr(entry, name) for name in ("gone", "student", "who", "why", "at")},
        "shift": msgspec.json.encode(entry.shift).decode(),
        "ids": msgspec.json.encode(entry.ids).decode(),
    }
    connection.execute(insert(tables.merger).values(**values))


# --- of what both have one ----------------------------------------------------------------------


def _differing(student: Person, gone: Person) -> Iterator[str]:
    for name in ("name", "section", "team"):
        own, other = getattr(student, name), getattr(gone, name)
        if own and other and own != other:
            yield f"{name}: {printable(own)} is kept, {printable(other)} is not."
    for system, value in gone.aliases.items():
        own = student.aliases.get(system, value)
        if own != value:
            yield f"{system}: {printable(own)} is kept, and {printable(value)} finds them, too."


def _decided(course: Course, entries: Iterable[Adjustment], *both: str) -> Iterator[str]:
    """Decisions of which each of the two has one that holds."""
    holding = [entry for entry in entries if entry.taken_back is None]
    for exercise in course.exercises:
        found = [e for e in holding if e.exercise == exercise.id and e.kind != "extend"]
        if _is_of(found, both):
            last = found[-1]
            told = " and ".join(f"{_words(e)} ({printable(e.student)}'s)" for e in found)
            yield f"{exercise.id}: {told} both hold; the later one decides: {_words(last)}."
    for unit in ("", *(unit.id for unit in course.units)):
        found = [e for e in holding if e.kind == "extend" and e.unit == unit]
        if _is_of(found, both):
            yield f"{unit or 'all units'}: {plural(len(found), 'extension')}; the longest holds."


def _is_of(found: Iterable[Adjustment], both: Collection[str]) -> bool:
    return {entry.student for entry in found} == set(both)


def _words(entry: Adjustment) -> str:
    if entry.points is None:
        return f"an {entry.kind} by {printable(entry.who)}"
    return f"an {entry.kind} of {points(entry.points)} by {printable(entry.who)}"
