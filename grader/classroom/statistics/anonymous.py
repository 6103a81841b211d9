"""Small cells that are left out when figures are shared, so that nobody is told of a few people.

A cell of fewer than `k` students is left out. Where just one cell of a whole is left out, it could
be worked out from the whole and the others, so the smallest of these goes with it; and where those
that are left out are together fewer than `k`, more go, too (complementary suppression).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

__all__ = ["K", "suppressed"]

#: Students below whom a cell is not shared.
K = 5

Key = TypeVar("Key", bound=Hashable)


def suppressed(cells: Mapping[Key, int], k: int = K) -> dict[Key, int | None]:
    """The cells of a whole, whose sum may be known; None for each that is not to be shared.

    A cell of 0 tells of nobody and stays, unless others need its company.
    """
    hidden = {key for key, count in cells.items() if 0 < count < k}
    if hidden:
        # The smallest first; of equal ones the first one, so that it is always the same.
        rest = sorted((key for key in cells if key not in hidden), key=lambda key: cells[key])
        rest = [key for key in rest if cells[key]] + [key for key in rest if not cells[key]]
        while rest and (len(hidden) < 2 or sum(cells[key] for key in hidden) < k):
            hidden.add(rest.pop(0))
    return {key: None if key in hidden else count for key, count in cells.items()}
