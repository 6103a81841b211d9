"""The random generators of a worker."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from grader.sandbox import seeds
from grader.sandbox.worker import serve as worker


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
