"""The points and the text of an autograder cell."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

import msgspec
import pytest

from grader import GraderFault, UsageError
from grader.classroom.exports.filling import Notes
from grader.classroom.nbgraded import Student
from grader.course.outline import Feedback
from grader.platforms.nbgrader.marks import explanation, refuse_unsure, scores
from grader.platforms.nbgrader.plan import plan
from grader.platforms.nbgrader.there import MARK, Assignment, Book, There
from grader.report import model
from grader.report.model import Diagnosis, ExerciseResult, Outcome
from support.exporting import request
from support.gradebooks import DOUBLE, LENGTH, attempt
from support.gradebooks import result as results

D = Decimal
BOOK = Assignment("01_a", (Book("01_a", {f"{MARK}length": D("2.5"), f"{MARK}double": D(1)}),))


@pytest.mark.parametrize(
    ("earned", "possible", "worth", "text"),
    [
        ("2.25", "3", 3.0, "2.25"),
        ("3.00", "3.00", 3.0, "3"),
        ("0", "3", 3.0, "0"),
        ("1", "3", 1.0, "0.33333333"),
        ("2", "3", 1.0, "0.66666667"),
        ("0.125", "1", 0.1, "0.0125"),
        ("3", "3", 0.1, "0.1"),
        ("3", "3", 1e-5, "0.00001"),
        ("2.5", "2.75", 3.0, "2.72727273"),
        ("1", "3", 0.0, "0"),
        ("1000000", "3000000", 3000000.0, "1000000"),
    ],
)
def test_a_score_is_plain_digits_and_never_above_the_cell_s_points(
    earned: str, possible: str, worth: float, text: str
) -> None:
    one = msgspec.structs.replace(result("failed"), earned=D(earned), possible=D(possible))
    found = scores([one], {"sums": Fraction(possible)}, {"sums": worth})["sums"]
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
        refuse_unsure([result("grader_fault", "it broke")], "ada")


def test_what_was_left_out_for_want_of_pytorch_gives_no_mark_by_itself() -> None:
    left_out = result("skipped", "Not run: PyTorch is not installed.")
    with pytest.raises(UsageError, match=r"c\.Grade\.without"):
        refuse_unsure([left_out], "ada")
    refuse_unsure([left_out], "ada", ["torch"])
    nothing = msgspec.structs.replace(left_out, possible=D(0))
    with pytest.raises(UsageError, match="none of the tests"):
        refuse_unsure([nothing], "ada", ["torch"])
    refuse_unsure([nothing, left_out], "ada", ["torch"])
    refuse_unsure([result("skipped", "It needs the one before.")], "ada")


def test_what_could_not_be_tried_counts_as_the_rest_of_the_unit_does_in_every_export() -> None:
    """1 of 2 points that could be tried, of 3.5: 1.75; autograde and export write the same."""
    judged = [results(LENGTH, test_one="skipped"), results(DOUBLE, test_one="failed")]
    asked = request(handed_in=[(attempt("doe"), judged)])
    there = There((Student("doe", "Jane", "Doe"),), (BOOK,), {})
    [entry] = plan(asked, there, Notes()).entries
    exported = {given.exercise: f"{given.score:f}" for given in entry.given}
    full = {each.id: Fraction(each.points) for each in (LENGTH, DOUBLE)}
    cells = {"length": 2.5, "double": 1.0}
    autograded = scores(judged, full, cells)
    assert autograded == exported == {"length": "1.75", "double": "0"}
    untried = results(DOUBLE, test_one="skipped")
    assert scores([judged[0], untried], full, cells) == {"length": "2.5", "double": "1"}
    assert scores(judged, full, {"length": 5.0, "double": 1.0})["length"] == "3.5"
