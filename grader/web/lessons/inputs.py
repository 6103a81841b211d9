"""From a call that failed to the visualizer that shows it, at exactly those inputs.

A report quotes a call as a student would write it: `magnitude(np.array([3.0, -4.0]))`. It is read
as text; nothing of it is run.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import msgspec

__all__ = ["Picture", "address", "pictures"]

_CALL = re.compile(r"^Call: (\w+\(.*\))$", re.MULTILINE)
#: The largest matrix that a visualizer has fields for.
_LARGEST = 6


class Picture(msgspec.Struct, frozen=True):
    """A visualizer in a mode, with the state that a call gives it."""

    call: str
    function: str
    visualizer: str
    mode: str
    state: dict[str, Any]


def pictures(message: str) -> list[Picture]:
    """The calls in a message that a visualizer can show."""
    found = (_picture(call) for call in _CALL.findall(message))
    return [each for each in found if each is not None]


def address(place: str, state: dict[str, Any]) -> str:
    """The fragment in which a page keeps the state of its visualizer at `place`."""
    return "#" + urlencode({place: msgspec.json.encode(state).decode()})


def _picture(call: str) -> Picture | None:
    try:
        node = ast.parse(call, mode="eval").body
        assert isinstance(node, ast.Call)
        assert isinstance(node.func, ast.Name)
        values = [_value(each) for each in (*node.args, *(k.value for k in node.keywords))]
        # The halves in NumPy and in PyTorch are given the same: one picture shows both.
        known = _SHOWN.get(node.func.id.removesuffix("_torch"))
        shown = known(values) if known is not None else None
    except (SyntaxError, ValueError, AssertionError, IndexError, TypeError, RecursionError):
        return None
    return None if shown is None else Picture(call, node.func.id, *shown)


def _value(node: ast.expr) -> Any:
    """A number, nested lists of an array, or a tuple."""
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name not in ("np.array", "torch.tensor") or not node.args:
            raise ValueError(name)
        node = node.args[0]
    value = ast.literal_eval(node)
    _check(value)
    return value


def _check(value: Any) -> None:
    if isinstance(value, list | tuple):
        for each in value:
            _check(each)
    elif isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("no number")


def _flat(value: Any) -> bool:
    """Whether it is a vector."""
    return isinstance(value, list) and not any(isinstance(x, list) for x in value)


def _plane(*vectors: Any) -> bool:
    """Whether these are vectors of the plane."""
    return all(_flat(v) and len(v) == 2 for v in vectors)


def _matrix(value: Any, rows: int = 0, columns: int = 0) -> bool:
    """Whether it is a matrix that has fields; of these sizes, where they are not 0."""
    if not (isinstance(value, list) and value and all(isinstance(r, list) for r in value)):
        return False
    width = len(value[0])
    fits = len(value) <= _LARGEST and 0 < width <= _LARGEST and {len(r) for r in value} == {width}
    return fits and rows in (0, len(value)) and columns in (0, width)


_Shown = tuple[str, str, dict[str, Any]]
_Show = Callable[[list[Any]], _Shown | None]


def _one(mode: str) -> _Show:
    return lambda v: ("vector", mode, {"a": v[0]}) if _flat(v[0]) and len(v[0]) in (2, 3) else None


def _two(name: str, mode: str) -> _Show:
    return lambda v: (name, mode, {"a": v[0], "b": v[1]}) if _plane(v[0], v[1]) else None


def _map(mode: str) -> _Show:
    """The plane, or where there is none, rows or columns that meet a vector."""

    def shown(v: list[Any]) -> _Shown | None:
        if _matrix(v[0], 2, 2) and _plane(v[1]):
            return "warp", "warp", {"W": v[0], "x": v[1]}
        return _met(mode)(v)

    return shown


def _met(mode: str) -> _Show:
    def shown(v: list[Any]) -> _Shown | None:
        if not (_matrix(v[0]) and _flat(v[1]) and 0 < len(v[1]) <= _LARGEST):
            return None
        return "matmul", mode, {"A": v[0], "x": v[1]}

    return shown


def _neuron(v: list[Any]) -> _Shown | None:
    """A neuron of two weights and one input; or one of a matrix's rows that meets a vector."""
    if not _plane(v[0], v[1]):
        return _met("rows")(v)
    more = {"bias": v[2]} if len(v) > 2 and not isinstance(v[2], list) else {}
    return "dot", "neuron", {"w": v[0], "X": [v[1]], **more}


def _update(v: list[Any]) -> _Shown | None:
    fits = _plane(v[0], v[1]) and not isinstance(v[2], list) and 0 <= v[2] <= 1
    return ("dot", "neuron", {"w": v[0], "X": [v[1]], "eta": v[2]}) if fits else None


def _orders(v: list[Any]) -> _Shown | None:
    fits = _matrix(v[0], 2, 2) and _matrix(v[1], 2, 2)
    return ("warp", "compose", {"A": v[0], "W": v[1]}) if fits else None


def _trace(v: list[Any]) -> _Shown | None:
    fits = _matrix(v[0], 4, 3) and _matrix(v[1], 2, 3) and _plane(v[2])
    return ("forward", "trace", {"X": v[0], "W": v[1], "b": v[2]}) if fits else _layer(v)


def _affine(v: list[Any]) -> _Shown | None:
    if not (_matrix(v[0], 2, 2) and _plane(v[1], v[2])):
        return None
    return "warp", "affine", {"W": v[0], "x": v[1], "b": v[2]}


def _product(v: list[Any]) -> _Shown | None:
    return ("matmul", "product", {"A": v[0], "B": v[1]}) if all(map(_matrix, v[:2])) else None


def _layer(v: list[Any]) -> _Shown | None:
    if not (_matrix(v[0]) and _matrix(v[1]) and len(v[0][0]) == len(v[1][0])):
        return None
    return "matmul", "layer", {"A": v[0], "W": v[1], "b": v[2], "bias": True}


def _shapes(v: list[Any]) -> _Shown | None:
    if not all(isinstance(each, tuple) and len(each) <= 4 for each in v[:2]):
        return None
    return "broadcast", "shapes", {"left": list(v[0]), "right": list(v[1])}


def _strided(v: list[Any]) -> _Shown | None:
    fits = isinstance(v[0], tuple) and len(v[0]) == 2 and all(0 < n <= _LARGEST for n in v[0])
    return ("reshape", "transpose", {"shape": list(v[0])}) if fits and len(v) == 1 else None


def _turned(v: list[Any]) -> _Shown | None:
    if not _matrix(v[0]):
        return None
    return "reshape", "transpose", {"shape": [len(v[0]), len(v[0][0])]}


_SHOWN: dict[str, _Show] = {
    "magnitude": _one("length"),
    "unit_vector": _one("unit"),
    "add": _two("vector", "add"),
    "error": _two("vector", "subtract"),
    "dot_product": _two("dot", "dot"),
    "cosine_similarity": _two("dot", "dot"),
    "angle": _two("dot", "dot"),
    "relation": _two("dot", "dot"),
    "projection": _two("dot", "dot"),
    "pre_activation": _neuron,
    "update": _update,
    "matvec": _map("rows"),
    "matvec_rows": _map("rows"),
    "matvec_columns": _map("columns"),
    "contribution": _met("columns"),
    "affine": _affine,
    "fires": _affine,
    "compare_orders": _orders,
    "entry": _product,
    "matmul": _product,
    "layer": _layer,
    "layer_trace": _trace,
    "broadcast_shape": _shapes,
    "transpose": _turned,
    "contiguous_strides": _strided,
}
