"""Times as each system writes them; a time without a zone is none."""

from __future__ import annotations

import datetime
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classroom.times import local_zone, read_time, read_times
from grader.errors import UsageError
from support.collecting import Put

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-02-01T10:20:30+01:00", "2027-02-01T10:20:30+01:00"),
        ("2027-02-01T10:20:30Z", "2027-02-01T10:20:30+00:00"),
        ("2027-02-01T10-20-30Z", "2027-02-01T10:20:30+00:00"),
        ("2027-02-01 10:20:30.705069 UTC", "2027-02-01T10:20:30.705069+00:00"),
        ("2027-02-01 10:20:30 +0100", "2027-02-01T10:20:30+01:00"),
        ("2027-02-01 10:20:30.123456789 -08:00", "2027-02-01T10:20:30.123456-08:00"),
        ("2028-02-29 23:59 -03:30", "2028-02-29T23:59:00-03:30"),
    ],
)
def test_numbers_with_a_zone(text: str, expected: str) -> None:
    found = read_time(text)
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize(
    "text",
    ["Monday, 1 February 2027, 11:20 AM", "Montag, 1. Februar 2027, 11:20",
     "lundi 1 février 2027, 11:20", "lunes, 1 de febrero de 2027, 11:20",
     "lunedì, 1 febbraio 2027, 11:20", "maandag, 1 februari 2027, 11:20",
     "segunda-feira, 1 de fevereiro de 2027 às 11:20", "2027-02-01 11:20",
     "Monday, February 1, 2027, 11:20 AM", "lundi 1er février 2027, 11:20",
     "maanantai, 1. helmikuuta 2027, 11.20", "2027. február 1., hétfő, 11:20",
     "1 Şubat 2027, Pazartesi, 11:20", "понедельник, 1 февраля 2027, 11:20",
     "2027年2月1日 星期一 11:20", "2027년 2월 1일(월요일) 오전 11:20"],
)  # fmt: skip
def test_words_are_read_with_the_zone_that_is_given(text: str) -> None:
    assert read_time(text) is None
    assert read_time(text, BERLIN) == datetime.datetime(2027, 2, 1, 11, 20, tzinfo=BERLIN)


def test_a_month_is_never_guessed_by_a_weekday() -> None:
    """Finnish "maanantai" begins as "maart" does, Spanish "martes" as "March"."""
    assert read_time("maanantai, 1. foobar 2027, 11:20", BERLIN) is None
    assert read_time("martes, 5 de foobar de 2027, 11:20", BERLIN) is None
    november = read_time("maanantai 15. marraskuuta 2027, 11.20", BERLIN)
    assert november == datetime.datetime(2027, 11, 15, 11, 20, tzinfo=BERLIN)
    night = read_time("2027年2月1日 上午 12:20", BERLIN)
    assert night is not None
    assert (night.day, night.hour) == (1, 0)
    noon = read_time("2027年2月1日 下午3:20", BERLIN)
    assert noon == datetime.datetime(2027, 2, 1, 15, 20, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "hour"), [("12:05 AM", 0), ("12:05 PM", 12), ("1:05 PM", 13), ("11:05 AM", 11)]
)
def test_halves_of_a_day(text: str, hour: int) -> None:
    found = read_time(f"Tuesday, 31 December 2030, {text}", datetime.UTC)
    assert found == datetime.datetime(2030, 12, 31, hour, 5, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "text", ["", "-", "yesterday", "2027-02-30T10:00:00Z", "2027-02-01", "2027-13-01 10:00 UTC",
             "31 February 2027, 10:00 AM", "1 Smarch 2027, 10:00 AM", "2027-02-01 25:00 UTC"],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    assert read_time(text, BERLIN) is None


@given(st.text(max_size=60))
def test_any_text_is_a_time_or_none(text: str) -> None:
    found = read_time(text, BERLIN)
    assert found is None or found.tzinfo is not None


def test_the_zone_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert str(local_zone()) == "Asia/Tokyo"
    for name in ("../../etc/passwd", "No/Such"):
        monkeypatch.setenv("TZ", name)
        assert isinstance(local_zone(), datetime.tzinfo)


def test_a_sheet_of_times_names_the_line_of_what_is_wrong(put: Put) -> None:
    with pytest.raises(UsageError, match=r"t\.csv:3: tomorrow is no time with a zone"):
        read_times(put("t.csv", "student,time\na,2027-02-01T10:00:00Z\nb,tomorrow\n"))
    with pytest.raises(UsageError, match=r"t\.csv:2: 2027-02-01 10:00 is no time with a zone"):
        read_times(put("t.csv", "student,time\na,2027-02-01 10:00\n"))
    assert read_times(put("t.csv", "student,time\na,2027-02-01 10:00\n"), BERLIN)[0].at is not None
    with pytest.raises(UsageError, match="expected the columns student and time"):
        read_times(put("t.csv", "who,when\n"))
