"""What an autograder cell says: its points, and the explanation beside them.

nbgrader reads the points from the output's plain text, as a number between 0 and the cell's points;
formgrader and feedback show the HTML beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext

from grader.course.outline import Feedback
from grader.errors import GraderFault, UsageError
from grader.report.html import to_bare_html
from grader.report.model import ExerciseResult
from grader.report.view import ReportView, view_exercise
from grader.report.words import points

__all__ = ["PLACES", "explanation", "refuse_unsure", "score"]

#: Decimals of a score where the cell's points are not the exercise's own; otherwise it is exact.
PLACES = 4


def score(earned: Decimal, possible: Decimal, worth: float) -> str:
    """The points of a cell in plain digits: exact, or rounded half up to `PLACES` decimals.

    Args:
        possible: what the exercise came to at most.
        worth: the cell's points, as the gradebook has them.
    """
    with localcontext(prec=50):
        whole = Decimal(repr(worth))
        if earned >= possible:
            return points(whole)
        if whole == possible:
            return points(earned)
        value = earned * whole / possible
        step = Decimal(1).scaleb(-PLACES)
        return points(min(value.quantize(step, ROUND_HALF_UP), whole))


def refuse_unsure(result: ExerciseResult, student: str, without: Sequence[str] = ()) -> None:
    """Refuse to give points for a result that is not the student's alone.

    Args:
        without: libraries whose tests are left out on purpose.

    Raises:
        GraderFault: a test ended in a fault of the grader's own.
        UsageError: tests were left out, as PyTorch is not here; or nothing was tried at all.
    """
    for test in result.tests:
        if test.outcome == "grader_fault":
            raise GraderFault(f"{result.id} of {student}, {test.id}: {test.message}")
        is_torch = test.outcome == "skipped" and "PyTorch" in test.message
        if is_torch and "torch" not in without:
            raise UsageError(
                f"{result.id}: PyTorch cannot be loaded here, and {test.id} needs it. Install it "
                "(python -m pip install 'wxb[torch]'), or leave such tests out for everybody: "
                "c.Grade.without = ['torch'] in nbgrader_config.py."
            )
    if not result.possible:
        raise UsageError(f"{result.id}: none of its tests could be tried here.")


def explanation(result: ExerciseResult, feedback: Feedback, notes: Sequence[str]) -> str:
    """What is right, what is wrong and why, as far as the course lets students see."""
    closing = tuple(f"Note: {note}" for note in notes)
    return to_bare_html(ReportView((view_exercise(result, feedback),), closing))
