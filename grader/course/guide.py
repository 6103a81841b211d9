"""What an exercise tells a student beyond its stub: hints in tiers, why it works, its examples.

All of it is written once, in the solution. A handout, which has no solutions, carries it as
`guide/UNIT/EXERCISE.json`.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from grader.course.examples import Example
from grader.course.outline import Course, Exercise
from grader.course.stubs import sections
from grader.course.text import read_regular, read_source
from grader.errors import CourseError

__all__ = ["Guide", "load_guide", "read_guide"]


class Guide(msgspec.Struct, frozen=True):
    """What an exercise tells a student.

    Args:
        tiers: hints: the goal in shapes, a question about the idea, a line with blanks.
        why: a line for after a pass.
        examples: function, class or method -> its examples, in order.
    """

    format: Literal[1] = 1
    tiers: tuple[str, ...] = ()
    why: str = ""
    examples: dict[str, tuple[Example, ...]] = {}


def load_guide(course: Course, exercise: Exercise) -> Guide:
    """Hints and reason of an exercise; empty where nothing can be read."""
    with suppress(CourseError, SyntaxError, ValueError):
        found = sections(read_source(course.solution(exercise), course.root))
        return Guide(tiers=found.hints, why=found.why)
    with suppress(OSError, ValueError, msgspec.MsgspecError):
        return read_guide(course.guide(exercise))
    return Guide()


def read_guide(path: Path) -> Guide:
    """The guide that a handout has.

    Raises:
        OSError, msgspec.MsgspecError: there is none, or it is something else.
    """
    return msgspec.json.decode(read_regular(path), type=Guide)
