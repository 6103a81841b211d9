"""Who comes how often?"""

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
        raise NotImplementedError

    def add(self, item: str, times: int = 1) -> None:
        """Show it an item."""
        raise NotImplementedError

    def count(self, item: str) -> int:
        """How often it came; 0 for one that never came."""
        raise NotImplementedError

    @property
    def total(self) -> int:
        """All counts together."""
        raise NotImplementedError

    def most_common(self) -> tuple[str, int]:
        """The item that came most often, and how often.

        Raises:
            LookupError: nothing came.
        """
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError
