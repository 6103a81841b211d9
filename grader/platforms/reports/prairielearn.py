"""PrairieLearn's results.json, as an external grader leaves it in /grade/results.

From PrairieLearn's documentation of external grading. `score` is a share of one. A fault of the
grader's own, and files without functions, are not gradable: that costs no attempt, and the
submission is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from grader.classroom.exports.cells import rounded
from grader.platforms.reports.export import Setting, as_json
from grader.platforms.reports.points import Tally, tally
from grader.platforms.reports.seen import told
from grader.report.model import ExerciseResult, Report
from grader.report.safe import safe
from grader.report.words import BROKEN, IDEA, LOOK, points

__all__ = ["ungradable", "write"]

#: Bytes that PrairieLearn takes.
LIMIT = 1 << 20
FAULT = (
    "This could not be judged, for no fault of your code, and costs no attempt. Please tell your "
    "instructor."
)


def write(report: Report, setting: Setting) -> bytes:
    """PrairieLearn's results.json; points are exact, the share of one is rounded to six places."""
    outcomes = {test.outcome for exercise in report.exercises for test in exercise.tests}
    if "grader_fault" in outcomes:
        return ungradable([FAULT])
    if report.exercises and all(map(_is_broken, report.exercises)):
        return ungradable([told(test) for e in report.exercises for test in e.tests])
    for most in (LIMIT, 2000, 200, 0):
        data = as_json(_document(report, setting, most))
        if len(data) <= LIMIT:
            break
    return data


def ungradable(reasons: list[str]) -> bytes:
    """What is written where nothing can be graded: it costs no attempt."""
    return as_json(
        {
            "gradable": False,
            "score": 0,
            "format_errors": [safe(reason)[:4000] for reason in reasons],
        }
    )


def _is_broken(exercise: ExerciseResult) -> bool:
    """Whether nothing in it could be run (`grader.platforms.reports.seen`)."""
    return [test.title for test in exercise.tests] == [BROKEN]


def _document(report: Report, setting: Setting, most: int) -> dict[str, Any]:
    """The document, with so many characters of a test's output at most."""
    found = tally(report, setting)
    share = Fraction(found.earned) / Fraction(found.possible) if found.possible else Fraction(0)
    ideas = [
        f"{exercise.id}: {IDEA}{diagnosis.hint}"
        for exercise in report.exercises
        for diagnosis in exercise.diagnoses
    ]
    return {
        "gradable": True,
        "score": rounded(min(max(share, Fraction(0)), Fraction(1)), 6).normalize() + 0,
        "message": safe(f"{points(found.earned)} of {points(found.possible)} points"),
        "output": safe("\n".join([*ideas, *report.notes])),
        "tests": [*_tests(report, most), *_changes(found)],
    }


def _tests(report: Report, most: int) -> Iterator[dict[str, Any]]:
    for exercise in report.exercises:
        for test in exercise.tests:
            words = "" if test.outcome in ("passed", "failed") else LOOK[test.outcome].words
            first, _, rest = told(test).partition("\n")
            yield {
                "name": safe(f"{exercise.id}: {test.title}"),
                "points": _plain(test.earned),
                "max_points": _plain(test.possible),
                "message": safe(first or words)[:most],
                "output": safe(rest)[:most],
            }


def _changes(found: Tally) -> Iterator[dict[str, Any]]:
    for change in found.changes:
        yield {
            "name": safe(f"{change.exercise}: {change.why}"),
            "points": _plain(change.earned),
            "max_points": _plain(change.possible),
        }


def _plain(value: Decimal) -> Decimal:
    """Without zeros at its end, and without an exponent."""
    return Decimal(points(value))
