"""A gradebook and the files of a made-up class, from texts whose verdicts are at hand."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from grader import Course
from grader.classroom.collected import read_class
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.insight import read
from grader.classroom.insight.refresh import is_behind
from grader.errors import UsageError
from grader.report.model import Diagnosis
from grader.web.demo.bank import Bank, Text, texts_of
from grader.web.demo.fill import fill
from support.gradebooks import course, result

NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
RIGHT = "def length(v):\n    return sum(v)\n"
WRONG = "# mine\ndef length(v):\n    return max(v)\n"


@pytest.fixture
def bank(own_course: Course) -> Bank:
    found: Bank = {}
    for exercise in own_course.exercises:
        lost = {next(iter(exercise.tests)): "failed"}
        wrong = msgspec.structs.replace(
            result(exercise, lost, sources="w"),  # type: ignore[arg-type]
            diagnoses=(Diagnosis("TakesTheLargest", "A hint."),),
        )
        found[exercise.id] = [
            (Text("right", RIGHT), result(exercise, sources="r")),
            (Text("idea", WRONG, "TakesTheLargest"), wrong),
        ]
    return found


def test_a_class_is_ready_to_be_looked_at(own_course: Course, tmp_path: Path, bank: Bank) -> None:
    where = fill(own_course, tmp_path, count=45, now=NOW, bank=bank)
    _, people, attempts = read_class(tmp_path / "class")
    with Gradebook(own_course, where) as book:
        assert not is_behind(book)
        found = read.overview(book)
        assert (found.people, found.hand_ins, found.kept) == (45, len(attempts), "all")
        assert len(people) == 45
        assert people[0].name
        page = read.item(book, "magnitude")
        [idea] = page.ideas
        [sample] = read.samples(book, "magnitude", idea=idea.idea)
        assert sample.code == "def length(v):\n    return max(v)"
        assert sample.students > 1
        needs = read.now(book).needs
        assert needs
        a, b, *_ = read.student(book, needs[0].student).timeline
        side = read.compare(book, a.submission, b.submission)
        codes = [each.a_code for each in side.exercises if each.a_code is not None]
        assert codes
        assert all(code.startswith((RIGHT, WRONG)) for code in codes)  # then what is one's own


def test_a_handout_has_no_texts(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"needs the whole course, and .*length.py is not there"):
        fill(course(), tmp_path)


def test_texts_are_what_they_are_called(own_course: Course) -> None:
    for exercise in own_course.exercises:
        texts = texts_of(own_course, exercise, random.Random(1))
        kinds = [text.kind for text in texts]
        assert kinds.count("right") >= 2, exercise.id
        assert kinds[-4:] == ["half", "stub", "rare", "broken"]
        for text in texts[:-1]:
            exec(compile(text.source, exercise.id, "exec"), {"__name__": exercise.id})
        with pytest.raises(SyntaxError):
            compile(texts[-1].source, exercise.id, "exec")


@pytest.mark.long
def test_its_verdicts_are_real(own_course: Course, tmp_path: Path) -> None:
    where = fill(own_course, tmp_path, count=20, now=NOW)
    with Gradebook(own_course, where) as book:
        assert all(item.tried for item in read.items(book))
        assert len(read.misconceptions(book).cells) > 30
