"""How an exercise goes with the rest of a course.

Discrimination is the correlation of the exercise's score with the rest of the course without it
(item-rest): with the exercise in the total, noise alone correlates by about 1/sqrt(k) over k
exercises. Its interval is Fisher's (Metron 1, 1921). Alpha is Cronbach's (Psychometrika 16, 1951).
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from itertools import pairwise

from grader.classroom.statistics.figure import FEW, Figure, undefined
from grader.classroom.statistics.shares import Z95

__all__ = ["alpha", "correlation", "discrimination", "fisher", "profile"]

_ALL_ALIKE = "All have the same score here, so nothing can go with it."
_REST_ALIKE = "All have the same score in the rest of the course, so nothing can go with it."


def correlation(x: Sequence[float], y: Sequence[float]) -> float | None:
    """Pearson's correlation; None where one of them does not vary."""
    n = len(x)
    mean_x, mean_y = math.fsum(x) / n, math.fsum(y) / n
    xx = math.fsum((a - mean_x) ** 2 for a in x)
    yy = math.fsum((b - mean_y) ** 2 for b in y)
    if min(x) == max(x) or min(y) == max(y):
        return None
    xy = math.fsum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return max(-1.0, min(1.0, xy / math.sqrt(xx * yy)))


def fisher(r: float, n: int, z: float = Z95) -> tuple[float, float] | None:
    """Fisher's interval of a correlation over n pairs; None below four, or at -1 or 1."""
    if n < 4 or abs(r) >= 1:
        return None
    half = z / math.sqrt(n - 3)
    return math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)


def discrimination(name: str, scores: Sequence[float], rests: Sequence[float]) -> Figure:
    """The correlation of scores with the scores in the rest of the course, student by student."""
    n = len(scores)
    if n < 3:
        return undefined(name, n, "It takes three students who tried this and something else.")
    found = correlation(scores, rests)
    if found is None:
        return undefined(name, n, _ALL_ALIKE if min(scores) == max(scores) else _REST_ALIKE)
    low, high = fisher(found, n) or (None, None)
    return Figure(name, found, n, low, high, n < FEW)


def profile(
    scores: Sequence[float], rests: Sequence[float], parts: int = 5
) -> tuple[float | None, ...]:
    """The mean score in each fifth of the class by the rest of the course, the weakest first.

    Students of the same rest stand together and share the mean of their scores, so that the order
    in which they are listed decides nothing.
    """
    n = len(scores)
    if n < parts:
        return (None,) * parts
    groups: dict[float, list[float]] = {}
    for score, rest in zip(scores, rests, strict=True):
        groups.setdefault(rest, []).append(score)
    ordered: list[float] = []
    for rest in sorted(groups):
        alike = groups[rest]
        ordered += [math.fsum(alike) / len(alike)] * len(alike)
    edges = [part * n // parts for part in range(parts + 1)]
    return tuple(math.fsum(ordered[low:high]) / (high - low) for low, high in pairwise(edges))


def alpha(name: str, rows: Sequence[Sequence[float]]) -> Figure:
    """Cronbach's alpha of complete rows: a score of each exercise for each student."""
    n = len(rows)
    if n < 2:
        return undefined(name, n, "It takes two students who tried every exercise.")
    columns = list(zip(*rows, strict=True))
    k = len(columns)
    if k < 2:
        return undefined(name, n, "It takes two exercises.")
    total = statistics.pvariance([math.fsum(row) for row in rows])
    if total == 0:
        return undefined(name, n, "All have the same total.")
    inner = math.fsum(statistics.pvariance(column) for column in columns)
    return Figure(name, k / (k - 1) * (1 - inner / total), n, few=n < FEW)
