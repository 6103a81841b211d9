"""What can be checked of a course.yaml although its shape has faults.

A typo in one exercise must not hide that another has no suite, or that a sum is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from grader.course.faults import COURSE_FILE
from grader.course.outline import Course, Exercise, Unit
from grader.course.reading import units
from grader.course.reading.nodes import KeyPath, Lines
from grader.course.reading.shape import LimitsModel
from grader.errors import Fault

__all__ = ["dates", "readable", "sums"]


def readable(content: Any, refused: set[KeyPath], root: Path) -> Course:
    """The names of a course in their order; a name that cannot be read is empty.

    Args:
        refused: the places pydantic found fault with; for a key of a mapping, "[key]" ends it.
    """

    def name(found: Any, place: KeyPath) -> str:
        text = found.get("id") if isinstance(found, dict) else None
        return text if isinstance(text, str) and (*place, "id") not in refused else ""

    def exercise(found: Any, unit: str, place: KeyPath) -> Exercise:
        return Exercise(name(found, place), unit, "", _tests(found, (*place, "tests"), refused))

    def unit(found: Any, place: KeyPath) -> Unit:
        inside = enumerate(_items(found, "exercises"))
        own = name(found, place)
        taught = (exercise(item, own, (*place, "exercises", j)) for j, item in inside)
        return Unit(own, "", tuple(taught))

    found = enumerate(_items(content, "units"))
    return Course(str(root), "", tuple(unit(item, ("units", i)) for i, item in found))


def _tests(exercise: Any, place: KeyPath, refused: set[KeyPath]) -> dict[str, Decimal]:
    """The names that are given points; `test_a[1]`, itself a fault, means `test_a`."""
    found = exercise.get("tests") if isinstance(exercise, dict) else None
    names = found if isinstance(found, dict) else {}
    plain = (n.partition("[")[0] if (*place, n, "[key]") in refused else n for n in names)
    return {name: Decimal(1) for name in plain if (*place, name, "[key]") not in refused}


def _items(found: Any, key: str) -> list[Any]:
    """A list that stands under a key, or one thing that cannot be read."""
    items = found.get(key) if isinstance(found, dict) else None
    return items if isinstance(items, list) else [None]


def sums(content: Any, lines: Lines) -> Iterator[Fault]:
    """Points that are stated and do not add up, and a call that may outlast its exercise."""
    if not isinstance(content, dict):
        return
    parts = []
    for i, unit in enumerate(_items(content, "units")):
        for j, exercise in enumerate(_items(unit, "exercises")):
            parts.append(_sum(exercise))
            what = f"the tests of {exercise.get('id')}" if isinstance(exercise, dict) else ""
            place: KeyPath = ("units", i, "exercises", j, "points")
            yield from _sum_fault(exercise, parts[-1], what, lines.get(place, 1))
    whole = [part for part in parts if part is not None]
    total = sum(whole, Decimal(0)) if len(whole) == len(parts) else None
    yield from _sum_fault(content, total, "the exercises", lines.get(("points",), 1))
    try:
        limits = LimitsModel.model_validate(content.get("limits", {}))
    except ValidationError:
        return
    if limits.call > limits.exercise:
        line = lines.get(("limits", "call"), lines.get(("limits",), 1))
        what = "one call may take longer than its exercise"
        yield Fault(COURSE_FILE, line, what, "call <= exercise")


def dates(content: Any, lines: Lines) -> Iterator[Fault]:
    """Work that closes before it is due."""
    if not isinstance(content, dict):
        return
    for i, unit in enumerate(_items(content, "units")):
        if not isinstance(unit, dict):
            continue
        sections = unit.get("sections")
        places: list[tuple[KeyPath, Any]] = [((), unit)]
        if isinstance(sections, dict):
            places += [(("sections", name), each) for name, each in sections.items()]
        for place, own in places:
            own = own if isinstance(own, dict) else {}
            due = _moment(own.get("due")) or _moment(unit.get("due"))
            closes = _moment(own.get("closes")) or _moment(unit.get("closes"))
            if due is not None and closes is not None and closes < due:
                last = "closes" if "closes" in own else "due"
                line = lines.get(("units", i, *place, last), 1)
                what = f"it closes ({closes.isoformat()}) before it is due ({due.isoformat()})"
                yield Fault(COURSE_FILE, line, what, "due <= closes")


def _moment(text: Any) -> datetime | None:
    """A time in UTC, so that two of them compare by what comes first."""
    try:
        return units.moment_of(text).astimezone(UTC)
    except ValueError:
        return None


def _sum(exercise: Any) -> Decimal | None:
    """Points of the tests of an exercise; None while one of them cannot be read."""
    try:
        points = [units.points_of(text) for text in exercise["tests"].values()]
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return sum(points, Decimal(0)) if points else None


def _sum_fault(found: Any, total: Decimal | None, what: str, line: int) -> Iterator[Fault]:
    try:
        stated = units.points_of(found["points"])
    except (KeyError, TypeError, ValueError):
        return
    if total is not None and stated != total:
        yield Fault(COURSE_FILE, line, f"{what} add up to {total}", f"points: {total}")
