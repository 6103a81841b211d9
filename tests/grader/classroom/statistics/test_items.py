"""How an exercise goes with the rest: by hand, by another formula, and where it is undefined."""

from __future__ import annotations

import math
import random
import statistics

import pytest

from grader.classroom.statistics.items import alpha, correlation, discrimination, fisher, profile


def test_a_correlation_is_the_librarys() -> None:
    chance = random.Random(7)
    x = [chance.random() for _ in range(50)]
    y = [a + chance.gauss(0, 0.5) for a in x]
    assert correlation(x, y) == pytest.approx(statistics.correlation(x, y))


def test_of_passed_and_not_it_is_the_point_biserial() -> None:
    passed = [1.0, 1.0, 0.0, 1.0, 0.0, 0.0]
    rests = [0.9, 0.8, 0.4, 0.6, 0.5, 0.1]
    high = statistics.mean(r for p, r in zip(passed, rests, strict=True) if p)
    low = statistics.mean(r for p, r in zip(passed, rests, strict=True) if not p)
    wanted = (high - low) / statistics.pstdev(rests) * math.sqrt(0.5 * 0.5)
    assert discrimination("d", passed, rests).value == pytest.approx(wanted)


def test_fishers_interval() -> None:
    # atanh(0.5) = 0.549306; 1.959964 / sqrt(28 - 3) = 0.391993.
    low, high = fisher(0.5, 28) or (0, 0)
    assert (low, high) == (pytest.approx(math.tanh(0.157313), abs=1e-6),
                           pytest.approx(math.tanh(0.941299), abs=1e-6))  # fmt: skip
    assert fisher(0.5, 3) is None
    assert fisher(1.0, 30) is None


@pytest.mark.parametrize(
    ("scores", "rests", "why"),
    [
        ([0.5] * 5, [0.1, 0.2, 0.3, 0.4, 0.5], "All have the same score here"),
        ([0.1, 0.2, 0.3], [1.0] * 3, "All have the same score in the rest"),
        ([0.1, 0.2], [0.3, 0.4], "It takes three students"),
        ([0.1] * 3, [0.1 + 0.2 - 0.2] * 3, "All have the same score here"),
    ],
)
def test_where_nothing_varies_it_is_undefined(
    scores: list[float], rests: list[float], why: str
) -> None:
    found = discrimination("d", scores, rests)
    assert found.value is None
    assert found.why.startswith(why)


def test_an_exercise_that_goes_against_the_rest() -> None:
    found = discrimination("d", [0, 0, 1, 1], [0.9, 0.8, 0.2, 0.1])
    assert found.value is not None
    assert found.value < -0.9
    assert found.few


def test_fifths_rise_from_the_weakest() -> None:
    scores = [0.0] * 4 + [0.5] * 2 + [1.0] * 4
    rests = [n / 10 for n in range(10)]
    assert profile(scores, rests) == (0.0, 0.0, 0.5, 1.0, 1.0)
    assert profile(scores[::-1], rests[::-1]) == (0.0, 0.0, 0.5, 1.0, 1.0)
    assert profile([1.0] * 4, [0.1] * 4) == (None,) * 5


def test_students_with_one_rest_share_their_mean() -> None:
    """Which of them is listed first decides nothing."""
    rests = [0.5] * 10
    assert profile([1.0] * 5 + [0.0] * 5, rests) == (0.5,) * 5
    assert profile([0.0] * 5 + [1.0] * 5, rests) == (0.5,) * 5


def test_alpha_by_hand() -> None:
    # Two exercises: variances 2/3 and 2/3, of the total 8/3 - so 2 * (1 - (4/3)/(8/3)) = 1.
    assert alpha("alpha", [[0, 0], [1, 1], [2, 2]]).value == pytest.approx(1.0)
    # 0/1 scores: Kuder and Richardson's formula 20.
    rows = [[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]]
    pq = sum(p * (1 - p) for p in (3 / 4, 2 / 4, 1 / 4))
    total = statistics.pvariance([3, 2, 1, 0])
    assert alpha("alpha", rows).value == pytest.approx(3 / 2 * (1 - pq / total))


@pytest.mark.parametrize("rows", [[], [[1, 0]], [[1], [0]], [[1, 0], [0, 1]]])
def test_alpha_of_too_little_is_undefined(rows: list[list[float]]) -> None:
    assert alpha("alpha", rows).value is None
    assert alpha("alpha", rows).why
