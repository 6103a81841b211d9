"""What a docstring's example should come to, read as data: nothing that is printed is evaluated."""

from __future__ import annotations

import ast
import math
from typing import Any

__all__ = ["value_of"]


def value_of(want: str) -> Any:
    """The value that a printed answer stands for: numbers, text, arrays, tensors, collections.

    Raises:
        ValueError: it is the print of something else.
    """
    try:
        return _value(ast.parse(want.strip(), mode="eval").body)
    except (SyntaxError, TypeError, AttributeError, ImportError) as error:
        raise ValueError(f"{want.strip()[:80]!r} is no plain value: {error}") from None


def _value(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value):
            return value
        case ast.Name("nan" | "inf" as name):
            return getattr(math, name)
        case ast.UnaryOp(ast.USub(), operand):
            return -_value(operand)
        case ast.BinOp(left, ast.Add() | ast.Sub() as sign, right):  # a complex number
            return _value(left) + (1 if isinstance(sign, ast.Add) else -1) * _value(right)
        case ast.List(items):
            return [_value(item) for item in items]
        case ast.Tuple(items):
            return tuple(_value(item) for item in items)
        case ast.Set(items):
            return {_value(item) for item in items}
        case ast.Dict(keys, values) if None not in keys:
            return {_value(k): _value(v) for k, v in zip(keys, values, strict=True) if k}
        case ast.Call():
            return _call(node)
        case ast.Attribute(ast.Name("torch"), name) if not name.startswith("_"):
            return _dtype("torch", name)
    raise ValueError(f"{ast.unparse(node)[:80]} is no plain value")


def _call(node: ast.Call) -> Any:
    """`array(…, dtype=…)`, `tensor(…)`, `np.float64(…)`, `torch.Size(…)`."""
    name = ast.unparse(node.func)
    args = [_value(arg) for arg in node.args]
    if name in ("array", "np.array") and len(args) == 1:
        import numpy as np

        return np.array(args[0], dtype=_keyword(node, "numpy"))
    if name in ("tensor", "torch.tensor") and len(args) == 1:
        import torch

        return torch.tensor(args[0], dtype=_keyword(node, "torch"))
    if name == "torch.Size" and len(args) == 1:
        import torch

        return torch.Size(args[0])
    if name.startswith("np.") and len(args) == 1:
        return _dtype("numpy", name.removeprefix("np."))(args[0])
    raise ValueError(f"{name}(…) is no plain value")


def _keyword(node: ast.Call, library: str) -> Any:
    """The dtype that is printed where it is not the default; other keywords say nothing here."""
    for keyword in node.keywords:
        if keyword.arg == "dtype":
            return _dtype(library, ast.unparse(keyword.value).strip("'").rpartition(".")[2])
    return None


def _dtype(library: str, name: str) -> Any:
    if library == "numpy":
        import numpy as np

        found = getattr(np, name, None)
        if isinstance(found, type) and issubclass(found, np.generic):
            return found
        if name in ("bool", "int", "float", "complex"):
            return np.dtype(name).type
    else:
        import torch

        found = getattr(torch, name, None)
        if isinstance(found, torch.dtype):
            return found
    raise ValueError(f"{name} is no dtype")
