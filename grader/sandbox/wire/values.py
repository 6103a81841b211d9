"""What can be asked of values on both sides: whether they are tensors, whether they are equal."""

from __future__ import annotations

import math
import sys
from typing import Any

import numpy as np

from grader.sandbox.wire.nodes import Remote

__all__ = ["identical", "is_tensor", "is_text"]

#: What most values are, told by one look into a table: this is asked of everything that crosses.
_NO_TENSORS = frozenset(
    {type(None), bool, int, float, complex, str, bytes, list, tuple, dict, np.ndarray, np.float64}
)


def is_tensor(value: Any) -> bool:
    """Whether it is a torch tensor; False where torch was never imported."""
    if type(value) in _NO_TENSORS:
        return False
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(value, torch.Tensor)


def is_text(array: Any) -> bool:
    """Whether all characters of an array of text are some: no lone surrogates, none beyond Unicode.

    Args:
        array: of dtype U or S; of bytes there is nothing to be said.
    """
    if array.dtype.kind != "U" or not array.size:
        return True
    order = array.dtype.byteorder
    plain = np.ascontiguousarray(array).reshape(-1)
    codes = plain.view(np.dtype("u4").newbyteorder(order))
    return bool(((codes < 0xD800) | ((codes > 0xDFFF) & (codes <= 0x10FFFF))).all())


def identical(a: Any, b: Any) -> bool:
    """Whether two values are the same to the last bit; nan equals nan.

    Values that cannot be compared (handles among them) count as the same.
    """
    if a is b or isinstance(a, Remote):
        return True
    if type(a) is not type(b):
        return _is_parameter(a, b) and _tensors(a, b)
    if isinstance(a, np.ndarray | np.generic):
        return bool(a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes())
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(identical(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return list(a) == list(b) and all(
            identical(x, y) for x, y in zip(a.values(), b.values(), strict=True)
        )
    if isinstance(a, float):
        return a == b or (math.isnan(a) and math.isnan(b))
    if is_tensor(a):
        return _tensors(a, b)
    return bool(a == b)


def _is_parameter(a: Any, b: Any) -> bool:
    """A parameter crosses as the tensor it is."""
    return is_tensor(a) and is_tensor(b)


def _tensors(a: Any, b: Any) -> bool:
    if a.dtype != b.dtype or a.shape != b.shape or a.requires_grad != b.requires_grad:
        return False
    a, b = a.detach(), b.detach()
    if sys.modules["torch"].equal(a, b):  # the usual case, at a fraction of the cost
        return True
    return bool(((a == b) | ((a != a) & (b != b))).all())
