"""A course as a value, and what might be judged of it: for gradebooks, which need no judge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from grader.classroom.attempt import Attempt
from grader.classroom.people import Person
from grader.course.outline import Attempts, Course, Exercise, Late, Unit
from grader.report.model import FREE, Diagnosis, ExerciseResult, Outcome, TestResult

DUE = datetime.fromisoformat("2027-02-01T23:59:00+01:00")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

LENGTH = Exercise(
    "length", "01_a", "How long?", {"test_one": Decimal("1.5"), "test_two": Decimal(1)}
)
DOUBLE = Exercise("double", "01_a", "Twice?", {"test_one": Decimal(1)})
ANGLE = Exercise("angle", "02_b", "Which way?", {"test_one": Decimal(2)})
LATE = Late(15 * MINUTE, Decimal("0.1"), DAY, Decimal("0.5"))


def course(late: Late = LATE, attempts: Attempts | None = None, title: str = "Tiny") -> Course:
    units = (Unit("01_a", "A", (LENGTH, DOUBLE), DUE), Unit("02_b", "B", (ANGLE,), DUE + 7 * DAY))
    return Course("/no/such/course", title, units, late=late, attempts=attempts or Attempts())


def result(
    exercise: Exercise = LENGTH,
    outcomes: Mapping[str, Outcome] | None = None,
    sources: str = "s1",
    suite: str = "t1",
    message: str = "",
    **others: Outcome,
) -> ExerciseResult:
    """What an exercise came to; tests that are not named passed."""
    found = {**dict.fromkeys(exercise.tests, "passed"), **(outcomes or {}), **others}
    tests = tuple(
        TestResult(
            test, "A title.", outcome,  # type: ignore[arg-type]
            points if outcome == "passed" else Decimal(0),
            Decimal(0) if outcome in FREE else points, message if outcome != "passed" else "",
        )
        for (test, outcome), points in zip(found.items(), exercise.tests.values(), strict=True)
    )  # fmt: skip
    lost = [test.outcome for test in tests if test.outcome not in ("passed", *FREE)]
    outcome: Outcome = lost[0] if lost else "passed"
    return ExerciseResult(
        exercise.id, exercise.unit, exercise.title, outcome,
        sum((test.earned for test in tests), Decimal(0)),
        sum((test.possible for test in tests), Decimal(0)),
        tests, (Diagnosis("Idea", "A hint."),) if lost else (), suite, sources,
    )  # fmt: skip


def blank(exercise: Exercise, suite: str = "t1") -> ExerciseResult:
    """Nothing was handed in for it."""
    return result(
        exercise, dict.fromkeys(exercise.tests, "not_attempted"), sources="none", suite=suite
    )


def attempt(
    student: str = "doe",
    number: int = 1,
    unit: str | None = "01_a",
    at: datetime | None = DUE - DAY,
    digest: str = "",
    late: bool | None = None,
    team: tuple[str, ...] = (),
) -> Attempt:
    digest = digest or f"{student}{number}"
    return Attempt(student, number, "canvas", f"a.zip: {student}.py", digest, unit, at, late, team)


DOE = Person("doe", "Jane Doe", "jane@example.org", "tuesday", aliases={"canvas": "101"})
ROE = Person("roe", "Richard Roe", "roe@example.org", "friday", aliases={"canvas": "102"})


def write_many(url: str, student: str, count: int) -> None:
    """What one process of two does: its own attempts, and the same ones as the other."""
    from grader.classroom.gradebook.book import Gradebook

    with Gradebook(course(), url) as book:
        for number in range(1, count + 1):
            book.settle(attempt(student, number), [result(sources=f"{student}{number}")])
            book.settle(attempt("both", number, team=("doe", "roe")), [])
