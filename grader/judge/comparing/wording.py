"""How values are written for people: short, exact enough to see a difference, never a dump."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.sandbox.wire.nodes import Remote, node_of
from grader.sandbox.wire.values import is_tensor

__all__ = [
    "apart",
    "array_of",
    "describe",
    "kinds_apart",
    "nth",
    "numbers",
    "short",
]

#: Most characters of one value: a message says more on the same line.
_WIDTH = 60
#: Characters that are shown on either side of the place at which two long texts part.
_AROUND = 20

#: Instead of a number of digits: all that a dtype has, and all that there are.
_ALL, _EXACT = 0, -1
#: dtypes that need no mention: what numbers become when nobody says otherwise.
_USUAL = {"array": ("float64", "int64", "bool"), "tensor": ("float32", "int64", "bool")}


def describe(value: Any) -> str:
    """What kind of thing a value is: `an array of shape (2, 3)`, `a list of 3`, `None`."""
    if value is None:
        return "None"
    if isinstance(value, Remote):
        kind = node_of(value).kind
        return f"{_article(kind)} {kind}"
    cls = type(value)
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if is_tensor(value):
        return f"a tensor of shape {tuple(value.shape)}"
    if isinstance(value, bool | np.bool_):
        return f"the truth value {bool(value)}"
    if isinstance(value, int | np.integer):
        text = short(value)
        return text if text.startswith("an ") else f"the integer {text}"
    if isinstance(value, float | np.floating | complex | np.complexfloating):
        return f"the number {short(value)}"
    if isinstance(value, str):
        return f"the text {short(value)}"
    if cls.__name__ == "Size":
        return f"the torch.Size {tuple(value)}"
    if isinstance(value, list | tuple | dict):
        return f"a {cls.__name__} of {len(value)}"
    return f"{_article(cls.__name__)} {cls.__name__} {short(value)}"


def _article(word: str) -> str:
    return "an" if word[:1].lower() in "aeiou" else "a"


def array_of(value: Any) -> Any:
    """A number, array or tensor as a NumPy array; bfloat16 widens to float32."""
    if is_tensor(value):
        value = value.detach()
        value = value.float() if str(value.dtype) == "torch.bfloat16" else value
        return value.numpy()
    return np.asarray(value)


def short(value: Any, width: int = _WIDTH) -> str:
    """One line for one value, cut in the middle if it is long."""
    if isinstance(value, np.ndarray) or is_tensor(value):
        text = _array_text(value)
    elif isinstance(value, Remote):
        text = f"<{node_of(value).kind}>"
    elif isinstance(value, np.generic):
        text = repr(value.item())
    elif isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 128:
        text = f"an integer of {value.bit_length():,} bits"
    elif isinstance(value, float):
        text = f"{value:.10g}"
        text += ".0" if text.lstrip("-").isdigit() else ""
    elif isinstance(value, list | tuple) and len(value) <= 8:
        inner = ", ".join(short(item, width) for item in value)
        text = f"[{inner}]" if isinstance(value, list) else f"({inner}{',' * (len(value) == 1)})"
    else:
        text = " ".join(_repr(value)[: 10 * width].split())
    return text if len(text) <= width else f"{text[: width - 12]} … {text[-9:]}"


def apart(got: Any, expected: Any) -> tuple[str, str]:
    """One line for each of two values that differ, so that it is seen how."""
    have, wanted = short(got), short(expected)
    if have != wanted:
        return have, wanted
    if isinstance(got, str) and isinstance(expected, str):
        pairs = enumerate(zip(got, expected, strict=False))
        at = next((i for i, (a, b) in pairs if a != b), min(len(got), len(expected)))
        window = slice(max(0, at - _AROUND), at + _AROUND)
        return f"… {got[window]!r} … at {at}", f"… {expected[window]!r} … at {at}"
    return _typed_apart(have, got, wanted, expected)


def kinds_apart(got: Any, expected: Any) -> tuple[str, str]:
    """What kind of thing each of two values is, so that they can be told apart."""
    have, wanted = describe(got), describe(expected)
    return (have, wanted) if have != wanted else _typed_apart(have, got, wanted, expected)


def _typed_apart(have: str, got: Any, wanted: str, expected: Any) -> tuple[str, str]:
    """Two texts that say the same, with the dtypes or the classes behind them."""
    for name in (_dtype, lambda value: type(value).__name__):
        left, right = name(got), name(expected)
        if left != right:
            return f"{have} ({left})", f"{wanted} ({right})"
    return have, wanted


def _dtype(value: Any) -> str:
    return str(getattr(value, "dtype", "")).removeprefix("torch.") or type(value).__name__


def nth(index: int) -> str:
    """A place in a row, counted from 0, as it is said: `1st`, `2nd`, `11th`."""
    ordinals = ("1st", "2nd", "3rd")
    return ordinals[index] if index < 3 else f"{index + 1}th"


def _repr(value: Any) -> str:
    try:
        return repr(value)
    except ValueError:  # an integer with more digits than Python is willing to write
        return f"a {type(value).__name__} with a very long integer"


def _array_text(value: Any) -> str:
    array = array_of(value)
    name = "tensor" if is_tensor(value) else "array"
    if array.size > 12:
        return f"{name} of shape {array.shape}"
    text = np.array2string(array, precision=5, separator=", ", threshold=13, max_line_width=10_000)
    text = " ".join(text.split()).replace("[ ", "[")
    dtype = str(value.dtype).removeprefix("torch.")
    if dtype not in _USUAL[name] and array.dtype.kind not in "US":
        text += f", dtype={dtype}"
    return text if name == "array" and "dtype" not in text else f"{name}({text})"


def numbers(got: Any, expected: Any, differ: Any = None) -> tuple[list[str], list[str]]:
    """The entries of two flat arrays as text, with just enough digits to tell them apart.

    Args:
        differ: which entries must be told apart; by default all that are not the same.
    """
    if differ is None:
        differ = [not _same(x, y) for x, y in zip(got, expected, strict=True)]
    for digits in (5, 8, 12, 15, _ALL, _EXACT):
        left = [_number(x, digits) for x in expected]
        right = [_number(x, digits) for x in got]
        if all(a != b or not d for a, b, d in zip(left, right, differ, strict=True)):
            break
    return right, left


def _same(x: Any, y: Any) -> bool:
    if isinstance(x, float | np.floating) and isinstance(y, float | np.floating):
        x, y = float(x), float(y)  # NumPy rounds a float to the float32 that it is compared with
    return bool(x == y or (x != x and y != y))


def _number(value: Any, digits: int) -> str:
    """A number with so many digits.

    With `_ALL` a float32 has all digits that tell it from other float32s, with `_EXACT` those that
    tell it from a float64: 0.1 is 0.10000000149011612.
    """
    if isinstance(value, np.float32 | np.float16) and digits != _EXACT:
        value = float(str(value))
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, complex):
        return f"{value:.{max(digits, 0) or 17}g}"
    if not isinstance(value, float):
        return short(value)
    text = f"{value:.{digits}g}" if digits > 0 else repr(value)
    return f"{text}.0" if text.lstrip("-").isdigit() else text
