"""When two answers are the same wrong idea."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from grader.grading.diagnosis import Told, _agrees

INF = math.inf


@pytest.mark.parametrize(
    ("student", "right", "wrong", "same"),
    [
        (-INF, None, 0.0, False),
        (-INF, 2.0, 0.0, False),
        (INF, 2.0, INF, True),
        (INF, 2.0, -INF, False),
        (5.0, INF, 7.0, False),
        (5.0, INF, 5.0, True),
        (math.nan, 0.0, INF, False),
    ],
)
def test_infinite_numbers_agree_with_themselves_alone(
    student: float, right: float | None, wrong: float, same: bool
) -> None:
    def told(value: float | None, kind: Any) -> Told:
        return Told(None, "ValueError") if value is None else Told(kind(value))

    for kind in (float, np.float64, lambda value: np.array([1.0, value])):
        answers = told(student, kind), told(right, kind), told(wrong, kind)
        assert _agrees(*answers) is same
