"""What the numbers in a file add up to."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from grader.platforms.reports.points import tally
from support.exported import FULL, LATE, SETTING, report_of


def test_changes_are_counted() -> None:
    found = tally(FULL, msgspec.structs.replace(SETTING, changes=(LATE,)))
    assert (found.earned, found.possible) == (Decimal("1.15"), Decimal("6.75"))


@pytest.mark.parametrize("worth", [None, Decimal("6.75")])
def test_nothing_is_scaled_where_all_was_tried_or_nothing_is_known(worth: Decimal | None) -> None:
    found = tally(FULL, msgspec.structs.replace(SETTING, worth=worth), scaled=True)
    assert (found.earned, found.changes) == (FULL.earned, ())


def test_scaling_makes_up_for_what_it_rounds() -> None:
    found = tally(FULL, msgspec.structs.replace(SETTING, worth=Decimal(7)), scaled=True)
    assert (found.earned, found.possible) == (Decimal("1.30"), 7)
    assert FULL.earned + sum(change.earned for change in found.changes) == found.earned


def test_a_report_of_nothing() -> None:
    setting = msgspec.structs.replace(SETTING, worth=Decimal(7))
    assert tally(report_of(), setting, scaled=True).earned == 0
