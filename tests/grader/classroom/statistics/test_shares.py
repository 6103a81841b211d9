"""Shares, attempts to pass and bins, against values worked out by hand or printed elsewhere."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classroom.statistics.shares import (
    attempts_to_pass,
    bins,
    mean,
    percentile,
    share,
    wilson,
)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (score interval).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_is_as_printed(count: int, n: int, low: float, high: float) -> None:
    found = wilson(count, n)
    assert found == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 2000), st.data())
def test_wilson_holds_the_share_and_stays_inside(n: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, n))
    low, high = wilson(count, n)
    assert 0 <= low <= count / n <= high <= 1
    other = wilson(n - count, n)
    assert (low, high) == (pytest.approx(1 - other[1]), pytest.approx(1 - other[0]))


def test_a_share_of_none_is_undefined_and_says_why() -> None:
    found = share("first", 0, 0)
    assert (found.value, found.low, found.few) == (None, None, True)
    assert found.why == "Nobody has tried it yet."
    assert share("first", 29, 29).few
    assert not share("first", 29, 30).few


def test_a_mean_has_its_interval() -> None:
    # 0, 0.5, 1: mean 1/2, deviation 1/2, so 1.96 * 0.5 / sqrt(3) to either side, cut to 0..1.
    found = mean("score", 1.5, 1.25, 3)
    assert found.value == 0.5
    assert (found.low, found.high) == (0.0, 1.0)
    assert mean("score", 0.5, 0.25, 1).low is None
    assert mean("score", 50.0, 50.0, 100).low == pytest.approx(0.5 - 1.959964 * 0.502519 / 10)


def test_attempts_to_pass_is_the_product_limit() -> None:
    # Passes at 1, 1, 2, 4; gave up after 2 and 3. Left over: 1 - 2/6 = 2/3, then times 1 - 1/4 =
    # 1/2, then times 1 - 1/1 = 0: half have passed by 2, three quarters by 4.
    found, low, high = attempts_to_pass("attempts", [1, 1, 2, 4], [2, 3])
    assert (found.value, found.n, low, high) == (2.0, 6, 1.0, 4.0)


def test_without_those_who_gave_up_it_is_the_plain_median() -> None:
    assert attempts_to_pass("attempts", [1, 2, 3], [])[0].value == 2.0
    assert attempts_to_pass("attempts", [1, 1, 3, 3], [])[0].value == 1.0


def test_where_most_never_pass_there_is_no_median() -> None:
    found, low, high = attempts_to_pass("attempts", [1], [5, 5, 5])
    assert (found.value, low, high) == (None, 1.0, None)
    assert found.why.startswith("Fewer than half")
    assert attempts_to_pass("attempts", [], [])[0].why == "Nobody has tried it yet."


def test_bins_hold_everybody_and_one_is_in_the_last() -> None:
    values = [random.Random(1).random() for _ in range(100)] + [0.0, 1.0]
    assert sum(bins(values)) == 102
    assert bins([0.0, 0.1, 0.99, 1.0]) == (1, 1, 0, 0, 0, 0, 0, 0, 0, 2)


def test_a_percentile_is_one_of_the_values() -> None:
    assert [percentile([3, 1, 2, 4], part) for part in (0.0, 0.5, 0.75, 0.95, 1.0)] == [
        1, 2, 3, 4, 4,
    ]  # fmt: skip
