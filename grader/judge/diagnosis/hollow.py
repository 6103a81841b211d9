"""Answers with nothing in them, of which every comparison holds.

`np.allclose(answer, expected)`, `answer == pytest.approx(5)` and a loop over
`zip(answer, expected)` are all content with an empty answer. Where the reference answers with
something, an empty answer is wrong, whatever the test made of it; and so is one that cannot be
compared with the reference's.

Empty are arrays and tensors without entries, lists, tuples, dicts and texts without items, and
objects that stayed in the student's process and gave nothing when the test asked them: a loop ends
at the first IndexError.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from grader.judge.bound import TookTooLong, at_most_work
from grader.judge.comparing.wording import describe, short
from grader.judge.diagnosis.contents import Told
from grader.judge.diagnosis.replay import EMPTY, NO_HANDLE
from grader.judge.transcript import Call
from grader.sandbox.exchange import Exchange
from grader.sandbox.wire.nodes import HandleNode, List, Node, Remote, Tuple, node_of
from grader.sandbox.wire.values import is_tensor

__all__ = ["Hollow", "hollow_answer", "hollows", "is_hollow", "may_be_hollow", "unchecked"]

#: Most seconds that the reference has for the questions of one test; thrice as many where the
#: processor was somebody else's.
_SECONDS = 10.0
#: Exceptions that say: there is no such item.
_NO_ITEM = ("IndexError", "KeyError")


def is_hollow(value: Any) -> bool:
    """Whether an empty array, tensor, text, list, tuple or dict stands somewhere in a value."""
    if isinstance(value, np.ndarray) or is_tensor(value):
        return 0 in value.shape
    if isinstance(value, str | bytes):
        return not value
    if isinstance(value, list | tuple | dict):
        inner = value.values() if isinstance(value, dict) else value
        return not value or any(map(is_hollow, inner))
    return False


def may_be_hollow(exchange: Exchange) -> bool:
    """Whether an answer has to be compared with the reference's before its test has passed."""
    do = exchange.do
    if exchange.raised is not None:
        return do.verb == "getitem" and exchange.raised.builtin in _NO_ITEM
    if do.verb == "len":
        return bool(exchange.value == 0)
    if do.keep:
        return False  # asked for as an object; what is asked of it tells
    changed = exchange.after[0] if exchange.after is not None else ()
    return any(is_hollow(value) or _has_object(value) for value in (exchange.value, *changed))


class Hollow(NamedTuple):
    """An empty answer in a test that passed.

    Args:
        told: what to say of it.
        refused: the reference raised instead: it is no mistake where the test asked for just that.
    """

    told: str
    call: Call
    refused: bool


def hollows(calls: Sequence[Call], right: Callable[[int], Told]) -> list[Hollow] | None:
    """The empty answers among the calls of a test; None if they cannot be compared.

    That is so where the reference comes to no end, or to no memory, with what it is given.

    Args:
        right: the reference's answer to a call, by its place. Other answers of the student's may
            be what it is asked about, so its time and memory are bounded.
    """
    for seconds in (_SECONDS, 3 * _SECONDS):
        began = time.thread_time()
        try:
            with at_most_work(seconds):
                return list(_hollows(calls, right))
        except Exception:  # whatever the reference makes of what it is given
            return None
        except TookTooLong:
            if time.thread_time() - began > seconds / 2:
                return None  # else the processor was somebody else's
    return None


def _hollows(calls: Sequence[Call], right: Callable[[int], Told]) -> Iterator[Hollow]:
    giving = spoken([call.exchange for call in calls])
    for index, call in enumerate(calls):
        if may_be_hollow(call.exchange):
            answer = right(index)
            told = hollow_answer(call.exchange, answer, giving)
            if told:
                yield Hollow(told, call, answer.error not in ("", NO_HANDLE))


def hollow_answer(exchange: Exchange, right: Told, giving: frozenset[int] = frozenset()) -> str:
    """What to say of an answer that is empty where the reference's is not, or nothing.

    Args:
        giving: numbers of the objects that gave something when they were asked (`spoken`).
    """
    if not may_be_hollow(exchange):
        return ""
    if right.error:
        has_none = right.error != NO_HANDLE and exchange.raised is not None
        return "" if has_none else unchecked(exchange)
    if exchange.raised is not None:
        at = f"at place {short(exchange.do.args[0])}"
        return f"Empty answer: expected {_described(right.value)} {at}, got nothing."
    if exchange.do.verb == "len":
        return f"Empty answer: expected {right.value} items, got none." if right.value else ""
    pairs = [(exchange.value, right.value), *zip(exchange.args, right.args, strict=False)]
    for got, expected in pairs:
        missing = _missing(got, expected, giving)
        if missing is not None:
            return f"Empty answer: expected {_described(missing[1])}, got {describe(missing[0])}."
    return ""


def unchecked(exchange: Exchange) -> str:
    """What to say of an empty answer that could not be compared with the reference's."""
    return f"Empty answer: got {describe(exchange.value)}, which nothing could be compared with."


def spoken(exchanges: Sequence[Exchange]) -> frozenset[int]:
    """Numbers of the objects that gave something when they were asked or handed on."""
    giving: set[int] = set()
    for exchange in reversed(exchanges):  # what came of an object tells whether it gave something
        do = exchange.do
        if exchange.raised is not None or not _says(exchange.value, giving):
            continue
        if do.verb == "len" or (do.verb == "getattr" and _is_none_at_all(exchange.value)):
            continue
        giving.add(do.target)
        giving.update(_numbers_in((*do.args, *do.kwargs.values())))
    return frozenset(giving)


def _says(value: Any, giving: set[int]) -> bool:
    """Whether there is something in an answer."""
    if isinstance(value, Remote):
        return node_of(value).id in giving
    if isinstance(value, list | tuple | dict) and not is_hollow(value):
        inner = value.values() if isinstance(value, dict) else value
        return any(_says(item, giving) for item in inner)
    return not is_hollow(value)


def _is_none_at_all(value: Any) -> bool:
    """Whether a size or a shape says that there is nothing."""
    sizes = value if isinstance(value, tuple) else (value,)
    return any(type(size) is int and size == 0 for size in sizes)


def _numbers_in(nodes: Sequence[Node]) -> list[int]:
    """Numbers of the handles among some nodes, lists of them included."""
    found: list[int] = []
    for node in nodes:
        if isinstance(node, HandleNode):
            found.append(node.id)
        elif isinstance(node, List | Tuple):
            found += _numbers_in(node.items)
    return found


def _has_object(value: Any) -> bool:
    if isinstance(value, list | tuple | dict):
        return any(map(_has_object, value.values() if isinstance(value, dict) else value))
    return isinstance(value, Remote)


def _missing(got: Any, expected: Any, giving: frozenset[int]) -> tuple[Any, Any] | None:
    """A part of `got` that has nothing where `expected` has something, with that part of it."""
    pairs: Iterable[tuple[Any, Any]] = ()
    if isinstance(got, list | tuple) and type(got) is type(expected) and len(got) == len(expected):
        pairs = zip(got, expected, strict=True)
    elif isinstance(got, dict) and isinstance(expected, dict) and got.keys() == expected.keys():
        pairs = [(got[key], value) for key, value in expected.items()]
    elif isinstance(got, Remote):
        silent = node_of(got).id not in giving and not isinstance(expected, HandleNode)
        return (got, expected) if silent and _something(expected) else None
    elif not _something(got) and is_hollow(got) and _something(expected):
        return got, expected
    return next((found for g, e in pairs if (found := _missing(g, e, giving))), None)


def _something(value: Any) -> bool:
    """Whether there is a number, a letter or an object in a value."""
    if isinstance(value, np.ndarray) or is_tensor(value):
        return 0 not in value.shape
    if isinstance(value, str | bytes):
        return bool(value)
    if isinstance(value, list | tuple | dict):
        inner = value.values() if isinstance(value, dict) else value
        return any(item is None or _something(item) for item in inner)
    if isinstance(value, HandleNode):
        return value.id != EMPTY
    return value is not None


def _described(expected: Any) -> str:
    """`describe`, also of what has no value outside of the reference."""
    return f"a {expected.kind}" if isinstance(expected, HandleNode) else describe(expected)
