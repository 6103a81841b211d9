"""What a call left of its arguments, as far as it has to travel back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.sandbox.exchange import question_of
from grader.sandbox.wire.decoder import Decoder
from grader.sandbox.wire.encoder import Encoder
from grader.sandbox.wire.nodes import HandleNode
from grader.sandbox.wire.protocol import Do, Op
from grader.sandbox.worker.left import Left, left_of


def called(call: Callable[..., Any], *args: Any, **kwargs: Any) -> tuple[Left, Encoder]:
    """What a call leaves of these, and what its result and they were written by."""
    do, sizes, body = question_of(Op("call", "f", 0, args, kwargs))
    decoder, encoder = Decoder(sizes, bytearray(body), lambda node: None), Encoder()
    mine = tuple([decoder.value(node) for node in do.args])
    named = {key: decoder.value(node) for key, node in do.kwargs.items()}
    encoder.node(call(*mine, **named))
    return left_of(do, decoder, encoder, mine, named), encoder


def changed(x: Any) -> None:
    x[0] = 7


@pytest.mark.parametrize("x", [np.arange(3.0), [1, 2], 5])
def test_what_was_left_alone_stays(x: Any) -> None:
    assert called(lambda x, y: 1, x, y=2)[0] == Left(True, (), {})


@pytest.mark.parametrize("x", [np.arange(3.0), [1, 2]])
def test_what_was_changed_comes_back_with_all_others(x: Any) -> None:
    left, _ = called(lambda x, y: changed(x), x, y=2)
    assert not left.same
    assert (len(left.args), left.kwargs) == (1, {"y": 2})


def test_a_result_that_is_an_argument_takes_it_along() -> None:
    """Else the two would be one on this side and two on the other."""
    left, encoder = called(lambda x: x[1:], np.arange(3.0))
    assert not left.same
    assert encoder.body()[0] == [3 * 8], "one buffer for both"


def test_a_handle_stays_one_and_what_could_not_be_read_is_left_out() -> None:
    do = Do("call", "f", 0, (HandleNode(3, "a function"), 1), {"x": 2}, False)
    decoder = Decoder((), bytearray(), lambda node: None)
    assert left_of(do, decoder, Encoder(), (len,), {}) == Left(False, do.args[:1], {})
