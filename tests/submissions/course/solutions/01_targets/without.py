"""Six dot products

Each is to be built from products and a sum.

Hints
-----
1. There is none.

Why it works
------------
It does. CANARY-solution-19d5c3
"""

from __future__ import annotations

import numpy as np


def first(v: np.ndarray, w: np.ndarray) -> float:
    """The dot product.

    Examples:
        >>> first(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
        11.0
    """
    return float((v * w).sum())


def second(v: np.ndarray, w: np.ndarray) -> float:
    """The dot product.

    Examples:
        >>> second(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
        11.0
    """
    return float((v * w).sum())


def third(v: np.ndarray, w: np.ndarray) -> float:
    """The dot product.

    Examples:
        >>> third(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
        11.0
    """
    return float((v * w).sum())


def fourth(v: np.ndarray, w: np.ndarray) -> float:
    """The dot product.

    Examples:
        >>> fourth(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
        11.0
    """
    return float((v * w).sum())


def fifth(v: np.ndarray, w: np.ndarray) -> float:
    """The dot product.

    Examples:
        >>> fifth(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
        11.0
    """
    return float((v * w).sum())


def sixth(v: np.ndarray, w: np.ndarray) -> float:
    """The dot product.

    Examples:
        >>> sixth(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
        11.0
    """
    return float((v * w).sum())
