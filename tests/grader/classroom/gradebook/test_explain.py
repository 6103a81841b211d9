"""Each line of why: the same values that the mark is made of, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.explain import explain, length, moment
from grader.classroom.gradebook.values import Adjustment, Kind
from grader.course.outline import Attempts, Course
from support.gradebooks import DAY, DOE, DUE, HOUR, LATE, LENGTH, MINUTE, attempt, course, result


def told(
    path: Path, *handed: Any, taught: Course | None = None, entries: Sequence[Adjustment] = ()
) -> list[tuple[str, str]]:
    """What is said of Jane Doe's `length`."""
    taught = taught or course()
    with Gradebook(taught, str(path / "marks.db")) as book:
        book.import_roster([DOE])
        for one, judged in handed:
            book.settle(one, [judged])
        book.adjust(entries)
        [student] = book.marks(["doe"])
        mark = student.mark("length")
        assert mark is not None
        steps = explain(taught, student, mark, book.adjustments())
    return [(step.text, step.points) for step in steps]


def entry(kind: Kind, **fields: Any) -> Adjustment:
    return Adjustment(0, kind, "ann", DUE, "because", "doe", **fields)


def test_nothing(tmp_path: Path) -> None:
    assert told(tmp_path) == [
        ("due 2027-02-01 23:59:00+01:00", ""),
        ("nothing was handed in for it", ""),
        ("mark", "none"),
    ]


@pytest.mark.parametrize(
    ("by", "line"),
    [
        (-DAY, None),
        (10 * MINUTE, ("10 min late, within the grace of 15 min", "")),
        (15 * MINUTE + timedelta(seconds=1),
         ("15 min 1 s late, grace 15 min, 1 period of 1 d begun, 10% lost", "-0.25")),
        (9 * DAY, ("9 d late, grace 15 min, 9 periods of 1 d begun, 50% lost, the most", "-1.25")),
    ],
)  # fmt: skip
def test_lateness(by: timedelta, line: tuple[str, str] | None, tmp_path: Path) -> None:
    found = told(tmp_path, (attempt(at=DUE + by), result()))
    assert found[-2] == (line or ("together", "2.5 of 2.5"))


def test_late_days(tmp_path: Path) -> None:
    late = msgspec.structs.replace(LATE, budget=3)
    found = told(tmp_path, (attempt(at=DUE + 2 * DAY), result()), taught=course(late))
    assert found[-2:] == [
        ("2 d late, grace 15 min, 2 late days of 3 used", ""),
        ("mark", "2.5 of 2.5"),
    ]


def test_attempts_that_do_not_count(tmp_path: Path) -> None:
    taught = course(attempts=Attempts("best", 1))
    unit = msgspec.structs.replace(taught.units[0], closes=DUE + DAY)
    taught = msgspec.structs.replace(taught, units=(unit, *taught.units[1:]))
    found = told(
        tmp_path,
        (attempt(number=1), result()),
        (attempt(number=2, at=DUE), result(sources="x")),
        (attempt(number=3, at=DUE + 2 * DAY), result(sources="y")),
        taught=taught,
    )
    assert found[:4] == [
        ("due 2027-02-01 23:59:00+01:00, closes 2027-02-02 23:59:00+01:00", ""),
        ("attempt 2 does not count: only the first does", ""),
        ("attempt 3 does not count: it came after the closing time", ""),
        (
            "attempt 1 decides, of 3 the best after lateness, handed in 2027-01-31 23:59:00+01:00",
            "",
        ),
    ]


def test_only_after_closing(tmp_path: Path) -> None:
    taught = course()
    unit = msgspec.structs.replace(taught.units[0], due=None, closes=DUE)
    taught = msgspec.structs.replace(taught, units=(unit, *taught.units[1:]))
    assert told(tmp_path, (attempt(at=DUE + HOUR), result()), taught=taught) == [
        ("closes 2027-02-01 23:59:00+01:00", ""),
        ("attempt 1 does not count: it came after the closing time", ""),
        ("mark", "0 of 2.5"),
    ]


def test_what_people_decided(tmp_path: Path) -> None:
    entries = [
        entry("extend", unit="01_a", until=DUE + DAY),
        entry("override", exercise="length", points=LENGTH.points),
    ]
    found = told(tmp_path, (attempt(at=None, late=True), result()), entries=entries)
    assert found[1] == (
        "before 2027-02-01 23:59:00+01:00, extended until 2027-02-02 23:59:00+01:00, by ann on "
        "2027-02-01: because",
        "",
    )
    assert found[2] == ("attempt 1 decides, the only one, handed in at an unknown time", "")
    assert ("where it was handed in, it is marked as late", "") in found
    assert ("override, by ann on 2027-02-01: because", "2.5") in found
    assert found[-1] == ("mark", "2.5 of 2.5")


def test_tests_that_came_later(tmp_path: Path) -> None:
    old = msgspec.structs.replace(LENGTH, tests={"test_one": LENGTH.tests["test_one"]})
    found = told(tmp_path, (attempt(), result(old)))
    assert ("course.yaml has tests that were not there then: grade it again", "") in found
    assert found[-1] == ("mark", "1.5 of 1.5")


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(0), "no time"),
        (timedelta(microseconds=1), "less than 1 s"),
        (timedelta(days=1, seconds=1), "1 d 1 s"),
        (timedelta(hours=36, minutes=5), "1 d 12 h 5 min"),
    ],
)
def test_lengths(span: timedelta, words: str) -> None:
    assert length(span) == words


def test_a_time_is_told_to_the_second_and_with_its_zone() -> None:
    time = datetime.fromisoformat("2027-02-01T22:59:00.5Z")
    assert moment(time) == "2027-02-01 22:59:00+00:00"
    assert moment(time, DUE.tzinfo) == "2027-02-01 23:59:00+01:00"
