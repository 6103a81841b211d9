"""What is remembered of answers that variants gave."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from grader.judge.diagnosis.replay import Memory, Told

VARIANT: Any = SimpleNamespace(exercise=SimpleNamespace(id="sums"), name="TakesTheMean")


def test_an_answer_is_remembered_by_the_calls_before_it() -> None:
    memory = Memory()
    memory.put(VARIANT, b"1", Told(1.0))
    assert memory.get(VARIANT, b"1") == Told(1.0)
    assert memory.get(VARIANT, b"2") is None


def test_too_many_are_forgotten() -> None:
    memory = Memory(most=2)
    for key in (b"1", b"2", b"3"):
        memory.put(VARIANT, key, Told(1.0))
    assert [memory.get(VARIANT, key) is None for key in (b"1", b"2", b"3")] == [True, True, False]


def test_large_ones_are_not_kept_for_good() -> None:
    """A student's answer may be the argument that makes them large, submission after submission."""
    memory = Memory(most_bytes=1 << 16)
    memory.put(VARIANT, b"huge", Told([np.zeros(1 << 10)]))
    assert memory.get(VARIANT, b"huge") is None
    for n in range(40):
        memory.put(VARIANT, bytes([n]), Told({"w": np.zeros(256)}, "", (np.zeros(4),)))
    kept = [n for n in range(40) if memory.get(VARIANT, bytes([n])) is not None]
    assert kept
    assert len(kept) < 32
    assert kept[-1] == 39
