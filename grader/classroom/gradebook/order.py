"""The order of a student's attempts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

__all__ = ["Place", "in_order"]

T = TypeVar("T")


class Place(NamedTuple):
    """Where an attempt stands: as the source counts, as it was recorded, and when it came."""

    number: int
    submission: int
    at: datetime | None


def in_order(attempts: Sequence[T], place: Callable[[T], Place]) -> list[T]:
    """By time where it is known; one without a time comes after those that are counted before."""
    in_count = sorted(((place(each), each) for each in attempts), key=lambda pair: pair[0][:2])
    reached, timed = float("-inf"), []
    for (_, _, at), attempt in in_count:
        time = at.timestamp() if at is not None else reached
        reached = max(reached, time)
        timed.append((time, attempt))
    return [attempt for _, attempt in sorted(timed, key=lambda each: each[0])]
