"""Fingerprints of a text of tokens, by winnowing.

Of each window of `WINDOW` neighbouring k-grams one is chosen, the rightmost of those with the
smallest hash. So a piece of K + WINDOW - 1 tokens that two texts share gives both one fingerprint
in common at least, and nothing shorter than K does (Schleimer, Wilkerson, Aiken 2003).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["WINDOW", "K", "Print", "fingerprints", "grams"]

#: Tokens of a fingerprint, and k-grams of a window: pieces of 15 tokens are always seen.
K, WINDOW = 12, 4


class Print(NamedTuple):
    """A fingerprint, and the number of its first token."""

    value: int
    place: int


def grams(tokens: Sequence[str], k: int = K) -> list[int]:
    """A hash of each k tokens in a row, the same in every process."""
    return [
        int.from_bytes(
            hashlib.blake2b("\0".join(tokens[i : i + k]).encode("utf-8", "replace"),
                            digest_size=8).digest()
        )
        for i in range(len(tokens) - k + 1)
    ]  # fmt: skip


def fingerprints(tokens: Sequence[str], k: int = K, window: int = WINDOW) -> list[Print]:
    """The fingerprints of a text, in their order; one at least where it has k tokens."""
    hashes = grams(tokens, k)
    chosen: dict[int, int] = {}
    for start in range(max(1, len(hashes) - window + 1)):
        part = range(start, min(start + window, len(hashes)))
        if part:
            place = min(part, key=lambda i: (hashes[i], -i))
            chosen[place] = hashes[place]
    return [Print(value, place) for place, value in sorted(chosen.items())]
