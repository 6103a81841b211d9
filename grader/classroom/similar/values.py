"""What is shown of hand-ins that are nearly the same: frozen values."""

from __future__ import annotations

import msgspec

__all__ = ["Case", "Match", "Pair", "Range", "Similarity"]


class Range(msgspec.Struct, frozen=True):
    """Lines of a text, from 1, both ends included."""

    first: int
    last: int


class Match(msgspec.Struct, frozen=True):
    """A piece that two texts share; `tokens`: how long it is."""

    a: Range
    b: Range
    tokens: int


class Pair(msgspec.Struct, frozen=True):
    """Two hand-ins for an exercise that share much of what is their own.

    Args:
        a, b: keys of the students; `a_submission`, `b_submission`: ids of the hand-ins.
        share: of the tokens that are neither the stub's nor common, the part that both have; of
            the one of the two in which it is smaller.
        tokens: how many they share.
        matches: the pieces, the longest first.
    """

    exercise: str
    a: str
    b: str
    a_submission: int
    b_submission: int
    share: float
    tokens: int
    matches: tuple[Match, ...]


class Similarity(msgspec.Struct, frozen=True):
    """An exercise, compared.

    Args:
        compared: how many programs.
        left_out: pairs of group partners that were not looked at.
        own: tokens of the middle program that are not the stub's.
        too_short: why nothing is shown, a sentence; "" where something could be.
        pairs: the most alike first.
    """

    exercise: str
    compared: int
    left_out: int
    own: int
    too_short: str
    pairs: tuple[Pair, ...]


class Case(msgspec.Struct, frozen=True):
    """Two students, and all exercises in which their hand-ins are nearly the same."""

    a: str
    b: str
    pairs: tuple[Pair, ...]

    @property
    def tokens(self) -> int:
        return sum(pair.tokens for pair in self.pairs)
