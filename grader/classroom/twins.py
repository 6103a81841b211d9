"""What is alike is judged once: who is judged for it, and who waits for that.

A hand-in is judged for what nobody else is being judged for, and waits for the rest. It waits only
for hand-ins that began before it did, so nobody waits in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from grader.classroom.gradebook.values import Pair

__all__ = ["Twins"]

T = TypeVar("T")


class Twins(Generic[T]):
    """The pairs of sources and suite that are being judged, and the hand-ins that wait for some.

    Args:
        everyone: whether each is judged for all of its pairs, whoever else is.

    Attributes:
        luck: pairs of which nobody uses what another one came to; nobody waits for them.
    """

    def __init__(self, *, everyone: bool = False) -> None:
        self._everyone = everyone
        self.luck: set[Pair] = set()
        self._under_way: set[Pair] = set()
        self._held: list[tuple[T, frozenset[Pair]]] = []

    def begin(self, pairs: Iterable[Pair]) -> None:
        """A hand-in is judged for these from now."""
        if not self._everyone:
            self._under_way |= {*pairs} - self.luck

    def end(self, pairs: Iterable[Pair]) -> None:
        """What it came to is in the gradebook now, or will not be."""
        self._under_way.difference_update(pairs)

    def awaited(self, pairs: Iterable[Pair]) -> frozenset[Pair]:
        """Those of some pairs that another hand-in is being judged for."""
        return frozenset(self._under_way.intersection(pairs) - self.luck)

    def hold(self, task: T, pairs: Iterable[Pair]) -> None:
        """Keep what is judged itself until nobody is judged for these pairs any more."""
        self._held.append((task, frozenset(pairs)))

    def ready(self) -> T | None:
        """The next that need not be kept any longer, which is not kept then."""
        for place, (task, pairs) in enumerate(self._held):
            if not self.awaited(pairs):
                del self._held[place]
                return task
        return None
