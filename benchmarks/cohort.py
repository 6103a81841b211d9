"""A gradebook of many students who handed in every unit several times, seeded; nothing is judged.

Rows are written as they would be after `grade batch`, but in bulk: settling 240,000 hand-ins one by
one would take hours. Where everybody stands, and the figures, are worked out by the gradebook.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, text

from grader.classroom.gradebook import tables
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.people import Person
from grader.course.outline import Exercise
from grader.report.model import Diagnosis, ExerciseResult, Outcome, TestResult

__all__ = ["fill"]

#: Different programs for an exercise: the first third is right.
PROGRAMS = 60
_IDEAS = ("SumsTheRows", "SquaresTheSum", "ForgetsTheBias", "TransposesTwice", "RoundsTheLength")
_SECTIONS = 12
_SOME = 500
_START = datetime(2027, 2, 1, 9, tzinfo=UTC)


def fill(book: Gradebook, students: int, attempts: int = 3, seed: int = 20) -> None:
    """Have a class in an empty gradebook: `attempts` hand-ins of each student for each unit."""
    chance = random.Random(seed)
    people = [
        Person(f"s{n:05}", _name(chance), f"s{n:05}@example.org", f"Section {n % _SECTIONS + 1:02}")
        for n in range(students)
    ]
    _students(book, people)
    gradings: dict[str, int] = {}
    for exercise in book.course.exercises:
        for number in range(PROGRAMS):
            key = f"{exercise.id} {number}"
            gradings[key] = book.keep([_result(exercise, number, chance)])[exercise.id]
    first = 1
    for start in range(0, students, _SOME):
        first = _hand_in(book, people[start : start + _SOME], attempts, gradings, first, chance)
    with book._database.writing() as connection:  # as a server does by itself before long
        connection.execute(text("ANALYZE"))


def _name(chance: random.Random) -> str:
    syllables = ("ka", "ri", "mo", "lin", "da", "so", "ven", "tu", "el", "bra")
    parts = ("".join(chance.choices(syllables, k=chance.randint(2, 3))) for _ in range(2))
    return " ".join(part.capitalize() for part in parts)


def _students(book: Gradebook, people: list[Person]) -> None:
    rows = [
        {"key": p.key, "name": p.name, "email": p.email, "section": p.section, "team": "",
         "active": True}
        for p in people
    ]  # fmt: skip
    with book._database.writing() as connection:
        connection.execute(insert(tables.student), rows)


def _result(exercise: Exercise, number: int, chance: random.Random) -> ExerciseResult:
    is_right = number < PROGRAMS // 3
    tests = []
    for place, (test, points) in enumerate(exercise.tests.items()):
        lost = not is_right and (place == number % len(exercise.tests) or chance.random() < 0.3)
        outcome: Outcome = "failed" if lost else "passed"
        message = f"Wrong value: expected {place}.0, got {number % 17}.5." if lost else ""
        ms = chance.random() * 5
        earned = Decimal(0) if lost else points
        tests.append(TestResult(test, f"{test}.", outcome, earned, points, message, ms))
    has_idea = not is_right and number % 3
    return ExerciseResult(
        exercise.id, exercise.unit, exercise.title, "passed" if is_right else "failed",
        sum((t.earned for t in tests), Decimal(0)), exercise.points, tuple(tests),
        (Diagnosis(_IDEAS[number % len(_IDEAS)], "A hint."),) if has_idea else (),
        "suite", f"{exercise.id}{number}",
    )  # fmt: skip


def _hand_in(
    book: Gradebook,
    people: list[Person],
    attempts: int,
    gradings: dict[str, int],
    first: int,
    chance: random.Random,
) -> int:
    rows: dict[str, list[dict[str, Any]]] = {n: [] for n in ("submission", "arrival", "member")}
    verdicts: list[dict[str, Any]] = []
    number = first
    for person in people:
        strength = chance.random()
        for place, unit in enumerate(book.course.units):
            if chance.random() < 0.04:
                continue
            day = _START + timedelta(days=7 * place, hours=chance.randrange(100))
            for attempt in range(1, attempts + 1):
                at = day + timedelta(minutes=37 * attempt)
                digest = f"{number}"
                rows["submission"].append(
                    {"id": number, "student": person.key, "source": "gradescope", "number": attempt,
                     "digest": digest, "unit": unit.id, "recorded": at}
                )  # fmt: skip
                rows["arrival"].append(
                    {"id": number, "submission": number, "origin": f"a: {digest}", "at": at,
                     "late": None, "notes": "[]", "recorded": at}
                )  # fmt: skip
                rows["member"].append({"arrival": number, "student": person.key})
                for exercise in unit.exercises:
                    right = chance.random() < 0.25 + 0.4 * strength + 0.12 * attempt
                    span = (0, PROGRAMS // 3) if right else (PROGRAMS // 3, PROGRAMS)
                    key = f"{exercise.id} {chance.randrange(*span)}"
                    verdicts.append(
                        {"submission": number, "exercise": exercise.id, "grading": gradings[key],
                         "reused": True, "reason": "", "at": at}
                    )  # fmt: skip
                number += 1
    with book._database.writing() as connection:
        for name, each in rows.items():
            connection.execute(insert(tables.METADATA.tables[name]), each)
        connection.execute(insert(tables.verdict), verdicts)
        if connection.dialect.name == "postgresql":  # whose counters do not see given ids
            for name in ("submission", "arrival"):
                connection.execute(text(f"SELECT setval('{name}_id_seq', {number})"))
    return number
