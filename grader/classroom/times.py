"""Times as systems write them, and `--times FILE`. A time without a zone is none."""

from __future__ import annotations

import datetime
import os
import re
import unicodedata
import zoneinfo
from contextlib import suppress
from pathlib import Path

import msgspec

from grader.classroom.sheets import read_sheet
from grader.errors import UsageError
from grader.handin.text import printable

__all__ = ["Told", "local_zone", "read_time", "read_times"]

_NUMBERS = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ]+(\d\d?)[:-](\d\d)(?:[:-](\d\d)(?:[.,](\d+))?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
#: Months by their first letters in the languages that Moodle is mostly used in, without accents.
_MONTHS = (
    "jan ene gen", "feb fev", "mar mrt maa", "apr avr abr", "may mai mei mag maj", "jun juin giu",
    "jul juil lug", "aug aou ago", "sep set", "oct okt out ott", "nov", "dec dez dic des",
)  # fmt: skip
_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d\d)(?::(\d\d))?(?:\s*([AaPp])\.?\s?[Mm]\b)?")
_LATE = {
    "yes": True,
    "true": True,
    "late": True,
    "1": True,
    "no": False,
    "false": False,
    "0": False,
}


class Told(msgspec.Struct, frozen=True):
    """When somebody handed in, as a sheet says it.

    Args:
        word: the student, by any id.
        late: whether it says that it was late; None where it says nothing.
        unit: the unit that it is about, or "".
        place: file and line.
    """

    word: str
    at: datetime.datetime | None
    late: bool | None = None
    unit: str = ""
    place: str = ""


def local_zone() -> datetime.tzinfo:
    """The zone of this machine's clock, with its rules where they are known."""
    names = [os.environ.get("TZ", "").lstrip(":"), "/etc/localtime"]
    for name in names:
        if name.startswith("/"):
            name = os.path.realpath(name).rpartition("zoneinfo/")[2]
        with suppress(OSError, ValueError, KeyError):
            if name:
                return zoneinfo.ZoneInfo(name)
    return datetime.datetime.now().astimezone().tzinfo or datetime.UTC


def read_time(text: str, zone: datetime.tzinfo | None = None) -> datetime.datetime | None:
    """A time with its zone; None where it cannot be read, or has no zone and none is given.

    Args:
        text: in numbers, as ISO 8601, Ruby, nbgrader and Classroom 50 write it, or in words, as
            Moodle's sheets do: "Monday, 1 February 2027, 11:20 AM".
        zone: whose clock it is, where the text does not say.
    """
    text = text.strip()
    found = _NUMBERS.fullmatch(text)
    with suppress(ValueError, OverflowError):
        if found is None:
            return _in_words(text, zone)
        *numbers, fraction, written = found.groups()
        if numbers[3] is None:
            return None  # a day is no time
        year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
        micro = int((fraction or "0").ljust(6, "0")[:6])
        own = _zone(written) if written else zone
        if own is not None:
            return datetime.datetime(year, month, day, hour, minute, second, micro, own)
    return None


def _zone(text: str) -> datetime.tzinfo:
    if text[0] not in "+-":
        return datetime.UTC
    digits = text[1:].replace(":", "")
    offset = datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return datetime.timezone(offset if text[0] == "+" else -offset)


def _in_words(text: str, zone: datetime.tzinfo | None) -> datetime.datetime | None:
    clock = _CLOCK.search(text)
    year = re.search(r"\b[12]\d{3}\b", text)
    if zone is None or clock is None or year is None:
        return None
    rest = text.replace(clock[0], " ").replace(year[0], " ")
    day = re.search(r"\b\d{1,2}\b", rest)
    month = _month(rest)
    if day is None or not month:
        return None
    hour = int(clock[1])
    if clock[4]:
        hour = hour % 12 + (12 if clock[4] in "Pp" else 0)
    numbers = int(year[0]), month, int(day[0]), hour, int(clock[2]), int(clock[3] or 0)
    return datetime.datetime(*numbers, tzinfo=zone)


def _month(text: str) -> int:
    """The month that is named last (a weekday stands before it and may begin alike), or 0."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = re.findall(r"[a-z]{3,}", "".join(c for c in plain if not unicodedata.combining(c)))
    for word in reversed(words):
        for number, starts in enumerate(_MONTHS, 1):
            if any(word.startswith(start) for start in starts.split()):
                return number
    return 0


def read_times(path: Path, zone: datetime.tzinfo | None = None) -> list[Told]:
    """A sheet with the columns `student` and `time`, and perhaps `late` and `unit`.

    Raises:
        UsageError: it cannot be read, or a time in it cannot, or has no zone.
    """
    sheet = read_sheet(path)
    if not sheet.has("student", "time"):
        raise UsageError(
            f"{path}:1: expected the columns student and time, as in "
            "`student,time` and `jdoe,2027-02-01T10:20:30+01:00`"
        )
    told = []
    for line, row in sheet.rows:
        word, text = row.get("student", ""), row.get("time", "")
        at = read_time(text, zone) if text else None
        if text and at is None:
            raise UsageError(
                f"{path}:{line}: {printable(text)[:40]} is no time with a zone; "
                "expected one like 2027-02-01T10:20:30+01:00, or name the zone with --zone"
            )
        if word:
            late = _LATE.get(row.get("late", "").casefold())
            told.append(Told(word, at, late, row.get("unit", ""), f"{path.name}:{line}"))
    return told
