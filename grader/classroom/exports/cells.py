"""What a cell comes to: earned × points / possible, or the reason why it stays as it is.

Shares are exact; a number is rounded once, half up, where it is written (`rounded`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Literal

import msgspec

from grader.classroom.exports.export import Request
from grader.classroom.gradebook.marks import Mark, State, StudentMarks
from grader.course.outline import Course, Unit

__all__ = ["Cell", "Counting", "Reason", "exact", "rounded", "worth"]

#: States in which something was handed in, or a person gave points.
_DECIDED: frozenset[State] = frozenset({"graded", "closed", "untried", "override"})
#: Why there is nothing to write.
Reason = Literal["excused", "open", "missing", "waiting", "untried", "empty"]
_SAID: dict[Reason, str] = {
    "excused": "excused",
    "open": "still open",
    "missing": "nothing handed in",
    "waiting": "not graded yet",
    "untried": "no test of it could be run",
    "empty": "nothing to count",
}


class Cell(msgspec.Struct, frozen=True):
    """One student's share of a unit, or of the units that count for the course.

    Args:
        share: earned out of possible; None where there is nothing to write.
        reason: why nothing is written; None where something is.
        ungraded: the exercises that are waited for.
        zeros: units in which nothing was handed in, and which count as zero.
        left_out: units that are still open for the student, and are not counted.
    """

    share: Fraction | None
    reason: Reason | None = None
    ungraded: tuple[str, ...] = ()
    zeros: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """The reason in words; "" where there is none."""
        words = "" if self.reason is None else _SAID[self.reason]
        return ": ".join(filter(None, (words, ", ".join(self.ungraded))))

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has to grade first."""
        return self.reason in ("waiting", "untried")


class _Sum(msgspec.Struct, frozen=True):
    earned: Decimal = Decimal(0)
    possible: Decimal = Decimal(0)
    reason: Reason | None = None
    ungraded: tuple[str, ...] = ()


class Counting:
    """Cells of a whole class: what nobody's work was judged in is no zero of anybody's.

    Attributes:
        counted: the units of the course's own column: those that are due, or that have no due
            date and were judged.
        unjudged: units that are due and in which nobody's work was judged; they are not counted.
    """

    def __init__(self, request: Request) -> None:
        self._course = request.course
        self._now = request.now
        self._zero = request.missing_zero
        marks = [mark for student in request.students for mark in student.marks]
        self._judged = {mark.exercise for mark in marks if mark.grading is not None}
        self._reached = reached = {mark.unit for mark in marks if mark.state in _DECIDED}
        due = [unit for unit in request.course.units if _is_due(unit, request.now, reached)]
        self.counted = tuple(unit for unit in due if unit.id in reached)
        self.unjudged = tuple(unit for unit in due if unit.id not in reached)

    def units(self, target: Unit | Course) -> tuple[Unit, ...]:
        """The units that a column is about."""
        return self.counted if isinstance(target, Course) else (target,)

    def is_of_nobody(self, cell: Cell, target: Unit | Course) -> bool:
        """Whether a cell stays for the reason that nobody has handed in anything for its column."""
        begun = any(unit.id in self._reached for unit in self.units(target))
        return cell.reason == "missing" and not begun

    def cell(self, student: StudentMarks, target: Unit | Course) -> Cell:
        """One student's cell of a unit's column, or of the course's."""
        if isinstance(target, Course):
            return self._of_course(student)
        found = self._sum(student, target, self._zero)
        return Cell(_share([found]), found.reason, found.ungraded)

    def _of_course(self, student: StudentMarks) -> Cell:
        sums = {unit.id: self._sum(student, unit, False) for unit in self.counted}
        waiting = next((found for found in sums.values() if found.reason == "waiting"), None)
        if waiting is not None and not self._zero:
            return Cell(None, waiting.reason, waiting.ungraded)
        if not self._zero and all(found.reason is not None for found in sums.values()):
            return Cell(None, next((found.reason for found in sums.values()), "missing"))
        zeros, left_out, counted = [], [], []
        for unit in self.counted:
            found = sums[unit.id]
            if found.reason == "open":
                left_out.append(unit.id)
            elif found.reason in ("missing", "waiting"):
                zeros.append(unit.id)
                counted.append(self._sum(student, unit, True))
            else:
                counted.append(found)
        share = _share(counted)
        reason: Reason | None = None if share is not None else "empty"
        return Cell(share, reason, zeros=tuple(zeros), left_out=tuple(left_out))

    def _sum(self, student: StudentMarks, unit: Unit, zero: bool) -> _Sum:
        marks = [mark for mark in student.marks if mark.unit == unit.id]
        decided = [mark for mark in marks if mark.state in _DECIDED]
        missing = [mark for mark in marks if mark.state == "missing"]
        if not decided:
            return self._nothing(student, unit, missing, zero)
        ungraded = tuple(m.exercise for m in missing if m.exercise not in self._judged)
        if ungraded and not zero:
            return _Sum(reason="waiting", ungraded=ungraded)
        earned = _total(mark.earned for mark in decided)
        possible = _total(mark.possible for mark in decided) + _total(m.worth for m in missing)
        return _Sum(earned, possible, None if possible else "untried")

    def _nothing(
        self, student: StudentMarks, unit: Unit, missing: Sequence[Mark], zero: bool
    ) -> _Sum:
        due = student.dates[unit.id].due
        if not missing:
            return _Sum(reason="excused")
        if due is not None and due.timestamp() > self._now.timestamp():
            return _Sum(reason="open")
        if not zero or (due is None and unit.id not in self._reached):
            return _Sum(reason="missing")  # what nobody has begun may not be set yet
        return _Sum(possible=_total(mark.worth for mark in missing))


def _is_due(unit: Unit, now: datetime, reached: set[str]) -> bool:
    dates = [unit.due, *(each.due for each in unit.sections.values())]
    known = [due.timestamp() for due in dates if due is not None]
    return max(known) <= now.timestamp() if known else unit.id in reached


def _share(sums: Sequence[_Sum]) -> Fraction | None:
    possible = _total(each.possible for each in sums)
    return Fraction(_total(each.earned for each in sums)) / Fraction(possible) if possible else None


def _total(values: Iterable[Decimal]) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        return sum(values, Decimal(0))


def worth(units: Iterable[Unit]) -> Decimal:
    """The points of all exercises of some units."""
    return _total(exercise.points for unit in units for exercise in unit.exercises)


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """A number as a sheet has it: half of the last place goes up."""
    with localcontext() as context:
        context.prec = 60
        exact_value = value * 10**places
        whole = int(exact_value + Fraction(1, 2))
        return Decimal(whole).scaleb(-places).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def exact(value: Fraction) -> Decimal:
    """A number with as many places as it needs, eight at most."""
    found = rounded(value, 8).normalize()
    return found if found else Decimal(0)
