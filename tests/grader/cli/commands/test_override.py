"""`grade override`, `excuse` and `void`: a person's word, kept with who and why, and taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from grader import Course
from grader.classroom.gradebook.book import Gradebook
from support.commands import Grade
from support.gradebooks import DAY, DUE, attempt, result


def mark(in_class: Grade, student: int, exercise: int) -> Any:
    found = json.loads(in_class("marks", "--json").out)["students"][student]
    return found["units"][0]["exercises"][exercise]


def test_an_override_holds_until_it_is_taken_back(in_class: Grade) -> None:
    ran = in_class("override", "doe", "length", "2.75", "--why", "oral")
    assert ran.status == 0
    assert ran.out.startswith("Jane Doe (doe), length: 2.75 of 3 (override).\nKept in ")
    assert mark(in_class, 0, 0)["state"] == "override"
    ran = in_class("override", "doe", "length", "--take-back")
    assert ran.out.startswith("Taken back: 1 entry.\nJane Doe (doe), length: 2 of 3.\n")
    ran = in_class("override", "doe", "length", "--take-back")
    assert (ran.status, ran.err) == (2, "There is no override of length for doe to take back.\n")


def test_an_override_survives_what_is_handed_in_and_judged_later(
    in_class: Grade, class_dir: Path
) -> None:
    in_class("override", "doe", "length", "1", "--why", "copied")
    course = Course.load(class_dir)
    with Gradebook(course) as book:
        late = attempt(number=3, at=DUE + DAY)
        book.settle(late, [result(next(course.exercises), sources="s9")])
    assert mark(in_class, 0, 0)["earned"] == 1
    assert mark(in_class, 0, 0)["handed_in_after"]
    assert "1 handed in after" in " ".join(in_class("marks").out.split())
    assert "something was handed in after that" in in_class("explain", "doe", "length").out


def test_the_later_of_override_and_excuse_holds(in_class: Grade) -> None:
    in_class("override", "doe", "length", "1", "--why", "a")
    in_class("excuse", "doe", "length", "--why", "b")
    assert (mark(in_class, 0, 0)["state"], mark(in_class, 0, 0)["possible"]) == ("excused", 0)
    in_class("override", "doe", "length", "2", "--why", "c")
    assert mark(in_class, 0, 0)["earned"] == 2
    assert in_class("override", "doe", "length", "--take-back").out.startswith(
        "Taken back: 2 entries.\nJane Doe (doe), length: excused."
    )


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ["override", "doe", "length", "3.5", "--why", "x"],
            "3.5 is more than there are: 3 points",
        ),
        (["override", "doe", "length", "NaN", "--why", "x"], "NaN is no number of points"),
        (["override", "doe", "length", "1.00001", "--why", "x"], "is no number of points"),
        (["override", "doe", "length", "3"], "Why? Say it with --why"),
        (["override", "doe", "length"], "How many points? grade override doe length POINTS"),
        (["override", "doe", "01_a", "3", "--why", "x"], "01_a is a unit"),
        (["excuse", "doe", "length", "--why", " "], "Why? Say it with --why"),
        (["excuse", "doe", "length", "--take-back"], "There is no excuse from length for doe"),
        (["void", "length", "test_tow", "--why", "x"], "length has no test test_tow. Did you mean"),
        (["void", "length", "test_two"], "Why? Say it with --why"),
    ],
)
def test_what_cannot_be_meant_is_answered_and_changes_nothing(
    args: list[str], said: str, in_class: Grade
) -> None:
    before = in_class("marks", "--json").out
    ran = in_class(*args)
    assert ran.status == 2
    assert said in ran.err
    assert in_class("marks", "--json").out == before


def test_a_void_test_gives_its_points_to_all_who_handed_in(in_class: Grade) -> None:
    ran = in_class("void", "length", "test_three", "--why", "the suite was wrong")
    assert ran.out.startswith(
        "length test_three is void: its points, 1.5, go to all.\n1 mark changed"
    )
    roe = mark(in_class, 1, 0)
    assert (roe["earned"], roe["possible"]) == (3, 3)
    assert "is void already" in in_class("void", "length", "test_three", "--why", "x").err
    assert "1 mark changed" in in_class("void", "length", "test_three", "--take-back").out
    assert mark(in_class, 1, 0)["possible"] == 1.5
