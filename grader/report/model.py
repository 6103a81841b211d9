"""Verdicts, as frozen values: what a test, an exercise and a submission came to.

`Report` is the one document that every view renders (format 1). Its JSON Schema is
`grader/report.schema.json`. Points are exact decimals and are written as plain JSON numbers.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

import msgspec

from grader.report.safe import escaped

__all__ = [
    "FREE",
    "LUCK",
    "REPORT_FORMAT",
    "Diagnosis",
    "ExerciseResult",
    "Isolation",
    "Outcome",
    "Report",
    "TestResult",
    "Viewer",
    "decode_report",
    "encode_report",
    "is_lost",
    "is_right",
    "is_right_so_far",
    "report_schema",
]

REPORT_FORMAT: Literal[1] = 1

Outcome = Literal[
    "passed",
    "failed",
    "error",
    "timeout",
    "memory",
    "output",
    "crashed",
    "forbidden",
    "not_attempted",
    "skipped",
    "grader_fault",
]

Isolation = Literal["full", "none"]

#: For whom a report is: a student sees of it what the course lets them, an instructor everything.
Viewer = Literal["instructor", "student"]

#: Outcomes that are never to a student's cost: their points leave `earned` and `possible` alike.
FREE: frozenset[Outcome] = frozenset({"skipped", "grader_fault"})
#: Outcomes in which time, memory and luck have a part: the same text may fare otherwise tomorrow.
LUCK: frozenset[Outcome] = frozenset({"timeout", "memory", "crashed", "grader_fault"})


def is_lost(outcome: Outcome) -> bool:
    """Whether an outcome costs a student the points."""
    return outcome != "passed" and outcome not in FREE


class TestResult(msgspec.Struct, frozen=True, omit_defaults=False):
    """What one test function came to, all its parameters taken together.

    Args:
        id: the test function's name.
        title: the first sentence of its docstring: what a student reads.
        message: at most three lines, then a side-by-side of small arrays; empty when it passed.
        ms: wall-clock milliseconds, all calls included.
        printed: what the student's code printed during the test, bounded.
    """

    id: str
    title: str
    outcome: Outcome
    earned: Decimal
    possible: Decimal
    message: str = ""
    ms: float = 0.0
    printed: str = ""


class Diagnosis(msgspec.Struct, frozen=True):
    """A wrong idea that explains a wrong answer, and the hint against it."""

    misconception: str
    hint: str
    tests: tuple[str, ...] = ()


class ExerciseResult(msgspec.Struct, frozen=True):
    """What one exercise came to.

    Args:
        suite: digest of what decides the marks of this exercise (`grader.course.digest`); points
            are no part of it.
        sources: digest of the submission's sources that this verdict depends on: the exercise's
            module and those that it imports (`grader.handin.digest`).
        loaded: False where an exception ended the module before any function of it was reached, so
            that no test could come to anything.
    """

    id: str
    unit: str
    title: str
    outcome: Outcome
    earned: Decimal
    possible: Decimal
    tests: tuple[TestResult, ...]
    diagnoses: tuple[Diagnosis, ...] = ()
    suite: str = ""
    sources: str = ""
    loaded: bool = True


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One submission, judged: the document that every view renders.

    It says nothing of the time at which it was made: apart from milliseconds, the same submission
    has the same report whenever it is judged.

    Args:
        suite: digest of everything that decides marks, of all exercises of the course together.
        submission: digest of the submission's sources.
        notes: sentences that belong to the whole submission, e.g. files that were not read.
        viewer: for whom it is: in a student's, what the course does not let them see is left out.
    """

    format: Literal[1] = REPORT_FORMAT
    course: str
    suite: str
    grader: str
    isolation: Isolation
    student: str
    submission: str
    earned: Decimal
    possible: Decimal
    exercises: tuple[ExerciseResult, ...]
    notes: tuple[str, ...] = ()
    seed: int = 0
    viewer: Viewer = "instructor"


def encode_report(report: Report) -> bytes:
    """A report as JSON, points as plain numbers."""
    text = msgspec.json.Encoder(decimal_format="number").encode(report).decode()
    return escaped(text).encode()


def decode_report(data: bytes | str) -> Report:
    """The report that `encode_report` wrote.

    Raises:
        msgspec.ValidationError: it is none, with the path to the first thing that is wrong.
    """
    return msgspec.json.decode(data, type=Report)


def is_right_so_far(exercise: ExerciseResult) -> bool:
    """Whether what was tried of an exercise is right, and something was tried."""
    tried = any(test.outcome == "passed" for test in exercise.tests)
    return exercise.outcome == "passed" and tried


def is_right(exercise: ExerciseResult) -> bool:
    """Whether an exercise is right, and nothing of it was left untried."""
    whole = all(test.outcome == "passed" for test in exercise.tests)
    return whole and is_right_so_far(exercise)


def report_schema() -> dict[str, Any]:
    """JSON Schema of a report; `grader/report.schema.json` is this, written out."""
    import inspect  # which only who writes a schema needs

    def as_written(schema: Any) -> Any:
        if isinstance(schema, list):
            return [as_written(item) for item in schema]
        if not isinstance(schema, dict):
            return schema
        found = {key: as_written(value) for key, value in schema.items()}
        if found.get("format") == "decimal":
            del found["format"]
            found["type"] = "number"  # which msgspec's own schema does not know
        if isinstance(found.get("description"), str):
            # Up to Python 3.12 the lines of a docstring are indented as in the source.
            found["description"] = inspect.cleandoc(found["description"])
        return found

    schema = msgspec.json.schema(Report, ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "wxb report, format 1",
        **as_written(schema),
    }
