"""Comparing an answer with what was expected, in the order a person debugs.

type → number of axes → shape → dtype → finite → values; the first layer that differs is the one
that is named. Facts come from shapes and values, never from the text of a library's error.
"""

from __future__ import annotations

import math
from typing import Any

import msgspec
import numpy as np

from grader.judge.comparing.wording import (
    apart,
    array_of,
    describe,
    kinds_apart,
    numbers,
    short,
)
from grader.sandbox.wire.values import is_tensor

__all__ = ["Difference", "Mismatch", "assert_close", "difference", "tolerance"]

#: Largest side of a matrix that is written out: two of them side by side fill a terminal.
_WHOLE = 8
#: Widest two matrices side by side, in columns: a terminal has 80, less a margin.
_SIDE_BY_SIDE = 76

#: (rtol, atol) by bytes of the less precise dtype; exact for integers and booleans. They leave
#: room for sums that are taken in another order, and none for another formula.
_TOLERANCES = {2: (1e-2, 1e-3), 4: (1e-4, 1e-5), 8: (1e-7, 1e-9)}


#: Kinds of dtypes that hold text -> what they are called.
_TEXTS = {"U": "text", "S": "bytes"}
#: Kinds of dtypes without arithmetic; as objects come integers that no dtype holds.
_NO_NUMBERS = frozenset("OUS")


class Difference(msgspec.Struct, frozen=True):
    """The first layer at which two values differ.

    Args:
        layer: "type", "axes", "shape", "dtype", "finite" or "values".
        headline: one sentence.
        detail: a second sentence, or empty.
        table: expected and got, differing entries marked, or empty.
    """

    layer: str
    headline: str
    detail: str = ""
    table: str = ""

    def __str__(self) -> str:
        return "\n".join(part for part in (self.headline, self.detail, self.table) if part)


class Mismatch(AssertionError):
    """An answer that is not what was expected; carries the difference.

    Args:
        compared: the answer itself, where there is one, by which its call is found.
    """

    def __init__(self, difference: Difference, *compared: object) -> None:
        super().__init__(str(difference))
        self.difference, self.compared = difference, compared


def assert_close(
    got: Any,
    expected: Any,
    *,
    rtol: float | None = None,
    atol: float | None = None,
    dtype: Any = None,
) -> None:
    """Assert that `got` is `expected`: same kind of thing, same shape, same numbers.

    Args:
        got: what the student's code returned.
        expected: a number, bool, str, None, array, tensor, or a list, tuple or dict of them.
        rtol, atol: |got - expected| <= atol + rtol * |expected|; by default they follow the less
            precise dtype of the two: float64 1e-7 and 1e-9, float32 1e-4 and 1e-5, 16-bit floats
            1e-2 and 1e-3, integers exact.
        dtype: the exact dtype that is asked for; by default only its kind must agree.

    A scalar may come as a Python number, a NumPy scalar or an array without axes. A truth value,
    an integer and a number with a fraction are different kinds. (3, 1) never equals (3,). A nan is
    right only where a nan is expected.

    Raises:
        Mismatch: an AssertionError that says at which layer they part.
    """
    __tracebackhide__ = True
    found = difference(got, expected, rtol=rtol, atol=atol, dtype=dtype)
    if found is not None:
        raise Mismatch(found, got)


class _Terms(msgspec.Struct, frozen=True):
    """What is asked for; `kinds` False: an integer may stand for a number with a fraction."""

    rtol: float | None
    atol: float | None
    dtype: Any
    kinds: bool


def difference(
    got: Any,
    expected: Any,
    *,
    rtol: float | None = None,
    atol: float | None = None,
    dtype: Any = None,
    kinds: bool = True,
) -> Difference | None:
    """The first layer at which two values differ, or None.

    Args:
        kinds: whether truth values, integers and numbers with a fraction are different kinds, as
            they are for `assert_close`; for Python's own `==` they are not.
    """
    return _difference(got, expected, _Terms(rtol, atol, dtype, kinds))


def _difference(got: Any, expected: Any, terms: _Terms) -> Difference | None:
    if isinstance(expected, list | tuple):
        return _sequences(got, expected, terms)
    if isinstance(expected, dict):
        return _dicts(got, expected, terms)
    if is_tensor(expected) != is_tensor(got):
        return _wrong_type(got, expected)
    if isinstance(expected, np.ndarray | np.number | np.bool_ | complex | float | int):
        if not isinstance(got, np.ndarray | np.number | np.bool_ | complex | float | int):
            return _wrong_type(got, expected)
        if isinstance(expected, np.ndarray) and expected.ndim and not isinstance(got, np.ndarray):
            return _wrong_type(got, expected)
        return _arrays(got, expected, terms)
    if is_tensor(expected):
        return _arrays(got, expected, terms)
    if isinstance(expected, str | bytes):  # a NumPy string is a string
        got, expected = _plain_text(got), _plain_text(expected)
    if type(got) is not type(expected):
        return _wrong_type(got, expected)
    if got != expected:
        have, wanted = apart(got, expected)
        return Difference("values", f"Wrong answer: expected {wanted}, got {have}.")
    return None


def _plain_text(value: Any) -> Any:
    """NumPy's text and bytes, and an array without axes of them, as Python's own."""
    is_array = isinstance(value, np.ndarray) and not value.ndim and value.dtype.kind in "US"
    return value.item() if is_array or isinstance(value, np.str_ | np.bytes_) else value


def tolerance(got: Any, expected: Any) -> tuple[float, float]:
    """(rtol, atol) for two arrays: those of the less precise floating dtype."""
    sizes = [_real_size(dtype) for dtype in (got.dtype, expected.dtype) if dtype.kind in "fc"]
    if not sizes:
        return 0.0, 0.0
    if got.dtype.kind in "iub":  # exact, but what was expected may be rounded: 0.1 * 30 is not 3
        rounding = 8 * float(np.finfo(expected.dtype).eps)
        return rounding, rounding
    return _TOLERANCES.get(min(sizes), _TOLERANCES[8])


def _real_size(dtype: np.dtype[Any]) -> int:
    return dtype.itemsize // (2 if dtype.kind == "c" else 1)


# --- containers -----------------------------------------------------------------------------


def _sequences(got: Any, expected: Any, terms: _Terms) -> Difference | None:
    kind = tuple if isinstance(expected, tuple) else list
    if not isinstance(got, kind):
        return _wrong_type(got, expected)
    if len(got) != len(expected):
        both = f"expected {short(expected)}, got {short(got)}"
        if "…" in both:
            both = f"expected {len(expected):,} items, got {len(got):,}"
        return Difference("shape", f"Wrong length: {both}.")
    for i, (g, e) in enumerate(zip(got, expected, strict=True)):
        found = _difference(g, e, terms)
        if found is not None:
            return _inside(f"item {i}", found, got, expected)
    return None


def _dicts(got: Any, expected: Any, terms: _Terms) -> Difference | None:
    if not isinstance(got, dict):
        return _wrong_type(got, expected)
    if got.keys() != expected.keys():
        return Difference("shape", f"Wrong keys: {_keys(got, expected)}.")
    for key, e in expected.items():
        found = _difference(got[key], e, terms)
        if found is not None:
            return _inside(short(key), found, got, expected)
    return None


def _keys(got: dict[Any, Any], expected: dict[Any, Any]) -> str:
    """The keys of both, as they are typed: `'0'` is not `0`; only those that differ of many."""
    both = f"expected {short(sorted(expected, key=repr))}, got {short(sorted(got, key=repr))}"
    if "…" not in both:
        return both
    missing = sorted(expected.keys() - got.keys(), key=repr)
    added = sorted(got.keys() - expected.keys(), key=repr)
    sides = ((missing, "is missing"), (added, "is too many"))
    return ", ".join(f"{short(keys)} {what}" for keys, what in sides if keys)


def _inside(place: str, found: Difference, got: Any, expected: Any) -> Difference:
    """A difference of one item, with the whole beside it where that is short."""
    headline = f"{place}: {found.headline[0].lower()}{found.headline[1:]}"
    have, wanted = short(got), short(expected)
    is_telling = not found.table and have != wanted and "…" not in have + wanted
    detail = found.detail or (f"Expected {wanted}, got {have}." if is_telling else "")
    return Difference(found.layer, headline, detail, found.table)


def _wrong_type(got: Any, expected: Any) -> Difference:
    detail = ""
    if got is None:
        detail = "Does every path of the function end in a return?"
        if is_tensor(expected):
            detail += " (None for a gradient: autograd finds no way back.)"
    have, wanted = kinds_apart(got, expected)
    return Difference("type", f"Wrong type: expected {wanted}, got {have}.", detail)


# --- arrays, tensors and scalars --------------------------------------------------------------


def _arrays(got: Any, expected: Any, terms: _Terms) -> Difference | None:
    g, e = array_of(got), array_of(expected)
    if g.ndim != e.ndim:
        return Difference("axes", f"Wrong number of axes: {_versus(got, g, expected, e)}.")
    if g.shape != e.shape:
        return Difference("shape", f"Wrong shape: expected {e.shape}, got {g.shape}.")
    kinds = {_kind(g.dtype), _kind(e.dtype)}
    if len(kinds) > 1 and not kinds.isdisjoint(_TEXTS.values()):
        return _dtypes(got, g, expected, e, None)
    found = _dtypes(got, g, expected, e, terms.dtype) if terms.kinds else None
    if found is not None and found.layer != "dtype":
        return found
    halves = any(str(getattr(value, "dtype", "")) == "torch.bfloat16" for value in (got, expected))
    default_rtol, default_atol = _TOLERANCES[2] if halves else tolerance(g, e)
    rtol = default_rtol if terms.rtol is None else terms.rtol
    atol = default_atol if terms.atol is None else terms.atol
    wrong, not_finite = _wrong_entries(g, e, rtol, atol)
    if not wrong.any():
        return found
    layer = "finite" if (wrong & not_finite).any() else "values"
    values = _wrong_values(layer, g, e, wrong, not_finite)
    return values if found is None else _both(found, values)


def _both(dtype: Difference, values: Difference) -> Difference:
    """A wrong dtype whose values are wrong as well."""
    what, _, where = values.headline.partition(":")
    marked = " (marked >)" if values.table else ""
    return Difference("dtype", dtype.headline, f"{what}, too{marked}:{where}", values.table)


def _versus(got: Any, g: Any, expected: Any, e: Any) -> str:
    wanted = describe(expected) if e.ndim else "a single number"
    have = describe(got) if g.ndim else "a single number"
    return f"expected {wanted}, got {have}"


def _kind(dtype: np.dtype[Any]) -> str:
    names = {"b": "bool", "i": "int", "u": "int", "f": "float", "c": "complex", **_TEXTS}
    return names.get(dtype.kind, "?")


def _dtypes(got: Any, g: Any, expected: Any, e: Any, dtype: Any) -> Difference | None:
    if dtype is not None:
        wanted = str(dtype).removeprefix("torch.")
        wanted = wanted if is_tensor(got) else np.dtype(dtype).name
        have = _dtype_name(got, g)
        if have != wanted:
            return Difference("dtype", f"Wrong dtype: expected {wanted}, got {have}.")
        return None
    have, wanted = _kind(g.dtype), _kind(e.dtype)
    if have == wanted or (have == "int" and wanted == "float" and not g.ndim):
        return None  # the number 5 is a fine answer where 5.0 is expected
    if not g.ndim:
        return _wrong_type(g[()], e[()])
    names = f"expected {_dtype_name(expected, e)}, got {_dtype_name(got, g)}"
    return Difference("dtype", f"Wrong dtype: {names}.")


def _dtype_name(value: Any, array: Any) -> str:
    """A dtype by its own name: as an array, a bfloat16 tensor has another."""
    if is_tensor(value):
        return str(value.dtype).removeprefix("torch.")
    return _TEXTS.get(array.dtype.kind, str(array.dtype.name))


def _wrong_entries(g: Any, e: Any, rtol: float, atol: float) -> tuple[Any, Any]:
    """Where the values differ, and where the answer is nan or infinite and should not be."""
    if g.dtype.kind in "biu" and e.dtype.kind in "biu":
        return g != e, np.zeros(g.shape, bool)
    if not _NO_NUMBERS.isdisjoint((g.dtype.kind, e.dtype.kind)):
        return np.asarray(g != e), np.zeros(g.shape, bool)
    g = g.astype(np.complex128 if g.dtype.kind == "c" else np.float64, copy=False)
    e = e.astype(np.complex128 if e.dtype.kind == "c" else np.float64, copy=False)
    with np.errstate(all="ignore"):
        finite = np.isfinite(g) & np.isfinite(e)
        close = np.abs(g - e) <= atol + rtol * np.abs(e)
    same = (g == e) | (np.isnan(g) & np.isnan(e))
    wrong = ~np.where(finite, close, same)
    return wrong, ~np.isfinite(g) & np.isfinite(e)


def _wrong_values(layer: str, g: Any, e: Any, wrong: Any, not_finite: Any) -> Difference:
    if not g.ndim:
        right, left = numbers([g[()]], [e[()]])
        what = "Not a finite number" if layer == "finite" else "Wrong value"
        return Difference(layer, f"{what}: expected {left[0]}, got {right[0]}.")
    first = tuple(int(i) for i in np.argwhere(not_finite if layer == "finite" else wrong)[0])
    right, left = numbers([g[first]], [e[first]])
    what = "Not finite" if layer == "finite" else "Wrong values"
    headline = f"{what}: at {list(first)} expected {left[0]}, got {right[0]}."
    detail = f"{int(wrong.sum()):,} of {g.size:,} entries differ"
    if g.ndim <= 2 and all(0 < n <= _WHOLE for n in g.shape):
        return Difference(layer, headline, f"{detail} (marked >):", _table(g, e, wrong))
    if not _NO_NUMBERS.isdisjoint((g.dtype.kind, e.dtype.kind)):
        return Difference(layer, headline, f"{detail}.")
    return Difference(layer, headline, f"{detail}; {_worst(g, e, wrong)}.")


def _worst(g: Any, e: Any, wrong: Any) -> str:
    """The five entries that are furthest off."""
    with np.errstate(all="ignore"):
        off = np.abs(g.astype(complex) - e.astype(complex))
    off = np.where(np.isnan(off) & wrong, math.inf, np.where(wrong, off, -1.0))
    order = np.argsort(-off, axis=None, kind="stable")[: min(5, int(wrong.sum()))]
    places = [tuple(int(i) for i in np.unravel_index(k, g.shape)) for k in order]
    right, left = numbers([g[p] for p in places], [e[p] for p in places])
    cells = [f"{list(p)} {a}→{b}" for p, a, b in zip(places, left, right, strict=True)]
    return "worst (expected→got) " + ", ".join(cells)


def _table(g: Any, e: Any, wrong: Any) -> str:
    """Expected and got, entry by entry; `>` marks the entries that differ."""
    marks = wrong.ravel()
    right, left = numbers(list(g.ravel()), list(e.ravel()), marks)
    columns = g.shape[-1]
    want = _grid(left, marks, columns)
    have = _grid(right, marks, columns)
    width = max(len("expected"), *map(len, want))
    if width + 3 + max(map(len, have)) <= _SIDE_BY_SIDE:
        lines = [f"{'expected':<{width}}   got"]
        lines += [f"{a:<{width}}   {b}" for a, b in zip(want, have, strict=True)]
        return "\n".join(lines)
    return "\n".join(["expected", *want, "got", *have])


def _grid(cells: list[str], marks: Any, columns: int) -> list[str]:
    width = max(map(len, cells))
    rows = []
    for start in range(0, len(cells), columns):
        row = zip(cells[start : start + columns], marks[start : start + columns], strict=True)
        rows.append(" ".join(f"{'>' if mark else ' '}{cell:>{width}}" for cell, mark in row))
    return rows
