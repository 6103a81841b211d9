"""What is said against a wrong idea is read from the course."""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader import Course
from grader.classroom.insight.hints import hint_of, hints_of
from support.gradebooks import course


def test_hints_are_those_of_the_course(own_course: Course) -> None:
    found = hint_of(own_course, "magnitude", "SumsTheComponents")
    assert found.startswith("(3, -4) gets the length -1 from you")
    assert "\n" not in found
    every = [hints_of(own_course, exercise) for exercise in own_course.exercises]
    assert all(every)
    assert all(hint for hints in every for hint in hints.values())


def test_a_hint_is_read_anew_once_its_file_has_changed(tmp_path: Path) -> None:
    made = msgspec.structs.replace(course(), root=str(tmp_path))
    path = made.misconceptions(next(iter(made.exercises)))
    path.parent.mkdir(parents=True)
    for said in ("First.", "Then another."):
        path.write_text(f'class Idea:\n    """{said}"""\n', "utf-8")
        assert hint_of(made, "length", "Idea") == said


def test_what_the_course_does_not_have_has_no_hint(own_course: Course) -> None:
    assert hint_of(own_course, "magnitude", "NoSuchIdea") == ""
    assert hint_of(own_course, "nothing", "SumsTheComponents") == ""
    assert hint_of(course(), "length", "Idea") == ""
