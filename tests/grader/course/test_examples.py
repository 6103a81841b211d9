"""Docstring examples: read as text, their answers read as data."""

from __future__ import annotations

import math

import numpy as np
import pytest

from grader.course.examples import Example, examples_of, value_of
from grader.judge.comparing.compare import difference

SOURCE = '''"""A module.

>>> not_taken
"""


def length(v):
    """Length.

    Examples:
        >>> v = [3.0, 4.0]
        >>> length(v)
        5.0
        >>> length("no")
        Traceback (most recent call last):
        ValueError: no vector
    """


def _private(v):
    """>>> _private(1)"""


def silent(v):
    """No examples."""


class Layer:
    """
    >>> Layer(1)
    <Layer>
    """

    def forward(self, x):
        """
        >>> Layer(1).forward(2.0)
        2.0
        """
'''


def test_examples_of_functions_classes_and_methods() -> None:
    found = examples_of(SOURCE)
    assert list(found) == ["length", "Layer", "Layer.forward"]
    assert found["length"] == (
        Example("v = [3.0, 4.0]", "", "", 11),
        Example("length(v)", "5.0", "", 12),
        Example('length("no")', "", "ValueError", 14),
    ) or [e.source for e in found["length"]] == ["v = [3.0, 4.0]", "length(v)", 'length("no")']
    assert found["length"][2].error == "ValueError"


def test_an_example_is_on_its_line() -> None:
    lines = SOURCE.split("\n")
    for examples in examples_of(SOURCE).values():
        for example in examples:
            assert example.source in lines[example.line - 1]


@pytest.mark.parametrize(
    ("want", "expected"),
    [
        ("5.0", 5.0),
        ("-3", -3),
        ("True", True),
        ("None", None),
        ("'similar'", "similar"),
        ("(2+1j)", 2 + 1j),
        ("[1, 2.5]", [1, 2.5]),
        ("(3, 1)", (3, 1)),
        ("{'Z': [1.0], 'A': (2,)}", {"Z": [1.0], "A": (2,)}),
        ("{1, 2}", {1, 2}),
        ("np.float64(0.5)", np.float64(0.5)),
        ("inf", math.inf),
        ("array([ 0.6, -0.8])", np.array([0.6, -0.8])),
        ("array([[1., 2.],\n       [3., 4.]])", np.array([[1.0, 2.0], [3.0, 4.0]])),
        ("array([1, 2], dtype=int8)", np.array([1, 2], dtype=np.int8)),
        ("array([ True, False])", np.array([True, False])),
        ("array([nan, inf])", np.array([math.nan, math.inf])),
        ("array(2.)", np.array(2.0)),
    ],
)
def test_values(want: str, expected: object) -> None:
    got = value_of(want)
    assert type(got) is type(expected)
    assert got == expected if isinstance(expected, set) else difference(got, expected) is None


def test_tensors() -> None:
    torch = pytest.importorskip("torch")
    got = value_of("tensor([1., 2.], dtype=torch.float64)")
    assert got.dtype == torch.float64
    assert got.tolist() == [1.0, 2.0]
    assert value_of("torch.Size([2, 3])") == torch.Size([2, 3])
    assert value_of("torch.float32") is torch.float32
    assert value_of("tensor([0.6000], requires_grad=True)").tolist() == pytest.approx([0.6])


@pytest.mark.parametrize(
    "want",
    [
        "__import__('os').system('true')",
        "open('x')",
        "np.load('x')",
        "np.array.__class__",
        "[x for x in (1,)]",
        "torch._C",
        "array([1.], dtype=os.system)",
        "<Layer object at 0x7f>",
        "f(",
        "",
        "lambda: 1",
        "np.fromfile('x')",
    ],
)
def test_nothing_is_evaluated(want: str) -> None:
    with pytest.raises(ValueError, match=r"plain value|dtype"):
        value_of(want)
