"""What an autograder cell says: its points, and the explanation beside them.

nbgrader reads the points from the output's plain text, as a number between 0 and the cell's points;
formgrader and feedback show the HTML beside it. A cell is always out of all its points, so what
could not be tried counts as the rest of the unit does (`spread`), here as in `grade export
nbgrader`: the sum of the cells is earned × points / possible of the unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.classroom.exports.cells import exact
from grader.course.outline import Feedback
from grader.errors import GraderFault, UsageError
from grader.report.html import to_bare_html
from grader.report.model import ExerciseResult
from grader.report.view import ReportView, view_exercise
from grader.report.words import points

__all__ = ["Part", "explanation", "refuse_unsure", "scores", "spread"]


class Part(NamedTuple):
    """What one exercise came to.

    Args:
        possible: what could be earned of it.
        worth: all its points.
    """

    earned: Fraction
    possible: Fraction
    worth: Fraction


def spread(parts: Iterable[Part]) -> list[Fraction]:
    """The points of each exercise of a unit, out of all that it is worth.

    Raises:
        ZeroDivisionError: nothing at all could be tried.
    """
    parts = list(parts)
    possible = sum((part.possible for part in parts), Fraction(0))
    rest = sum((part.earned for part in parts), Fraction(0)) / possible
    return [part.earned + (part.worth - part.possible) * rest for part in parts]


def scores(
    results: Sequence[ExerciseResult], full: Mapping[str, Fraction], worth: Mapping[str, float]
) -> dict[str, str]:
    """Exercise -> the points of its cell in plain digits: exact up to eight decimals, half up.

    Args:
        results: of the exercises that have a cell in one notebook, at least one of them tried.
        full: exercise -> its points in the course.
        worth: exercise -> its cell's points, as the gradebook has them.
    """
    parts = [Part(Fraction(e.earned), Fraction(e.possible), full[e.id]) for e in results]
    found = {}
    for result, part, own in zip(results, parts, spread(parts), strict=True):
        cell = Fraction(repr(worth[result.id]))
        value = own * cell / part.worth if part.worth else Fraction(0)
        found[result.id] = points(min(exact(min(value, cell)), exact(cell)))
    return found


def refuse_unsure(
    results: Sequence[ExerciseResult], student: str, without: Sequence[str] = ()
) -> None:
    """Refuse to give points for results that are not the student's alone.

    Args:
        without: libraries whose tests are left out on purpose.

    Raises:
        GraderFault: a test ended in a fault of the grader's own.
        UsageError: tests were left out, as PyTorch is not here; or nothing was tried at all.
    """
    for result in results:
        for test in result.tests:
            if test.outcome == "grader_fault":
                raise GraderFault(f"{result.id} of {student}, {test.id}: {test.message}")
            is_torch = test.outcome == "skipped" and "PyTorch" in test.message
            if is_torch and "torch" not in without:
                raise UsageError(
                    f"{result.id}: PyTorch cannot be loaded here, and {test.id} needs it. Install "
                    "it (python -m pip install 'wxb[torch]'), or leave such tests out for "
                    "everybody: c.Grade.without = ['torch'] in nbgrader_config.py."
                )
    if not any(result.possible for result in results):
        names = ", ".join(result.id for result in results)
        raise UsageError(f"{names}: none of the tests could be tried here.")


def explanation(result: ExerciseResult, feedback: Feedback, notes: Sequence[str]) -> str:
    """What is right, what is wrong and why, as far as the course lets students see."""
    closing = tuple(f"Note: {note}" for note in notes)
    return to_bare_html(ReportView((view_exercise(result, feedback),), closing))
