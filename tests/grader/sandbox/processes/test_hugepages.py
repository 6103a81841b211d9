"""Huge pages change what a fork costs, and nothing else."""

import ctypes
import mmap
import sys
from typing import Any

import pytest

from grader.sandbox.processes import hugepages


def test_memory_is_as_it_was() -> None:
    held = bytearray(range(256)) * (1 << 15)
    told = hash(bytes(held))
    assert hugepages.collapse() >= 0
    assert hash(bytes(held)) == told


def test_only_memory_of_our_own_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int, int]] = []

    class Madvise:
        argtypes: Any = None

        def __call__(self, start: int, size: int, advice: int) -> int:
            asked.append((start, size, advice))
            return 0

    library = type("Library", (), {"madvise": Madvise()})()
    monkeypatch.setattr(ctypes, "CDLL", lambda *args, **kwargs: library)
    with mmap.mmap(-1, 8 << 20) as shared:  # anonymous, but shared with children
        mine = bytearray(8 << 20)
        assert hugepages.collapse() == sum(size for _, size, advice in asked if advice == 25)
        assert _is_among(asked, mine)
        assert not _is_among(asked, shared)
        assert all(start % (2 << 20) == size % (2 << 20) == 0 for start, size, _ in asked)


def _is_among(asked: list[tuple[int, int, int]], held: Any) -> bool:
    """Whether the middle of a piece of memory was asked for."""
    middle = ctypes.addressof(ctypes.c_char.from_buffer(held)) + len(held) // 2
    return any(start <= middle < start + size for start, size, _ in asked)


def test_a_kernel_without_them_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    refuses = type("Library", (), {"madvise": type("M", (), {"__call__": lambda *args: -1})()})()
    monkeypatch.setattr(ctypes, "CDLL", lambda *args, **kwargs: refuses)
    assert hugepages.collapse() == 0
    monkeypatch.setattr(sys, "platform", "darwin")
    assert hugepages.collapse() == 0
