"""Where each student stands at each exercise: kept in step with what is settled.

Whatever changes a hand-in - a verdict, its time, whose it is - calls `update` for everybody whose
mark it decides or decided. All rows of such a student are worked out from what is there, and only
those that differ are written. So what is kept as gradings come is what comes out when everybody's
are worked out anew: both are one function.

Attempts are those of `marks`: hand-ins in which the exercise was begun, in the same order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from grader.classroom.gradebook import tables
from grader.classroom.gradebook.database import in_parts
from grader.classroom.gradebook.order import Place, in_order
from grader.classroom.gradebook.scores import Scores, Suites
from grader.classroom.gradebook.traits import UNKNOWN
from grader.classroom.statistics.needs import Situation, reasons
from grader.classroom.statistics.suites import OUTCOMES
from grader.course.outline import Course
from grader.report.model import FREE, LUCK

__all__ = ["COUNTING", "ideas_of", "members", "update_students"]

#: Sources that keep every attempt and count them; of others only the last hand-in is known. Of
#: nbgrader only the exchange does, where an entry has a time in its name: `student+unit+time`; of
#: Canvas its API does, and a downloaded zip does not.
COUNTING = frozenset({"canvas", "gradescope", "nbgrader"})
#: Seconds before a student's newest hand-in: what they left behind earlier is no matter for now.
_RECENT = 7 * 24 * 3600


class _Try(NamedTuple):
    """One hand-in for one exercise."""

    student: str
    submission: int
    exercise: str
    grading: int
    number: int
    source: str
    unit: str
    origin: str
    at: datetime | None
    suite: str
    pattern: str
    begun: bool
    passed: bool
    layer: str
    signature: str

    @property
    def was_run(self) -> bool:
        idle = {"not_attempted", *FREE}
        return any(OUTCOMES[letter] not in idle for letter in self.pattern)


def members(connection: Connection, submissions: Collection[int]) -> set[str]:
    """Everybody whose mark some hand-ins decide, or decided once."""
    found: set[str] = set()
    arrival, member = tables.arrival.c, tables.member.c
    for some in in_parts(submissions):
        theirs = select(member.student).join(tables.arrival, arrival.id == member.arrival)
        found |= set(connection.execute(theirs.where(arrival.submission.in_(some))).scalars())
    return found


def update_students(
    connection: Connection, course: Course, students: Iterable[str], suites: Suites | None = None
) -> None:
    """Bring the rows of some students up to date; `suites` as `Scores` has it."""
    scores = Scores(connection, course, suites)
    for some in in_parts(sorted(students)):
        # A second writer of one of these students waits here, and sees what the first has written.
        locked = select(tables.student.c.key).where(tables.student.c.key.in_(some))
        locked = locked.order_by(tables.student.c.key).with_for_update(key_share=True)
        connection.execute(locked).all()
        _update(connection, course, scores, some)


def _update(
    connection: Connection, course: Course, scores: Scores, students: Sequence[str]
) -> None:
    tries = _tries(connection, students)
    ideas = ideas_of(connection, {each.grading for each in tries})
    units = {e.id: unit.id for unit in course.units for e in unit.exercises}
    worth = {exercise.id: exercise.points for exercise in course.exercises}
    by_student: dict[str, list[_Try]] = {}
    for each in tries:
        by_student.setdefault(each.student, []).append(each)
    standings, helds, progresses = [], [], []
    for student, theirs in by_student.items():
        found = _Rows(student, ideas, scores, _sure(theirs))
        for exercise, attempts in _attempts(theirs, units).items():
            found.add(exercise, attempts)
        standings += found.standings
        helds += found.held
        progresses += found.progress(worth)
    _write(connection, tables.standing, students, standings)
    _write(connection, tables.held, students, helds)
    _write(connection, tables.progress, students, progresses)


@cache
def _tried() -> Select[Any]:
    """All of some `students`; made once, since making it takes as long as asking it."""
    member, arrival, sub = tables.member.c, tables.arrival.c, tables.submission.c
    verdict, trait = tables.verdict.c, tables.trait.c
    later_arrival, later_verdict = tables.arrival.alias(), tables.verdict.alias()
    newest = select(func.max(later_arrival.c.id)).where(
        later_arrival.c.submission == arrival.submission
    )
    holding = select(func.max(later_verdict.c.id)).where(
        later_verdict.c.submission == verdict.submission,
        later_verdict.c.exercise == verdict.exercise,
    )
    return (
        select(
            member.student, verdict.submission, verdict.exercise, verdict.grading, sub.number,
            sub.source, sub.unit, arrival.origin, arrival.at, trait.suite, trait.pattern,
            trait.begun, trait.passed, trait.layer, trait.signature,
        )
        .join(tables.arrival, arrival.id == member.arrival)
        .join(tables.submission, sub.id == arrival.submission)
        .join(tables.verdict, verdict.submission == sub.id)
        .join(tables.trait, trait.grading == verdict.grading)
        .where(
            arrival.id == newest.scalar_subquery(), verdict.id == holding.scalar_subquery(),
            member.student.in_(bindparam("students", expanding=True)),
        )
    )  # fmt: skip


def _tries(connection: Connection, students: Sequence[str]) -> list[_Try]:
    found: list[_Try] = []
    for some in in_parts(students):
        found += map(_Try._make, connection.execute(_tried(), {"students": some}))
    return found


def ideas_of(connection: Connection, gradings: Collection[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    columns = tables.idea.c
    for some in in_parts(sorted(gradings)):
        rows = select(columns.grading, columns.name).where(columns.grading.in_(some))
        for grading, name in connection.execute(rows.order_by(columns.grading, columns.name)):
            found.setdefault(grading, []).append(name)
    return {grading: tuple(names) for grading, names in found.items()}


def _sure(tries: Sequence[_Try]) -> set[tuple[str, str]]:
    """(source, unit) of which every attempt of a student is known: counted, timed, none missing."""
    numbers: dict[tuple[str, str], set[int]] = {}
    unsure: set[tuple[str, str]] = set()
    for each in tries:
        key = each.source, each.unit
        numbers.setdefault(key, set()).add(each.number)
        if each.at is None or not _keeps_all(each):
            unsure.add(key)
    return {key for key, n in numbers.items() if key not in unsure and max(n) == len(n)}


def _keeps_all(each: _Try) -> bool:
    """Whether the place that a hand-in came from has every attempt."""
    if each.source == "nbgrader":
        return each.origin.count("+") > 1
    if each.source == "canvas":
        return bool(each.origin) and not each.origin.partition(": ")[0].lower().endswith(".zip")
    return each.source in COUNTING


def _attempts(tries: Sequence[_Try], units: Mapping[str, str]) -> dict[str, list[_Try]]:
    """Exercise -> the hand-ins of a student that were made for it, in order."""
    run = {(each.submission, units.get(each.exercise)) for each in tries if each.was_run}
    found: dict[str, list[_Try]] = {}
    for each in tries:
        unit = units.get(each.exercise)
        # What is for another unit is none; nor is what may be for any, with nothing of this one.
        is_for = each.unit == unit or (not each.unit and (each.submission, unit) in run)
        if unit is not None and is_for:
            found.setdefault(each.exercise, []).append(each)
    places = {id(each): Place(each.number, each.submission, each.at) for each in tries}
    return {name: in_order(each, lambda t: places[id(t)]) for name, each in found.items()}


class _Rows:
    """The rows of one student."""

    def __init__(
        self,
        student: str,
        ideas: Mapping[int, tuple[str, ...]],
        scores: Scores,
        sure: set[tuple[str, str]],
    ) -> None:
        self._student, self._ideas, self._scores, self._sure = student, ideas, scores, sure
        self._situations: list[Situation] = []
        self.standings: list[dict[str, Any]] = []
        self.held: list[dict[str, Any]] = []

    def add(self, exercise: str, attempts: Sequence[_Try]) -> None:
        begun = [each for each in attempts if each.begun]
        last = (begun or attempts)[-1]
        points = [self._score(each) for each in begun]
        known = [each for each in points if each is not None]
        first = begun[0] if begun else None
        kept = {(each.source, each.unit) for each in attempts}
        passed_on = next((n for n, each in enumerate(begun, 1) if each.passed), None)
        same = self._same(begun)
        self.standings.append(
            {
                "student": self._student,
                "exercise": exercise,
                "attempts": len(begun),
                "sure": bool(begun) and len(kept) == 1 and kept <= self._sure,
                "first_grading": None if first is None else first.grading,
                "first_score": points[0] if points else None,
                "first_passed": first is not None and first.passed,
                "best_score": max(known, default=None),
                "passed_on": passed_on,
                "last_grading": last.grading,
                "last_score": points[-1] if points else None,
                "last_passed": last.passed,
                "same": same,
                "unusual": bool({OUTCOMES[letter] for letter in last.pattern} & LUCK),
                "submission": last.submission,
                "last_at": last.at,
                "last_second": 0 if last.at is None else int(last.at.timestamp()),
            }
        )
        self._hold(exercise, begun)
        self._situations.append(
            Situation(
                exercise, len(begun), passed_on is not None, last.passed, same,
                self._ideas.get(last.grading, ()), last.layer != "not_run",
            )
        )  # fmt: skip

    def _score(self, each: _Try) -> int | None:
        return self._scores.score(each.exercise, each.suite, each.pattern, each.grading)

    def _wrong(self, each: _Try) -> tuple[str, ...]:
        """What is wrong with a hand-in: its ideas, else what its wrong answer is known by."""
        if each.passed:
            return ()
        ideas = self._ideas.get(each.grading, ())
        return ideas or ((UNKNOWN + each.signature,) if each.signature else ())

    def _same(self, begun: Sequence[_Try]) -> int:
        if not begun:
            return 0
        wrong, count = set(self._wrong(begun[-1])), 0
        for each in reversed(begun):
            wrong &= set(self._wrong(each))
            if not wrong:
                break
            count += 1
        return count

    def _hold(self, exercise: str, begun: Sequence[_Try]) -> None:
        times: dict[str, int] = {}
        for each in begun:
            for what in self._wrong(each):
                times[what] = times.get(what, 0) + 1
        now = self._wrong(begun[-1]) if begun else ()
        self.held += [
            {
                "student": self._student, "exercise": exercise, "what": what, "times": count,
                "still": what in now,
            }
            for what, count in times.items()
        ]  # fmt: skip

    def progress(self, worth: Mapping[str, Decimal]) -> list[dict[str, Any]]:
        rows = self.standings
        if not rows:
            return []
        tried = [row for row in rows if row["attempts"]]
        scored = [(row["last_score"], worth.get(row["exercise"], Decimal(0))) for row in tried]
        whole = sum((points for score, points in scored if score is not None), Decimal(0))
        got = sum((score * points for score, points in scored if score is not None), Decimal(0))
        newest = max(rows, key=lambda row: (row["last_second"], row["submission"]))
        why = reasons(
            situation
            for situation, row in zip(self._situations, rows, strict=True)
            if newest["last_second"] - row["last_second"] <= _RECENT
        )
        is_sure = bool(tried) and all(row["sure"] for row in tried)
        return [
            {
                "student": self._student,
                "tried": len(tried),
                "passed": sum(row["last_passed"] for row in rows),
                "first_passed": sum(row["first_passed"] for row in tried) if is_sure else None,
                "attempts": sum(row["attempts"] for row in rows),
                "score": int((got / whole).quantize(Decimal(1), ROUND_HALF_EVEN))
                if whole
                else None,
                "last_at": newest["last_at"],
                "last_second": newest["last_second"],
                "need": sum(each.weight for each in why),
                "reasons": msgspec.json.encode([each._asdict() for each in why]).decode(),
            }
        ]


def _write(
    connection: Connection, table: Table, students: Sequence[str], rows: Sequence[dict[str, Any]]
) -> None:
    """Have exactly these rows of some students."""
    key = [column.name for column in table.primary_key.columns]
    names = [column.name for column in table.columns]
    words = tables.Words()
    there: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for some in in_parts(students):
        for row in connection.execute(select(table).where(table.c.student.in_(some))):
            kept = dict(row._mapping)
            there[tuple(kept[name] for name in key)] = tuple(kept[name] for name in names)
    wanted: dict[tuple[Any, ...], dict[str, Any]] = {}
    for each in rows:
        clean = {
            name: words.process_bind_param(value, None) if isinstance(value, str) else value
            for name, value in each.items()
        }
        wanted[tuple(clean[name] for name in key)] = clean
    is_key = and_(*(table.c[name] == bindparam(f"key_{name}") for name in key))
    gone = [_bound(key, each) for each in there if each not in wanted]
    new = [row for each, row in wanted.items() if each not in there]
    changed = [
        {**_bound(key, each), **{name: row[name] for name in names if name not in key}}
        for each, row in wanted.items()
        if each in there and there[each] != tuple(row[name] for name in names)
    ]
    if gone:
        connection.execute(delete(table).where(is_key), gone)
    if changed:
        values: dict[str, Any] = {name: bindparam(name) for name in names if name not in key}
        connection.execute(update(table).where(is_key).values(values), changed)
    if new:
        connection.execute(insert(table), new)


def _bound(key: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    return {f"key_{name}": value for name, value in zip(key, values, strict=True)}
