"""Which column of a sheet is for what: a unit's, the course's, or none of ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from grader.course.outline import Course, Unit
from grader.errors import UsageError
from grader.handin.text import printable

__all__ = ["Target", "about", "named", "ours"]

#: What a column is for.
Target = Unit | Course
_ID = re.compile(r"\s*\([0-9]+\)\s*$")


def about(course: Course, text: str) -> Target | None:
    """What a title or an id means: a unit, the course by its title, or None."""
    found = [u for u in course.units if _same(text) in (_same(u.id), _same(u.title))]
    if len(found) == 1:
        return found[0]
    exact = [unit for unit in found if _same(unit.id) == _same(text)]
    if exact:
        return exact[0]
    return course if not found and _same(text) == _same(course.title) else None


def ours(
    course: Course, headers: Mapping[int, str], given: Sequence[tuple[str, str]]
) -> dict[int, Target]:
    """Column -> what it is for, as titles say and as a person says.

    Args:
        headers: the columns that may be ours.
        given: (header, unit): these hold, and what they name is looked for nowhere else.

    Raises:
        UsageError: a header or a unit is not there, or two columns are for one thing.
    """
    found = {named(headers, header): _known(course, unit) for header, unit in given}
    taken = list(found.values())
    if len({id(target) for target in taken}) < len(given):
        raise UsageError("--column: two columns for one unit; give each unit one column.")
    for column, header in headers.items():
        target = about(course, header) or about(course, _ID.sub("", header))
        if target is None or column in found or any(target is each for each in taken):
            continue
        twin = next((n for n, other in found.items() if other is target), None)
        if twin is not None:
            raise UsageError(
                f"{printable(headers[twin])!r} and {printable(header)!r} may both be the column of "
                f"{printable(target.title)}. Say which: --column 'HEADER={_id(target)}'."
            )
        found[column] = target
    return found


def named(headers: Mapping[int, str], header: str) -> int:
    """The column of a header that was typed, with or without Canvas's id.

    Raises:
        UsageError: there is none, or there are two.
    """
    fits = [n for n, text in headers.items() if _same(text) == _same(header)]
    fits = fits or [n for n, t in headers.items() if _same(_ID.sub("", t)) == _same(header)]
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise UsageError(
            f"--column: {printable(header)!r} is the title of {len(fits)} columns; name one with "
            f"its id, e.g. {printable(headers[fits[0]])!r}."
        )
    listed = ", ".join(repr(printable(text)) for text in headers.values()) or "none"
    raise UsageError(f"--column: no column {printable(header)!r}; there are: {listed}.")


def _known(course: Course, text: str) -> Target:
    found = about(course, text) or (course if _same(text) == "course" else None)
    if found is None:
        raise UsageError(
            f"--column: {printable(text)!r} is no unit; expected one of "
            f"{', '.join(unit.id for unit in course.units)}, or `course` for the whole course."
        )
    return found


def _id(target: Target) -> str:
    return target.id if isinstance(target, Unit) else "course"


def _same(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
