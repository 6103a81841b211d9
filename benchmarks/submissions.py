"""Twenty mixed submissions of eight exercises: right, other right ways, wrong ideas, unfinished."""

from __future__ import annotations

import ast
import random
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from grader import Course
from grader.authoring.proof import with_idea
from grader.course.outline import Exercise

__all__ = ["Texts", "eight", "mixed", "module_of", "texts_of"]


def eight(root: Path) -> Course:
    """The course's first two units, which is what the tables are about: eight exercises."""
    course = Course.load(root)
    return msgspec.structs.replace(course, units=course.units[:2])


def mixed(course: Course, count: int = 20, seed: int = 20) -> list[dict[str, str]]:
    """`count` submissions (module name -> text), the same at every run with the same seed.

    Of the modules about half are right, a third hold one wrong idea, the rest is not begun.
    """
    chance = random.Random(seed)
    texts = {e.id: texts_of(course, e) for e in course.exercises}
    return [
        {name: module_of(each, chance)[0] for name, each in texts.items()} for _ in range(count)
    ]


class Texts(NamedTuple):
    """What may be handed in for an exercise; each is made when it is first wanted.

    Args:
        ideas: names of wrong ideas; `with_idea(name)` is the solution with one of them in it.
    """

    stub: str
    solution: str
    others: tuple[str, ...]
    ideas: tuple[str, ...]
    with_idea: Callable[[str], str]


def texts_of(course: Course, exercise: Exercise) -> Texts:
    """What may be handed in for an exercise."""
    solution = course.solution(exercise).read_text("utf-8")
    others = tuple(p.read_text("utf-8") for p in sorted(course.accepts(exercise).glob("*.py")))
    path = course.misconceptions(exercise)
    text = path.read_text("utf-8") if path.is_file() else ""
    ideas = tuple(node.name for node in ast.parse(text).body if isinstance(node, ast.ClassDef))
    stub = course.stub(exercise).read_text("utf-8")
    return Texts(stub, solution, others, ideas, cache(partial(with_idea, solution, text)))


def module_of(texts: Texts, chance: random.Random) -> tuple[str, bool]:
    """One module, and whether it is begun."""
    kind = chance.random()
    if kind < 0.25:
        return texts.solution, True
    if kind < 0.5:
        return (chance.choice(texts.others) if texts.others else texts.solution), True
    if kind < 0.85 and texts.ideas:
        return texts.with_idea(chance.choice(texts.ideas)), True
    return texts.stub, False
