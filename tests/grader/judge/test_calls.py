"""Which call a failure is about, and how it is written: as a person would type it."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.testing as npt
import pytest

from grader.judge.comparing.compare import assert_close
from grader.sandbox.proxy import Student
from support import needs
from support.judged import Judge

torch: Any = importlib.import_module("torch") if importlib.util.find_spec("torch") else None


def call(judged: Judge, test: Callable[[Student], None]) -> str:
    """The call that a failed test is said to be about."""
    lines = judged(test).message.splitlines()
    return next((line.removeprefix("Call: ") for line in lines if line.startswith("Call: ")), "")


def test_it_is_the_call_that_was_compared_and_not_the_last(judged: Judge) -> None:
    def shape(student: Student) -> None:
        layer = student.keep.Bag(np.ones((2, 3)))
        weight, _ = layer.size, layer.things
        assert weight.shape == (3, 2)

    def value(student: Student) -> None:
        first, _ = student.half(2.0), student.half(4.0)
        assert_close(first, 3.0)

    def plain(student: Student) -> None:
        first, _ = student.half(6.0), student.half(4.0)
        assert first == 1.0

    def library(student: Student) -> None:
        first, _ = student.half(np.ones(2)), student.half(4.0)
        npt.assert_allclose(first, np.ones(2))

    def kind(student: Student) -> None:
        first, _ = student.half(8.0), student.half(4.0)
        assert isinstance(first, int)

    def unusable(student: Student) -> None:
        first, _ = student.half(9.0), student.half(4.0)
        _, _ = first

    assert call(judged, shape) == "Bag(np.array([[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]])).size"
    assert call(judged, value) == "half(2.0)"
    assert call(judged, plain) == "half(6.0)"
    assert call(judged, library) == "half(np.array([1.0, 1.0]))"
    assert call(judged, kind) == "half(8.0)"
    assert call(judged, unusable) == "half(9.0)"


def test_it_is_found_behind_what_the_test_made_of_the_answer(judged: Judge) -> None:
    def derived(student: Student) -> None:
        first, _ = student.half(np.array([2.0, 4.0])), student.half(4.0)
        share = np.ravel(first) * 3
        assert share.min() < -0.9

    def looped(student: Student) -> None:
        each = student.half(2.0), student.half(4.0), student.half(6.0)
        for number in each:
            assert number * 2 < 4

    def viewed(student: Student) -> None:
        first, _ = student.half(np.ones((2, 2))), student.half(4.0)
        assert_close(first[0], np.ones(2))

    def inside(student: Student) -> None:
        first, _ = student.one([np.ones(1)]), student.half(4.0)
        assert_close(first[0], np.zeros(1))

    assert call(judged, derived) == "half(np.array([2.0, 4.0]))"
    assert call(judged, looped) == "half(4.0)"
    assert call(judged, viewed) == "half(np.array([[1.0, 1.0], [1.0, 1.0]]))"
    assert call(judged, inside) == "one([np.array([1.0])])"


def test_what_a_statement_asks_itself_comes_before_older_answers(judged: Judge) -> None:
    def again(student: Student) -> None:
        first = student.half(2.0)
        assert student.half(student.half(first)) == first

    def method(student: Student) -> None:
        bag = student.keep.Bag()
        student.half(2.0)
        assert bag.put(3)[0] == 4

    def common(student: Student) -> None:
        first, _ = student.one(True), student.half(2.0)
        assert first is False

    assert call(judged, again) == "half(0.5)"
    assert call(judged, method) == "Bag().put(3)[0]"
    assert call(judged, common) == "one(True)"


def test_a_handle_stands_for_what_was_asked_of_it(judged: Judge) -> None:
    def unlike(one: object) -> bool:
        return False

    def test(student: Student) -> None:
        bag = student.keep.Bag()
        bag.put("a")
        student.half(2.0)
        assert unlike(bag)

    assert call(judged, test) == "Bag().put('a')"


def test_nothing_was_asked(judged: Judge) -> None:
    def test(student: Student) -> None:
        helper = student.source("lambda x: x")
        assert helper is None

    assert call(judged, test) == ""


GRADIENTS = """
def gradients(a, b):
    a, b = a.clone().requires_grad_(), b.clone().requires_grad_()
    (a * a).sum().backward()
    return a.grad, b.grad
"""


@needs.torch
def test_a_gradient_is_named(judged: Judge) -> None:
    a, b = torch.tensor([1.0]), torch.tensor([0.0])

    def wrong(student: Student) -> None:
        _, (_, for_b) = student.vjp("product", (a, b), torch.tensor(1.0))
        assert_close(for_b, torch.tensor([3.0]))

    def missing(student: Student) -> None:
        _, (for_a, _) = student.vjp("loose", (a, b), torch.tensor(1.0))
        assert_close(for_a, b)

    def nan(student: Student) -> None:
        _, gradients = student.vjp("steep", (a, b), torch.tensor(1.0))
        for got, expected in zip(gradients, (b, a), strict=True):
            assert_close(got, expected)

    def only(student: Student) -> None:
        _, (gradient,) = student.vjp("half", (a,), torch.tensor([1.0]))
        assert_close(gradient, torch.tensor([1.0]))

    def not_a_gradient(student: Student) -> None:
        value, _ = student.vjp("product", (a, b), torch.tensor(1.0))
        assert_close(value, torch.tensor(1.0))

    def helper(student: Student) -> None:
        _, for_b = student.source(GRADIENTS)(a, b)
        assert for_b is not None

    both = "(torch.tensor([1.0]), torch.tensor([0.0]))"
    told = [judged(t).message.splitlines() for t in (wrong, missing, nan, only)]
    assert told[0][:2] == [
        "Gradient of the 2nd argument: wrong values: at [0] expected 3.0, got 1.0.",
        f"Call: gradients of product{both}",
    ]
    assert told[1] == [
        "No gradient reaches the 1st argument.",
        f"Call: gradients of loose{both}",
        "Autograd finds no way back to it.",
    ]
    assert told[2][0] == ("Gradient of the 2nd argument: not finite: at [0] expected 1.0, got nan.")
    assert told[3][0] == "Gradient of the argument: wrong values: at [0] expected 1.0, got 0.5."
    assert judged(not_a_gradient).message.startswith("Wrong value: expected 1.0, got 0.0.\nCall: ")
    assert judged(helper).message == (
        f"b.grad: wrong answer: got None where there must be something.\nCall: helper{both}"
    )


def test_the_expected_exception_is_named(judged: Judge) -> None:
    def nothing(student: Student) -> None:
        with pytest.raises(ValueError, match="two"):
            student.half(6.0)

    def another(student: Student) -> None:
        with pytest.raises((TypeError, IndexError)):
            student.fail(1)

    def other_words(student: Student) -> None:
        with pytest.raises(ValueError, match="few"):
            student.fail(1)

    assert judged(nothing).message == ("Expected ValueError, but it returned 3.0.\nCall: half(6.0)")
    assert judged(another).message.splitlines()[0] == (
        "Expected TypeError or IndexError, but your code raised ValueError: too"
    )
    assert judged(other_words).message == (
        "Expected ValueError with a message like 'few', got 'too\\nmany words'.\nCall: fail(1)"
    )
