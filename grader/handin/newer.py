"""Syntax of a newer Python than the one that grades: what is right at home is no mistake here.

A parser says of such a line only that it is invalid. These are the forms that came with one Python
after another (https://docs.python.org/3/whatsnew/).
"""

from __future__ import annotations

import re
import sys

__all__ = ["newer_syntax"]

_F = r"\b[fF][rR]?(['\"])"
#: (first Python that reads it, what it is, how a line looks that has it).
_FORMS = (
    (12, "the same quotes inside an f-string", rf".*{_F}(?:(?!\1).)*\{{[^{{}}]*\1[^{{}}]*\}}"),
    (12, "a backslash inside an f-string's braces", rf".*{_F}[^{{}}]*\{{[^{{}}]*\\[^{{}}]*\}}"),
    (12, "the `type` statement", r"\s*type[ \t]+[^\W\d]\w*[ \t]*(?:\[.*\][ \t]*)?=(?!=)"),
    (12, "type parameters in brackets", r"\s*(?:async[ \t]+)?(?:def|class)[ \t]+\w+[ \t]*\["),
    (14, "`except` with several types without brackets", r"\s*except\*?[ \t]+[\w.]+[ \t]*,.*:"),
    (14, "t-strings", r".*(?<![\w'\"])[tT][rR]?['\"]"),
    (15, "`lazy` imports", r"\s*lazy[ \t]+(?:import|from)\b"),
)
#: Characters of a line that are looked at.
_LINE = 500


def newer_syntax(line: str) -> str:
    """In brackets, which Python grades and which one a line is for; "" where it is no such line.

    Args:
        line: one that the parser here has refused.
    """
    ours = sys.version_info.minor
    for minor, what, form in _FORMS:
        if minor > ours and re.match(form, line[:_LINE]):
            return f" (Python 3.{ours} grades this, and {what} came with Python 3.{minor})"
    return ""
