"""docs/concepts.md holds: every concept is taught where it says, and tested by what it names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from grader import Course
from support.places import ROOT
from tools.texts import slug

MAP = ROOT / "docs" / "concepts.md"
COURSE = Course.load(ROOT)
COUNT = 93
_ROW = re.compile(r"^\| (\d+) \| (.+?) \| \[(.+?)\]\((.+?)#(.+?)\) \| `(\w+)` \| (.+?) \|$", re.M)


class Row(NamedTuple):
    """One line of the map: a concept, where it is taught, and what tests it."""

    number: int
    concept: str
    heading: str
    lesson: str
    anchor: str
    exercise: str
    tests: list[str]


def rows() -> list[Row]:
    found = _ROW.findall(MAP.read_text("utf-8"))
    return [Row(int(n), c, h, p, a, e, re.findall(r"`(\w+)`", t)) for n, c, h, p, a, e, t in found]


def headings(lesson: Path) -> set[str]:
    text = re.sub(r"(?ms)^```.*?^```", "", lesson.read_text("utf-8"))
    return set(re.findall(r"(?m)^#+ (.*?)\s*$", text))


def test_every_concept_is_there() -> None:
    assert {row.number for row in rows()} == set(range(1, COUNT + 1))
    lines = [line for line in MAP.read_text("utf-8").splitlines() if re.match(r"\| \d", line)]
    assert len(lines) == len(rows()), "a line that is no row"


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.number}-{row.exercise}")
def test_it_is_taught_and_tested(row: Row) -> None:
    lesson = (MAP.parent / row.lesson).resolve()
    exercise = COURSE.exercise(row.exercise)
    assert exercise is not None, row.exercise
    assert lesson == COURSE.lesson(next(u for u in COURSE.units if u.id == exercise.unit))
    assert row.heading in headings(lesson), f"{row.lesson} has no heading {row.heading}"
    assert row.anchor == slug(row.heading)
    assert row.tests
    assert set(row.tests) <= set(exercise.tests), set(row.tests) - set(exercise.tests)


def test_every_exercise_teaches_something_on_the_map() -> None:
    assert {row.exercise for row in rows()} == {exercise.id for exercise in COURSE.exercises}
