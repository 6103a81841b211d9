"""Arguments that are lent from one idea to the next."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from grader.judge.diagnosis.given import Given
from grader.sandbox.exchange import Exchange, question_of
from grader.sandbox.wire.protocol import Op


def given(*args: Any) -> Given:
    return Given(Exchange(*question_of(Op("call", "f", args=args)), None, None, None, "", (), 0))


def test_what_comes_back_untouched_is_lent_again() -> None:
    arguments = given(np.ones(2), [1.0, np.zeros(3)])
    first = arguments.lend()
    assert arguments.lend()[1].args[0] is not first[1].args[0], "nobody shares them"
    assert arguments.take_back(first)
    assert arguments.lend()[1] is first[1]


def test_what_was_changed_is_not() -> None:
    arguments = given(np.ones(2), torch.ones(2))
    for change in (lambda op: op.args[0].fill(3), lambda op: op.args[1].mul_(2)):
        lent = arguments.lend()
        change(lent[1])
        assert not arguments.take_back(lent)
        assert arguments.lend()[1].args[0].tolist() == [1.0, 1.0]
    assert [each.tolist() for each in arguments.args] == [[1.0, 1.0], [1.0, 1.0]]


def test_what_collects_gradients_is_not() -> None:
    arguments = given([torch.ones(2, requires_grad=True)])
    lent = arguments.lend()
    lent[1].args[0][0].sum().backward()
    assert arguments.take_back(lent)
    assert arguments.lend()[1].args[0][0].grad is None
