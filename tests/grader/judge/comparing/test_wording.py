"""How values and calls are written for people."""

from __future__ import annotations

import importlib
import importlib.util
import math
from typing import Any

import numpy as np
import pytest

from grader.judge.comparing.wording import array_of, describe, numbers, short
from grader.sandbox.wire.nodes import HandleNode, Remote
from support import needs

torch: Any = importlib.import_module("torch") if importlib.util.find_spec("torch") else None


class Elsewhere(Remote):
    """Like a handle: what it stands for lies in another process."""

    def __init__(self) -> None:
        super().__init__(HandleNode(1, "Owl"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"), (True, "the truth value True"), (np.bool_(False), "the truth value False"),
        (3, "the integer 3"), (np.uint8(3), "the integer 3"), (2.5, "the number 2.5"),
        (2.0, "the number 2.0"), (1e300, "the number 1e+300"), (1j, "the number 1j"),
        (np.float32(0.5), "the number 0.5"), ("a\nb", "the text 'a\\nb'"),
        ([1, 2], "a list of 2"), ((), "a tuple of 0"), ({"a": 1}, "a dict of 1"),
        (np.zeros((2, 3)), "an array of shape (2, 3)"), ({1}, "a set {1}"),
        (Elsewhere(), "an Owl"), (b"a", "a bytes b'a'"),
        (10**500, "an integer of 1,661 bits"),
    ],
)  # fmt: skip
def test_describe(value: Any, text: str) -> None:
    assert describe(value) == text


@needs.torch
def test_describe_what_torch_has() -> None:
    assert describe(torch.zeros(2, 3)) == "a tensor of shape (2, 3)"
    assert describe(torch.zeros(2, 3).shape) == "the torch.Size (2, 3)"
    assert describe(torch.float32) == "a dtype torch.float32"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1.0"), (-3.0, "-3.0"), (0.1 + 0.2, "0.3"), (math.inf, "inf"), (1e22, "1e+22"),
        (7, "7"), (True, "True"), (2**129, "an integer of 130 bits"), (np.float64(0.5), "0.5"),
        (np.int64(3), "3"), ("a  b", "'a b'"), ([1.0, 2], "[1.0, 2]"), ((1,), "(1,)"),
        ((), "()"), ([[1, 2], (3.0,)], "[[1, 2], (3.0,)]"),
        (np.array([1.0, 2.5]), "[1. , 2.5]"), (np.array([1, 2]), "[1, 2]"),
        (np.array([1], np.int8), "array([1], dtype=int8)"),
        (np.array([[1.0], [2.0]]), "[[1.], [2.]]"), (np.array([]), "[]"),
        (np.zeros((4, 5)), "array of shape (4, 5)"), (np.array(2.0), "2."),
        ([10**5000], "[an integer of 16,610 bits]"),
        ({"a": 10**5000}, "a dict with a very long integer"),
    ],
)  # fmt: skip
def test_short(value: Any, text: str) -> None:
    assert short(value) == text


@needs.torch
def test_short_tensors() -> None:
    assert short(torch.tensor([1.0, 2.0])) == "tensor([1., 2.])"
    assert short(torch.tensor([1.0], dtype=torch.float64)) == "tensor([1.], dtype=float64)"
    assert short(torch.tensor([1.0], dtype=torch.bfloat16)) == "tensor([1.], dtype=bfloat16)"
    assert short(torch.zeros(5, 5)) == "tensor of shape (5, 5)"
    assert array_of(torch.ones(2, requires_grad=True)).tolist() == [1.0, 1.0]


def test_long_values_are_cut_in_the_middle() -> None:
    text = short("abcdefghij" * 20)
    assert len(text) == 60
    assert text.startswith("'abcdefghij")
    assert text.endswith(" … cdefghij'")
    assert "\n" not in short("a\n" * 200)
    assert len(short(list(range(1000)))) == 60


def test_numbers_take_digits_until_they_differ() -> None:
    assert numbers([1.0], [2.0]) == (["1.0"], ["2.0"])
    assert numbers([1.0000001], [1.0]) == (["1.0000001"], ["1.0"])
    assert numbers([math.nan, 1.0], [math.nan, 1.0]) == (["nan", "1.0"], ["nan", "1.0"])
    assert numbers([np.float32(0.1)], [0.1]) == (["0.10000000149011612"], ["0.1"])
    assert numbers([np.float32(0.1)], [0.1], [False]) == (["0.1"], ["0.1"])
    assert numbers([np.float32(0.1)], [np.float32(0.1)]) == (["0.1"], ["0.1"])
    told = (["True", "3"], ["False", "an integer of 1,994 bits"])
    assert numbers([True, 3], [False, 10**600]) == told
    assert numbers([None], ["a"]) == (["None"], ["'a'"])
