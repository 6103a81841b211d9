"""What is the trend?"""

from __future__ import annotations

import numpy as np


def moving_average(x: np.ndarray, k: int) -> np.ndarray:
    """Means of every k neighbours.

    Examples:
        >>> moving_average(np.array([1.0, 2.0, 4.0]), 2)
        array([1.5, 3. ])
    """
    raise NotImplementedError


def pairs(n: int) -> list[tuple[int, int]]:
    """All (i, j) with i < j < n, in order.

    Examples:
        >>> pairs(3)
        [(0, 1), (0, 2), (1, 2)]
    """
    raise NotImplementedError


def differences(x: np.ndarray) -> np.ndarray:
    """Every entry minus every other: D[i, j] = x[i] - x[j].

    Examples:
        >>> differences(np.array([1.0, 3.0]))
        array([[ 0., -2.],
               [ 2.,  0.]])
    """
    raise NotImplementedError
