"""A class's hand-ins, read from its folder and compared."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from grader import Course
from grader.classroom.attempt import Attempt
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.people import Person
from grader.classroom.similar.find import CAUTION, cases, similar
from support.gradebooks import result

AT = datetime(2027, 2, 1, tzinfo=UTC)
PEOPLE = [Person(f"s{n}", team="red" if n > 2 else "") for n in range(5)]

UNITS = {"01_vectors": ("magnitude", "arithmetic"), "05_batches": ("matmul",)}


def text_of(course: Course, name: str, number: int) -> str:
    exercise = course.exercise(name)
    assert exercise is not None
    if number == 0:
        return course.solution(exercise).read_text("utf-8")
    return sorted(course.accepts(exercise).glob("*.py"))[number - 1].read_text("utf-8")


@pytest.fixture
def handed_in(own_course: Course, tmp_path: Path) -> Gradebook:
    """s0 and s1 hand in one text each for two exercises; s3 and s4, a team, another; s2 a third.
    For `magnitude` there is little to tell.
    """
    root = tmp_path / "class"
    book = Gradebook(own_course, str(tmp_path / "marks.db"))
    book.note_place("collected", root)
    book.import_roster(PEOPLE)
    for person, which in zip(PEOPLE, (0, 0, 1, 2, 2), strict=True):
        for unit, names in UNITS.items():
            texts = {name: text_of(own_course, name, which) for name in names}
            one = Attempt(person.key, 1, "folder", "x", f"{which}{unit}", unit, AT)
            place = root / "work" / person.key / unit
            (place / "files").mkdir(parents=True)
            (place / "attempt.json").write_bytes(msgspec.json.encode(one))
            for name, text in texts.items():
                mark = f"# {person.key}\n\n"
                (place / "files" / f"{name}.py").write_text(mark + text, "utf-8")
            exercises = [own_course.exercise(name) for name in names]
            book.settle(one, [result(e, sources=f"{e.id}{person.key}") for e in exercises if e])
    return book


def test_pairs_of_a_class(handed_in: Gradebook) -> None:
    with handed_in as book:
        found = {each.exercise: each for each in similar(book)}
        assert found["matmul"].compared == 5
        [pair] = found["matmul"].pairs
        assert {pair.a, pair.b} == {"s0", "s1"}  # the team of s3 and s4 is left out
        assert found["matmul"].left_out == 1
        assert pair.matches[0].a.first > 2
        assert found["magnitude"].pairs == ()
        assert found["magnitude"].too_short.startswith("magnitude is too short to tell: the middle")
        assert found["angle"].too_short == "There are no two programs for angle to compare."
        [case] = cases(found.values())
        assert (case.a, case.b, [p.exercise for p in case.pairs]) == (
            "s0", "s1", ["arithmetic", "matmul"],
        )  # fmt: skip
        assert [each.exercise for each in similar(book, ["matmul"])] == ["matmul"]


def test_who_has_left_is_not_compared(handed_in: Gradebook) -> None:
    with handed_in as book:
        book.import_roster(PEOPLE[1:])
        [found] = similar(book, ["matmul"])
        assert (found.compared, found.pairs) == (4, ())


def test_what_is_said_is_never_an_accusation() -> None:
    for word in ("plagiar", "cheat", "copied", "guilty"):
        assert word not in CAUTION.lower()
