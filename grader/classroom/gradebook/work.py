"""What was handed in and what it came to: submissions, gradings, verdicts. Nothing is ever changed.

A verdict is a link from a submission's exercise to a grading; where it is judged again, a new link
is added, and the last one holds.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Row, Select, func, insert, select, tuple_

from grader.classroom.attempt import Attempt
from grader.classroom.gradebook import tables
from grader.classroom.gradebook.arrivals import Arrival, arrivals_of, parts
from grader.classroom.gradebook.database import in_parts, insert_all, insert_new
from grader.classroom.gradebook.students import note_missing
from grader.classroom.gradebook.values import Held, Pair, Recorded, Tests, Verdict
from grader.report.model import LUCK, ExerciseResult

__all__ = [
    "add_gradings",
    "history",
    "is_new",
    "known",
    "link",
    "record",
    "recorded",
    "result",
    "reusable",
    "verdicts",
]


def record(connection: Connection, attempt: Attempt, now: datetime) -> tuple[int, bool]:
    """The id of an attempt, which is added if it is not there; and whether it was added.

    What is known of its arrival may grow, e.g. when the times come later: that is added beside.
    """
    people, identity = _people(attempt), _identity(attempt)
    found = select(tables.submission.c.id).filter_by(**identity).with_for_update()
    number = connection.execute(found).scalar()
    is_new = False
    if number is None:
        note_missing(connection, people)
        # Where two record the same attempt, the second waits for the first, here or in the next.
        is_new = insert_new(connection, tables.submission, identity, recorded=now)
        number = connection.execute(found).scalar_one()
    last = None if is_new else arrivals_of(connection, [number]).get(number)
    if last is None or not _is_told(last, attempt):
        if not is_new:
            note_missing(connection, people)
        values = {**_arriving(attempt), "submission": number, "recorded": now}
        made = connection.execute(insert(tables.arrival).values(**values))
        key = made.inserted_primary_key
        assert key is not None
        rows = [{"arrival": key[0], "student": student} for student in people]
        connection.execute(insert(tables.member), rows)
    return int(number), is_new


def _people(attempt: Attempt) -> list[str]:
    return list(dict.fromkeys((attempt.student, *attempt.team)))


def _identity(attempt: Attempt) -> dict[str, Any]:
    """What an attempt is known by."""
    return {
        "student": attempt.student,
        "source": attempt.source,
        "number": attempt.number,
        "digest": attempt.digest,
        "unit": attempt.unit or "",
    }


def _arriving(attempt: Attempt) -> dict[str, Any]:
    return {
        "origin": attempt.origin,
        "at": attempt.at,
        "late": attempt.late,
        "notes": msgspec.json.encode(attempt.notes).decode(),
    }


def recorded(connection: Connection, attempts: Sequence[Attempt]) -> dict[str, Recorded]:
    """Folder of an attempt -> what is known of it, for those that are there."""
    columns = tables.submission.c
    wanted = {tuple(_identity(attempt).values()): attempt for attempt in attempts}
    students = {attempt.student for attempt in attempts}
    found: dict[int, Attempt] = {}
    for some in in_parts(students):
        query = select(tables.submission).where(columns.student.in_(some))
        for row in connection.execute(query):
            key = row.student, row.source, row.number, row.digest, row.unit
            if key in wanted:
                found[row.id] = wanted[key]
    held = _held(connection, found.keys())
    arrivals = arrivals_of(connection, found.keys())
    return {
        attempt.folder: Recorded(number, _is_told(arrivals[number], attempt), held.get(number, {}))
        for number, attempt in found.items()
    }


def _held(connection: Connection, ids: Collection[int]) -> dict[int, dict[str, Held]]:
    """Submission -> exercise -> what holds; what tests came to is not read, there are many."""
    verdict, grading = tables.verdict.c, tables.grading.c
    names = ("outcome", "sources", "suite", "reusable", "isolation", "seed")
    columns = (verdict.submission, verdict.exercise, grading.id, *(grading[n] for n in names))
    held: dict[int, dict[str, Held]] = {}
    for part in in_parts(sorted(ids)):
        newest = select(func.max(verdict.id)).where(verdict.submission.in_(part))
        newest = newest.group_by(verdict.submission, verdict.exercise)
        query = select(*columns).join(tables.grading, grading.id == verdict.grading)
        rows = connection.execute(query.where(verdict.id.in_(newest)))
        for submission, exercise, *values in rows:
            held.setdefault(submission, {})[exercise] = Held(*values)
    return held


def _is_told(arrival: Arrival, attempt: Attempt) -> bool:
    """Whether an arrival says all that is known of it by now."""
    people = tuple(sorted(_people(attempt)))
    return _told(arrival) == (*_bound(_arriving(attempt)), people)


def _bound(told: Mapping[str, Any]) -> tuple[Any, ...]:
    """Values as they come back: words may be cleaned on their way in."""
    words = tables.Words()
    origin, notes = (words.process_bind_param(told[key], None) for key in ("origin", "notes"))
    return origin, told["at"], told["late"], notes


def _told(arrival: Arrival) -> tuple[Any, ...]:
    row = arrival.row
    return row.origin, row.at, row.late, row.notes, tuple(sorted(arrival.students))


# --- gradings -----------------------------------------------------------------------------------


def reusable(exercise: ExerciseResult) -> Literal["always", "untried", "never"]:
    """Whether the same text would surely come to the same."""
    outcomes = {exercise.outcome, *(test.outcome for test in exercise.tests)}
    if outcomes & LUCK or not (exercise.suite and exercise.sources):
        return "never"
    return "untried" if "skipped" in outcomes else "always"


def known(
    connection: Connection, pairs: Iterable[Pair], isolation: str, seed: int, untried: bool
) -> dict[Pair, int]:
    """Pair -> the first grading of it that can be used again."""
    columns = tables.grading.c
    allowed = ("always", "untried") if untried else ("always",)
    found: dict[Pair, int] = {}
    for part in in_parts(dict.fromkeys(pairs)):
        query = (
            select(columns.sources, columns.suite, func.min(columns.id))
            .where(tuple_(columns.sources, columns.suite).in_(part))
            .where(columns.isolation == isolation, columns.seed == seed)
            .where(columns.reusable.in_(allowed))
            .group_by(columns.sources, columns.suite)
        )
        for sources, suite, number in connection.execute(query):
            found[sources, suite] = number
    return found


def add_gradings(
    connection: Connection,
    judged: Sequence[ExerciseResult],
    *,
    isolation: str,
    seed: int,
    grader: str,
    now: datetime,
) -> dict[str, int]:
    """Exercise -> the id of its new grading."""
    encoder = msgspec.json.Encoder(decimal_format="number")
    rows = [
        {
            "exercise": exercise.id,
            "sources": exercise.sources,
            "suite": exercise.suite,
            "isolation": isolation,
            "seed": seed,
            "grader": grader,
            "outcome": exercise.outcome,
            "reusable": reusable(exercise),
            "recorded": now,
            "document": zlib.compress(encoder.encode(exercise), 6),
        }
        for exercise in judged
    ]
    keys = insert_all(connection, tables.grading, rows)
    tests = [
        {"grading": key, "position": i, "test": test.id, "outcome": test.outcome}
        for key, exercise in zip(keys, judged, strict=True)
        for i, test in enumerate(exercise.tests)
    ]
    if tests:
        connection.execute(insert(tables.test_result), tests)
    return {exercise.id: key for key, exercise in zip(keys, judged, strict=True)}


def result(connection: Connection, grading: int) -> ExerciseResult | None:
    """All that a grading came to, with the points that tests had then."""
    columns = tables.grading.c
    found = connection.execute(select(columns.document).where(columns.id == grading)).scalar()
    if found is None:
        return None
    return msgspec.json.decode(zlib.decompress(found), type=ExerciseResult)


# --- verdicts -----------------------------------------------------------------------------------


def link(
    connection: Connection,
    submission: int,
    gradings: Mapping[str, int],
    *,
    reused: Container[str] = (),
    reason: str,
    now: datetime,
    is_new: bool = False,
) -> None:
    """Say which gradings hold for exercises of a submission; nothing for those that hold already.

    Args:
        reused: the exercises of which it had been judged before.
        is_new: the submission was recorded in this transaction, so that nothing can hold yet.
    """
    held = {} if is_new else _held_now(connection, submission)
    rows = [
        {
            "submission": submission,
            "exercise": exercise,
            "grading": grading,
            "reused": exercise in reused,
            "reason": reason,
            "at": now,
        }
        for exercise, grading in gradings.items()
        if held.get(exercise) != grading
    ]
    if rows:
        connection.execute(insert(tables.verdict), rows)


def _held_now(connection: Connection, submission: int) -> dict[str, int]:
    """Exercise -> the grading that holds, until this transaction ends."""
    # A second writer of the same submission waits here, where the database locks rows.
    row = select(tables.submission.c.id).where(tables.submission.c.id == submission)
    connection.execute(row.with_for_update())
    columns = tables.verdict.c
    newest = select(func.max(columns.id)).where(columns.submission == submission)
    last = select(columns.exercise, columns.grading).where(
        columns.id.in_(newest.group_by(columns.exercise))
    )
    return {row.exercise: row.grading for row in connection.execute(last)}


def _verdicts() -> Select[Any]:
    verdict, grading = tables.verdict.c, tables.grading.c
    return select(
        verdict.submission,
        verdict.exercise,
        verdict.grading,
        grading.outcome,
        grading.sources,
        grading.suite,
        verdict.reused,
        grading.reusable,
        verdict.reason,
        verdict.at,
        grading.isolation,
        grading.seed,
    ).join(tables.grading, grading.id == verdict.grading)


def _verdict(row: Row[Any], tests: Mapping[int, Tests]) -> Verdict:
    return Verdict(**row._asdict(), tests=tests.get(row.grading, {}))


def verdicts(connection: Connection, ids: Collection[int] | None = None) -> list[Verdict]:
    """The verdicts that hold, of some submissions or of all, with what each test came to."""
    columns = tables.verdict.c
    newest = select(func.max(columns.id)).group_by(columns.submission, columns.exercise)
    rows: list[Row[Any]] = []
    for part in parts(ids):
        last = newest if part is None else newest.where(columns.submission.in_(part))
        rows += connection.execute(_verdicts().where(columns.id.in_(last)).order_by(columns.id))
    tests = _tests(connection, None if ids is None else {row.grading for row in rows})
    return [_verdict(row, tests) for row in rows]


def is_new(exercise: ExerciseResult, held: Verdict | None, isolation: str, seed: int) -> bool:
    """Whether what was judged says anything that the verdict that holds does not say."""
    if held is None:
        return True
    now = (exercise.sources, exercise.suite, exercise.outcome, isolation, seed)
    was = (held.sources, held.suite, held.outcome, held.isolation, held.seed)
    return now != was or held.tests != {test.id: test.outcome for test in exercise.tests}


def history(connection: Connection, submission: int, exercise: str) -> list[Verdict]:
    """All verdicts on an exercise of a submission, the first one first."""
    columns = tables.verdict.c
    query = _verdicts().where(columns.submission == submission, columns.exercise == exercise)
    rows: Sequence[Row[Any]] = connection.execute(query.order_by(columns.id)).all()
    tests = _tests(connection, {row.grading for row in rows})
    return [_verdict(row, tests) for row in rows]


def _tests(connection: Connection, gradings: set[int] | None) -> dict[int, Tests]:
    columns = tables.test_result.c
    found: dict[int, Tests] = {}
    for part in parts(gradings):
        query = select(columns.grading, columns.test, columns.outcome)
        query = query.order_by(columns.grading, columns.position)
        if part is not None:
            query = query.where(columns.grading.in_(part))
        for grading, test, outcome in connection.execute(query):
            found.setdefault(grading, {})[test] = outcome
    return found
