"""Where a class is lost on its way through the course."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["CLIFF", "Stage", "funnel"]

#: Share of the class that is lost between neighbours which makes a cliff.
CLIFF = 0.15


class Stage(NamedTuple):
    """An exercise on the way: who reached it, and the share of the one before who did not."""

    reached: int
    drop: float
    cliff: bool


def funnel(furthest: Sequence[int], people: int) -> list[Stage]:
    """The stages of a course.

    Args:
        furthest: for each exercise in course order, how many students began it and none after it.
        people: the class, those who began nothing included.
    """
    reached, left = [], 0
    for count in reversed(furthest):
        left += count
        reached.append(left)
    reached.reverse()
    before = people
    stages = []
    for count in reached:
        lost = before - count
        drop = lost / before if before else 0.0
        stages.append(Stage(count, drop, bool(people) and lost / people > CLIFF))
        before = count
    return stages
