"""How an exercise goes with the rest of a course.

Discrimination is the correlation of the exercise's score with the rest of the course without it
(item-rest): with the exercise in the total, noise alone correlates by about 1/sqrt(k) over k
exercises. Its interval is Fisher's (Metron 1, 1921). Alpha is Cronbach's (Psychometrika 16, 1951).
Upper minus lower: Kelley's groups of 27 % (Journal of Educational Psychology 30, 1939). Efficiency
and weight are the discriminative efficiency and effective weight of Moodle's quiz statistics.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from itertools import pairwise

from grader.classroom.statistics.figure import FEW, Figure, undefined
from grader.classroom.statistics.shares import Z95

__all__ = ["alpha", "alphas_without", "correlation", "discrimination", "efficiency", "fisher",
           "profile", "upper_lower", "weights"]  # fmt: skip

#: Students below whom groups of 27 % are too small to compare, and that part.
_GROUPS, _PART = 50, 0.27

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
    ordered = _ordered(scores, rests)
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


def upper_lower(name: str, scores: Sequence[float], rests: Sequence[float]) -> Figure:
    """The mean score of the upper 27 % by the rest of the course, minus that of the lower 27 %.

    Students of the same rest share the mean of their scores, as in `profile`. -1..1.
    """
    n = len(scores)
    if n < _GROUPS:
        return undefined(name, n, f"It takes {_GROUPS} students who tried this and something else.")
    if min(rests) == max(rests):
        return undefined(name, n, _REST_ALIKE)
    ordered, size = _ordered(scores, rests), round(_PART * n)
    lower, upper = math.fsum(ordered[:size]) / size, math.fsum(ordered[-size:]) / size
    return Figure(name, upper - lower, n, few=n < FEW)


def efficiency(name: str, scores: Sequence[float], rests: Sequence[float]) -> Figure:
    """How much of the discrimination that these scores allow there is, up to 1.

    The covariance of scores with rests over that of both, each in its own order: what it would be
    if the best in this exercise were the best in the rest. An exercise that nearly all pass cannot
    discriminate much; this is not held against it.
    """
    n = len(scores)
    if n < 3:
        return undefined(name, n, "It takes three students who tried this and something else.")
    most = _covariance(sorted(scores), sorted(rests))
    if min(scores) == max(scores) or min(rests) == max(rests) or most <= 0:
        return undefined(name, n, _ALL_ALIKE if min(scores) == max(scores) else _REST_ALIKE)
    return Figure(name, _covariance(scores, rests) / most, n, few=n < FEW)


def alphas_without(name: str, rows: Sequence[Sequence[float]]) -> list[Figure]:
    """Alpha of complete rows without each exercise in turn: above alpha, it spoils the sum."""
    n = len(rows)
    if n < 2 or len(rows[0]) < 3:
        why = "It takes two students who tried every exercise, of which there are three."
        return [undefined(name, n, why)] * (len(rows[0]) if rows else 0)
    columns = list(zip(*rows, strict=True))
    totals = [math.fsum(row) for row in rows]
    spreads = [statistics.pvariance(column) for column in columns]
    inner, k, found = math.fsum(spreads), len(columns) - 1, []
    for column, spread in zip(columns, spreads, strict=True):
        left = statistics.pvariance([t - x for t, x in zip(totals, column, strict=True)])
        if left <= 0:
            found.append(undefined(name, n, "All have the same total without it."))
        else:
            found.append(Figure(name, k / (k - 1) * (1 - (inner - spread) / left), n, few=n < FEW))
    return found


def weights(name: str, rows: Sequence[Sequence[float]]) -> list[Figure]:
    """The part of each exercise in how totals of complete rows differ; together they are 1.

    Undefined for an exercise whose scores fall as the total rises, which weighs against it.
    """
    n = len(rows)
    if n < 2:
        why = "It takes two students who tried every exercise."
        return [undefined(name, n, why)] * (len(rows[0]) if rows else 0)
    totals = [math.fsum(row) for row in rows]
    with_total = [_covariance(column, totals) for column in zip(*rows, strict=True)]
    whole = math.fsum(math.sqrt(each) for each in with_total if each > 0)
    if whole == 0:
        return [undefined(name, n, "All have the same total.")] * len(with_total)
    against = "Its scores fall as the total rises."
    return [
        Figure(name, math.sqrt(each) / whole, n, few=n < FEW)
        if each >= 0
        else undefined(name, n, against)
        for each in with_total
    ]


def _covariance(x: Sequence[float], y: Sequence[float]) -> float:
    n = len(x)
    mean_x, mean_y = math.fsum(x) / n, math.fsum(y) / n
    return math.fsum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / n


def _ordered(scores: Sequence[float], rests: Sequence[float]) -> list[float]:
    """Scores from the weakest rest to the strongest; those of one rest share their mean."""
    groups: dict[float, list[float]] = {}
    for score, rest in zip(scores, rests, strict=True):
        groups.setdefault(rest, []).append(score)
    ordered: list[float] = []
    for rest in sorted(groups):
        alike = groups[rest]
        ordered += [math.fsum(alike) / len(alike)] * len(alike)
    return ordered
