"""The random generators of a worker."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from grader.sandbox import seeds
from grader.sandbox.worker import serve as worker
from grader.sandbox.worker.absent import AbsentModule, StandIns


def test_generators_are_seeded() -> None:
    import random

    def numbers() -> list[float]:
        torch = sys.modules.get("torch")
        more = [float(torch.rand(1))] if torch is not None else []
        return [random.random(), float(np.random.rand()), *more]

    worker.seed_generators(2**40 + 1)
    first = numbers()
    worker.seed_generators(2**40 + 1)
    assert numbers() == first


def test_generators_without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    worker.seed_generators(3)
    first = np.random.rand()
    worker.seed_generators(3)
    assert np.random.rand() == first


def test_generators_go_on_from_where_they_were() -> None:
    import random

    torch = pytest.importorskip("torch")

    def numbers() -> list[float]:
        return [random.random(), float(np.random.rand()), float(torch.rand(1))]

    seeds.seed_generators(5)
    numbers()
    known = seeds.generators()
    then = numbers()
    seeds.seed_generators(6)
    seeds.restore_generators(known)
    assert numbers() == then


def test_pytorch_repeats_its_warnings() -> None:
    torch = pytest.importorskip("torch")
    before = torch.is_warn_always_enabled()
    try:
        torch.set_warn_always(False)
        seeds.warn_always()
        for _ in range(2):
            with pytest.warns(UserWarning, match="deprecated"):
                assert torch.ones(3).T.shape == (3,)
    finally:
        torch.set_warn_always(before)


def test_repeating_warnings_needs_no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    seeds.warn_always()
    assert "torch" not in sys.modules


def test_a_stand_in_is_not_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is not installed, an import at the top of a file costs only what uses it."""
    monkeypatch.setitem(sys.modules, "torch", AbsentModule("torch", StandIns(())))
    seeds.seed_generators(3)
    seeds.warn_always()
    seeds.restore_generators(seeds.generators())
