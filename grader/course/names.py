"""Names of exercises as people type them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.course.outline import Course

__all__ = ["find_exercises"]


def find_exercises(
    course: Course, names: Iterable[str], others: Iterable[str] = ()
) -> tuple[str, ...]:
    """Exercise ids for what was typed: an id, a path to a module, or a unit for all of its own.

    Args:
        others: further words that a typo may have been meant for.

    Raises:
        UsageError: there is no such exercise; the message names those that are like it.
    """
    ids = [e.id for e in course.exercises]
    units = {unit.id: [e.id for e in unit.exercises] for unit in course.units}
    found: list[str] = []
    for name in names:
        stem = name.rstrip("/").rpartition("/")[2].removesuffix(".py")
        if stem in units:
            found += units[stem]
        elif stem in ids:
            found.append(stem)
        else:
            near = difflib.get_close_matches(stem, [*ids, *units, *others], 3, 0.5)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise UsageError(f"There is no exercise {name}.{hint} `grade list` shows them all.")
    return tuple(dict.fromkeys(found))
