"""Reading course.yaml: every fault at once, each as `course.yaml:LINE: what; expected`.

The shape of the file is in `shape`. What spans several places (ids, points, files) is checked on
whatever could be read (`partial`, `files`).
"""

from __future__ import annotations

import os
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from grader.course.faults import COURSE_FILE
from grader.course.guide import read_guide
from grader.course.outline import (
    Attempts,
    Course,
    Dates,
    Exercise,
    Feedback,
    Late,
    Limits,
    Unit,
)
from grader.course.reading import files, partial
from grader.course.reading.nodes import read_nodes
from grader.course.reading.sentences import fault_of_detail
from grader.course.reading.shape import CourseModel, ExerciseModel, HandoutModel, schema
from grader.course.text import read_regular
from grader.errors import CourseError, Fault, UsageError

__all__ = ["COLLECTED", "find", "load", "schema"]

#: What lies at the top of a folder of collected submissions, and in none of them.
COLLECTED = "wxb-class.json"


def find(start: Path) -> Path:
    """The nearest course.yaml upward from a folder.

    Raises:
        UsageError: there is none; the message says where it was looked for. Or it lies in a folder
            of collected submissions, so that somebody handed it in.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if os.path.isfile(folder / COURSE_FILE):  # which an unreadable folder does not stop
            for above in (folder, *folder.parents):
                if os.path.lexists(above / COLLECTED):
                    raise UsageError(
                        f"{folder / COURSE_FILE} lies in a folder of collected submissions, so "
                        "somebody handed it in. Name the course with --course PATH."
                    )
            return folder / COURSE_FILE
    raise UsageError(
        f"There is no course.yaml in {start} or in a folder above it. "
        "Go to the course's folder, or name it with --course PATH."
    )


def load(path: Path, *, strict: bool = False) -> Course:
    """Read a course.yaml (or the folder that holds one) with everything that belongs to it.

    Args:
        strict: also ask for stubs, and that no file in the four trees lacks an entry.

    Raises:
        CourseError: with every fault that was found.
        UsageError: there is no such file.
    """
    file = path / COURSE_FILE if os.path.isdir(path) else path
    try:
        data = read_regular(file)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{file}: {reason}; expected a course.yaml") from None
    root = file.resolve().parent
    content, lines, form = read_nodes(data, COURSE_FILE)
    model, errors = _validated(content)
    outline = partial.readable(content, {error["loc"] for error in errors}, root)
    faults = form + [fault_of_detail(error, content, lines) for error in errors]
    faults += partial.sums(content, lines)
    faults += partial.dates(content, lines)
    # The files of an exercise whose name cannot be read would look like strays.
    is_whole = not form and all(e.id and e.unit for e in outline.exercises)
    if model is None or not model.handout:
        faults += files.faults(outline, lines, stubs=strict, strays=strict and is_whole)
    if model is None or faults:
        raise CourseError(_sorted(faults))
    return _course(model, root)


def _validated(content: Any) -> tuple[CourseModel | None, list[ErrorDetails]]:
    is_handout = isinstance(content, dict) and content.get("handout") == "true"
    try:
        return (HandoutModel if is_handout else CourseModel).model_validate(content), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _sorted(faults: list[Fault]) -> list[Fault]:
    unique = dict.fromkeys(faults)
    return sorted(unique, key=lambda f: (f.path != COURSE_FILE, f.path.as_posix(), f.line))


def _course(model: CourseModel, root: Path) -> Course:
    return Course(
        root=str(root),
        title=model.title,
        units=tuple(
            Unit(
                unit.id,
                unit.title,
                tuple(_exercise(e, unit.id, model.handout, root) for e in unit.exercises),
                unit.due,
                unit.closes,
                {name: Dates(each.due, each.closes) for name, each in unit.sections.items()},
            )
            for unit in model.units
        ),
        limits=Limits(**model.limits.model_dump()),
        # A handout's tests are the examples that students see anyway.
        feedback=Feedback("everything" if model.handout else model.feedback.hidden),
        late=Late(**model.late.model_dump()),
        attempts=Attempts(**model.attempts.model_dump()),
        handout=model.handout,
    )


def _exercise(model: ExerciseModel, unit: str, handout: bool, root: Path) -> Exercise:
    tests, worth = dict(model.tests), Decimal(0)
    if handout:
        worth = model.points or worth
        with suppress(OSError, msgspec.MsgspecError):
            path = root / "guide" / unit / f"{model.id}.json"
            tests = dict.fromkeys(read_guide(path).examples, Decimal(0))
    return Exercise(model.id, unit, model.title, tests, tuple(model.forbidden), worth)
