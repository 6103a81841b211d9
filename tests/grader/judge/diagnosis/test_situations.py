"""Wrong ideas in part, or beside other work: the judge plays them on the workshop course."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grader import Course
from grader.authoring.proof import with_idea
from grader.grading import talk
from grader.report.model import is_lost
from support.judging import JudgeOf, answer, graded
from support.launchers import ThreadLauncher

#: Two ideas that are the same in one of their functions, and depart equally often in all.
TWINS = '''

class Shouts:
    """Which letters are small?"""

    def word(celsius):
        return "COLD"

    def extremes(readings):
        return max(readings), max(readings)


class ShoutsToo:
    """Which letters are large?"""

    def word(celsius):
        return "COLD"

    def table(readings):
        return dict.fromkeys(readings, 0.0)
'''

Rehearse = Callable[..., dict[str, dict[str, tuple[str, ...]]]]


@pytest.fixture
def rehearsed(workshop: Path, tmp_path: Path, judge_of: JudgeOf) -> Rehearse:
    """What is named in each situation: `rehearsed(exercise, idea, …, more="class …")`."""
    root = Path(shutil.copytree(workshop, tmp_path / "workshop"))

    def rehearse(name: str, *ideas: str, more: str = "") -> dict[str, dict[str, tuple[str, ...]]]:
        course = Course.load(root)
        exercise = course.exercise(name)
        assert exercise is not None
        path = course.misconceptions(exercise)
        path.write_text(path.read_text("utf-8") + more, "utf-8")
        peer = judge_of(course, ThreadLauncher(*(e.id for e in course.exercises)))
        solution = course.solution(exercise).read_text("utf-8")
        lost = {}
        for idea in ideas:
            text = with_idea(solution, path.read_text("utf-8"), idea)
            result = graded(peer, name, text)
            assert [found.misconception for found in result.diagnoses] == [idea]
            lost[idea] = tuple(test.id for test in result.tests if is_lost(test.outcome))
        talk.send(peer, talk.Rehearse(name, lost))
        named: dict[str, dict[str, tuple[str, ...]]] = answer(peer, talk.Rehearsed).named
        return named

    return rehearse


def test_an_idea_is_known_beside_work_that_is_not_begun(rehearsed: Rehearse) -> None:
    named = rehearsed("temperature", "RoundsTheZero", "SortsInPlace", "IncludesTheBorder")
    alone, later = "alone, all else not begun", "with later functions not begun"
    guards = "with the guards of the docstring"
    assert named == {
        "RoundsTheZero": dict.fromkeys([alone, guards], ("RoundsTheZero",)),
        "IncludesTheBorder": dict.fromkeys([alone, later, guards], ("IncludesTheBorder",)),
        "SortsInPlace": dict.fromkeys([alone, later, guards], ("SortsInPlace",)),
    }


def test_what_is_an_idea_of_guards_alone_is_nothing_beside_them(rehearsed: Rehearse) -> None:
    assert rehearsed("temperature", "NeverRefuses") == {
        "NeverRefuses": {"alone, all else not begun": ("NeverRefuses",)}
    }


def test_two_ideas_that_part_elsewhere_cannot_be_told_apart_here(rehearsed: Rehearse) -> None:
    named = rehearsed("temperature", "Shouts", "ShoutsToo", more=TWINS)
    assert named["Shouts"]["in word alone, its twin right"] == ()
    assert named["ShoutsToo"]["in word alone, its twin right"] == ()
    assert named["Shouts"]["in extremes alone, its twin right"] == ("Shouts",)
    assert named["ShoutsToo"]["in table alone, its twin right"] == ("ShoutsToo",)


def test_what_is_another_idea_as_a_whole_is_that_one(rehearsed: Rehearse) -> None:
    narrow = TWINS + '\n\nclass SaysCold:\n    """Is it?"""\n\n    def word(celsius):\n'
    named = rehearsed("temperature", "Shouts", "SaysCold", more=narrow + '        return "COLD"\n')
    assert "in word alone, its twin right" not in named["Shouts"]
    assert named["SaysCold"]["alone, all else not begun"] == ("SaysCold",)


def test_a_class_is_one_idea_in_all_its_methods(rehearsed: Rehearse) -> None:
    named = rehearsed("tally", "SharedByAll", "CountsKinds")
    guards = "with the guards of the docstring"
    assert named == {idea: {guards: (idea,)} for idea in ("SharedByAll", "CountsKinds")}
