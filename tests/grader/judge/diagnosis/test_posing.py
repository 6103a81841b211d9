"""A dtype equals numbers, and is none."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from grader import Course
from grader.judge.diagnosis import posing as module
from grader.judge.diagnosis.contents import Told
from grader.judge.diagnosis.posing import may_pose, posing
from grader.judge.transcript import Call
from grader.sandbox.exchange import Exchange
from grader.sandbox.wire.nodes import HandleNode
from grader.sandbox.wire.protocol import Do, Op
from support.courses import sums
from support.judging import JudgeOf, graded, outcomes

F8 = np.dtype("f8")


def call(value: Any, args: tuple[Any, ...] = ()) -> Call:
    exchange = Exchange(
        Do("call", "f", 0, (), {}, False), (), b"", value, None, (args, {}), "", (), 0
    )
    return Call(exchange, Op("call", "f"), [])


def told(value: Any, right: Told, args: tuple[Any, ...] = ()) -> str:
    found = posing([call(1.0), call(value, args)], lambda i: right if i else Told(1.0))
    return found[0] if found else ""


def test_the_comparisons_that_are_content_with_a_dtype() -> None:
    """Why this module is there: should one of these fail some day, it can go."""
    answer: Any = np.dtype("f8")
    assert answer == np.float64(3.0)
    assert answer == pytest.approx(np.float64(3.0))


@pytest.mark.parametrize(
    ("got", "right"),
    [
        (F8, 3.0),
        (F8, np.ones(3)),
        ([F8, 1.0], [2.0, 1.0]),
        ([F8], 2.0),
        ({"a": (F8,)}, {"a": (2.0,)}),
        (F8, HandleNode(3, "Layer")),
        (F8, None),
    ],
)
def test_a_dtype_where_there_should_be_something_else(got: Any, right: Any) -> None:
    assert may_pose(call(got).exchange)
    assert told(got, Told(right)).startswith("Wrong type: expected ")
    assert told(None, Told(None, args=(right,)), (got,)).startswith("Wrong type: expected ")


@pytest.mark.parametrize(
    ("got", "right"),
    [
        (F8, Told(F8)),
        (F8, Told(np.dtype("f4"))),
        ([F8], Told([F8])),
        (F8, Told(error="ValueError")),
    ],
)
def test_a_dtype_where_one_is_asked_for(got: Any, right: Told) -> None:
    """Which one it is, is for the suite to say."""
    assert told(got, right) == ""


@pytest.mark.parametrize("value", [None, 1.0, np.ones(2), [1.0], {"a": "f8"}, np.float64])
def test_all_else_is_left_alone(value: Any) -> None:
    assert not may_pose(call(value).exchange)


def test_what_cannot_be_compared_is_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(place: int) -> Told:
        while True:
            time.sleep(0.001)

    def full(place: int) -> Told:
        raise MemoryError

    monkeypatch.setattr(module, "_SECONDS", 0.02)
    for right in (late, full):
        found = posing([call(F8)], right)
        assert found is not None
        assert found[0] == "Wrong type: got a Float64DType dtype('float64')."


def test_in_a_judge(course_dir: Any, judge_of: JudgeOf) -> None:
    text = sums.SOLUTION.replace("float(np.asarray(v).sum())", "np.dtype('f8')")
    result = graded(judge_of(Course.load(course_dir)), "sums", text)
    assert outcomes(result) == ["failed", "failed", "passed", "passed"]
    assert result.tests[1].message.startswith("Wrong type: expected the number ")
