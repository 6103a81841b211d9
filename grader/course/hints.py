"""Hints in tiers, and why it works: what an exercise says when it is asked, or has been solved.

They are written once, in the solution's module docstring. A handout, which has no solutions,
carries them as `hints/UNIT/EXERCISE.yaml`.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import yaml

from grader.course.outline import Course, Exercise
from grader.course.stubs import sections

__all__ = ["Hints", "load_hints", "write_hints"]


class Hints(msgspec.Struct, frozen=True):
    """What may be told about one exercise, from the general to the particular.

    Args:
        tiers: the goal in shapes, a question about the idea, a line with blanks.
        why: one line for after a pass.
    """

    tiers: tuple[str, ...] = ()
    why: str = ""


def load_hints(course: Course, exercise: Exercise) -> Hints:
    """The hints of an exercise; empty where nothing can be read."""
    try:
        solution = course.solution(exercise)
        if solution.is_file():
            told = sections(solution.read_text("utf-8"))
            return Hints(told.hints, told.why)
        content = yaml.safe_load(course.hints(exercise).read_text("utf-8"))
        return msgspec.convert(content, Hints)
    except (OSError, ValueError, SyntaxError, yaml.YAMLError, msgspec.ValidationError):
        return Hints()


def write_hints(path: Path, hints: Hints) -> None:
    """Write hints as a handout has them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"tiers": list(hints.tiers), "why": hints.why}
    path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=96), "utf-8")
