"""What a person decides about marks: entries as commands and pages make them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from grader.classroom.gradebook.values import Adjustment, Kind
from grader.classroom.people import folded
from grader.course.outline import Course
from grader.course.reading.units import duration_of, moment_of
from grader.errors import UsageError
from grader.handin.text import printable
from grader.report.words import points

if TYPE_CHECKING:
    from grader.classroom.gradebook.book import Gradebook

__all__ = ["Extending", "entries_of", "extension", "points_of", "signed", "unit_of", "whom"]

_SECTION = "section:"


class Extending(NamedTuple):
    """More time as it was asked for, in words.

    Args:
        student: a student, or `section:NAME`.
        unit: a unit, or "all".
        until, by: one of them; "2027-02-05T23:59+01:00", "2d".
    """

    student: str
    unit: str
    until: str
    by: str
    why: str = ""


def signed(kind: Kind, who: str, why: str, **fields: Any) -> Adjustment:
    """An entry of somebody's, now."""
    return Adjustment(0, kind, who, datetime.now(UTC), why.strip(), **fields)


def entries_of(book: Gradebook, kind: Kind, **fields: Any) -> list[Adjustment]:
    """The entries of a kind that hold, and are about this."""
    return [
        entry
        for entry in book.adjustments()
        if entry.kind == kind and all(getattr(entry, name) == fields[name] for name in fields)
    ]


def points_of(text: str, most: Decimal) -> Decimal:
    """Points that a person may give.

    Raises:
        UsageError: it is no number of points, or more than there are.
    """
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,4})?", text):
        raise UsageError(f"{printable(text)} is no number of points; expected e.g. 2 or 0.5.")
    if Decimal(text) > most:
        raise UsageError(f"{text} is more than there are: {points(most)} points.")
    return Decimal(text)


def unit_of(course: Course, text: str) -> str:
    """The id of a unit; "" for all of them.

    Raises:
        UsageError: there is none of that name.
    """
    unit = text.rstrip("/").rpartition("/")[2]
    if unit != "all" and course.unit(unit) is None:
        units = ", ".join(each.id for each in course.units)
        raise UsageError(f"There is no unit {printable(text)}. Expected all, or one of {units}.")
    return "" if unit == "all" else unit


def whom(book: Gradebook, text: str) -> dict[str, str]:
    """A student, or a section, as fields of an entry.

    Raises:
        UsageError: there is none of that name.
    """
    if not text.startswith(_SECTION):
        return {"student": book.person(text).key}
    section = text.removeprefix(_SECTION).strip()
    known = {folded(p.section): p.section for p in book.people().values() if p.section}
    if folded(section) not in known:
        names = ", ".join(sorted(map(printable, known.values()))) or "none"
        raise UsageError(f"There is no section {printable(section)}; there are: {names}.")
    return {"section": known[folded(section)]}


def extension(course: Course, book: Gradebook, asked: Extending, who: str) -> Adjustment:
    """The entry that gives more time.

    Raises:
        UsageError: for nobody, for no unit, or until no time.
    """
    if bool(asked.until) == bool(asked.by):
        raise UsageError("Until when? Expected --until TIME or --by 2d, one of them.")
    unit = unit_of(course, asked.unit)
    return signed(
        "extend", who, asked.why, unit=unit, **whom(book, asked.student),
        until=_until(course, asked.until, unit) if asked.until else None,
        by=_by(asked.by) if asked.by else None,
    )  # fmt: skip


def _until(course: Course, text: str, unit: str) -> datetime:
    """A time; without a zone it is that of the unit's due date."""
    try:
        return moment_of(text)
    except ValueError as error:
        due = course.unit(unit).due if unit else None  # type: ignore[union-attr]
        if due is not None:
            try:
                return datetime.fromisoformat(text).replace(tzinfo=due.tzinfo)
            except ValueError:
                pass
        raise UsageError(f"{error}.") from None


def _by(text: str) -> timedelta:
    try:
        return duration_of(text)
    except ValueError as error:
        raise UsageError(f"{error}.") from None
