"""What is shared tells of nobody and of no few, and still tells of the class."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import msgspec
import pytest

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.insight import read
from grader.classroom.insight.refresh import refresh
from grader.classroom.insight.shared import shared
from grader.classroom.insight.values import Bin
from grader.classroom.people import Person
from grader.classroom.statistics.figure import Figure
from support.gradebooks import ANGLE, DOUBLE, LENGTH, attempt, course
from support.gradebooks import result as judged

K = 5


@pytest.fixture(scope="module")
def class_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gradebook]:
    """Forty students; one section has two of them, one idea is one student's."""
    chance = random.Random(3)
    with Gradebook(course(), str(tmp_path_factory.mktemp("shared") / "marks.db")) as book:
        book.import_roster(
            [Person(f"s{n}", f"N {n}", section="tiny" if n < 2 else "big") for n in range(40)]
        )
        for n in range(38):
            results = [
                judged(e, test_one=chance.choice(["passed", "passed", "failed"]), sources=f"{n}")
                for e in (LENGTH, DOUBLE)
            ]
            if n:
                results = [msgspec.structs.replace(r, diagnoses=()) for r in results]
            book.settle(attempt(f"s{n}"), results)
        for n in range(3):
            book.settle(attempt(f"s{n}", unit="02_b"), [judged(ANGLE, sources=f"{n}")])
        refresh(book)
        yield book


NO_SHARES = ("score", "alpha", "attempts", "upper_lower", "efficiency", "weight", "alpha_without")


def everything(book: Gradebook) -> list[Any]:
    return [
        read.overview(book), *read.items(book), read.misconceptions(book), read.quality(book),
        read.cohorts(book), *(read.item(book, e.id) for e in book.course.exercises),
    ]  # fmt: skip


def figures(value: Any) -> Iterator[Figure]:
    if isinstance(value, Figure):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from figures(getattr(value, name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from figures(each)
    elif isinstance(value, dict):
        yield from figures(list(value.values()))


def test_no_figure_tells_of_few(class_: Gradebook) -> None:
    checked = 0
    for value in everything(class_):
        for figure in figures(shared(value)):
            if figure.value is None:
                continue
            checked += 1
            assert figure.n >= K
            if figure.name not in NO_SHARES and "disc" not in figure.name:
                count = round(figure.value * figure.n)
                assert count == 0 or count >= K
                assert count == figure.n or figure.n - count >= K
    assert checked > 10


def test_small_cells_bars_and_sections_are_gone(class_: Gradebook) -> None:
    overview = shared(read.overview(class_))
    assert "tiny" not in overview.sections
    assert all(each.count == 0 or each.count >= K for each in overview.scores)
    assert sum(each.count for each in overview.scores) == 38
    assert all(step.reached % K == step.passed % K == 0 for step in overview.funnel)
    assert overview.ideas == shared(read.misconceptions(class_)).cells == ()
    assert [each.section for each in shared(read.cohorts(class_))] == []
    page = shared(read.item(class_, "length"))
    assert all(n == 0 or n >= K for test in page.tests for n in test.outcomes.values())
    assert shared(read.item(class_, "angle")).item.last.why.startswith("Not shared: it would tell")
    assert shared(read.item(class_, "angle")).scores == ()


def test_what_tells_of_many_is_as_it_was(class_: Gradebook) -> None:
    before, after = read.overview(class_), shared(read.overview(class_))
    assert after.eventual == before.eventual
    assert (after.people, after.title) == (before.people, before.title)


def test_bars_are_joined_with_their_neighbours() -> None:
    from grader.classroom.insight.shared import _Shared

    counts = (0, 2, 1, 9, 0, 7, 3)
    bins = [Bin(n / 7, (n + 1) / 7, count) for n, count in enumerate(counts)]
    found = _Shared(K)._bins(bins)
    assert [each.count for each in found] == [0, 12, 0, 10]
    assert (found[0].low, found[-1].high) == (0.0, 1.0)
    assert all(a.high == b.low for a, b in pairwise(found))
