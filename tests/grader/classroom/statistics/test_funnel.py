"""Where a class is lost on its way."""

from __future__ import annotations

from grader.classroom.statistics.funnel import funnel


def test_who_began_a_later_exercise_has_come_by_the_earlier_ones() -> None:
    # Of 20: 2 began the first and nothing after it, 4 stopped at the second, 12 reached the third.
    stages = funnel([2, 4, 12], 20)
    assert [stage.reached for stage in stages] == [18, 16, 12]
    assert [round(stage.drop, 3) for stage in stages] == [0.1, 0.111, 0.25]
    assert [stage.cliff for stage in stages] == [False, False, True]


def test_a_class_that_has_begun_nothing_or_is_nobody() -> None:
    assert [tuple(stage) for stage in funnel([0, 0], 5)] == [(0, 1.0, True), (0, 0.0, False)]
    assert [tuple(stage) for stage in funnel([0], 0)] == [(0, 0.0, False)]
    assert funnel([], 5) == []
