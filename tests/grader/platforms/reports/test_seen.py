"""What a student can find in any of the files."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from grader.course.outline import Feedback
from grader.platforms.reports.registry import OWN
from grader.platforms.reports.seen import seen
from grader.report.view import for_student
from support.exported import (
    FULL,
    LOADING,
    RUNNER,
    SECRETS,
    SETTING,
    exercise,
    outcome_of,
    report_of,
    written,
)

HERE = msgspec.structs.replace(SETTING, environ=RUNNER)


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("level", ["title", "nothing"])
def test_no_file_tells_what_feedback_hides(name: str, level: Any) -> None:
    text = written(OWN[name], setting=HERE, hidden=Feedback(level)).decode()
    assert [secret for secret in SECRETS if secret in text] == []
    assert ("The length of (3, -4) is 5." in text) == (level == "title")
    assert "test_turn" not in text
    assert LOADING in text  # of their own file they may always know


@pytest.mark.parametrize("name", OWN)
def test_an_instructors_file_has_everything(name: str) -> None:
    data = OWN[name](seen(FULL, Feedback("nothing"), "instructor"), HERE)
    assert "expected 5.0" in data.decode()


def test_a_file_that_cannot_be_loaded_says_nothing_of_the_tests() -> None:
    [angle] = seen(report_of(FULL.exercises[2]), Feedback("nothing")).exercises
    [only] = angle.tests
    assert (only.id, only.message, only.possible) == ("angle", LOADING, Decimal("1.5"))


@pytest.mark.parametrize("level", ["everything", "title", "nothing"])
def test_points_stay_whatever_is_hidden(level: Any) -> None:
    found = seen(FULL, Feedback(level))
    assert (found.earned, found.possible) == (FULL.earned, FULL.possible)
    for each in found.exercises:
        assert each.tests
        assert sum((t.earned for t in each.tests), Decimal(0)) == each.earned
        assert sum((t.possible for t in each.tests), Decimal(0)) == each.possible


def test_that_a_person_has_to_look_is_said_also_where_tests_are_hidden() -> None:
    fault = outcome_of("test_x", "T.", "grader_fault", "1", "ours")
    right = outcome_of("test_y", "U.", "passed", "1")
    found = seen(report_of(exercise("x", "u", "passed", right, fault)), Feedback("nothing"))
    assert any("a person has to look at it" in note for note in found.notes)


def test_without_a_course_a_students_report_is_not_made_to_tell_more() -> None:
    cut = for_student(FULL, Feedback("title"))
    assert {test.id for test in seen(cut, None).exercises[0].tests} == {
        "test_1", "test_2", "test_3", "test_4",
    }  # fmt: skip
    whole = for_student(FULL, Feedback("everything"))
    assert seen(whole, None).exercises[0].tests[0].id == "test_three_four_five"


def test_examples_count_one_each_where_there_are_no_points() -> None:
    tests = [
        outcome_of("one", "One.", "passed", "0"),
        outcome_of("two", "Two.", "failed", "0", "Wrong."),
        outcome_of("three", "Three.", "skipped", "0", "Not run: PyTorch is not installed."),
    ]
    found = seen(report_of(exercise("x", "u", "failed", *tests)), Feedback("everything"))
    assert (found.earned, found.possible) == (1, 2)
