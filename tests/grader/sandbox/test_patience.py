"""The two accounts of one question, on a clock that is set by hand."""

from __future__ import annotations

import math

import pytest

from grader.sandbox import patience
from grader.sandbox.patience import Patience


class Clock:
    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(patience, "time", clock)
    return clock


def test_libraries_do_not_count(clock: Clock) -> None:
    both = Patience(2.0, 20.0)
    assert both.deadline == 102.0
    clock.now += 0.5
    both.turn(True)
    assert both.deadline == 120.5
    clock.now += 7.0
    both.turn(False)
    assert (both.deadline, both.libraries) == (109.0, 13.0)
    clock.now += 1.0
    assert both.used() == 1.5


def test_libraries_have_an_end_of_their_own(clock: Clock) -> None:
    both = Patience(2.0, 3.0)
    both.turn(True)
    clock.now += 9.0
    both.turn(False)
    assert both.libraries == 0.0
    both.turn(True)
    assert both.deadline == clock.now


def test_saying_it_twice_gains_nothing(clock: Clock) -> None:
    both = Patience(2.0, 3.0)
    for _ in range(3):
        clock.now += 0.5
        both.turn(False)
    assert both.deadline == 102.0


def test_without_an_end(clock: Clock) -> None:
    assert Patience(math.inf, math.inf).deadline is None
