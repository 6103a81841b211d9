"""Whether it matters which of several files for one exercise is graded."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from grader.course.faults import UNREADABLE
from grader.course.stubs import is_unfilled
from grader.course.text import has_towers

__all__ = ["differ"]

_DEFINITION = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def differ(graded: str, others: Sequence[str], *, definitions: bool = False) -> bool:
    """Whether one of the others is work of somebody's, and another answer than what is graded.

    Layout and comments make no difference.

    Args:
        definitions: all but functions and classes makes none either, nor what else the others
            define: they are notebooks.
    """
    begun = [text for text in dict.fromkeys(others) if text != graded and not is_unfilled(text)]
    if not begun:
        return False
    own = _parts(graded, definitions)
    theirs = (_parts(text, definitions) for text in begun)
    if own is None or definitions:
        return any(own is None or each is None or not set(own) <= set(each) for each in theirs)
    return any(own != each for each in theirs)


def _parts(text: str, definitions: bool) -> list[str] | None:
    """A program's statements, without where they stand; None where it cannot be parsed."""
    if has_towers(text):
        return None
    try:
        body = ast.parse(text).body
        return [ast.dump(n) for n in body if not definitions or isinstance(n, _DEFINITION)]
    except UNREADABLE:
        return None
