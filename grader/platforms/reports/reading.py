"""A report as it comes back out of a file: `grade run --json` wrote it, or somebody else did."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

import msgspec

from grader.errors import UsageError
from grader.handin.text import printable
from grader.report.model import ExerciseResult, Report, TestResult, decode_report

__all__ = ["only", "read_report"]

#: Points that nobody's course has, and places behind the point.
_MOST, _PLACES = 10**6, -20


def read_report(data: bytes, name: str) -> Report:
    """The report in some bytes.

    Args:
        name: what they were read from, for people.

    Raises:
        UsageError: they hold none, or one whose points do not add up.
    """
    try:
        report = decode_report(data)
    except (msgspec.MsgspecError, UnicodeError) as error:
        told = "it is empty" if not data.strip() else printable(str(error)).rstrip(".")
        raise UsageError(
            f"{name} is no report: {told}. `grade run --json > report.json` writes one."
        ) from None
    odd = next(_odd(report), None)
    if odd is not None:
        raise UsageError(f"{name}: the points of {printable(odd)} do not add up; make it anew.")
    return report


def only(report: Report, exercises: Collection[str]) -> Report:
    """A report of some of its exercises alone."""
    found = tuple(each for each in report.exercises if each.id in exercises)
    return msgspec.structs.replace(
        report,
        exercises=found,
        earned=sum((each.earned for each in found), Decimal(0)),
        possible=sum((each.possible for each in found), Decimal(0)),
    )


def _odd(report: Report) -> Iterator[str]:
    for exercise in report.exercises:
        # In a student's report the tests may be left out, and their points are in the sum all the
        # same.
        if not _fits(exercise, exercise.tests or (exercise,)):
            yield exercise.id
    if not _fits(report, report.exercises):
        yield "the whole"


def _fits(whole: Report | ExerciseResult, parts: Iterable[ExerciseResult | TestResult]) -> bool:
    values = [[part.earned, part.possible] for part in parts]
    if not all(_is_sane(value) for pair in values for value in pair):
        return False
    sums = [sum(column, Decimal(0)) for column in zip(*values, strict=True)] or [Decimal(0)] * 2
    return sums == [whole.earned, whole.possible] and sums[0] <= sums[1]


def _is_sane(value: Decimal) -> bool:
    """Whether points are ones: a number with an exponent of a million costs memory to write."""
    return value.is_finite() and 0 <= value <= _MOST and int(value.as_tuple().exponent) >= _PLACES
