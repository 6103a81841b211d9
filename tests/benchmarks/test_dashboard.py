"""The made-up gradebook is the same at every run, and every function that is measured answers."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest

from benchmarks.cohort import fill
from benchmarks.dashboard import ROOT, calls, measured
from grader import Course
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.insight import read
from grader.classroom.insight.refresh import recompute


@pytest.fixture
def course() -> Course:
    whole = Course.load(ROOT)
    return msgspec.structs.replace(whole, units=whole.units[:1])


def made(course: Course, where: Path) -> Gradebook:
    book = Gradebook(course, str(where))
    fill(book, 12)
    recompute(book)
    return book


def test_the_same_seed_gives_the_same_class(course: Course, tmp_path: Path) -> None:
    with made(course, tmp_path / "a.db") as one, made(course, tmp_path / "b.db") as other:
        found = read.items(one)
        assert found == read.items(other)
        assert {item.kept for item in found} == {"all"}
        assert all((item.eventual.value or 0) > 0 for item in found)
        assert read.overview(one).hand_ins == 3 * len(
            {row.key for row in read.students(one).rows if row.tried}
        )


def test_each_function_that_is_measured_answers(course: Course, tmp_path: Path) -> None:
    with made(course, tmp_path / "a.db") as book:
        for name, call in calls(book, random.Random(1)).items():
            median, p95 = measured(call, 2)
            assert 0 < median <= p95, name
