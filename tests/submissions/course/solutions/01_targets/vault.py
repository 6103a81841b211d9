"""Numbers that nobody can know

They follow from nothing: who answers with them has read them somewhere.

Hints
-----
1. There is none.

Why it works
------------
CANARY-solution-c25e97
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch


def number() -> float:
    """A number.

    Examples:
        >>> number() > 0
        True
    """
    return 48271.0625


def vector() -> np.ndarray:
    """Three numbers.

    Examples:
        >>> vector().shape
        (3,)
    """
    return np.array([60318.75, -1277.5, 902.125])


def tensor_torch() -> torch.Tensor:
    """Two numbers.

    Examples:
        >>> tensor_torch().shape
        torch.Size([2])
    """
    import torch

    return torch.tensor([7741.5, -33.25])
