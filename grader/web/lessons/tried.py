"""What a visualizer may ask of a student's code: these functions, in these sizes, and nothing else.

What arrives here was sent by a page, or by whoever holds its session: it is read into values, and
refused where it is anything else. What is asked then runs in a locked worker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import msgspec

from grader.course.handout import original
from grader.course.outline import Course, Exercise, Unit
from grader.course.text import read_draft
from grader.errors import WxbError
from grader.grading.talk import Asked
from grader.web.lessons.shown import FUNCTIONS

__all__ = ["Functions", "Refused"]

#: Calls of one picture: the grid of a plane is 49 points, and some more are asked beside it.
_MOST_CALLS = 100
#: Arguments of a call, entries along an axis, axes, and entries of a shape.
_MOST_ARGUMENTS, _LONGEST, _MOST_AXES, _LONGEST_SHAPE = 4, 12, 2, 8
#: What no field of a visualizer can hold.
_LARGEST = 1e12
_DEFINED = re.compile(r"^def (\w+)\(", re.MULTILINE)
_KNOWN = frozenset(name for names in FUNCTIONS.values() for name in names)


class Refused(ValueError):
    """Something that no visualizer asks; the message says what."""


class _Call(msgspec.Struct, forbid_unknown_fields=True):
    function: str
    arguments: list[Any]


class _Calls(msgspec.Struct, forbid_unknown_fields=True):
    calls: list[_Call]


class Functions:
    """Which exercise a function of a visualizer is asked of.

    A name may be defined twice in a course. Meant is that of the lesson's own unit, or else of the
    nearest before it; what comes later is not there yet.
    """

    def __init__(self, course: Course) -> None:
        self._units = list(course.units)
        self._defined = {e.id: _defined(course, e) & _KNOWN for e in course.exercises}

    def of(self, unit: Unit, visualizer: str) -> list[str]:
        """The functions of a visualizer that this course asks its students to write."""
        return [name for name in FUNCTIONS[visualizer] if self.exercise(unit, name)]

    def exercise(self, unit: Unit, function: str) -> str:
        """The exercise that a function belongs to in a lesson, or ""."""
        at = self._units.index(unit)
        exercises = (e.id for each in reversed(self._units[: at + 1]) for e in each.exercises)
        return next((name for name in exercises if function in self._defined[name]), "")

    def asked(self, unit: Unit, body: bytes) -> list[Asked]:
        """The calls that a page sends, as docs/visualizers.md has them.

        Raises:
            Refused: they are none that a visualizer of this course can make.
        """
        try:
            calls = msgspec.json.decode(body, type=_Calls).calls
        except msgspec.MsgspecError as error:
            raise Refused(f"these are no calls: {error}") from None
        except RecursionError:
            raise Refused("these are no calls: a list within a list, without end") from None
        if not 0 < len(calls) <= _MOST_CALLS:
            raise Refused(f"{len(calls)} calls, where 1 to {_MOST_CALLS} are expected")
        return [self._call(unit, call) for call in calls]

    def _call(self, unit: Unit, call: _Call) -> Asked:
        exercise = self.exercise(unit, call.function) if call.function in _KNOWN else ""
        if not exercise:
            raise Refused("no visualizer asks for a function of this name")
        if len(call.arguments) > _MOST_ARGUMENTS:
            raise Refused("more arguments than any of these functions has")
        for argument in call.arguments:
            _check(argument)
        return Asked(exercise, call.function, tuple(call.arguments))


def _defined(course: Course, exercise: Exercise) -> set[str]:
    """The functions that a stub holds; of an older handout, those of the student's file."""
    text = ""
    with suppress(OSError):
        text = read_draft(course.stub(exercise))
    with suppress(WxbError):
        text = original(course, exercise)
    return set(_DEFINED.findall(text))


def _check(argument: Any) -> None:
    """Refuse what is no number, no small array, and no shape."""
    if isinstance(argument, dict):
        sizes = argument.get("tuple")
        if (
            not isinstance(sizes, list)
            or len(argument) > 1
            or len(sizes) > _LONGEST_SHAPE
            or not all(map(_is_size, sizes))
        ):
            raise Refused("a tuple is expected to be a shape of small sizes")
        return
    for depth, size in _sizes(argument):
        if depth > _MOST_AXES or size > _LONGEST:
            raise Refused(f"an array of more than {_LONGEST} entries along an axis")
    if not all(_is_number(each) for each in _flat([argument])):
        raise Refused("an argument that is not made of finite numbers")


def _is_size(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10_000


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= _LARGEST  # so it is no NaN, and no integer that no float can hold


def _sizes(value: Any, depth: int = 1) -> Iterator[tuple[int, int]]:
    if isinstance(value, list):
        yield depth, len(value)
        if depth <= _MOST_AXES:
            for each in value[: _LONGEST + 1]:
                yield from _sizes(each, depth + 1)


def _flat(values: Iterable[Any]) -> Iterator[Any]:
    for each in values:
        if isinstance(each, list):
            yield from _flat(each)
        else:
            yield each
