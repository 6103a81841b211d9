"""What the numbers in a file add up to: the tests' points, and every change with its reason.

Points are exact decimals. The one number that is rounded is a mark that has to be scaled, because
some tests could not be tried: half up, to two places. The change that goes with it makes up for
what was rounded, so that the sum of all that is written is the mark.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import msgspec

from grader.classroom.exports.cells import rounded
from grader.platforms.reports.export import Change, Setting
from grader.report.model import Report
from grader.report.words import points

__all__ = ["Tally", "tally"]


class Tally(msgspec.Struct, frozen=True):
    """The mark, and what it is made of besides the points of tests.

    Args:
        earned: the tests' points, and those of all `changes`.
        possible: what could be had.
    """

    earned: Decimal
    possible: Decimal
    changes: tuple[Change, ...] = ()


def tally(report: Report, setting: Setting, *, scaled: bool = False) -> Tally:
    """What a report comes to.

    Args:
        scaled: whether the file's reader counts out of the full points, whatever could be tried:
            what was not tried then takes part in the proportion of the rest.
    """
    changes = setting.changes
    earned = report.earned + sum((each.earned for each in changes), Decimal(0))
    possible = report.possible + sum((each.possible for each in changes), Decimal(0))
    full = setting.worth
    if not scaled or full is None or not possible or possible == full:
        return Tally(earned, possible, changes)
    mark = rounded(Fraction(earned) * Fraction(full) / Fraction(possible))
    why = (
        f"What could not be tried does not count: {points(earned)} of {points(possible)} is "
        f"{points(mark)} of {points(full)}."
    )
    scaling = Change("", why, mark - earned, full - possible)
    return Tally(mark, full, (*changes, scaling))
