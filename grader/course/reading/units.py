"""Times, sizes, percentages and points as people write them in course.yaml.

Each function reads one text and raises ValueError("what is wrong; what was expected").
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal

__all__ = ["bytes_of", "fraction_of", "moment_of", "points_of", "seconds_of"]

_SECONDS = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_BYTES = {"B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "kB": 10**3, "MB": 10**6,
          "GB": 10**9}  # fmt: skip
_NUMBER = r"([0-9]{1,9}(?:\.[0-9]{1,6})?)"

TIME_PATTERN = rf"^{_NUMBER} ?(ms|s|min|h|d)$"
SIZE_PATTERN = rf"^{_NUMBER} ?(B|KiB|MiB|GiB|kB|MB|GB)$"
PERCENT_PATTERN = rf"^{_NUMBER} ?%$"


def seconds_of(text: object) -> float:
    """Seconds for `500ms`, `2s`, `15min`, `1h`, `1d`."""
    match = re.fullmatch(TIME_PATTERN[1:-1], text) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"{_quote(text)} is no length of time; expected e.g. 500ms, 2s, 15min, 1d")
    return float(match[1]) * _SECONDS[match[2]]


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


def moment_of(text: object) -> datetime:
    """A time with its zone, ISO 8601."""
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


def _quote(value: object) -> str:
    if isinstance(value, str):
        return repr(value[:40])
    return {dict: "a mapping", list: "a list", type(None): "nothing"}.get(type(value), "this")
