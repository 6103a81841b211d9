"""Marks of two ways are compared test by test."""

from __future__ import annotations

import pytest

from benchmarks.marks import Marks, difference, gather

MARKS: list[Marks] = [{"a::x": True, "a::y": False}, {"a::x": False, "a::y": False}]


def test_a_test_passes_if_all_its_runs_do() -> None:
    runs = [("a::x", True), ("a::y[0]", True), ("a::y[b[1]]", False), ("a::y[2]", True)]
    assert gather(runs) == {"a::x": True, "a::y": False}


def test_equal_marks() -> None:
    assert difference(MARKS, [dict(reversed(marks.items())) for marks in MARKS]) is None


@pytest.mark.parametrize(
    ("got", "told"),
    [
        ([], "0 submissions are marked, not 2"),
        ([MARKS[0], {"a::x": False}], "submission 2, a::y: not marked, not lost"),
        ([MARKS[0], {**MARKS[1], "b::z": True}], "submission 2, b::z: passed, not not marked"),
        ([{"a::x": False, "a::y": True}, {}], "submission 1, a::x: lost, not passed"),
    ],
)
def test_the_first_difference_is_named(got: list[Marks], told: str) -> None:
    assert difference(got, MARKS) == told
