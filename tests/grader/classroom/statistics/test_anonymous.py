"""Small cells are not shared, and cannot be worked out from the others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grader.classroom.statistics.anonymous import suppressed


def test_a_small_cell_takes_another_with_it() -> None:
    assert suppressed({"a": 3, "b": 9, "c": 20}) == {"a": None, "b": None, "c": 20}
    assert suppressed({"a": 5, "b": 0, "c": 20}) == {"a": 5, "b": 0, "c": 20}


def test_small_ones_that_are_few_together_take_another_with_them() -> None:
    assert suppressed({"a": 1, "b": 2, "c": 7, "d": 9}) == {"a": None, "b": None, "c": None, "d": 9}


@given(st.dictionaries(st.integers(), st.integers(0, 30), max_size=8), st.integers(2, 8))
def test_nothing_small_is_left_and_nothing_follows_from_the_sum(
    cells: dict[int, int], k: int
) -> None:
    found = suppressed(cells, k)
    assert found.keys() == cells.keys()
    assert all(value is None or value == 0 or value >= k for value in found.values())
    hidden = [key for key, value in found.items() if value is None]
    assert len(hidden) != 1 or len(cells) == 1
    if any(0 < cells[key] < k for key in cells) and sum(cells.values()) >= k:
        assert sum(cells[key] for key in hidden) >= k
