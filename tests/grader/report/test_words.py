"""The words of a verdict are as wide as what was tried."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from grader.report import model
from grader.report.model import ExerciseResult, Outcome, Report, is_right, is_right_so_far
from grader.report.words import notes, so_far, totals

TORCH = "Not run: PyTorch is not installed."


def exercise(
    outcome: Outcome, *ends: Outcome, message: str = TORCH, worth: int = 1
) -> ExerciseResult:
    tests = tuple(
        model.TestResult(
            f"test_{n}",
            "It.",
            end,
            Decimal(worth * (end == "passed")),
            Decimal(worth * (end not in model.FREE)),
            message if end == "skipped" else "",
        )
        for n, end in enumerate(ends)
    )
    earned = sum((t.earned for t in tests), Decimal(0))
    possible = sum((t.possible for t in tests), Decimal(0))
    return ExerciseResult("scores", "01_a", "How much?", outcome, earned, possible, tests)


@pytest.mark.parametrize(
    ("result", "right", "tried"),
    [
        (exercise("passed", "passed", "passed"), True, True),
        (exercise("passed", "passed", "skipped"), False, True),
        (exercise("skipped", "skipped"), False, False),
        (exercise("passed"), False, False),
        (exercise("failed", "passed", "failed"), False, False),
        (exercise("grader_fault", "passed", "grader_fault"), False, False),
    ],
)
def test_right_needs_something_that_was_tried(
    result: ExerciseResult, right: bool, tried: bool
) -> None:
    assert (is_right(result), is_right_so_far(result)) == (right, tried)
    assert bool(so_far(result)) == (tried and not right)


@pytest.mark.parametrize(
    ("result", "told"),
    [
        (
            exercise("passed", "passed", "skipped"),
            "its tests pass; the PyTorch half was not tried.",
        ),
        (
            exercise("passed", "passed", "skipped", worth=0),
            "its examples pass; the PyTorch half was not tried.",
        ),
        (
            exercise("passed", "passed", "skipped", message="Not run: no display."),
            "its tests pass; 1 test of it was not tried.",
        ),
        (
            exercise("passed", "skipped", "passed", "skipped", message="Not run: no display."),
            "its tests pass; 2 tests of it were not tried.",
        ),
    ],
)
def test_a_part_that_was_not_tried_is_named(result: ExerciseResult, told: str) -> None:
    assert so_far(result) == told


def test_the_sum_counts_as_done_what_was_tried_whole() -> None:
    results = (exercise("passed", "passed"), exercise("passed", "passed", "skipped"))
    report = Report(
        course="C", suite="", grader="", isolation="full", student="", submission="",
        earned=Decimal(2), possible=Decimal(2), exercises=results,
    )  # fmt: skip
    assert totals(report, 1.0, handout=True) == [
        "1 of 2 exercises done",
        "1 as far as tried",
        "1.0 s",
    ]


def test_a_report_with_a_fault_of_the_graders_says_that_it_is_incomplete() -> None:
    results = (exercise("grader_fault", "passed", "grader_fault"), exercise("failed", "failed"))
    report = Report(
        course="C", suite="", grader="", isolation="full", student="", submission="",
        earned=Decimal(1), possible=Decimal(2), exercises=results,
    )  # fmt: skip
    assert notes(report) == [
        "1 test could not be judged, for no fault of the code that was handed in: this report is "
        "incomplete, and a person has to look at it."
    ]
    whole = msgspec.structs.replace(report, exercises=results[1:])
    assert notes(whole) == []
