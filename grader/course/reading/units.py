"""Times, sizes, percentages and points as people write them in course.yaml.

Each function reads one text and raises ValueError("what is wrong; what was expected").
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

__all__ = [
    "bytes_of",
    "days_of",
    "duration_of",
    "fraction_of",
    "moment_of",
    "number_of",
    "points_of",
    "seconds_of",
]

_SECONDS = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_SPANS = {"ms": timedelta(milliseconds=1), "s": timedelta(seconds=1), "min": timedelta(minutes=1),
          "h": timedelta(hours=1), "d": timedelta(days=1)}  # fmt: skip
_LONGEST = timedelta(days=3653)
_BYTES = {"B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "kB": 10**3, "MB": 10**6,
          "GB": 10**9}  # fmt: skip
_NUMBER = r"([0-9]{1,9}(?:\.[0-9]{1,6})?)"

TIME_PATTERN = rf"^{_NUMBER} ?(ms|s|min|h|d)$"
SIZE_PATTERN = rf"^{_NUMBER} ?(B|KiB|MiB|GiB|kB|MB|GB)$"
PERCENT_PATTERN = rf"^{_NUMBER} ?%$"
DAYS_PATTERN = r"^([0-9]{1,4}) ?d$"


def seconds_of(text: object) -> float:
    """Seconds for `500ms`, `2s`, `15min`, `1h`, `1d`."""
    match = re.fullmatch(TIME_PATTERN[1:-1], text) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"{_quote(text)} is no length of time; expected e.g. 500ms, 2s, 15min, 1d")
    return float(match[1]) * _SECONDS[match[2]]


def duration_of(text: object) -> timedelta:
    """The same lengths of time as exact spans, to the microsecond; a day is 24 hours."""
    match = re.fullmatch(TIME_PATTERN[1:-1], text) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"{_quote(text)} is no length of time; expected e.g. 15min, 6h, 1d")
    top, bottom = Decimal(match[1]).as_integer_ratio()
    with suppress(OverflowError):
        span = _SPANS[match[2]] * top / bottom  # of whole numbers it is exact
        if span <= _LONGEST:
            return span
    raise ValueError(f"{_quote(text)} is longer than ten years; expected e.g. 1d")


def days_of(text: object) -> int:
    """Whole days for `3d`."""
    match = re.fullmatch(DAYS_PATTERN[1:-1], text) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"{_quote(text)} is no number of whole days; expected e.g. 3d")
    return int(match[1])


def number_of(text: object) -> int:
    """A whole number of things, from 1 on."""
    match = re.fullmatch(r"[0-9]{1,6}", text) if isinstance(text, str) else None
    if match is None or not int(match[0]):
        raise ValueError(f"{_quote(text)} is no whole number; expected 1 or more")
    return int(match[0])


def bytes_of(text: object) -> int:
    """Bytes for `64KiB`, `1GiB`, `500MB`."""
    match = re.fullmatch(SIZE_PATTERN[1:-1], text) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"{_quote(text)} is no size; expected e.g. 64KiB, 512MiB, 1GiB")
    return int(Decimal(match[1]) * _BYTES[match[2]])


def fraction_of(text: object) -> Decimal:
    """A fraction of 1 for `10%`."""
    match = re.fullmatch(PERCENT_PATTERN[1:-1], text) if isinstance(text, str) else None
    if match is None or Decimal(match[1]) > 100:
        raise ValueError(f"{_quote(text)} is no share; expected 0% to 100%")
    return Decimal(match[1]) / 100


def points_of(text: object) -> Decimal:
    """Exact points for `1`, `0.5`: more than 0, at most 1000, at most four decimals."""
    match = re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,4})?", text) if isinstance(text, str) else None
    if match is None or not 0 < Decimal(match[0]) <= 1000:
        raise ValueError(f"{_quote(text)} is no number of points; expected e.g. 1 or 0.5")
    return Decimal(match[0])


#: A local time and the name of its zone; RFC 9557 has the name in brackets.
_ZONED = re.compile(r"(?P<time>[0-9-]{8,10}[T ][0-9:.]{4,15}) ?(?P<open>\[)?(?P<zone>[A-Za-z]"
                    r"[\w+/-]*)(?(open)\])")  # fmt: skip


def moment_of(text: object) -> datetime:
    """A time with its zone: ISO 8601 with an offset, or a local time and its zone's IANA name.

    An hour that a place has twice, when clocks go back, is its second one.
    """
    match = _ZONED.fullmatch(text) if isinstance(text, str) else None
    if match is not None and match["zone"].upper() != "Z":
        return _local(match["time"], match["zone"])
    try:
        moment = datetime.fromisoformat(str(text)) if isinstance(text, str) else None
        if moment is not None and moment.tzinfo is not None:
            moment.astimezone(UTC)  # the first and last hours of the calendar have none
    except (ValueError, OverflowError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(
            f"{_quote(text)} is no point in time; expected e.g. 2027-02-01T23:59:00+01:00"
        )
    return moment


def _local(time: str, name: str) -> datetime:
    try:
        zone = ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name[:40]!r} is no time zone; expected e.g. Europe/Berlin") from None
    try:
        moment = datetime.fromisoformat(time).replace(tzinfo=zone)
        back = moment.astimezone(UTC).astimezone(zone)
    except (ValueError, OverflowError):
        raise ValueError(
            f"{time!r} is no point in time; expected e.g. 2027-02-01T23:59 {name}"
        ) from None
    if back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise ValueError(
            f"{time} is left out in {name}, where clocks go forward; expected another time"
        )
    second = moment.replace(fold=1)
    return second if second.utcoffset() != moment.utcoffset() else moment


def _quote(value: object) -> str:
    if isinstance(value, str):
        return repr(value[:40])
    return {dict: "a mapping", list: "a list", type(None): "nothing"}.get(type(value), "this")
