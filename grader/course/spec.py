"""Reading course.yaml: every fault at once, each as `course.yaml:LINE: what; expected`.

The shape of the file is in `grader.course.shape`. What spans several places (ids, points, files) is
checked on whatever could be read (`grader.course.partial`, `grader.course.files`).
"""

from __future__ import annotations

import difflib
import os
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import msgspec
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from grader.course import files, partial
from grader.course.guide import read_guide
from grader.course.nodes import Lines, Place, read_nodes, shown
from grader.course.outline import Course, Exercise, Feedback, Late, Limits, Unit
from grader.course.shape import CourseModel, ExerciseModel, HandoutModel, schema
from grader.errors import CourseError, Fault, UsageError

__all__ = ["find", "load", "schema"]

_FILE = Path("course.yaml")


def find(start: Path) -> Path:
    """The nearest course.yaml upward from a folder.

    Raises:
        UsageError: there is none; the message says where it was looked for.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if os.path.isfile(folder / _FILE):  # which an unreadable folder does not stop
            return folder / _FILE
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
    file = path / _FILE if os.path.isdir(path) else path
    try:
        data = file.read_bytes()
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{file}: {told}; expected a course.yaml") from None
    root = file.resolve().parent
    content, lines, form = read_nodes(data, _FILE)
    model, errors = _validated(content)
    outline = partial.readable(content, {error["loc"] for error in errors}, root)
    faults = form + [_fault(error, content, lines) for error in errors]
    faults += partial.sums(content, lines)
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
    return sorted(unique, key=lambda f: (f.path != _FILE, f.path.as_posix(), f.line))


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
            )
            for unit in model.units
        ),
        limits=Limits(**model.limits.model_dump()),
        # A handout's tests are the examples that students see anyway.
        feedback=Feedback("everything" if model.handout else model.feedback.hidden),
        late=Late(**model.late.model_dump()),
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


# --- from pydantic's errors to sentences --------------------------------------------------------


def _fault(detail: ErrorDetails, content: Any, lines: Lines) -> Fault:
    place: Place = tuple(part for part in detail["loc"] if part != "[key]")
    what, expected = _told(detail, place, content)
    return Fault(_FILE, _line(place, lines), " ".join(what.split()), expected)


def _line(place: Place, lines: Lines) -> int:
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _told(detail: ErrorDetails, place: Place, content: Any) -> tuple[str, str]:
    kind = detail["type"]
    name = shown(str(place[-1])) if place else "the file"
    if kind == "missing":
        return f"{name} is missing", _example(place)
    if kind == "extra_forbidden":
        return f"unknown key {name}", _near(str(place[-1]), place)
    if kind == "value_error":
        what, _, expected = str(detail["ctx"]["error"]).partition("; ")
        is_named = what.partition(" ")[0].strip("'") == name or isinstance(place[-1], int)
        return what if is_named else f"{name}: {what}", expected
    given, limits = _given(content, place), detail.get("ctx", {})
    expected = {
        "model_type": "expected a mapping",
        "dict_type": "expected a mapping",
        "list_type": "expected a list",
        "too_short": "expected at least one",
        "string_too_long": "expected at most 200 characters",
        "literal_error": f"expected {limits.get('expected')}",
        "greater_than": "expected more than 0",
        "greater_than_equal": f"expected at least {_size(limits.get('ge', 0))}",
        "less_than_equal": "expected at most 1d",
    }.get(kind, detail["msg"])
    told = {dict: "a mapping", list: "a list", type(None): "nothing"}.get(type(given))
    return f"{name}: {told or repr(given)[:60]}", expected


def _given(content: Any, place: Place) -> Any:
    """What stands in the file at a place, before a field has made something of it."""
    for part in place:
        try:
            content = content[part]
        except (LookupError, TypeError):
            return None
    return content


def _size(number: int) -> str:
    return f"{number >> 20}MiB" if number >> 20 else f"{number >> 10}KiB"


def _model_at(place: Place) -> type[BaseModel]:
    """The model that the mapping at a place belongs to."""
    model: type[BaseModel] = CourseModel
    for part in place:
        if isinstance(part, str) and part in model.model_fields:
            model = _inner_model(model.model_fields[part].annotation) or model
    return model


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for a in get_args(annotation) if (m := _inner_model(a)) is not None), None)


def _near(name: str, place: Place) -> str:
    known = list(_model_at(place[:-1]).model_fields)
    close = difflib.get_close_matches(name, known, 1)
    return f"did you mean {close[0]}?" if close else f"expected one of {', '.join(known)}"


def _example(place: Place) -> str:
    field = _model_at(place[:-1]).model_fields.get(str(place[-1]))
    told = field.description if field is not None and field.description else ""
    return f"expected {told[0].lower()}{told[1:]}" if told else ""
