"""How an exercise goes with the rest: by hand, by another formula, and where it is undefined."""

from __future__ import annotations

import math
import random
import statistics

import numpy as np
import pytest

from grader.classroom.statistics.items import (
    alpha,
    alphas_without,
    correlation,
    discrimination,
    efficiency,
    fisher,
    profile,
    upper_lower,
    weights,
)


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


def test_upper_minus_lower_by_hand() -> None:
    # Of a hundred, 27 are the best by the rest: 20 of them pass; of the weakest 27, 5 pass.
    scores = [1.0] * 5 + [0.0] * 22 + [0.5] * 46 + [1.0] * 20 + [0.0] * 7
    found = upper_lower("d", scores, [n / 100 for n in range(100)])
    assert found.value == pytest.approx((20 - 5) / 27)
    assert (found.n, found.few) == (100, False)


def test_upper_minus_lower_needs_a_class() -> None:
    assert "It takes 50 students" in upper_lower("d", [0.0, 1.0] * 24, [0.1] * 48).why
    assert upper_lower("d", [0.0, 1.0] * 25, [0.1] * 50).why.startswith("All have the same score")
    # Who has the same rest shares the mean: the order of the list decides nothing.
    rests = [0.2] * 30 + [0.8] * 30
    scores = [1.0] * 15 + [0.0] * 15 + [1.0] * 30
    assert upper_lower("d", scores, rests).value == pytest.approx(0.5)
    assert upper_lower("d", scores[::-1], rests[::-1]).value == pytest.approx(0.5)


def test_efficiency_is_the_covariance_over_the_largest_that_there_could_be() -> None:
    chance = np.random.default_rng(3)
    scores = chance.integers(0, 4, 60) / 3
    rests = scores * 0.3 + chance.random(60)
    wanted = np.cov(scores, rests)[0, 1] / np.cov(np.sort(scores), np.sort(rests))[0, 1]
    found = efficiency("e", scores.tolist(), rests.tolist())
    assert found.value == pytest.approx(wanted)
    # One of forty fails, and is the weakest: the correlation is small, and could not be larger.
    easy, rest = [0.0] + [1.0] * 39, [n / 40 for n in range(40)]
    assert discrimination("d", easy, rest).value == pytest.approx(0.2705, abs=1e-4)
    assert efficiency("e", easy, rest).value == pytest.approx(1.0)
    assert efficiency("e", easy, rest[::-1]).value == pytest.approx(-1.0)


@pytest.mark.parametrize("scores", [[1.0, 1.0, 1.0], [0.5, 0.6]])
def test_efficiency_is_undefined_where_nothing_varies(scores: list[float]) -> None:
    assert efficiency("e", scores, [0.1, 0.2, 0.3][: len(scores)]).value is None


def rows(students: int, exercises: int) -> list[list[float]]:
    """Scores of people of some strength."""
    chance = np.random.default_rng(11)
    strength = chance.random((students, 1))
    found: list[list[float]] = np.clip(
        strength + chance.normal(0, 0.3, (students, exercises)), 0, 1
    ).tolist()
    return found


def test_alpha_without_each_is_alpha_of_the_others() -> None:
    scores = rows(40, 5)
    found = alphas_without("a", scores)
    for place, each in enumerate(found):
        others = [row[:place] + row[place + 1 :] for row in scores]
        assert each.value == pytest.approx(alpha("a", others).value)
    # One that is noise spoils the sum.
    noisy = [[*row, float(n % 2)] for n, row in enumerate(scores)]
    whole = alpha("a", noisy).value
    assert whole is not None
    assert (alphas_without("a", noisy)[-1].value or 0) > whole


def test_weights_are_parts_of_a_whole() -> None:
    scores = np.array(rows(40, 4))
    cov = [np.cov(scores[:, i], scores.sum(1), bias=True)[0, 1] for i in range(4)]
    wanted = np.sqrt(cov) / np.sqrt(cov).sum()
    found = [each.value for each in weights("w", scores.tolist())]
    assert found == pytest.approx(wanted.tolist())
    assert sum(each or 0 for each in found) == pytest.approx(1)


def test_an_exercise_against_the_total_has_no_weight() -> None:
    against = [[0.0, 0.1, 0.2], [0.5, 0.5, 0.15], [1.0, 0.9, 0.1]]
    found = weights("w", against)
    assert found[2].value is None
    assert found[2].why == "Its scores fall as the total rises."


@pytest.mark.parametrize(("few", "count"), [([], 0), ([[0.5, 0.5, 0.5]], 3)])
def test_without_students_who_tried_all_nothing_is_said(few: list[list[float]], count: int) -> None:
    for found in (weights("w", few), alphas_without("a", few)):
        assert [each.value for each in found] == [None] * count
        assert all(each.why for each in found)


def test_where_all_have_one_total_nothing_is_said() -> None:
    alike = [[0.5, 0.5, 0.5]] * 4
    assert {each.why for each in weights("w", alike)} == {"All have the same total."}
    assert all(each.value is None for each in alphas_without("a", alike))
