"""Inputs that are hard to hold, for hidden suites: the same numbers, lying awkwardly in memory."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.sandbox.wire.values import is_tensor

__all__ = ["awkward"]


def awkward(a: Any, *, backwards: bool = True) -> Any:
    """The same numbers in an array or tensor that is not contiguous.

    The last axis is the slowest, as in a transpose, and between two neighbours on it, or on the
    first, lie other numbers. An array is read-only, and its first axis runs backwards in memory.

    Args:
        a: an array or a tensor.
        backwards: False where the array goes to PyTorch, which has no negative strides.
    """
    if not a.ndim:
        return a if is_tensor(a) else _read_only(a.copy())
    sizes = [*reversed(a.shape)]
    for axis in {0, a.ndim - 1}:
        sizes[axis] *= 2
    gaps = (slice(None, None, 2), ..., slice(None, None, 2))[: 3 if a.ndim > 1 else 1]
    if is_tensor(a):
        wide = a.new_full(sizes, 77)[gaps].permute(*reversed(range(a.ndim)))
        wide.copy_(a)
        return wide
    wide = np.full(sizes, 77, a.dtype)[gaps].T
    if backwards:
        wide = wide[::-1]
    wide[...] = a
    return _read_only(wide)


def _read_only(a: Any) -> Any:
    a.flags.writeable = False
    return a
