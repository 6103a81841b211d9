"""Answers that are looked at pair by pair

What the suite compares in loops has to be there: a loop over nothing is content with everything.

Hints
-----
1. There is none.

Why it works
------------
CANARY-solution-8d3f10
"""

from __future__ import annotations

import numpy as np


def numbers() -> list[float]:
    """Three numbers.

    Examples:
        >>> len(numbers())
        3
    """
    return [51823.5, -9077.25, 310.125]


def rows() -> list[list[float]]:
    """Two rows of two numbers.

    Examples:
        >>> len(rows())
        2
    """
    return [[7719.5, -20.25], [415.75, 8846.5]]


def words() -> str:
    """A text.

    Examples:
        >>> len(words())
        12
    """
    return "zqxvkjwpyfgb"


def size() -> int:
    """How many numbers the table has.

    Examples:
        >>> size() > 0
        True
    """
    return 4


def table(n: int) -> list[float]:
    """As many numbers.

    Examples:
        >>> len(table(2))
        2
    """
    return [6121.5 * i + 40.25 for i in range(n)]


def column(n: int) -> np.ndarray:
    """The same number n times, below each other.

    Examples:
        >>> column(2).shape
        (2, 1)
    """
    return np.full((n, 1), 90210.75)


def start() -> np.ndarray:
    """Two numbers to start from.

    Examples:
        >>> start().shape
        (2,)
    """
    return np.array([3.5, 1.25])


def onward(v: np.ndarray) -> np.ndarray:
    """Two numbers that follow.

    Raises:
        ValueError: it is not two numbers that they should follow from.

    Examples:
        >>> onward(np.ones(2)).shape
        (2,)
    """
    if v.shape != (2,):
        raise ValueError("not two numbers")
    return 77123.5 * v
