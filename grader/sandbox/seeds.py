"""The global generators of Python, NumPy and PyTorch, put into a known state."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable

import numpy as np

__all__ = ["seed_generators"]


def _torch_seed() -> Callable[[int], object] | None:
    torch = sys.modules.get("torch")
    return torch.default_generator.manual_seed if torch is not None else None


def seed_generators(seed: int) -> None:
    """Seed Python's, NumPy's and PyTorch's global generators."""
    random.seed(seed)
    np.random.seed(seed % (1 << 32))
    torch_seed = _torch_seed()
    if torch_seed is not None:
        torch_seed(seed)
