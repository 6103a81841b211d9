"""The examples in docstrings: the tests that a student can see.

An example is read from the text, never from a module that was run. What it should come to is read
as data (`value_of`): nothing that stands behind `>>>` in somebody's file is evaluated here.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator
from typing import Any

import msgspec

__all__ = ["Example", "examples_of", "value_of"]


class Example(msgspec.Struct, frozen=True, omit_defaults=True):
    """One `>>>` statement and what it should come to.

    Args:
        source: the statement.
        want: what should be printed; empty where nothing is.
        error: the class of the exception that should be raised, or "".
        line: 1-based line of the statement in its file.
    """

    source: str
    want: str = ""
    error: str = ""
    line: int = 0


def examples_of(source: str) -> dict[str, tuple[Example, ...]]:
    """The examples of each public function, class and method, in the order of the text.

    Raises:
        SyntaxError: the text is not Python.
        ValueError: an example is not written as doctest has it; the message names the line.
    """
    return {name: found for name, node in _public(ast.parse(source)) if (found := _read(node))}


def _public(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        yield node.name, node
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield f"{node.name}.{inner.name}", inner


def _read(node: ast.FunctionDef | ast.ClassDef) -> tuple[Example, ...]:
    doc = ast.get_docstring(node, clean=False)
    if not doc or ">>>" not in doc:
        return ()
    import doctest  # which drags in a debugger: only authors pay for it

    first = node.body[0].lineno
    found = doctest.DocTestParser().get_examples(doc)
    return tuple(
        Example(
            example.source.rstrip("\n"),
            example.want.rstrip("\n"),
            (example.exc_msg or "").partition(":")[0].strip().rpartition(".")[2],
            first + example.lineno,
        )
        for example in found
    )


# --- what an example should come to, as data ----------------------------------------------------


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
