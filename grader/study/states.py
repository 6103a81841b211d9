"""How far an exercise is, in the marks and words of every map."""

from __future__ import annotations

from typing import NamedTuple

from grader.report.words import SO_FAR
from grader.study.progress import State

__all__ = ["LOOKS", "Look"]


class Look(NamedTuple):
    """What a map shows of a state.

    Args:
        mark, plain: in one character, and in ASCII.
        words: may be empty, where the mark says it.
        style: a colour by its name, as `report/words.py` has them.
    """

    mark: str
    plain: str
    words: str
    style: str


LOOKS: dict[State, Look] = {
    "done": Look("✓", "ok ", "", "green"),
    "tried": Look("✓", "ok ", SO_FAR, "yellow"),
    "changed": Look("~", "~  ", "changed since", "yellow"),
    "given up": Look("→", "-> ", "given up", "yellow"),
    "begun": Look("◐", "...", "begun", "yellow"),
    "new": Look("○", "-  ", "not begun", "dim"),
}
