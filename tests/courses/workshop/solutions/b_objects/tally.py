"""Who comes how often?

Hints
-----
1. A dictionary from item to count.
2. What is the count of an item that never came?
3. self.counts[item] = self.counts.get(item, ____) + 1

Why it works
------------
A dictionary remembers one number for each key.
"""

from __future__ import annotations


class Tally:
    """Counts what it is shown.

    Examples:
        >>> t = Tally()
        >>> t.add("a")
        >>> t.count("a")
        1
    """

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def add(self, item: str, times: int = 1) -> None:
        """Show it an item."""
        self._counts[item] = self._counts.get(item, 0) + times

    def count(self, item: str) -> int:
        """How often it came; 0 for one that never came."""
        return self._counts.get(item, 0)

    @property
    def total(self) -> int:
        """All counts together."""
        return sum(self._counts.values())

    def most_common(self) -> tuple[str, int]:
        """The item that came most often, and how often.

        Raises:
            LookupError: nothing came.
        """
        if not self._counts:
            raise LookupError("nothing came")
        best = max(self._counts, key=lambda item: self._counts[item])
        return best, self._counts[best]

    def __len__(self) -> int:
        return len(self._counts)
