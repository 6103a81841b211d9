"""Twenty mixed submissions of eight exercises: right, other right ways, wrong ideas, unfinished."""

from __future__ import annotations

import ast
import random
from pathlib import Path

import msgspec

from grader import Course
from grader.authoring.proof import with_idea
from grader.course.outline import Exercise

__all__ = ["eight", "mixed"]


def eight(root: Path) -> Course:
    """The course's first two units, which is what the tables are about: eight exercises."""
    course = Course.load(root)
    return msgspec.structs.replace(course, units=course.units[:2])


def mixed(course: Course, count: int = 20, seed: int = 20) -> list[dict[str, str]]:
    """`count` submissions (module name -> text), the same at every run with the same seed.

    Of the modules about half are right, a third hold one wrong idea, the rest is not begun.
    """
    chance = random.Random(seed)
    return [{e.id: _module(course, e, chance) for e in course.exercises} for _ in range(count)]


def _module(course: Course, exercise: Exercise, chance: random.Random) -> str:
    solution = course.solution(exercise).read_text("utf-8")
    kind = chance.random()
    if kind < 0.25:
        return solution
    if kind < 0.5:
        others = sorted(course.accepts(exercise).glob("*.py"))
        return chance.choice(others).read_text("utf-8") if others else solution
    if kind < 0.85 and course.misconceptions(exercise).is_file():
        text = course.misconceptions(exercise).read_text("utf-8")
        ideas = [node.name for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
        return with_idea(solution, text, chance.choice(ideas)) if ideas else solution
    return course.stub(exercise).read_text("utf-8")
