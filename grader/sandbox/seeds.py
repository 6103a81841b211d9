"""The global generators of Python, NumPy and PyTorch, put into a known state, or put back."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["generators", "restore_generators", "seed_generators"]


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


def generators() -> tuple[Any, ...]:
    """Where the generators are, for `restore_generators`."""
    torch = sys.modules.get("torch")
    of_torch = torch.default_generator.get_state() if torch is not None else None
    return random.getstate(), np.random.get_state(), of_torch


def restore_generators(known: tuple[Any, ...]) -> None:
    """Put the generators back to where they were."""
    of_python, of_numpy, of_torch = known
    random.setstate(of_python)
    np.random.set_state(of_numpy)
    if of_torch is not None:
        sys.modules["torch"].default_generator.set_state(of_torch)
