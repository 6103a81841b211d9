"""What a grading's tests come to, by the points that course.yaml has now."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from sqlalchemy import Connection, select

from grader.classroom.gradebook import tables
from grader.classroom.statistics.suites import OUTCOMES
from grader.course.outline import Course
from grader.report.model import FREE

__all__ = ["Scores", "Suites"]

#: (exercise, suite, how many) -> names of its tests in order: a suite's never change.
Suites = dict[tuple[str, str, int], tuple[str, ...]]


class Scores:
    """Shares of points, as course.yaml has them now, in ten-thousandths.

    Args:
        suites: what is known of suites already; grows.
    """

    def __init__(
        self, connection: Connection, course: Course, suites: Suites | None = None
    ) -> None:
        self._connection = connection
        self._exercises = {exercise.id: exercise for exercise in course.exercises}
        self._tests = {} if suites is None else suites
        self._found: dict[tuple[str, str, str], int | None] = {}

    def score(self, exercise: str, suite: str, pattern: str, grading: int) -> int | None:
        """What a grading's tests come to; None where nothing of it could be tried."""
        key = exercise, suite, pattern
        if key not in self._found:
            self._found[key] = self._score(exercise, self.tests(*key, grading), pattern)
        return self._found[key]

    def tests(self, exercise: str, suite: str, pattern: str, grading: int) -> tuple[str, ...]:
        """The names of a suite's tests, in its order, as they stand beside one of its gradings."""
        key = exercise, suite, len(pattern)
        if key not in self._tests:
            columns = tables.test_result.c
            query = select(columns.test).where(columns.grading == grading)
            rows = self._connection.execute(query.order_by(columns.position)).scalars()
            self._tests[key] = tuple(rows)
        return self._tests[key]

    def _score(self, name: str, tests: Sequence[str], pattern: str) -> int | None:
        exercise = self._exercises.get(name)
        if exercise is None:
            return None
        earned = possible = Decimal(0)
        for test, letter in zip(tests, pattern, strict=True):
            points = exercise.tests.get(test, Decimal(0))
            if OUTCOMES[letter] not in FREE:
                possible += points
                earned += points if letter == "p" else 0
        if not possible:
            return None
        return int((10_000 * earned / possible).quantize(Decimal(1), ROUND_HALF_EVEN))
