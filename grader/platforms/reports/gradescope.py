"""Gradescope's results.json: one entry for each test, shown once the due date is past.

From gradescope/autograder_samples and Gradescope's guide to its specification. `score` at the top
is the mark; the entries' scores add up to it, lateness and what was scaled included. Every text is
sent as `text`: what is said otherwise is read as HTML. Visibility of an entry is `after_due_date`,
with which Gradescope keeps the total back, too; a handout's examples are `visible`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

from grader.platforms.reports.export import Setting, as_json
from grader.platforms.reports.points import Tally, tally
from grader.platforms.reports.seen import told
from grader.report.model import FREE, ExerciseResult, Report, TestResult
from grader.report.safe import safe
from grader.report.words import IDEA, LOOK, points

__all__ = ["Visibility", "document", "entry", "write"]

Visibility = Literal["visible", "hidden", "after_due_date", "after_published"]

#: Which isolation was in force, on the first line of what the instructor reads.
_ISOLATION = {
    "full": "Isolation: full.",
    "none": "Isolation: NONE. Student code could read the tests and write its own mark.",
}


def write(report: Report, setting: Setting) -> bytes:
    """Gradescope's results.json; points are exact, a scaled mark is rounded to two places."""
    return as_json(document(report, setting))


def document(
    report: Report, setting: Setting, hidden: Visibility = "after_due_date"
) -> dict[str, Any]:
    """The same as a value, for who has more to tell, e.g. which files were there.

    Args:
        hidden: from when on students see the hidden tests.
    """
    found = tally(report, setting, scaled=True)
    lines = [_ISOLATION[report.isolation], *report.notes]
    visibility: Visibility = "visible" if setting.examples else hidden
    return {
        "score": _plain(found.earned),
        "output": safe("\n".join(lines)),
        "output_format": "text",
        "execution_time": round(_seconds(report), 3),
        "stdout_visibility": "hidden",
        "tests": [*_tests(report, visibility), *_changes(found, visibility)],
        "extra_data": {
            "wxb": {
                "suite": report.suite,
                "isolation": report.isolation,
                "possible": _plain(found.possible),
                "late": setting.late,
            }
        },
    }


def entry(name: str, output: str, visibility: Visibility, **others: Any) -> dict[str, Any]:
    """One entry of `tests`; without a score it only tells something."""
    return {
        "name": safe(name),
        "name_format": "text",
        "output": safe(output),
        "output_format": "text",
        "visibility": visibility,
        **others,
    }


def _tests(report: Report, visibility: Visibility) -> Iterator[dict[str, Any]]:
    for first, exercise in enumerate(report.exercises, 1):
        for second, test in enumerate(exercise.tests, 1):
            yield _test(exercise, test, f"{first}.{second}", visibility)
        for diagnosis in exercise.diagnoses:
            name = f"{exercise.id}: an idea to look at"
            yield entry(name, f"{IDEA}{diagnosis.hint}", visibility, status="failed",
                        tags=[exercise.id])  # fmt: skip


def _test(
    exercise: ExerciseResult, test: TestResult, number: str, visibility: Visibility
) -> dict[str, Any]:
    words = LOOK[test.outcome].words
    output = told(test) or (words and f"{words[0].upper()}{words[1:]}.")
    others: dict[str, Any] = {"number": number, "tags": [exercise.id]}
    # What was not tried has no score, and is neither right nor wrong; a void test's points are.
    if test.outcome not in FREE or test.possible:
        is_whole = test.outcome in FREE and test.earned == test.possible
        others |= {
            "score": _plain(test.earned),
            "max_score": _plain(test.possible),
            "status": "passed" if test.outcome == "passed" or is_whole else "failed",
        }
    others["extra_data"] = {"outcome": test.outcome}
    return entry(f"{exercise.id}: {test.title}", output, visibility, **others)


def _changes(found: Tally, visibility: Visibility) -> Iterator[dict[str, Any]]:
    for change in found.changes:
        name = f"{change.exercise or 'All'}: {points(change.earned)} points"
        score = _plain(change.earned)
        yield entry(name, change.why, visibility, score=score)


def _seconds(report: Report) -> float:
    return sum(test.ms for exercise in report.exercises for test in exercise.tests) / 1000


def _plain(value: Decimal) -> Decimal:
    """Without zeros at its end, and without an exponent."""
    return Decimal(points(value))
