"""What a course's rules make of attempts: due dates, lateness, and which attempt decides.

Pure functions of values. Times are compared in UTC, so a day is 24 hours also where clocks are
changed; points are exact (`Decimal`, and `Fraction` where they are compared).

    deadline    a unit's dates for one student: their section's, moved by their extensions
    lateness    what handing in at some time costs
    keeping     which attempts have to be graded, so that one of them can be chosen
    choose      which attempt at an exercise decides its mark
    spend       how many late days of a budget a unit is worth

An attempt whose time is not known costs nothing. What was handed in again unchanged counts as of
the first time, and is no new attempt. A unit's dates are for that unit alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from grader.classroom.people import folded
from grader.course.outline import Attempts, Dates, Late, Unit

__all__ = [
    "ON_TIME",
    "Choice",
    "Deadline",
    "Extension",
    "Lateness",
    "Refused",
    "Try",
    "choose",
    "deadline",
    "keeping",
    "lateness",
    "spend",
]

_DAY = timedelta(days=1)
_LAST = datetime.max.replace(tzinfo=UTC)


class Extension(msgspec.Struct, frozen=True, omit_defaults=True):
    """More time for one unit: until a time, or by a length of time."""

    until: datetime | None = None
    by: timedelta | None = None


class Deadline(msgspec.Struct, frozen=True):
    """When a unit is due for one student, and when nothing more is taken; None: never."""

    due: datetime | None = None
    closes: datetime | None = None


class Lateness(msgspec.Struct, frozen=True):
    """What handing in at some time costs.

    Args:
        over: how long after the due date; zero where it was on time, or no time is known.
        days: late days of the budget that were used for it.
        periods: how many periods had begun after grace and late days.
        lost: the fraction of the marks that is lost.
    """

    over: timedelta = timedelta(0)
    days: int = 0
    periods: int = 0
    lost: Decimal = Decimal(0)


ON_TIME = Lateness()


class Try(msgspec.Struct, frozen=True):
    """One attempt at one exercise.

    Args:
        at: when it was handed in, with zone; None where nobody knows.
        sources: digest of what was handed in for the exercise.
        earned: its points, before what lateness costs.
        possible: the points that could be earned; what could not be tried is not in it.
        begun: whether there is any work of the student's in it.
    """

    at: datetime | None
    sources: str
    earned: Decimal
    possible: Decimal
    begun: bool = True


#: Why an attempt does not count.
Refused = Literal["closed", "too many"]


class Choice(msgspec.Struct, frozen=True):
    """Which attempt decides.

    Args:
        index: its place in what `choose` was given; None where none counts.
        lateness: what its time costs.
        at: the time that counts for it: that of the first attempt with the same sources.
        refused: place -> why that attempt does not count.
    """

    index: int | None
    lateness: Lateness = ON_TIME
    at: datetime | None = None
    refused: dict[int, Refused] = {}


def keeping(attempts: Attempts) -> Literal["last", "best", "all"]:
    """Which attempts have to be graded: the last one where the others can decide nothing."""
    if attempts.choose == "best":
        return "best"
    return "last" if attempts.counted is None else "all"


def deadline(unit: Unit, section: str = "", extensions: Iterable[Extension] = ()) -> Deadline:
    """A unit's dates for a student of a section; of several extensions the longest holds.

    An extension never takes time away. It moves the closing time by as much as the due date.
    """
    own = _section(unit, section)
    due, closes = own.due or unit.due, own.closes or unit.closes
    if due is not None and closes is not None and closes.astimezone(UTC) < due.astimezone(UTC):
        closes = due  # a section's later date, beside a closing time for everybody
    found = list(extensions)
    moved = max([_extended(due, each) for each in found], default=timedelta(0))
    if due is None:
        moved = max([_extended(closes, each) for each in found], default=timedelta(0))
    return Deadline(_plus(due, moved), _plus(closes, moved))


def _section(unit: Unit, section: str) -> Dates:
    if not folded(section):
        return Dates()
    named = (dates for name, dates in unit.sections.items() if folded(name) == folded(section))
    return next(named, Dates())


def _extended(time: datetime | None, extension: Extension) -> timedelta:
    """How much later than `time` an extension lets one hand in."""
    if time is None:
        return timedelta(0)
    by = extension.by or timedelta(0)
    if extension.until is not None:
        by = max(by, _since(extension.until, time))
    return max(by, timedelta(0))


def _plus(time: datetime | None, by: timedelta) -> datetime | None:
    if time is None or not by:
        return time
    zone = time.tzinfo
    try:
        return (time.astimezone(UTC) + by).astimezone(zone)
    except OverflowError:  # the calendar ends
        return _LAST


def _since(time: datetime, earlier: datetime) -> timedelta:
    """The time that has passed: in one zone, Python alone would subtract what clocks show."""
    return time.astimezone(UTC) - earlier.astimezone(UTC)


def lateness(at: datetime | None, dates: Deadline, late: Late, days: int = 0) -> Lateness:
    """What handing in at a time costs.

    Args:
        days: late days of the budget that may be used.
    """
    if at is None or dates.due is None:
        return ON_TIME
    over = max(_since(at, dates.due), timedelta(0))
    used = min(days, _begun(over - late.grace, _DAY))
    periods = _begun(over - late.grace - used * _DAY, late.every)
    return Lateness(over, used, periods, min(late.lose * periods, late.at_most))


def _begun(span: timedelta, period: timedelta) -> int:
    """How many periods have begun in a span; one that has just ended is still the last one."""
    return -(-span // period) if span > timedelta(0) else 0


def choose(
    tries: Sequence[Try], dates: Deadline, late: Late, attempts: Attempts, days: int = 0
) -> Choice:
    """Which attempt at an exercise decides its mark, after what its time costs.

    Args:
        tries: in the order in which they were made.
        days: late days of the budget that may be used.
    """
    times = _first_times(tries)
    refused = _refused(tries, times, dates, attempts)
    valid = [i for i in range(len(tries)) if i not in refused]
    begun = [i for i in valid if tries[i].begun] or valid
    if not begun:
        return Choice(None, refused=refused)
    costs = {i: lateness(times[i], dates, late, days) for i in begun}
    chosen = begun[-1]
    if attempts.choose == "best":
        chosen = max(begun, key=lambda i: (_share(tries[i], costs[i]), -i))
    return Choice(chosen, costs[chosen], times[chosen], refused)


def _first_times(tries: Sequence[Try]) -> list[datetime | None]:
    """The time that counts for each: when these sources were first handed in."""
    first: dict[str, datetime | None] = {}
    for each in tries:
        known = first.setdefault(each.sources, each.at)
        if known is not None and each.at is not None and _since(known, each.at) > timedelta(0):
            first[each.sources] = each.at
    return [first[each.sources] for each in tries]


def _refused(
    tries: Sequence[Try], times: Sequence[datetime | None], dates: Deadline, attempts: Attempts
) -> dict[int, Refused]:
    found: dict[int, Refused] = {}
    counted: set[str] = set()
    for i, (each, at) in enumerate(zip(tries, times, strict=True)):
        if at is not None and dates.closes is not None and _since(at, dates.closes) > timedelta(0):
            found[i] = "closed"
        elif each.sources in counted or attempts.counted is None:
            continue
        elif len(counted) >= attempts.counted:
            found[i] = "too many"
        elif each.begun:
            counted.add(each.sources)
    return found


def _share(one: Try, cost: Lateness) -> Fraction:
    """The share of the marks that an attempt comes to; nothing tried is nothing earned."""
    if not one.possible:
        return Fraction(0)
    return Fraction(one.earned) / Fraction(one.possible) * (1 - Fraction(cost.lost))


def spend(
    unit: Mapping[str, Sequence[Try]],
    worth: Mapping[str, Decimal],
    dates: Deadline,
    late: Late,
    attempts: Attempts,
    left: int,
) -> int:
    """How many late days of a budget to use for a unit: the fewest that save the most points.

    Args:
        unit: exercise -> the attempts at it.
        worth: exercise -> its points.
        left: late days that are left.
    """

    def points(days: int) -> Fraction:
        total = Fraction(0)
        for exercise, tries in unit.items():
            choice = choose(tries, dates, late, attempts, days)
            if choice.index is not None:
                share = _share(tries[choice.index], choice.lateness)
                total += share * Fraction(worth[exercise])
        return total

    unlimited = (
        lateness(each.at, dates, late, left).days for tries in unit.values() for each in tries
    )
    most = max(unlimited, default=0)
    return max(range(most + 1), key=lambda days: (points(days), -days))
