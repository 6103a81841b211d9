"""Honest work

Four small functions, compared in four styles.

Hints
-----
1. Nobody solves this one.

Why it works
------------
It does. CANARY-solution-5b1d0e
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch


def length(v: np.ndarray) -> float:
    """The length of a vector.

    Examples:
        >>> length(np.array([3.0, -4.0]))
        5.0
    """
    return float(np.sqrt((v * v).sum()))


def apply(W: np.ndarray, x: np.ndarray) -> np.ndarray:
    """A matrix times a vector.

    Examples:
        >>> apply(np.eye(2), np.array([1.0, 2.0]))
        array([1., 2.])
    """
    return W @ x


def ordered(values: list[float]) -> list[float]:
    """The same numbers, from the smallest to the largest.

    Examples:
        >>> ordered([2.0, 1.0])
        [1.0, 2.0]
    """
    return sorted(values)


def refuse(v: np.ndarray) -> float:
    """The first component.

    Raises:
        ValueError: there is none.

    Examples:
        >>> refuse(np.array([2.0, 1.0]))
        2.0
    """
    if not len(v):
        raise ValueError("no component")
    return float(v[0])


def twice_torch(x: torch.Tensor) -> torch.Tensor:
    """Twice a tensor.

    Examples:
        >>> twice_torch(torch.ones(2))
        tensor([2., 2.])
    """
    return 2 * x
