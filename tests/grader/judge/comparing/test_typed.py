"""Calls as code: what is small can be pasted and run, what is large says what it is."""

from __future__ import annotations

import importlib
import importlib.util
import math
from typing import Any

import numpy as np
import pytest

from grader.judge.comparing.typed import call_text, typed
from grader.sandbox.wire.nodes import HandleNode, Remote
from grader.sandbox.wire.values import identical
from support import needs

torch: Any = importlib.import_module("torch") if importlib.util.find_spec("torch") else None

VALUES = {
    "np.array([3.0, -4.0])": np.array([3.0, -4.0]),
    "np.array([[1, 2], [3, 4]])": np.array([[1, 2], [3, 4]]),
    "np.array([0.1], dtype=np.float32)": np.array([0.1], np.float32),
    "np.array([200], dtype=np.uint8)": np.array([200], np.uint8),
    "np.array([np.nan, np.inf, -np.inf, 0.1])": np.array([math.nan, math.inf, -math.inf, 0.1]),
    "np.array([True, False])": np.array([True, False]),
    "np.array([(1+2j)])": np.array([1 + 2j]),
    "np.array(2.5)": np.array(2.5),
    "np.array([])": np.array([]),
    "np.array([], dtype=np.int64)": np.array([], np.int64),
    "np.zeros((0, 3))": np.zeros((0, 3)),
    "np.zeros((0, 3), dtype=np.int64)": np.zeros((0, 3), np.int64),
    "np.array([1.0], dtype='>f8')": np.array([1.0], ">f8"),
    "np.array(['a', 'bc'])": np.array(["a", "bc"]),
    "np.array([b'a'])": np.array([b"a"]),
    "np.array([], dtype='<U3')": np.array([], "<U3"),
    "np.str_('a')": np.str_("a"),
    "np.bytes_(b'a')": np.bytes_(b"a"),
    "np.float32(0.1)": np.float32(0.1),
    "np.int64(3)": np.int64(3),
    "np.bool_(True)": np.True_,
    "0.1": 0.1,
    'float("nan")': math.nan,
    'float("-inf")': -math.inf,
    "[1, (2.0,), {'a': None}]": [1, (2.0,), {"a": None}],
    "'a b'": "a b",
    "b'a'": b"a",
    "1j": 1j,
    "True": True,
}


@pytest.mark.parametrize("text", VALUES)
def test_a_small_value_can_be_pasted_and_run(text: str) -> None:
    value = VALUES[text]
    assert typed(value) == text
    assert identical(eval(text, {"np": np}), value)


@needs.torch
def test_tensors_can_be_pasted_and_run() -> None:
    for text, value in {
        "torch.tensor([1.0, 0.1])": torch.tensor([1.0, 0.1]),
        "torch.tensor([[1, 2]])": torch.tensor([[1, 2]]),
        "torch.tensor(0.1, dtype=torch.float64)": torch.tensor(0.1, dtype=torch.float64),
        "torch.tensor([0.5], dtype=torch.bfloat16)": torch.tensor([0.5], dtype=torch.bfloat16),
        "torch.tensor([torch.nan, -torch.inf])": torch.tensor([math.nan, -math.inf]),
        "torch.zeros((0, 3))": torch.zeros((0, 3)),
        "torch.tensor([1.0], requires_grad=True)": torch.tensor([1.0], requires_grad=True),
    }.items():
        assert typed(value) == text
        assert identical(eval(text, {"torch": torch}), value)
    assert typed(torch.zeros(4, 5)) == "tensor of shape (4, 5)"
    assert typed(torch.float32) == "torch.float32"


def test_a_large_value_says_what_it_is() -> None:
    assert typed(np.zeros((4, 5))) == "array of shape (4, 5)"
    assert len(typed(list(range(1000)))) <= 60
    assert typed(10**500) == "an integer of 1,661 bits"
    assert typed(Remote(HandleNode(1, "Owl"))) == "<Owl>"
    assert typed(Remote(HandleNode(1, "Owl")), {1: "owl()"}) == "owl()"


def test_calls_as_they_would_be_typed() -> None:
    assert call_text("length", (np.array([3.0, -4.0]),), {}) == "length(np.array([3.0, -4.0]))"
    assert call_text("step", (1.0,), {"rate": 0.5}) == "step(1.0, rate=0.5)"
    assert call_text("f", (), {}) == "f()"


def test_a_call_that_is_too_long_leaves_out_its_longest_arguments() -> None:
    wide, short = np.arange(12.0) / 7, np.array([0.5])
    text = call_text("f", (wide, wide, short), {"y": wide})
    assert text.startswith("f(array of shape (12,), array of shape (12,), np.array([0.5]), y=np.ar")
    assert len(text) <= 310
    assert call_text("f", ("a" * 110,), {}) == f"f('{'a' * 110}')"
