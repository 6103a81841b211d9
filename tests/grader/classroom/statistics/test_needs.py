"""Who may need help now, and why."""

from __future__ import annotations

import pytest

from grader.classroom.statistics.needs import Situation, reasons

STUCK = Situation("dot", 2, False, False, 2, ("SquaresTheSum",), True)


def test_the_same_idea_twice_comes_first() -> None:
    others = [
        STUCK._replace(exercise="a", ideas=(), same=3, attempts=3),
        STUCK._replace(exercise="b", ideas=(), same=1, attempts=5),
        STUCK._replace(exercise="c", ideas=(), same=1, attempts=1, ran=False),
        STUCK._replace(exercise="d", same=4, attempts=4),
    ]
    found = reasons([STUCK, *others])
    assert [(why.kind, why.exercise) for why in found] == [
        ("same_idea", "d"), ("same_answer", "a"), ("many_attempts", "b"), ("same_idea", "dot"),
        ("not_run", "c"),
    ]  # fmt: skip
    assert found[0].text == "SquaresTheSum in 4 hand-ins in a row for d."


@pytest.mark.parametrize(
    "changed",
    [
        {"now_passes": True},
        {"passed": True},
        {"attempts": 0},
        {"same": 1},
        {"ideas": (), "same": 2},
    ],
)
def test_who_passes_or_has_just_begun_needs_nobody(changed: dict[str, object]) -> None:
    assert reasons([STUCK._replace(**changed)]) == []  # type: ignore[arg-type]
