"""Times, sizes, shares, points and moments as people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.reading.units import (
    bytes_of,
    days_of,
    duration_of,
    fraction_of,
    moment_of,
    number_of,
    points_of,
    seconds_of,
)

NOT_TEXT = [None, [], {}, ["1"]]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("500ms", 0.5), ("2s", 2), ("2 s", 2), ("0s", 0), ("15min", 900), ("1.5h", 5400),
        ("1d", 86400), ("0.25d", 21600),
    ],
)  # fmt: skip
def test_times(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize(
    "text",
    ["2", "2 sec", "2 seconds", "2m", "1:30", "-2s", "+2s", "2s ", " 2s", "2  s", "2S", "1e3s",
     ".5s", "1_000s", "2s\n", "inf s", "nan", "", "٢s", "9999999999s", *NOT_TEXT],
)  # fmt: skip
def test_no_times(text: object) -> None:
    with pytest.raises(ValueError, match=r"is no length of time; expected e\.g\. 500ms, 2s"):
        seconds_of(text)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("64KiB", 65536), ("1 GiB", 1 << 30), ("1.5MiB", 3 << 19), ("500MB", 500_000_000),
        ("1kB", 1000), ("7B", 7), ("2GB", 2 * 10**9),
    ],
)  # fmt: skip
def test_sizes(text: str, size: int) -> None:
    assert bytes_of(text) == size


@pytest.mark.parametrize("text", ["64KB", "64", "1gib", "1G", "-1B", "0x10B", "1 GiB\n", *NOT_TEXT])
def test_no_sizes(text: object) -> None:
    with pytest.raises(ValueError, match=r"is no size; expected e\.g\. 64KiB"):
        bytes_of(text)


def test_shares() -> None:
    assert fraction_of("10%") == Decimal("0.1")
    assert fraction_of("12.5 %") == Decimal("0.125")
    assert (fraction_of("0%"), fraction_of("100%")) == (0, 1)


@pytest.mark.parametrize("text", ["10", "0.1", "101%", "-1%", "%", "100.01%", *NOT_TEXT])
def test_no_shares(text: object) -> None:
    with pytest.raises(ValueError, match="is no share; expected 0% to 100%"):
        fraction_of(text)


@pytest.mark.parametrize("text", ["1", "0.5", "1000", "0.0001", "2.50", "007"])
def test_points_are_exact(text: str) -> None:
    assert points_of(text) == Decimal(text)


@pytest.mark.parametrize(
    "text",
    ["0", "0.0", "-1", "1e3", "0x10", "1_000", ".5", "1.", "+1", "1000.1", "0.00001", "1,5", "½",
     "٣", "on", "~", "nan", "inf", "1:30", " 1", "1\n", "", *NOT_TEXT],
)  # fmt: skip
def test_no_points(text: object) -> None:
    with pytest.raises(ValueError, match=r"is no number of points; expected e\.g\. 1 or 0\.5"):
        points_of(text)


def test_moments_carry_their_zone() -> None:
    moment = moment_of("2027-02-01T23:59:00+01:00")
    assert moment.utcoffset() == timedelta(hours=1)
    assert moment_of("2027-02-01 23:59Z").utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "text",
    ["2027-02-01", "2027-02-01T23:59:00", "2027-02-30T00:00Z", "tomorrow", "1", "~",
     "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", *NOT_TEXT],
)  # fmt: skip
def test_no_moments(text: object) -> None:
    with pytest.raises(ValueError, match=r"is no point in time; expected e\.g\. 2027"):
        moment_of(text)


def test_a_message_shows_little_of_a_long_text() -> None:
    with pytest.raises(ValueError, match="is no size") as met:
        bytes_of("9" * 1000)
    assert len(str(met.value)) < 120


numbers = st.decimals(min_value=Decimal("0.0001"), max_value=1000, places=4)


@given(numbers)
def test_fuzz_points_come_out_as_they_went_in(points: Decimal) -> None:
    assert points_of(f"{points:f}") == points


@given(st.text(max_size=20) | st.none() | st.lists(st.text(max_size=3), max_size=2))
def test_fuzz_any_text_is_a_value_or_a_sentence(text: object) -> None:
    readers: list[Callable[[object], object]] = [
        seconds_of, bytes_of, fraction_of, points_of, moment_of
    ]  # fmt: skip
    for read in readers:
        try:
            assert read(text) is not None
        except ValueError as error:
            what, _, expected = str(error).partition("; expected ")
            assert what
            assert expected


def test_spans_are_exact() -> None:
    assert duration_of("15min") == timedelta(minutes=15)
    assert duration_of("0.000001s") == timedelta(microseconds=1)
    assert duration_of("0.1d") * 10 == timedelta(days=1)


@pytest.mark.parametrize("text", ["99999d", "999999999.999999d", "2 weeks", "-1d", *NOT_TEXT])
def test_no_spans(text: object) -> None:
    with pytest.raises(ValueError, match=r"; expected e\.g\. "):
        duration_of(text)


def test_whole_days_and_numbers() -> None:
    assert (days_of("3d"), days_of("0d"), number_of("7")) == (3, 0, 7)
    for text in ("1.5d", "3", "-1d", *NOT_TEXT):
        with pytest.raises(ValueError, match="is no number of whole days"):
            days_of(text)
    for text in ("0", "1.5", "-1", "two", *NOT_TEXT):
        with pytest.raises(ValueError, match="is no whole number"):
            number_of(text)


@pytest.mark.parametrize(
    "text", ["2027-02-01T23:59 Europe/Berlin", "2027-02-01 23:59:00[Europe/Berlin]"]
)
def test_a_moment_may_name_its_zone(text: str) -> None:
    assert moment_of(text) == datetime(2027, 2, 1, 22, 59, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_the_second_one() -> None:
    moment = moment_of("2027-10-31T02:30 Europe/Berlin")
    assert moment.astimezone(UTC) == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2027-03-28T02:30 Europe/Berlin", "where clocks go forward"),
        ("2027-02-01T23:59 Europe/Nowhere", "is no time zone"),
        ("2027-02-01T23:59 Europe", "is no time zone"),
        ("2027-02-01T23:59 ../../etc/passwd", "is no point in time"),
        ("2027-02-30T23:59 Europe/Berlin", "is no point in time"),
        ("2027-02-29T12:00 UTC", "is no point in time"),
        ("0001-01-01T00:00 Asia/Tokyo", "is no point in time"),
        ("2027-02-01T23:59 [Europe/Berlin", "is no point in time"),
    ],
)
def test_moments_that_are_none(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        moment_of(text)
