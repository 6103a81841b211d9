"""A made-up class of any size, seeded, as `grade collect` leaves it.

Of each student's modules about half are right, in one of several ways, a third hold a wrong idea,
and the rest is not begun. Nine in ten of those that are begun have a difference of their own that
changes nothing but the text, as real ones have. So what is saved by judging once what is alike is
what a class would save, and not what a generator repeats.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.submissions import module_of, texts_of
from grader import Course
from grader.classroom.collect import Request, collect

__all__ = ["classmates", "collected"]

#: How many of the modules that are begun are like nobody else's.
_OWN = 0.9


def classmates(course: Course, count: int, seed: int = 20) -> Iterator[dict[str, str]]:
    """`count` students' modules (module name -> text), the same at every run."""
    chance = random.Random(seed)
    texts = {exercise.id: texts_of(course, exercise) for exercise in course.exercises}
    for number in range(count):
        modules = {}
        for name, each in texts.items():
            text, is_begun = module_of(each, chance)
            is_own = is_begun and chance.random() < _OWN
            modules[name] = _own(text, number, chance) if is_own else text
        yield modules


def _own(text: str, number: int, chance: random.Random) -> str:
    """The same module with a comment, or a name, that nobody else has."""
    if chance.random() < 0.5:
        return f"{text}\n\n# Draft {number}.\n"
    return f"{text}\n\n_draft_{number} = {number}\n"


def collected(course: Course, students: Iterable[dict[str, str]], folder: Path) -> Path:
    """The class that `grade collect` makes of these students' folders; they are s00000, s00001 …"""
    handed_in, into = folder / "in", folder / "hw"
    for number, modules in enumerate(students):
        own = handed_in / f"s{number:05}"
        own.mkdir(parents=True)
        for name, text in modules.items():
            (own / f"{name}.py").write_text(text, "utf-8")
    collect(Request((handed_in,), into), course)
    return into
