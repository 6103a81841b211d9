"""A number with what it is worth: over how many, how sure, and why where there is none."""

from __future__ import annotations

import msgspec

__all__ = ["FEW", "Figure", "undefined"]

#: Below this many a figure says little of others: it is shown grey.
FEW = 30


class Figure(msgspec.Struct, frozen=True):
    """A number for people.

    Args:
        name: what it is, a key of `explained.EXPLAINED`.
        value: None where it is undefined; `why` says why then, in a sentence.
        n: over how many students, attempts or programs.
        low, high: its 95 % interval, where it has one.
        few: `n` is small, so that it may well be chance.
    """

    name: str
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    few: bool = False
    why: str = ""


def undefined(name: str, n: int, why: str) -> Figure:
    """A figure that there is not, with the reason."""
    return Figure(name, None, n, few=n < FEW, why=why)
