"""Text that others wrote, as it can be printed and sent."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["TOWERS", "encodable", "has_towers", "plain_ends", "printable"]

#: What is said of a text that cannot be parsed in any time.
TOWERS = "it has more than a hundred accents on one letter"
#: Most marks that stand on one letter; no language has a tenth of it.
_MARKS = 100
_NOT_ASCII = re.compile(rf"[^\x00-\x7f]{{{_MARKS},}}")


def printable(name: str) -> str:
    """A name as it can be printed: a file's may hold line ends, or bytes that are no text."""
    return "".join(c if c.isprintable() else "?" for c in name)


def encodable(source: str) -> str:
    """Without lone surrogates, which no encoding can carry, and without a byte order mark."""
    return source.encode("utf-8", "replace").decode().removeprefix("\ufeff")


def plain_ends(source: str) -> str:
    """With one kind of line end, and none at the end of the text."""
    return source.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def has_towers(source: str) -> bool:
    """Whether marks stand on marks without end: sorting them takes Python's parser minutes."""
    for run in _NOT_ASCII.finditer(source):
        height = 0
        for letter in run[0]:
            height = height + 1 if unicodedata.combining(letter) else 0
            if height > _MARKS:
                return True
    return False
