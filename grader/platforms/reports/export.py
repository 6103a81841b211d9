"""What a format is: a function from a report to the bytes of one file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from grader.classroom.exports.export import Clock
from grader.report.model import Report
from grader.report.safe import escaped

__all__ = ["Change", "Setting", "Write", "as_json"]


class Change(msgspec.Struct, frozen=True):
    """What makes a mark another one than its tests alone come to, e.g. lateness.

    Args:
        exercise: its id; "" where the mark as a whole is meant.
        why: a sentence that a student may read.
        earned: points that it adds; below zero what it takes.
        possible: what it adds to the points that could be had.
    """

    exercise: str
    why: str
    earned: Decimal
    possible: Decimal = Decimal(0)


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What a format is told besides the report.

    Args:
        now: when the file is written, with the time zone.
        late: whose lateness is in the numbers: "lms" means that none is.
        changes: what they hold besides the tests' points.
        worth: the full points of all that was judged, by course.yaml; None where it is not known,
            or where a handout's examples give none.
        examples: whether only a handout's examples were tried, which hide nothing.
        environ: what the platform says of this run, as environment variables.
    """

    now: datetime
    late: Clock = "lms"
    changes: tuple[Change, ...] = ()
    worth: Decimal | None = None
    examples: bool = False
    environ: Mapping[str, str] = {}


#: One format. The report holds only what those may see who can open the file (`seen`); each of its
#: exercises has at least one test, and its `notes` say everything that is to be said of the whole.
Write = Callable[[Report, Setting], bytes]


def as_json(document: Mapping[str, Any]) -> bytes:
    """A document as indented JSON; points are plain numbers, exact as they are."""
    encoder = msgspec.json.Encoder(decimal_format="number")
    text = msgspec.json.format(encoder.encode(document), indent=1).decode()
    return escaped(text).encode() + b"\n"
