"""An answer, and what it holds as a digest: students of one class make the same mistakes.

Two answers with one digest say the same of every idea, so what one has said is remembered for the
other; and two ideas that answer with one digest are one idea, as far as a question goes.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
import numpy as np

from grader.sandbox.wire.nodes import HandleNode, Remote, node_of
from grader.sandbox.wire.values import is_tensor

__all__ = ["Told", "content_of"]

#: Largest array that is worth a digest, in bytes: larger ones are rare.
_LARGEST = 1 << 16
_SIMPLE = (type(None), bool, int, float, complex, str, bytes)


class Told(msgspec.Struct, frozen=True):
    """What came of one call: a value or an exception, the arguments after, and the warnings."""

    value: Any = None
    error: str = ""
    args: tuple[Any, ...] = ()
    warnings: frozenset[str] = frozenset()


class _Unknown(Exception):
    """There is no digest of a value."""


def content_of(told: Told) -> bytes | None:
    """A digest of an answer with everything that is compared of it; None for what has none."""
    digest = hashlib.blake2b(repr((told.error, sorted(told.warnings))).encode(), digest_size=16)
    try:
        for value in (told.value, told.args):
            _add(digest, value)
    except (_Unknown, RecursionError, ValueError):  # the last: an integer of thousands of digits
        return None
    return digest.digest()


def _add(digest: Any, value: Any) -> None:
    if type(value) in _SIMPLE:
        digest.update(f"{type(value).__name__} {value!r}\0".encode("utf-8", "surrogatepass"))
    elif isinstance(value, np.ndarray | np.generic):
        _add_array(digest, type(value).__name__, value)
    elif type(value) in (list, tuple, dict):
        digest.update(f"{type(value).__name__} {len(value)}\0".encode())
        for item in value.items() if type(value) is dict else value:
            _add(digest, item)
    elif isinstance(value, HandleNode):
        digest.update(f"handle {value.kind} {value.id}\0".encode())
    elif isinstance(value, Remote):
        node = node_of(value)
        digest.update(f"handle {node.kind if isinstance(node, HandleNode) else ''}\0".encode())
    elif is_tensor(value):
        try:
            numbers = value.detach().numpy()
        except (TypeError, RuntimeError):  # a dtype or a layout that NumPy does not have
            raise _Unknown from None
        _add_array(digest, f"{value.dtype} {value.requires_grad}", numbers)
    else:
        raise _Unknown


def _add_array(digest: Any, kind: str, value: Any) -> None:
    if value.dtype.hasobject or value.nbytes > _LARGEST:
        raise _Unknown
    digest.update(f"{kind} {value.dtype.str} {value.shape}\0".encode())
    digest.update(value.tobytes())
