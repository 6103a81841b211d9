"""Nine functions

One of them may be as bad as it likes: the others keep their marks.

Hints
-----
1. Nobody solves this one.

Why it works
------------
It does. CANARY-solution-77d2a9
"""

from __future__ import annotations

import numpy as np


def total(v: np.ndarray) -> float:
    """The sum of the components.

    Examples:
        >>> total(np.array([1.0, 2.0, 3.0]))
        6.0
    """
    return float(v.sum())


def mean(v: np.ndarray) -> float:
    """The mean of the components.

    Examples:
        >>> mean(np.array([1.0, 2.0, 3.0]))
        2.0
    """
    return float(v.mean())


def largest(v: np.ndarray) -> float:
    """The largest component.

    Examples:
        >>> largest(np.array([1.0, 2.0, 3.0]))
        3.0
    """
    return float(v.max())


def smallest(v: np.ndarray) -> float:
    """The smallest component.

    Examples:
        >>> smallest(np.array([1.0, 2.0, 3.0]))
        1.0
    """
    return float(v.min())


def spread(v: np.ndarray) -> float:
    """The largest component less the smallest.

    Examples:
        >>> spread(np.array([1.0, 2.0, 3.0]))
        2.0
    """
    return float(v.max() - v.min())


def first(v: np.ndarray) -> float:
    """The first component.

    Examples:
        >>> first(np.array([1.0, 2.0, 3.0]))
        1.0
    """
    return float(v[0])


def scaled(v: np.ndarray, c: float) -> np.ndarray:
    """Each component c times.

    Examples:
        >>> scaled(np.array([1.0, 2.0]), 2.0)
        array([2., 4.])
    """
    return c * v


def turned(v: np.ndarray) -> np.ndarray:
    """The components from last to first.

    Examples:
        >>> turned(np.array([1.0, 2.0]))
        array([2., 1.])
    """
    return v[::-1].copy()


def dot(v: np.ndarray, w: np.ndarray) -> float:
    """The dot product.

    Examples:
        >>> dot(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
        11.0
    """
    return float(v @ w)
