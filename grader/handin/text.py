"""Text that others wrote, as it can be printed and sent."""

from __future__ import annotations

__all__ = ["TOWERS", "encodable", "plain_ends", "printable"]

#: What is said of a text that cannot be parsed in any time.
TOWERS = "it has more than a hundred accents on one letter"


def printable(name: str) -> str:
    """A name as it can be printed: a file's may hold line ends, or bytes that are no text."""
    return "".join(c if c.isprintable() else "?" for c in name)


def encodable(source: str) -> str:
    """Without lone surrogates, which no encoding can carry, and without a byte order mark."""
    return source.encode("utf-8", "replace").decode().removeprefix("\ufeff")


def plain_ends(source: str) -> str:
    """With one kind of line end, and none at the end of the text."""
    return source.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
