"""Empty answers: every comparison holds of them, and they are still wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.judge.diagnosis.contents import Told
from grader.judge.diagnosis.hollow import hollow_answer, is_hollow, spoken
from grader.judge.diagnosis.replay import EMPTY, FULL, NO_HANDLE
from grader.sandbox.exchange import Exchange
from grader.sandbox.wire.nodes import HandleNode, Remote
from grader.sandbox.wire.protocol import Do, Raised, Verb

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


@pytest.mark.parametrize(
    "value", [NOTHING, [], (), {}, "", b"", [1.0, []], {"a": NOTHING}, (THREE, [[]])]
)
def test_hollow(value: Any) -> None:
    assert is_hollow(value)


@pytest.mark.parametrize("value", [None, 0.0, "0", THREE, [0], {"a": None}, (THREE, 1)])
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
        ("", [1.0]),
        ([], ["a"]),
        ([], "none"),
        (["", ""], ["a", "b"]),
        ([], [None]),
        ([], HandleNode(FULL, "Table")),
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
        ("", ""),
        (b"", ()),
        ({}, {}),
        ([], HandleNode(EMPTY, "set")),
        ((THREE, ""), (THREE, "")),
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
    assert hollow_answer(exchange(THREE), Told(error=NO_HANDLE)) == ""
    for error in ("ValueError", NO_HANDLE):
        told = hollow_answer(exchange(NOTHING), Told(error=error))
        assert "nothing could be compared with" in told


# --- objects that stayed with the student ---------------------------------------------------------

NO_ITEM = Raised("IndexError", "IndexError", "")


def asked(verb: Verb, value: Any, raised: Raised | None = None, *args: Any) -> Exchange:
    """Something that was asked of object number 1."""
    return Exchange(Do(verb, "", 1, args, {}, False), (), b"", value, raised, ((), {}), "", (), 0)


def its(kind: str) -> Remote:
    return Remote(HandleNode(1, kind))


def test_an_object_that_gave_nothing() -> None:
    answer = exchange(its("deque"))
    assert hollow_answer(answer, Told([1.0])) == "Empty answer: expected a list of 1, got a deque."
    assert hollow_answer(answer, Told(HandleNode(FULL, "Layer"))) == ""
    assert hollow_answer(answer, Told(None)) == ""
    assert hollow_answer(answer, Told([1.0]), frozenset([1])) == ""


GIVEN_ON = Do("call", "g", 0, (HandleNode(1, ""),), {}, False)


@pytest.mark.parametrize(
    ("later", "gives"),
    [
        (asked("getitem", 0.0), True),
        (asked("getattr", THREE), True),
        (asked("fetch", [1.0]), True),
        (Exchange(GIVEN_ON, (), b"", 2.0, None, None, "", (), 0), True),
        (asked("getitem", None, NO_ITEM), False),
        (asked("getitem", []), False),
        (asked("len", 3), False),
        (asked("getattr", 0), False),
        (asked("getattr", (0, 3)), False),
        (asked("getitem", Remote(HandleNode(2, "deque"))), False),
    ],
)
def test_what_makes_an_object_give_something(later: Exchange, gives: bool) -> None:
    assert (1 in spoken([exchange(its("deque")), later])) is gives


def test_a_loop_that_ends_too_early() -> None:
    ended = asked("getitem", None, NO_ITEM, 2)
    told = "Empty answer: expected the number 5.0 at place 2, got nothing."
    assert hollow_answer(ended, Told(5.0)) == told
    assert hollow_answer(ended, Told(error="IndexError")) == ""
    assert "nothing could be compared" in hollow_answer(ended, Told(error=NO_HANDLE))
    assert hollow_answer(asked("len", 0), Told(3)) == "Empty answer: expected 3 items, got none."
    assert hollow_answer(asked("len", 0), Told(0)) == ""
