"""What pytest collected, as fixtures see it: whose test an item is, its seed, its parameters."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pytest

from grader.sandbox.proxy import Student

__all__ = ["PROVIDER", "Provider", "exercise_of", "read_only_parameters", "seed_of"]


class Provider(Protocol):
    """Where a suite's fixtures come from."""

    def student(self, item: pytest.Item) -> Student:
        """The student's module for one test, ready to be called."""

    def seed(self, item: pytest.Item) -> int:
        """The seed of one test."""

    def close(self) -> None:
        """End what was started."""


PROVIDER: pytest.StashKey[Provider] = pytest.StashKey()


def seed_of(course: str, test: str, seed: int) -> int:
    """A 32-bit seed for one test of one course; `seed` varies all of them together."""
    digest = hashlib.sha256(f"{course}\0{test}\0{seed}".encode()).digest()
    return int.from_bytes(digest[:4], "little")


def read_only_parameters(item: pytest.Item) -> None:
    """Arrays in `parametrize` are shared by all runs: no test may write into them."""
    callspec = getattr(item, "callspec", None)
    for value in getattr(callspec, "params", {}).values():
        for array in _arrays(value):
            array.flags.writeable = False


def _arrays(value: Any) -> Iterator[Any]:
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _arrays(inner)


def exercise_of(path: Path) -> str:
    """The exercise a suite's file marks: `test_magnitude.py` marks `magnitude`."""
    return path.stem.removeprefix("test_")
