"""Programs of one exercise, compared by their fingerprints: an index finds the pairs.

Taken away is what stands in the stub, and what is common: what more than a tenth of the class has.
Of the rest, a pair is shown where both share much of it, and much in absolute terms, too.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from grader.classroom.similar.tokens import Token, tokens
from grader.classroom.similar.values import Match, Range
from grader.classroom.similar.winnow import K, fingerprints, grams

__all__ = ["COMMON", "FEWEST", "LEAST", "SHARE", "Alike", "Found", "alike"]

#: More than this part of the class, and more than that many, have what is common.
COMMON, FEWEST = 0.1, 3
#: Tokens of one's own that a program has to have, and that a pair has to share: some ten lines.
LEAST = 80
#: The part of both that a pair has to share.
SHARE = 0.8

Who = TypeVar("Who", bound=Hashable)


class Alike(NamedTuple, Generic[Who]):
    """Two programs that share much; `share` of the one of which it is less."""

    a: Who
    b: Who
    share: float
    tokens: int
    matches: tuple[Match, ...]


class Found(NamedTuple, Generic[Who]):
    """What a comparison came to: pairs, and how many were left out.

    Args:
        own: tokens of the middle program that are not the stub's.
    """

    pairs: list[Alike[Who]]
    own: int
    left_out: int


class _Program:
    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        texts = [token.text for token in found]
        self.grams = grams(texts)
        self.prints = fingerprints(texts)
        #: Which tokens are nobody else's matter: set once what is common is known.
        self.own: set[int] = set()


def alike(
    programs: Mapping[Who, str],
    stub: str = "",
    together: Callable[[Who, Who], bool] = lambda a, b: False,
) -> Found[Who]:
    """The pairs of programs that are nearly the same, the most alike first.

    Args:
        programs: text by whose it is.
        together: whether two work together, so that they are not compared.
    """
    read = {who: _Program(tokens(text)) for who, text in programs.items()}
    given = set(grams([token.text for token in tokens(stub)]))
    common = _common(list(read.values())) | given
    index: dict[int, list[Who]] = {}
    for who, program in read.items():
        program.own = _covered([i for i, value in enumerate(program.grams) if value not in common])
        for value in {each.value for each in program.prints} - common:
            index.setdefault(value, []).append(who)
    candidates: dict[tuple[Who, Who], None] = {}
    for sharing in index.values():
        for n, a in enumerate(sharing):
            for b in sharing[n + 1 :]:
                candidates[a, b] = None
    pairs, left_out = [], 0
    for a, b in candidates:
        if together(a, b):
            left_out += 1
            continue
        pair = _pair(a, b, read[a], read[b], common)
        if pair is not None:
            pairs.append(pair)
    pairs.sort(key=lambda pair: (-pair.share, -pair.tokens, repr((pair.a, pair.b))))
    sizes = [
        len(_covered([i for i, value in enumerate(program.grams) if value not in given]))
        for program in read.values()
    ]
    return Found(pairs, round(statistics.median(sizes)) if sizes else 0, left_out)


def _common(programs: Sequence[_Program]) -> set[int]:
    """The k-grams that too many have."""
    counts: dict[int, int] = {}
    for program in programs:
        for value in set(program.grams):
            counts[value] = counts.get(value, 0) + 1
    most = max(FEWEST, COMMON * len(programs))
    return {value for value, count in counts.items() if count > most}


def _covered(places: Sequence[int]) -> set[int]:
    """The tokens that k-grams at some places cover."""
    return {place + i for place in places for i in range(K)}


def _pair(a: Who, b: Who, one: _Program, other: _Program, common: set[int]) -> Alike[Who] | None:
    if min(len(one.own), len(other.own)) < LEAST:
        return None
    places: dict[int, list[int]] = {}
    for j, value in enumerate(other.grams):
        if value not in common:
            places.setdefault(value, []).append(j)
    shared = [
        (i, j) for i, value in enumerate(one.grams) if value not in common
        for j in places.get(value, ())
    ]  # fmt: skip
    left, right = _covered([i for i, _ in shared]), _covered([j for _, j in shared])
    count = min(len(left), len(right))
    share = min(len(left) / len(one.own), len(right) / len(other.own))
    if count < LEAST or share < SHARE:
        return None
    return Alike(a, b, share, count, _matches(shared, one.tokens, other.tokens))


def _matches(
    shared: Sequence[tuple[int, int]], left: Sequence[Token], right: Sequence[Token]
) -> tuple[Match, ...]:
    """Pieces that go on in both texts, without those inside of longer ones; the longest first."""
    runs: list[tuple[int, int, int]] = []
    ordered = sorted(shared, key=lambda pair: (pair[0] - pair[1], pair[0]))
    for i, j in ordered:
        if runs and runs[-1][0] - runs[-1][1] == i - j and i <= runs[-1][0] + runs[-1][2]:
            start, other, _ = runs[-1]
            runs[-1] = start, other, i + K - start
        else:
            runs.append((i, j, K))
    runs.sort(key=lambda run: -run[2])
    seen: set[int] = set()
    found = []
    for i, j, length in runs:
        piece = set(range(i, i + length))
        if piece <= seen:
            continue
        seen |= piece
        found.append(Match(_lines(left[i : i + length]), _lines(right[j : j + length]), length))
    return tuple(found)


def _lines(piece: Sequence[Token]) -> Range:
    lines = [token.line for token in piece]
    return Range(min(lines), max(lines))
