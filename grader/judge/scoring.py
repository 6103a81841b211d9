"""From outcomes to points: exact, and never to a student's cost where a test could not be run."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from grader.course.outline import Exercise
from grader.report.model import FREE, Diagnosis, ExerciseResult, Outcome, TestResult, is_lost
from grader.report.safe import safe

__all__ = ["as_kept", "because", "exercise_result", "test_result"]

_ZERO = Decimal(0)


def test_result(
    exercise: Exercise,
    test: str,
    title: str,
    outcome: Outcome,
    message: str,
    ms: float,
    printed: str,
) -> TestResult:
    """Points of one test: all or none, and out of the sum where the test could not be run."""
    points = exercise.tests[test]
    possible = _ZERO if outcome in FREE else points
    earned = points if outcome == "passed" else _ZERO
    message, printed = safe(message), safe(printed)
    return TestResult(test, title, outcome, earned, possible, message, round(ms, 3), printed)


def as_kept(printed: str, cut: int, limit: int) -> str:
    """What was printed, up to `limit` characters, and a line that says how much is left out.

    Args:
        cut: characters that were left out already.
    """
    cut += max(len(printed) - limit, 0)
    if not cut:
        return printed
    return f"{printed[:limit]}\n[{cut:,} more characters were printed; they were cut here.]"


def because(test: TestResult, function: str) -> TestResult:
    """A test whose answers only repeat the mistake of another function says which, if there is one.

    It stands below the first line: that tells what is wrong, this where to look.
    """
    if not function or test.outcome == "passed":
        return test
    headline, *rest = test.message.split("\n")
    told = safe(f"Because `{function}` is not right yet.")
    return msgspec.structs.replace(test, message="\n".join([headline, told, *rest]))


def exercise_result(
    exercise: Exercise,
    tests: Sequence[TestResult],
    diagnoses: Sequence[Diagnosis],
    loaded: bool = True,
) -> ExerciseResult:
    """An exercise is its tests together."""
    return ExerciseResult(
        exercise.id,
        exercise.unit,
        exercise.title,
        _together([test.outcome for test in tests]),
        sum((test.earned for test in tests), _ZERO),
        sum((test.possible for test in tests), _ZERO),
        tuple(tests),
        tuple(diagnoses),
        loaded=loaded,
    )


def _together(outcomes: Sequence[Outcome]) -> Outcome:
    """Passed if nothing was lost and something was tried; not attempted if nothing was begun; else
    the first real loss.
    """
    if "grader_fault" in outcomes:
        return "grader_fault"
    lost = [outcome for outcome in outcomes if is_lost(outcome)]
    if not lost:
        return "passed" if "passed" in outcomes else "skipped"
    begun = [outcome for outcome in lost if outcome != "not_attempted"]
    if begun:
        return begun[0]
    return "failed" if "passed" in outcomes else "not_attempted"
