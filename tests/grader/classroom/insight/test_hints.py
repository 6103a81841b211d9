"""What is said against a wrong idea is read from the course."""

from __future__ import annotations

from grader import Course
from grader.classroom.insight.hints import hint_of, hints_of
from support.gradebooks import course


def test_hints_are_those_of_the_course(own_course: Course) -> None:
    found = hint_of(own_course, "magnitude", "SumsTheComponents")
    assert found.startswith("(3, -4) gets the length -1 from you")
    assert "\n" not in found
    assert all(found.values() for found in hints_of(own_course).values())


def test_what_the_course_does_not_have_has_no_hint(own_course: Course) -> None:
    assert hint_of(own_course, "magnitude", "NoSuchIdea") == ""
    assert hint_of(own_course, "nothing", "SumsTheComponents") == ""
    assert hint_of(course(), "length", "Idea") == ""
