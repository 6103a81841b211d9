"""What a check came to is told as wide as what was tried."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from grader.course.outline import Feedback
from grader.notebook import Result
from grader.report import model
from grader.report.html import to_html
from grader.report.model import ExerciseResult, Outcome, Report


def came_to(outcome: Outcome, *ends: Outcome, why: str = "") -> Result:
    tests = tuple(
        model.TestResult(
            f"test_{end}", "It.", end, Decimal(0), Decimal(0), "Not run: PyTorch is not installed."
        )
        for end in ends
    )
    exercise = ExerciseResult("angle", "01_a", "Which way?", outcome, Decimal(0), Decimal(0), tests)
    report = Report(
        course="C", suite="", grader="", isolation="full", student="", submission="",
        earned=Decimal(0), possible=Decimal(0), exercises=(exercise,),
    )  # fmt: skip
    return Result(report=report, feedback=Feedback("everything"), handout=True, why={"angle": why})


def test_a_half_that_was_not_tried_is_told() -> None:
    result = came_to("passed", "passed", "skipped")
    told = "Its examples pass; the PyTorch half was not tried."
    assert result.passed
    assert told in repr(result)
    assert told in to_html(result.view)
    assert "0 of 1 exercise done, 1 as far as tried" in repr(result)


def test_all_of_it_is_right_only_where_something_is() -> None:
    whole = came_to("passed", "passed", why="It adds up.")
    assert whole.passed
    assert "Why it works: It adds up." in repr(whole)
    assert not came_to("skipped", "skipped").passed
    assert not came_to("passed").passed
    bare = msgspec.structs.replace(whole.report, exercises=())
    assert not msgspec.structs.replace(whole, report=bare).passed
