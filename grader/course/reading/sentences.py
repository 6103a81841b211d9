"""From pydantic's errors to faults of course.yaml, each with its line and what was expected."""

from __future__ import annotations

import difflib
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from grader.course.faults import COURSE_FILE
from grader.course.reading.nodes import KeyPath, Lines, quote
from grader.course.reading.shape import CourseModel
from grader.errors import Fault

__all__ = ["fault_of_detail"]


def fault_of_detail(detail: ErrorDetails, content: Any, lines: Lines) -> Fault:
    place: KeyPath = tuple(part for part in detail["loc"] if part != "[key]")
    what, expected = _sentence(detail, place, content)
    return Fault(COURSE_FILE, _line(place, lines), " ".join(what.split()), expected)


def _line(place: KeyPath, lines: Lines) -> int:
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _sentence(detail: ErrorDetails, place: KeyPath, content: Any) -> tuple[str, str]:
    kind = detail["type"]
    name = quote(str(place[-1])) if place else "the file"
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
    kind_of_value = {dict: "a mapping", list: "a list", type(None): "nothing"}.get(type(given))
    return f"{name}: {kind_of_value or repr(given)[:60]}", expected


def _given(content: Any, place: KeyPath) -> Any:
    """What stands in the file at a place, before a field has made something of it."""
    for part in place:
        try:
            content = content[part]
        except (LookupError, TypeError):
            return None
    return content


def _size(number: int) -> str:
    return f"{number >> 20}MiB" if number >> 20 else f"{number >> 10}KiB"


def _model_at(place: KeyPath) -> type[BaseModel]:
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


def _near(name: str, place: KeyPath) -> str:
    known = list(_model_at(place[:-1]).model_fields)
    close = difflib.get_close_matches(name, known, 1)
    return f"did you mean {close[0]}?" if close else f"expected one of {', '.join(known)}"


def _example(place: KeyPath) -> str:
    field = _model_at(place[:-1]).model_fields.get(str(place[-1]))
    text = field.description if field is not None and field.description else ""
    return f"expected {text[0].lower()}{text[1:]}" if text else ""
