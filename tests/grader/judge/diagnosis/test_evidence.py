"""When the evidence for an idea is enough, on counts made by hand."""

from __future__ import annotations

from collections import Counter
from typing import cast

import pytest

from grader.judge.diagnosis.evidence import Evidence, Level, Sign, Tally, gathered, is_hopeless


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(value=Tally(explained=1)),
        Evidence(value=Tally(explained=3, against=2)),
        Evidence(value=Tally(explained=3, against=1, apart=1)),
        Evidence(value=Tally(explained=2, apart=3), crash=Tally(explained=2)),
        Evidence(value=Tally(explained=4, other=1)),
        Evidence(value=Tally(explained=1), guard=Tally(against=9), manner=Tally(against=9)),
        Evidence(crash=Tally(explained=1)),
        Evidence(guard=Tally(explained=1)),
        Evidence(guard=Tally(explained=3, against=2), manner=Tally(against=9)),
        Evidence(guard=Tally(explained=3, other=2), value=Tally(against=2)),
        Evidence(manner=Tally(explained=2, against=1), guard=Tally(against=9)),
        Evidence(guard=Tally(explained=1), narrow=Tally(against=2, other=2, apart=2)),
    ],
)
def test_enough(evidence: Evidence) -> None:
    assert evidence.holds


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(),
        Evidence(value=Tally(explained=3, other=1)),
        Evidence(value=Tally(explained=2, against=2)),
        Evidence(value=Tally(explained=2, against=1, apart=1)),
        Evidence(value=Tally(explained=1, against=1), guard=Tally(explained=9)),
        Evidence(crash=Tally(explained=9), value=Tally(apart=1)),
        Evidence(crash=Tally(explained=9), value=Tally(against=1)),
        Evidence(crash=Tally(explained=9), value=Tally(other=1)),
        Evidence(guard=Tally(explained=2, against=2)),
        Evidence(guard=Tally(explained=2, against=1), value=Tally(against=1)),
        Evidence(guard=Tally(explained=2, apart=1, other=1)),
        Evidence(manner=Tally(explained=2), value=Tally(against=2)),
    ],
)
def test_not_enough(evidence: Evidence) -> None:
    assert not evidence.holds


def test_signs_are_counted_by_level() -> None:
    signs: Counter[tuple[Sign, Level]] = Counter(
        {
            ("silent", "value"): 5,
            ("explained", "value"): 4,
            ("against", "value"): 3,
            ("apart", "value"): 2,
            ("explained", "crash"): 7,
            ("explained", "guard"): 6,
            ("other", "guard"): 1,
            ("against", "manner"): 1,
            ("other", "narrow"): 2,
        }
    )
    assert gathered(signs, 2) == Evidence(
        Tally(4, 3, 0, 2), Tally(7), Tally(6, 0, 1), Tally(0, 1), Tally(0, 0, 2), exact=2
    )


def test_the_gravest_doubt_comes_first() -> None:
    assert Evidence(manner=Tally(other=1)).doubts < Evidence(narrow=Tally(other=1)).doubts
    assert Evidence(narrow=Tally(apart=9)).doubts < Evidence(guard=Tally(against=1)).doubts
    assert Evidence(guard=Tally(apart=9)).doubts < Evidence(value=Tally(apart=1)).doubts


def test_the_search_ends_where_nothing_is_left_to_find() -> None:
    def signs(**seen: int) -> Counter[tuple[Sign, Level]]:
        found: Counter[tuple[Sign, Level]] = Counter()
        for sign, count in seen.items():
            found[cast(Sign, sign), "value"] = count
        return found

    assert not is_hopeless(signs(other=2), left=8)
    assert is_hopeless(signs(other=2), left=7)
    assert not is_hopeless(signs(other=2, explained=1), left=7)
    assert not is_hopeless(signs(explained=1), left=0)
