"""What a docstring lets come in, and what of it a suite never tried.

A docstring tells what a function takes in a few fixed words, which authors use anyway. Each stands
for a kind of input at which implementations differ, and a suite should ask every function for every
kind that its own docstring lets in. `grade check --contract` names what it leaves out; the words
and the kinds are listed in CONTRIBUTING.md.

This module only reads and compares: it asks nothing and opens nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

from grader.judge.transcript import Call
from grader.sandbox.proxy import Handle
from grader.sandbox.wire.nodes import node_of
from grader.sandbox.wire.values import is_tensor

__all__ = ["Asked", "Promise", "asked_in", "kinds", "promises", "unseen"]

#: What each kind of input is called when it is missing.
_CALLED = {
    "0-d": "an array without axes",
    "empty": "an empty array",
    "float32": "float32",
    "float64": "float64",
    "infinity": "infinity beside a zero",
    "integers": "integers",
    "list": "a list",
    "nearly zero": "a vector that is nearly zero",
    "not contiguous": "an array that is not contiguous",
    "read-only": "a read-only array",
    "uint8": "integers of 8 bits without a sign",
}
#: Length up to which a vector is nearly zero: of an array, of a tensor.
_SHORT = (2e-20, 2e-9)

_ENTRY = re.compile(r"^(\w+): (.*(?:\n\s+.*)*)", re.MULTILINE)
_A_SHAPE = re.compile(r"\bshapes? \([^)]|\bany shape\b")
_NEAR_ZERO = re.compile(r"\bzero (vector|row)|\bnot all zero\b|\b(is|are) zero\b")


class Promise(NamedTuple):
    """A kind of input that a docstring lets in.

    Args:
        function: "f", or "Class.f".
        parameters: those of which one must have had it.
        places: their places among the positional arguments.
        kind: one of the kinds above.
    """

    function: str
    parameters: tuple[str, ...]
    places: tuple[int, ...]
    kind: str

    def __str__(self) -> str:
        return f"{self.function} never saw {_CALLED[self.kind]} as {' or '.join(self.parameters)}"


class Asked(NamedTuple):
    """One call that a suite made: in which test, of what, with which arguments."""

    test: str
    function: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


# --- what is promised ----------------------------------------------------------------------------


def promises(source: str) -> list[Promise]:
    """What the docstrings of a solution's public functions and methods let in."""
    found: list[Promise] = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            found += _of_function(node, node.name)
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                    found += _of_function(inner, f"{node.name}.{inner.name}")
    return found


def _of_function(node: ast.FunctionDef, name: str) -> Iterator[Promise]:
    doc = (ast.get_docstring(node) or "").partition("\nExamples:")[0]
    of_class = "." in name
    names = [arg.arg for arg in node.args.args][of_class:]
    types = {arg.arg: ast.unparse(arg.annotation) for arg in node.args.args if arg.annotation}
    arrays: dict[str, tuple[int, str]] = {}
    for parameter, text in _ENTRY.findall(_section(doc)):
        words = " ".join(text.split())
        kind_of = types.get(parameter, "ndarray")
        if parameter in names and "Callable" not in kind_of and _A_SHAPE.search(words):
            place = names.index(parameter)
            arrays[parameter] = place, words
            tensor = "Tensor" in kind_of
            for kind in _of_entry(words, tensor):
                yield Promise(name, (parameter,), (place,), kind)
    if "infinity" in doc and arrays:
        yield _anywhere(name, arrays, "infinity")
    felt = {key: value for key, value in arrays.items() if "longer than" not in value[1]}
    if _NEAR_ZERO.search(" ".join(doc.split())) and felt:
        yield _anywhere(name, felt, "nearly zero")


def _section(doc: str) -> str:
    """The entries below `Args:`, taken out of their indentation."""
    rest = doc.partition("\nArgs:\n")[2]
    lines = re.split(r"\n(?=\S)", rest)[0].split("\n")
    return "\n".join(line[4:] for line in lines)


def _anywhere(name: str, arrays: dict[str, tuple[int, str]], kind: str) -> Promise:
    return Promise(name, tuple(arrays), tuple(place for place, _ in arrays.values()), kind)


def _of_entry(words: str, tensor: bool) -> Iterator[str]:
    yield "not contiguous"
    if not tensor and "writeable" not in words:
        yield "read-only"
    widths = [width for width in ("float32", "float64") if width in words]
    whole = bool(re.search(r"\binteger|\bany dtype\b", words))
    if whole:
        yield from ("integers", "uint8")
    if widths or not whole or re.search(r"\bfloats\b|\bany dtype\b", words):
        yield from widths or ("float64", "float32")
    if "any shape" in words:
        if "at least one axis" not in words:
            yield "0-d"
        if "at least one entry" not in words:
            yield "empty"
    if "list of numbers" in words:
        yield "list"


# --- what was seen -------------------------------------------------------------------------------


def kinds(value: Any) -> frozenset[str]:
    """The kinds that one argument belongs to, or what is in it."""
    if isinstance(value, list | tuple):
        inner = [kinds(item) for item in value if not isinstance(item, int | float)]
        return frozenset({"list"} if isinstance(value, list) else ()).union(*inner)
    tensor = is_tensor(value)
    if not tensor and not isinstance(value, np.ndarray):
        return frozenset()
    found = {"not contiguous"} if not _is_contiguous(value, tensor) else set()
    if not tensor and not value.flags.writeable:
        found.add("read-only")
    if not value.ndim:
        found.add("0-d")
    array = value.detach().numpy() if tensor else value
    if not array.size:
        found.add("empty")
    if array.dtype == np.uint8:
        found.add("uint8")
    elif array.dtype.kind in "iu" and array.dtype.itemsize >= 4:
        found.add("integers")
    elif array.dtype.kind == "f":
        found.add(array.dtype.name)
        found.update(_sizes(array.astype(np.float64), _SHORT[tensor]))
    return frozenset(found)


def _is_contiguous(value: Any, tensor: bool) -> bool:
    return bool(value.is_contiguous() if tensor else value.flags.c_contiguous)


def _sizes(array: Any, short: float) -> Iterator[str]:
    """Kinds that depend on how large the numbers are."""
    if np.isinf(array).any() and (array == 0).any():
        yield "infinity"
    if array.ndim and array.size:
        lengths = np.linalg.norm(array.reshape(-1, array.shape[-1]), axis=1)
        if ((lengths > 0) & (lengths <= short)).any():
            yield "nearly zero"


# --- what is left --------------------------------------------------------------------------------


def asked_in(test: str, calls: Iterable[Call]) -> Iterator[Asked]:
    """What the calls of a test ask: of functions, of methods, and of instances themselves.

    An instance is asked for what its method `forward` does, as PyTorch has it. What a test put into
    the student's process before counts as the value that it was.
    """
    held: dict[int, Any] = {}
    for call in calls:
        do = call.exchange.do
        args = tuple(_held(value, held) for value in call.args)
        if do.verb == "keep":
            held[call.exchange.kept] = args[0]
        elif do.verb == "call":
            yield Asked(test, do.name, args, call.kwargs)
        elif do.verb == "vjp":
            yield Asked(test, do.name, args[:-1], call.kwargs)  # the last is a gradient
        elif do.verb == "invoke":
            for owner in call.functions:
                method = "forward" if call.name == owner else call.name
                yield Asked(test, f"{owner}.{method}", args, call.kwargs)


def _held(value: Any, held: dict[int, Any]) -> Any:
    return held.get(node_of(value).id) if isinstance(value, Handle) else value


def unseen(promised: Iterable[Promise], asked: Iterable[Asked]) -> Iterator[tuple[Promise, str]]:
    """What was promised and never tried, and the first test that calls its function, or ""."""
    first: dict[str, str] = {}
    seen: set[tuple[str, str | int, str]] = set()
    for call in asked:
        first.setdefault(call.function, call.test)
        given: list[tuple[int | str, Any]] = [*enumerate(call.args), *call.kwargs.items()]
        for place, value in given:
            seen.update((call.function, place, kind) for kind in kinds(value))
    for promise in promised:
        where = (*promise.places, *promise.parameters)
        if not any((promise.function, place, promise.kind) in seen for place in where):
            yield promise, first.get(promise.function, "")
