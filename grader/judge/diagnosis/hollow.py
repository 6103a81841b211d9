"""Answers with nothing in them, of which every comparison holds.

`np.allclose(answer, expected)`, `answer == pytest.approx(5)` and a loop over
`zip(answer, expected)` are all content with an empty answer. Where the reference answers with
numbers, an empty answer is wrong, whatever the test made of it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.judge.comparing.wording import describe
from grader.judge.diagnosis.replay import Told
from grader.sandbox.exchange import Exchange
from grader.sandbox.wire.values import is_tensor

__all__ = ["hollow_answer", "is_hollow"]


def is_hollow(value: Any) -> bool:
    """Whether an empty array, tensor, list, tuple or dict stands somewhere in a value."""
    if isinstance(value, np.ndarray) or is_tensor(value):
        return 0 in value.shape
    if isinstance(value, list | tuple | dict):
        inner = value.values() if isinstance(value, dict) else value
        return not value or any(map(is_hollow, inner))
    return False


def hollow_answer(exchange: Exchange, right: Told) -> str:
    """What to say of an answer that is empty where the reference's is not, or nothing."""
    if exchange.raised is not None or right.error or exchange.do.keep:
        return ""
    pairs = [(exchange.value, right.value), *zip(exchange.args, right.args, strict=False)]
    for got, expected in pairs:
        if _missing(got, expected):
            return f"Empty answer: expected {describe(expected)}, got {describe(got)}."
    return ""


def _missing(got: Any, expected: Any) -> bool:
    """Whether `got` has nothing where `expected` has numbers."""
    if isinstance(got, list | tuple) and type(got) is type(expected) and len(got) == len(expected):
        return any(map(_missing, got, expected))
    if isinstance(got, dict) and isinstance(expected, dict) and got.keys() == expected.keys():
        return any(_missing(got[key], value) for key, value in expected.items())
    return not _numbers(got) and is_hollow(got) and _numbers(expected)


def _numbers(value: Any) -> bool:
    """Whether there is a number in a value."""
    if isinstance(value, np.ndarray) or is_tensor(value):
        return 0 not in value.shape
    if isinstance(value, list | tuple | dict):
        return any(map(_numbers, value.values() if isinstance(value, dict) else value))
    return isinstance(value, bool | int | float | complex | np.generic)
