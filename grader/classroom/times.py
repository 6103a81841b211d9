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

__all__ = ["Told", "is_dated", "local_zone", "read_time", "read_times"]

_NUMBERS = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ]+(\d\d?)[:-](\d\d)(?:[:-](\d\d)(?:[.,](\d+))?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
#: Months by their first letters in the languages that Moodle is mostly used in, without accents.
#: Where one begins as another does, the longer one holds: Finnish "marraskuu" is November.
_MONTHS = (
    "jan ene gen oca tammi янв", "feb fev sub helmi фев", "mar mrt maart maali мар",
    "apr avr abr nis huhti апр", "may mai mei mag maj toko touko мая маи",
    "jun juin giu haz kesa июн", "jul juil lug tem heina июл", "aug aou ago agu elo авг",
    "sep set eyl syys сен", "oct okt out ott eki loka окт", "nov kas marr ноя",
    "dec dez dic des ara joulu дек",
)  # fmt: skip
_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d\d)(?::(\d\d))?(?:\s*([AaPp])\.?\s?[Mm]\b)?")
_YEAR = re.compile(r"\b[12]\d{3}\b")
_DAY = re.compile(r"\b(\d{1,2})(?:er|st|nd|rd|th|º|ª)?\b")
#: A day as Chinese, Japanese and Korean write it, and what stands before an hour after midnight
#: and after noon there.
_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_HALF = re.compile(r"(上午|午前|오전)|下午|午後|오후")
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


def is_dated(text: str) -> bool:
    """Whether a text has a year and a time of day, in any language."""
    return bool(_CLOCK.search(text)) and bool(_YEAR.search(text) or _ASIAN.search(text))


def _in_words(text: str, zone: datetime.tzinfo | None) -> datetime.datetime | None:
    asian = _ASIAN.search(unicodedata.normalize("NFC", text))
    if asian is not None and zone is not None:
        rest = text[text.find(asian[3]) :]
        clock = re.search(r"(\d{1,2}):(\d\d)", rest)
        if clock is None:
            return None
        half, hour = _HALF.search(unicodedata.normalize("NFC", text)), int(clock[1])
        if half is not None:
            hour = hour % 12 + (0 if half[1] else 12)
        year, month, day = (int(number) for number in asian.groups())
        return datetime.datetime(year, month, day, hour, int(clock[2]), tzinfo=zone)
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    clock, found = _CLOCK.search(plain), _YEAR.search(plain)
    if zone is None or clock is None or found is None:
        return None
    rest = _blanked(_blanked(plain, clock), found)
    number = _DAY.search(rest)
    month_ = 0 if number is None else _month(rest, number, found)
    if number is None or not month_:
        return None
    hour = int(clock[1])
    if clock[4]:
        hour = hour % 12 + (12 if clock[4] == "p" else 0)
    numbers = int(found[0]), month_, int(number[1]), hour, int(clock[2]), int(clock[3] or 0)
    return datetime.datetime(*numbers, tzinfo=zone)


def _blanked(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]}{' ' * len(found[0])}{text[found.end() :]}"


def _month(text: str, day: re.Match[str], year: re.Match[str]) -> int:
    """The month: the word between day and year, else that before the day. 0 where it is not known:
    a weekday may begin as a month does.
    """
    words = re.findall(r"[^\W\d_]{3,}", text[day.end() : max(year.start(), day.end())])
    words = words[:1] or re.findall(r"[^\W\d_]{3,}", text[: day.start()])[-1:]
    found = [
        (len(start), number)
        for word in words
        for number, starts in enumerate(_MONTHS, 1)
        for start in starts.split()
        if word.startswith(start)
    ]
    return max(found)[1] if found else 0


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
