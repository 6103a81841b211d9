"""What a docstring lets in, what a call shows, and what is left."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader import awkward
from grader.judge.contract import Asked, kinds, promises, unseen


def function(entry: str, more: str = "", annotation: str = "np.ndarray") -> str:
    """The source of a function with one parameter x, and this entry for it."""
    return f'''
def f(x: {annotation}, n: int = 1) -> float:
    """Do something. {more}

    Args:
        x: {entry}
        n: a number.

    Returns:
        One number, of any shape.

    Examples:
        >>> f(infinity)
    """
'''


ALWAYS = {"not contiguous", "read-only"}
FLOATS = {"float32", "float64"}
WHOLE = {"integers", "uint8"}

ENTRIES = {
    "shape (n,).": ALWAYS | FLOATS,
    "shape (n,), floats.": ALWAYS | FLOATS,
    "shape (n,), integers or floats.": ALWAYS | FLOATS | WHOLE,
    "shape (n,), integers\n            or floats.": ALWAYS | FLOATS | WHOLE,
    "shape (n,), of any integer dtype.": ALWAYS | WHOLE,
    "shape (n,), any dtype.": ALWAYS | FLOATS | WHOLE,
    "shape (n,), float64.": ALWAYS | {"float64"},
    "shape (n,), writeable.": {"not contiguous"} | FLOATS,
    "any shape.": ALWAYS | FLOATS | {"0-d", "empty"},
    "any shape, at least one entry.": ALWAYS | FLOATS | {"0-d"},
    "any shape with at least one axis.": ALWAYS | FLOATS | {"empty"},
    "shape (n,): an array, or a plain list of numbers.": ALWAYS | FLOATS | {"list"},
    "shape (), a number.": set(),
    "a number.": set(),
}


@pytest.mark.parametrize("entry", ENTRIES)
def test_words_of_an_entry(entry: str) -> None:
    found = promises(function(entry))
    assert {promise.kind for promise in found} == ENTRIES[entry]
    assert all(promise.parameters == ("x",) and promise.places == (0,) for promise in found)


def test_tensors_are_never_read_only() -> None:
    found = promises(function("shape (n,), floats.", annotation="torch.Tensor"))
    assert {promise.kind for promise in found} == {"not contiguous"} | FLOATS


def test_functions_are_no_arrays() -> None:
    entry = "a function from shape (n,) to shape (m,)."
    assert promises(function(entry, annotation="Callable[[np.ndarray], np.ndarray]")) == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("0 where x is the zero vector.", "nearly zero"),
        ("A zero row stays zero.", "nearly zero"),
        ("Minus infinity gives 0.", "infinity"),
    ],
)
def test_words_of_the_whole_docstring(words: str, kind: str) -> None:
    assert kind in {promise.kind for promise in promises(function("shape (n,).", words))}
    assert kind not in {promise.kind for promise in promises(function("shape (n,)."))}


def test_an_entry_may_keep_short_vectors_out() -> None:
    words = "0 where x is the zero vector."
    found = promises(function("shape (n,), longer than 1e-6.", words))
    assert "nearly zero" not in {promise.kind for promise in found}


def test_methods_promise_too_and_private_functions_do_not() -> None:
    method = function("shape (n,).").replace("(x", "(self, x").replace("\n", "\n    ")
    source = f"class Layer:{method}\n\n{function('any shape.').replace('def f', 'def _f')}"
    found = promises(source)
    assert {promise.function for promise in found} == {"Layer.f"}
    assert {promise.places for promise in found} == {(0,)}


X = np.array([[3.0, 4.0], [0.0, 1.0]])
FIXED = X.copy()
FIXED.flags.writeable = False

VALUES: list[tuple[Any, set[str]]] = [
    (X, {"float64"}),
    (FIXED, {"float64", "read-only"}),
    (X.T, {"float64", "not contiguous"}),
    (X[::-1].astype(np.float32), {"float32"}),
    (np.array([1, 2]), {"integers"}),
    (np.array([1, 2], np.uint8), {"uint8"}),
    (np.array([1, 2], np.int8), set()),
    (np.array([True]), set()),
    (np.array(1.0), {"float64", "0-d"}),
    (np.zeros((0, 3)), {"float64", "empty"}),
    (np.array([np.inf, 0.0]), {"float64", "infinity"}),
    (np.array([np.inf, 1.0]), {"float64"}),
    (np.array([[1.0, 0.0], [0.0, 1e-20]]), {"float64", "nearly zero"}),
    (np.array([1e-9]), {"float64"}),
    ([1.0, 2.0], {"list"}),
    ([(X, np.array([1], np.uint8))], {"list", "float64", "uint8"}),
    (1.0, set()),
    ("text", set()),
]


@pytest.mark.parametrize(("value", "expected"), VALUES)
def test_kinds_of_a_value(value: Any, expected: set[str]) -> None:
    assert kinds(value) == expected


def test_kinds_of_a_tensor() -> None:
    torch = pytest.importorskip("torch")
    assert kinds(torch.tensor([1.0])) == {"float32"}
    assert kinds(torch.tensor([1e-9], requires_grad=True)) == {"float32", "nearly zero"}
    assert kinds(torch.ones(2, 3).double().T) == {"float64", "not contiguous"}


def test_what_is_left_is_told_with_the_first_test_that_calls() -> None:
    promised = promises(function("shape (n,), integers or floats."))
    asked = [
        Asked("test_a", "g", (awkward(X),), {}),
        Asked("test_b", "f", (awkward(X),), {}),
        Asked("test_c", "f", (), {"x": np.array([1, 2])}),
    ]
    left = list(unseen(promised, asked))
    assert [(promise.kind, test) for promise, test in left] == [
        ("uint8", "test_b"),
        ("float32", "test_b"),
    ]
    assert str(left[0][0]) == "f never saw integers of 8 bits without a sign as x"
    assert [test for _, test in unseen(promised, [])] == [""] * len(promised)
