"""Answers that compare equal to what they are not.

NumPy reads the other side of `dtype == other` as a dtype: `np.dtype("f8")` equals every float64,
and so every `pytest.approx` of one. Where the reference answers with something else, a dtype is
wrong, whatever the test made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grader.judge.bound import TookTooLong, at_most_work
from grader.judge.comparing.wording import describe
from grader.judge.diagnosis.contents import Told
from grader.judge.transcript import Call
from grader.sandbox.exchange import Exchange
from grader.sandbox.wire.nodes import HandleNode

__all__ = ["may_pose", "posing"]

#: Most seconds that the reference has for the questions of one test.
_SECONDS = 10.0


def may_pose(exchange: Exchange) -> bool:
    """Whether a dtype stands somewhere in an answer."""
    changed = exchange.after[0] if exchange.after is not None else ()
    return any(map(_has_dtype, (exchange.value, *changed)))


def posing(calls: Sequence[Call], right: Callable[[int], Told]) -> tuple[str, Call] | None:
    """The first call that answers with a dtype where the reference does not, and what to say.

    Args:
        right: the reference's answer to a call, by its place. Where it raises, it was asked about
            an answer that was told of before.
    """
    places = [i for i, call in enumerate(calls) if may_pose(call.exchange)]
    try:
        with at_most_work(_SECONDS):
            for i in places:
                told = _told(calls[i].exchange, right(i))
                if told:
                    return told, calls[i]
    except (TookTooLong, MemoryError):  # what cannot be compared is no pass
        call = calls[places[0]]
        return f"Wrong type: got {describe(call.exchange.value)}.", call
    return None


def _told(exchange: Exchange, right: Told) -> str:
    if right.error:
        return ""
    pairs = [(exchange.value, right.value), *zip(exchange.args, right.args, strict=False)]
    for got, expected in pairs:
        if _poses(got, expected):
            is_object = isinstance(expected, HandleNode)
            other = f"a {expected.kind}" if is_object else describe(expected)
            return f"Wrong type: expected {other}, got {describe(got)}."
    return ""


def _has_dtype(value: Any) -> bool:
    if isinstance(value, list | tuple | dict):
        return any(map(_has_dtype, value.values() if isinstance(value, dict) else value))
    return isinstance(value, np.dtype)


def _poses(got: Any, expected: Any) -> bool:
    if isinstance(got, list | tuple) and type(got) is type(expected) and len(got) == len(expected):
        return any(map(_poses, got, expected))
    if isinstance(got, dict) and isinstance(expected, dict) and got.keys() == expected.keys():
        return any(_poses(got[key], value) for key, value in expected.items())
    return _has_dtype(got) and not isinstance(expected, np.dtype)
