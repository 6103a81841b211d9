"""Mutants that are known to be equivalent to their reference, each with the reason.

`tests/equivalents/UNIT/EXERCISE.yaml` is a list, one entry a change:

    - in: unit_vector             # the function, or Class.method
      from: return v / length     # the line of the reference
      to: return v * length       # the same line in the mutant
      why: what makes it impossible for any allowed input to tell the two apart
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from grader.course.reading.nodes import Lines, read_nodes
from grader.errors import CourseError, Fault

__all__ = ["Equivalent", "load_equivalents"]

_KEYS = ("in", "from", "to", "why")


class Equivalent(msgspec.Struct, frozen=True):
    """A change that no input which the docstring allows can show, and why.

    Args:
        key: (function, line before, line after), as `Mutant.key` has it.
        line: where its entry stands in the list.
    """

    key: tuple[str, str, str]
    why: str
    line: int


def load_equivalents(path: Path, root: Path) -> list[Equivalent]:
    """The entries for one exercise; none where there is no file.

    Raises:
        CourseError: with everything that is wrong with the file, each with its line.
    """
    if not path.is_file():
        return []
    inside = path.relative_to(root)
    content, lines, faults = read_nodes(path.read_bytes(), inside)
    faults = [*faults, *_faults(content, lines, inside)]
    if faults:
        raise CourseError(faults)
    return [
        Equivalent((entry["in"] or "", entry["from"], entry["to"]), entry["why"], lines[(i,)])
        for i, entry in enumerate(content)
    ]


def _faults(content: Any, lines: Lines, file: Path) -> Iterator[Fault]:
    if not isinstance(content, list):
        yield Fault(file, 1, "no list", "one entry, beginning with `- in:`, for each change")
        return
    seen: dict[tuple[Any, ...], int] = {}
    for i, entry in enumerate(content):
        line = lines[(i,)]
        if not isinstance(entry, dict) or set(entry) != set(_KEYS):
            yield Fault(file, line, "not an entry", f"the keys {', '.join(_KEYS)}")
            continue
        for key in _KEYS:
            if key != "in" and not isinstance(entry[key], str):
                yield Fault(file, lines[(i, key)], f"`{key}` is no text", "a line of text")
        known = (entry["in"], str(entry["from"]), str(entry["to"]))
        if known in seen:
            yield Fault(file, line, f"the same change as on line {seen[known]}", "each one once")
        seen[known] = line
