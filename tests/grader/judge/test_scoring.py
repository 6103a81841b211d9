"""From outcomes to points."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from grader.course.outline import Exercise
from grader.judge import scoring
from grader.judge.scoring import as_kept, exercise_result
from grader.report.model import FREE

EXERCISE = Exercise("a", "u", "A", {"one": Decimal("0.1"), "two": Decimal("0.2")})


def marked(test: str, outcome: Any) -> Any:
    return scoring.test_result(EXERCISE, test, "Title.", outcome, "a\x1bb", 1.23456, "c\rd")


def test_what_was_cut_is_told() -> None:
    assert as_kept("abc", 0, 3) == "abc"
    assert as_kept("abcd", 1000, 3) == (
        "abc\n[1,001 more characters were printed; they were cut here.]"
    )


def test_a_test_earns_all_or_nothing() -> None:
    assert (marked("one", "passed").earned, marked("one", "passed").possible) == (
        Decimal("0.1"),
        Decimal("0.1"),
    )
    assert marked("one", "failed").earned == 0
    assert marked("one", "failed").possible == Decimal("0.1")


@pytest.mark.parametrize("outcome", sorted(FREE))
def test_what_could_not_be_run_costs_nothing(outcome: Any) -> None:
    assert marked("one", outcome).earned == marked("one", outcome).possible == 0


def test_text_is_safe_to_show_and_times_are_short() -> None:
    found = marked("one", "failed")
    assert (found.message, found.printed, found.ms) == ("a␛b", "c\nd", 1.235)


@pytest.mark.parametrize(
    ("outcomes", "together"),
    [
        (("passed", "passed"), "passed"),
        (("passed", "skipped"), "passed"),
        (("skipped", "skipped"), "skipped"),
        (("not_attempted", "not_attempted"), "not_attempted"),
        (("not_attempted", "skipped"), "not_attempted"),
        (("passed", "not_attempted"), "failed"),
        (("not_attempted", "timeout"), "timeout"),
        (("error", "failed"), "error"),
        (("failed", "grader_fault"), "grader_fault"),
        ((), "skipped"),
    ],
)
def test_an_exercise_is_its_tests_together(outcomes: tuple[Any, ...], together: str) -> None:
    tests = [marked(name, outcome) for name, outcome in zip(("one", "two"), outcomes, strict=False)]
    result = exercise_result(EXERCISE, tests, [])
    assert result.outcome == together
    assert result.earned == sum((t.earned for t in tests), Decimal(0))


def test_points_are_exact() -> None:
    tests = [marked("one", "passed"), marked("two", "passed")]
    assert exercise_result(EXERCISE, tests, []).earned == Decimal("0.3")
