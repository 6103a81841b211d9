"""Answers that a docstring shows, read as data."""

from __future__ import annotations

import math

import numpy as np
import pytest

from grader.judge.comparing.compare import difference
from grader.judge.literals import value_of


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
