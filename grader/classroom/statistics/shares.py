"""Shares with their intervals, attempts to pass, and bins.

Interval of a share: Wilson's score interval (E. B. Wilson, JASA 22, 1927), which stays inside of
0..1 and is right for few as for many. Attempts to pass: the product-limit estimate (Kaplan and
Meier, JASA 53, 1958) over attempt numbers, in which who has not passed is known to need more
attempts than they made.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from grader.classroom.statistics.figure import FEW, Figure, undefined

__all__ = ["Z95", "attempts_to_pass", "bins", "mean", "percentile", "share", "wilson"]

#: The normal distribution's quantile of 95 % intervals.
Z95 = 1.959963984540054


def wilson(count: int, n: int, z: float = Z95) -> tuple[float, float]:
    """Wilson's interval of `count` out of `n`, which is at least 1."""
    p = count / n
    middle = p + z * z / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    low = 0.0 if count == 0 else (middle - half) / whole
    high = 1.0 if count == n else (middle + half) / whole
    return low, high


def share(name: str, count: int, n: int, why: str = "Nobody has tried it yet.") -> Figure:
    """`count` out of `n` as a share with its interval; undefined, for the reason `why`, of none."""
    if n <= 0:
        return undefined(name, 0, why)
    low, high = wilson(count, n)
    return Figure(name, count / n, n, low, high, n < FEW)


def mean(
    name: str, total: float, squares: float, n: int, why: str = "Nobody has tried it yet."
) -> Figure:
    """The mean of values in 0..1 by their sum and that of their squares.

    Its interval is the normal one of the mean, cut to 0..1; there is none for one value.
    """
    if n <= 0:
        return undefined(name, 0, why)
    value = total / n
    if n == 1:
        return Figure(name, value, 1, few=True)
    variance = max(0.0, (squares - total * total / n) / (n - 1))
    half = Z95 * math.sqrt(variance / n)
    return Figure(name, value, n, max(0.0, value - half), min(1.0, value + half), n < FEW)


def attempts_to_pass(
    name: str, passed: Iterable[int], others: Iterable[int]
) -> tuple[Figure, float | None, float | None]:
    """The median number of attempts to the first pass, and the first and the third quartile.

    Args:
        passed: for each who passed, the number of the attempt that did.
        others: for each who did not, how many attempts they made.

    Returns:
        The median, and the quartiles; each is the first attempt by which at least that share has
        passed. None, and a median that is undefined, where fewer ever do.
    """
    events, censored = sorted(passed), sorted(others)
    n = len(events) + len(censored)
    if not n:
        return undefined(name, 0, "Nobody has tried it yet."), None, None
    # Exact: a share of exactly one half must not be missed for a rounding error.
    left = Fraction(1)
    reached: dict[Fraction, float] = {}
    for attempt in sorted(set(events)):
        at_risk = sum(e >= attempt for e in events) + sum(c >= attempt for c in censored)
        left *= 1 - Fraction(events.count(attempt), at_risk)
        for part in (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)):
            if 1 - left >= part:
                reached.setdefault(part, float(attempt))
    quartiles = reached.get(Fraction(1, 4)), reached.get(Fraction(3, 4))
    middle = reached.get(Fraction(1, 2))
    if middle is None:
        why = "Fewer than half of those who try it pass, as far as is known."
        return undefined(name, n, why), *quartiles
    return Figure(name, middle, n, few=n < FEW), *quartiles


def bins(values: Iterable[float], count: int = 10) -> tuple[int, ...]:
    """How many values of 0..1 fall into each of `count` equal bins; 1 falls into the last."""
    found = [0] * count
    for value in values:
        found[min(count - 1, int(value * count))] += 1
    return tuple(found)


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest value that at least `part` of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]
