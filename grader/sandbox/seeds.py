"""What is global in Python, NumPy and PyTorch, and answers depend on, put into a known state.

These are the generators, which can be put back too, and whether PyTorch repeats its warnings.
"""

from __future__ import annotations

import random
import sys
from typing import Any

import numpy as np

__all__ = ["generators", "restore_generators", "seed_generators", "torch_here", "warn_always"]


def torch_here() -> Any:
    """PyTorch, if it is loaded; a stand-in for it (`worker/absent.py`) is not it."""
    torch = sys.modules.get("torch")
    return torch if torch is not None and "default_generator" in vars(torch) else None


def seed_generators(seed: int) -> None:
    """Seed Python's, NumPy's and PyTorch's global generators."""
    random.seed(seed)
    np.random.seed(seed % (1 << 32))
    torch = torch_here()
    if torch is not None:
        torch.default_generator.manual_seed(seed)


def generators() -> tuple[Any, ...]:
    """Where the generators are, for `restore_generators`."""
    torch = torch_here()
    of_torch = torch.default_generator.get_state() if torch is not None else None
    return random.getstate(), np.random.get_state(), of_torch


def restore_generators(known: tuple[Any, ...]) -> None:
    """Put the generators back to where they were."""
    of_python, of_numpy, of_torch = known
    random.setstate(of_python)
    np.random.set_state(of_numpy)
    if of_torch is not None:
        sys.modules["torch"].default_generator.set_state(of_torch)


def warn_always() -> None:
    """Have PyTorch, where it is loaded, say what it warns of each time.

    Some of it is told once in a process, whatever Python's filters say: who asks second would not
    hear it.
    """
    torch = torch_here()
    if torch is not None and not torch.is_warn_always_enabled():
        torch.set_warn_always(True)
