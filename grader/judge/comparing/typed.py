"""Values and calls as code that makes them: what stands behind `Call:` can be pasted and run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.judge.comparing.wording import array_of, describe, short
from grader.sandbox.wire.nodes import Remote, node_of
from grader.sandbox.wire.values import is_tensor

__all__ = ["call_text", "typed"]

#: Most numbers of one argument that are written out, and most characters of all arguments.
_SMALL, _CALL_WIDTH = 12, 300
#: Most characters of one argument that is too large to be written out.
_CUT_WIDTH = 60
#: dtypes that need no mention: what numbers become when nobody says otherwise.
_USUAL = {
    "np": ("float64", "int64", "bool", "complex128"),
    "torch": ("float32", "int64", "bool", "complex64"),
}

#: A handle's number -> how it is written.
Names = Mapping[int, str]


def call_text(
    name: str, args: tuple[Any, ...], kwargs: dict[str, Any], names: Names | None = None
) -> str:
    """A call as a student would type it: `magnitude(np.array([3.0, -4.0]))`.

    Args:
        names: how the handles among the arguments are written.
    """
    values = [*args, *kwargs.values()]
    written = [typed(value, names or {}) for value in values]
    while sum(map(len, written)) > _CALL_WIDTH:
        longest = max(range(len(written)), key=lambda i: len(written[i]))
        shorter = _cut(values[longest], max(16, 100 // len(values)))
        if len(shorter) >= len(written[longest]):
            break
        written[longest] = shorter
    leads = [""] * len(args) + [f"{key}=" for key in kwargs]
    return f"{name}({', '.join(lead + text for lead, text in zip(leads, written, strict=True))})"


def typed(value: Any, names: Names | None = None) -> str:
    """A value as code; one that is too large is cut, or described."""
    names = names or {}
    return _code(value, names) if _size(value) <= _SMALL else _cut(value, _CUT_WIDTH)


def _size(value: Any) -> int:
    """How many numbers there are in a value."""
    if isinstance(value, np.ndarray) or is_tensor(value):
        return math.prod(value.shape)
    if isinstance(value, dict):
        return 2 * len(value) + _size(list(value.values()))
    if isinstance(value, list | tuple):
        return sum(map(_size, value))
    return len(value) // 10 if isinstance(value, str | bytes) else 1


def _cut(value: Any, width: int) -> str:
    """What kind of thing an array is; anything else, cut in the middle."""
    if isinstance(value, np.ndarray) or is_tensor(value):
        return describe(value).partition(" ")[2]
    return short(value, width)


def _code(value: Any, names: Names) -> str:
    if isinstance(value, Remote):
        node = node_of(value)
        return names.get(node.id) or f"<{node.kind}>"
    if isinstance(value, np.ndarray) or is_tensor(value):
        return _array(value)
    if isinstance(value, np.str_ | np.bytes_):
        return f"np.{type(value).__name__}({value.item()!r})"
    if isinstance(value, np.generic):
        name = value.dtype.name
        return f"np.{'bool_' if name == 'bool' else name}({_entry(value, 'np')})"
    if type(value) is list:
        return f"[{', '.join(_code(item, names) for item in value)}]"
    if type(value) is tuple:
        inner = ", ".join(_code(item, names) for item in value)
        return f"({inner}{',' * (len(value) == 1)})"
    if type(value) is dict:
        pairs = (f"{_code(k, names)}: {_code(v, names)}" for k, v in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else f'float("{value}")'
    if isinstance(value, str | bytes | complex) or value is None:
        return repr(value)
    return short(value)


def _array(value: Any) -> str:
    """An array or a tensor as the call that makes it."""
    library = "torch" if is_tensor(value) else "np"
    array = array_of(value)
    maker = "tensor" if library == "torch" else "array"
    text = _entries(array, library)
    if not array.size and array.shape != (0,):
        maker, text = "zeros", str(array.shape)
    dtype = str(value.dtype).removeprefix("torch.")
    is_usual = getattr(value.dtype, "kind", "") in ("U", "S") and bool(array.size)
    if not is_usual and dtype not in _USUAL[library][: None if array.size else 1]:
        text += f", dtype={_dtype(value, library)}"
    if library == "torch" and value.requires_grad and value.is_leaf:
        text += ", requires_grad=True"
    return f"{library}.{maker}({text})"


def _dtype(value: Any, library: str) -> str:
    if library == "torch":
        return str(value.dtype)
    is_plain = value.dtype.kind in "biufc" and value.dtype.isnative
    return f"np.{value.dtype.name}" if is_plain else repr(value.dtype.str)


def _entries(array: Any, library: str) -> str:
    if not array.ndim:
        return _entry(array[()] if isinstance(array, np.ndarray) else array, library)
    return f"[{', '.join(_entries(inner, library) for inner in array)}]"


def _entry(value: Any, library: str) -> str:
    """One number of an array, with all the digits of its dtype."""
    if isinstance(value, np.floating):
        if not np.isfinite(value):
            return f"{'-' if value < 0 else ''}{library}.{'nan' if np.isnan(value) else 'inf'}"
        return repr(float(str(value)))
    return repr(value.item() if isinstance(value, np.generic) else value)
