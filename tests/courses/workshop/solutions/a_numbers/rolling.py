"""What is the trend?

Hints
-----
1. From (n,) to (n - k + 1,).
2. How many windows of length k fit?
3. np.array([x[i : i + ____].mean() for i in range(____)])

Why it works
------------
A mean over neighbours keeps what they share.
"""

from __future__ import annotations

import numpy as np


def moving_average(x: np.ndarray, k: int) -> np.ndarray:
    """Means of every k neighbours.

    Examples:
        >>> moving_average(np.array([1.0, 2.0, 4.0]), 2)
        array([1.5, 3. ])
    """
    return np.array([x[i : i + k].mean() for i in range(len(x) - k + 1)])


def pairs(n: int) -> list[tuple[int, int]]:
    """All (i, j) with i < j < n, in order.

    Examples:
        >>> pairs(3)
        [(0, 1), (0, 2), (1, 2)]
    """
    return [(i, j) for i in range(n) for j in range(i + 1, n)]


def differences(x: np.ndarray) -> np.ndarray:
    """Every entry minus every other: D[i, j] = x[i] - x[j].

    Examples:
        >>> differences(np.array([1.0, 3.0]))
        array([[ 0., -2.],
               [ 2.,  0.]])
    """
    return x[:, None] - x[None, :]
