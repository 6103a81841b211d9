"""The points and the text of an autograder cell."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec
import pytest

from grader import GraderFault, UsageError
from grader.course.outline import Feedback
from grader.platforms.nbgrader.marks import explanation, refuse_unsure, score
from grader.report import model
from grader.report.model import Diagnosis, ExerciseResult, Outcome

D = Decimal


@pytest.mark.parametrize(
    ("earned", "possible", "worth", "text"),
    [
        ("2.25", "3", 3.0, "2.25"),
        ("3.00", "3.00", 3.0, "3"),
        ("0", "3", 3.0, "0"),
        ("1", "3", 1.0, "0.3333"),
        ("2", "3", 1.0, "0.6667"),
        ("0.125", "1", 0.1, "0.0125"),
        ("3", "3", 0.1, "0.1"),
        ("3", "3", 1e-5, "0.00001"),
        ("2.5", "2.75", 3.0, "2.7273"),
        ("1", "3", 0.0, "0"),
        ("1000000", "3000000", 3000000.0, "1000000"),
    ],
)
def test_a_score_is_plain_digits_and_never_above_the_cell_s_points(
    earned: str, possible: str, worth: float, text: str
) -> None:
    found = score(D(earned), D(possible), worth)
    assert found == text
    assert 0 <= float(found) <= worth


def result(outcome: Outcome, message: str = "") -> ExerciseResult:
    tests = (
        model.TestResult("test_secret_name", "A <b>sentence</b>.", outcome, D(0), D(1), message),
        model.TestResult("test_other_name", "Another one.", "passed", D(1), D(1)),
    )
    hint = Diagnosis("SecretIdea", "Is it?")
    return ExerciseResult("sums", "01_a", "Sums", outcome, D(1), D(2), tests, (hint,))


@pytest.mark.parametrize("hidden", ["everything", "title", "nothing"])
def test_students_see_what_the_course_lets_them(
    hidden: Literal["everything", "title", "nothing"],
) -> None:
    text = explanation(result("failed", "expected <1>, got 2"), Feedback(hidden), ["a <note>"])
    assert "1 of 2" in text
    assert "Note: a &lt;note&gt;" in text
    assert "secret" not in text.lower()
    assert ("A &lt;b&gt;sentence" in text) == (hidden != "nothing")
    assert ("expected &lt;1&gt;" in text) == (hidden == "everything")
    assert ("Is it?" in text) == (hidden == "everything")
    assert "<style" not in text
    assert "<p" not in text.replace("<pre", "")


def test_a_fault_of_the_grader_s_gives_no_mark() -> None:
    with pytest.raises(GraderFault, match="sums of ada, test_secret_name: it broke"):
        refuse_unsure(result("grader_fault", "it broke"), "ada")


def test_what_was_left_out_for_want_of_pytorch_gives_no_mark_by_itself() -> None:
    left_out = result("skipped", "Not run: PyTorch is not installed.")
    with pytest.raises(UsageError, match=r"c\.Grade\.without"):
        refuse_unsure(left_out, "ada")
    refuse_unsure(left_out, "ada", ["torch"])
    nothing = msgspec.structs.replace(left_out, possible=D(0))
    with pytest.raises(UsageError, match="none of its tests"):
        refuse_unsure(nothing, "ada", ["torch"])
    refuse_unsure(result("skipped", "It needs the one before."), "ada")
