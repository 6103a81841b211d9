"""Classroom 50's result.json, schema classroom50/result/v1: one test for each exercise.

From its schemas/result-v1.schema.json and the wiki's Advanced Autograding (2026). All scores are
whole numbers, so points are multiplied by their common denominator: quarters by four. Only what
lateness leaves can be no whole number then: the total is rounded half up, and the exercises with
the largest rests get what is left of it, so that they add up to it.

The file is made in a repository that the student can write, so nothing in it is proof of a mark.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import UTC
from decimal import Decimal
from fractions import Fraction

from grader.errors import UsageError
from grader.platforms.reports.export import Setting, as_json
from grader.platforms.reports.seen import told
from grader.report.model import FREE, ExerciseResult, Report
from grader.report.safe import safe
from grader.report.words import IDEA, points

__all__ = ["write"]

_TAG = re.compile(r"submit/(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z-\w+")
_KEYS = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "assignment_type": "ASSIGNMENT_TYPE",
    "owner": "OWNER",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
}


def write(report: Report, setting: Setting) -> bytes:
    """Classroom 50's result.json; points times four, or what makes them whole, largest rest up."""
    told_here = _environment(setting.environ)
    possible = [_sum(report, setting, e, "possible") for e in report.exercises]
    earned = [_sum(report, setting, e, "earned") for e in report.exercises]
    scale = math.lcm(*(value.denominator for value in possible))
    most = [int(value * scale) for value in possible]
    scores = _whole([value * scale for value in earned], most)
    by = f"{scale} times the points: {points(report.earned)} of {points(report.possible)}"
    return as_json(
        {
            "schema": "classroom50/result/v1",
            **told_here,
            "graded_at": setting.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "score": sum(scores),
            "max-score": sum(most),
            "tests": [
                {
                    "test-name": exercise.id,
                    "passed": exercise.outcome == "passed",
                    "score": score,
                    "max-score": maximum,
                    "output": safe(_output(exercise, setting)),
                    "scale": by if scale != 1 else "points",
                }
                for exercise, score, maximum in zip(report.exercises, scores, most, strict=True)
            ],
        }
    )


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    """What its runner says of the submission.

    Raises:
        UsageError: it says not all that the schema asks for.
    """
    given = {**environ, "ASSIGNMENT_TYPE": environ.get("ASSIGNMENT_TYPE") or "individual"}
    missing = [name for name in _KEYS.values() if not given.get(name)]
    if missing:
        raise UsageError(
            f"classroom50: {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set. "
            "Its runner sets them for autograder.py; elsewhere, export them first."
        )
    tag = _TAG.fullmatch(given["SUBMISSION_TAG"])
    if tag is None:
        raise UsageError(
            f"classroom50: SUBMISSION_TAG is {given['SUBMISSION_TAG']!r}; expected "
            "submit/2027-02-01T10-20-30Z-a1b2c3d, which tells the commit's time."
        )
    found = {key: given[name] for key, name in _KEYS.items()}
    found["review"] = given.get("REVIEW_URL") or given["COMMIT_URL"]
    found["datetime"] = f"{tag[1]}T{tag[2]}:{tag[3]}:{tag[4]}Z"
    return found


def _sum(report: Report, setting: Setting, exercise: ExerciseResult, what: str) -> Fraction:
    changes = [each for each in setting.changes if each.exercise == exercise.id]
    return Fraction(sum((getattr(each, what) for each in (exercise, *changes)), Decimal(0)))


def _whole(values: Sequence[Fraction], most: Sequence[int]) -> list[int]:
    """Whole numbers, none above its own most, that add up to the rounded sum."""
    found = [min(math.floor(value), limit) for value, limit in zip(values, most, strict=True)]
    left = math.floor(sum(values, Fraction(0)) + Fraction(1, 2)) - sum(found)
    by_rest = sorted(range(len(values)), key=lambda n: (found[n] - values[n], n))
    for n in by_rest:
        if left > 0 and found[n] < most[n]:
            found[n] += 1
            left -= 1
    return found


def _output(exercise: ExerciseResult, setting: Setting) -> str:
    lost = [t for t in exercise.tests if t.outcome != "passed" and t.outcome not in FREE]
    lines = ["\n".join(filter(None, (test.title, told(test)))) for test in lost]
    lines += [f"{IDEA}{diagnosis.hint}" for diagnosis in exercise.diagnoses]
    lines += [change.why for change in setting.changes if change.exercise == exercise.id]
    return "\n".join(lines)
