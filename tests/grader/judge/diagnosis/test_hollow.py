"""Empty answers: every comparison holds of them, and they are still wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.judge.diagnosis.hollow import hollow_answer, is_hollow
from grader.judge.diagnosis.replay import Told
from grader.sandbox.exchange import Exchange
from grader.sandbox.wire.protocol import Do, Raised

NOTHING = np.zeros((0, 3))
THREE = np.array([1.0, 2.0, 3.0])


def exchange(
    value: Any, args: tuple[Any, ...] = (), raised: Raised | None = None, keep: bool = False
) -> Exchange:
    do = Do("call", "f", 0, (), {}, keep)
    return Exchange(do, (), b"", value, raised, (args, {}), "", (), 0)


def test_the_comparisons_that_are_content_with_nothing() -> None:
    """Why this module is there: should one of these fail some day, it can go."""
    assert np.allclose(NOTHING, THREE)
    assert np.array([]) == pytest.approx(5.0)
    np.testing.assert_allclose(np.array([]), 5.0)


@pytest.mark.parametrize("value", [NOTHING, [], (), {}, [1.0, []], {"a": NOTHING}, (THREE, [[]])])
def test_hollow(value: Any) -> None:
    assert is_hollow(value)


@pytest.mark.parametrize("value", [None, 0.0, "", b"", THREE, [0], {"a": None}, (THREE, 1)])
def test_not_hollow(value: Any) -> None:
    assert not is_hollow(value)


def test_hollow_tensors() -> None:
    torch = pytest.importorskip("torch")
    assert is_hollow(torch.empty(0))
    assert not is_hollow(torch.ones(1))
    assert "tensor" in hollow_answer(exchange(torch.empty(0)), Told(torch.ones(2)))


@pytest.mark.parametrize(
    ("got", "right"),
    [
        (NOTHING, THREE),
        (NOTHING, 5.0),
        ([], [1.0]),
        ((NOTHING, 1.0), (THREE, 1.0)),
        ([[], []], THREE),
        ({"w": NOTHING}, {"w": THREE}),
        ({}, {"w": THREE}),
    ],
)
def test_an_empty_answer_where_there_are_numbers(got: Any, right: Any) -> None:
    told = hollow_answer(exchange(got), Told(right))
    assert told.startswith("Empty answer: expected ")


@pytest.mark.parametrize(
    ("got", "right"),
    [
        ([], []),
        (NOTHING, np.zeros(0)),
        ((THREE, []), (THREE, None)),
        ([], "none"),
        ({}, {}),
        ((5.0, []), THREE),  # wrong, and the test's business
    ],
)
def test_an_empty_answer_that_may_be_right(got: Any, right: Any) -> None:
    assert hollow_answer(exchange(got), Told(right)) == ""


def test_arguments_that_were_emptied() -> None:
    assert hollow_answer(exchange(None, ([],)), Told(None, "", ([1.0],))).startswith("Empty")


def test_nothing_to_compare_with() -> None:
    raised = Raised("ValueError", "ValueError", "")
    assert hollow_answer(exchange(NOTHING, raised=raised), Told(THREE)) == ""
    assert hollow_answer(exchange(NOTHING, keep=True), Told(THREE)) == ""
    assert hollow_answer(exchange(NOTHING), Told(error="ValueError")) == ""
