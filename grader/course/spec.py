"""Reading course.yaml: every fault at once, each as `course.yaml:LINE: what; expected`.

The shape of the file is the pydantic models below; `schema()` is the JSON Schema that editors get
from them. What spans several places (ids, points, files) is checked in `grader.course.files`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import ErrorDetails

from grader.course import files, units
from grader.course.nodes import Lines, Place, read_nodes
from grader.course.outline import Course, Exercise, Feedback, Late, Limits, Unit
from grader.errors import CourseError, Fault, UsageError

__all__ = ["find", "load", "schema"]

_FILE = Path("course.yaml")


def _text(value: object) -> object:
    if value is None:
        raise ValueError("there is nothing here; expected text")
    if not isinstance(value, str):
        kind = "a mapping" if isinstance(value, dict) else "a list"
        raise ValueError(f"{kind} is no text; expected text")
    return value


def _module_name(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", value):
        raise ValueError(f"{value!r} is no module name; expected lower_snake_case")
    files.check_module_name(value)
    return value


def _folder_name(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_]*", value):
        raise ValueError(f"{value!r} is no folder name; expected e.g. 01_vectors")
    return value


def _test_name(value: str) -> str:
    if "[" in value:
        plain = value.partition("[")[0]
        raise ValueError(f"{value} names one parameter; expected {plain}, for all of them together")
    if not re.fullmatch(r"test_\w+", value):
        raise ValueError(f"{value!r} is no name of a test; expected test_…")
    return value


def _dotted(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+", value):
        raise ValueError(f"{value!r} is no dotted name; expected e.g. numpy.linalg.norm")
    return value


def _format(value: object) -> object:
    if value != "1":
        raise ValueError(f"format {value!r} is not known to this version; expected 1")
    return 1


def _pattern(regex: str, example: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": regex, "examples": [example]})


Text = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=200)]
Seconds = Annotated[float, BeforeValidator(units.seconds_of), _pattern(units.TIME_PATTERN, "2s")]
Bytes = Annotated[int, BeforeValidator(units.bytes_of), _pattern(units.SIZE_PATTERN, "1GiB")]
Share = Annotated[
    Decimal, BeforeValidator(units.fraction_of), _pattern(units.PERCENT_PATTERN, "10%")
]
Points = Annotated[
    Decimal,
    BeforeValidator(units.points_of),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 1000}),
]
Moment = Annotated[
    Any,
    BeforeValidator(units.moment_of),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
TestName = Annotated[Text, AfterValidator(_test_name)]
DottedName = Annotated[Text, AfterValidator(_dotted)]
Version = Annotated[Literal[1], BeforeValidator(_format)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LimitsModel(_Model):
    """What one submission may use."""

    call: Annotated[Seconds, Field(gt=0, description="Wall clock for one call, e.g. 2s")] = 2.0
    exercise: Annotated[
        Seconds, Field(gt=0, description="Wall clock for all tests of one exercise, e.g. 10s")
    ] = 10.0
    memory: Annotated[
        Bytes, Field(ge=1 << 24, description="Memory beyond the libraries, e.g. 1GiB")
    ] = 1 << 30
    output: Annotated[
        Bytes, Field(ge=1 << 10, description="What one test may print, e.g. 64KiB")
    ] = 64 << 10


class FeedbackModel(_Model):
    """What a student sees of a hidden test that failed."""

    hidden: Annotated[
        Literal["everything", "title", "nothing"],
        Field(
            description="everything: message and hints; title: the sentence; nothing: the points"
        ),
    ] = "title"


class LateModel(_Model):
    """The price of handing in late."""

    grace: Annotated[Seconds, Field(description="Free time after the due date")] = 0.0
    lose: Annotated[Share, Field(description="Share of the marks lost each time")] = Decimal(0)
    every: Annotated[Seconds, Field(gt=0, description="How often it is lost")] = 86400.0
    at_most: Annotated[Share, Field(description="Most that can be lost")] = Decimal(1)


class ExerciseModel(_Model):
    """One exercise: a module, and the tests that mark it."""

    id: Annotated[Text, AfterValidator(_module_name), Field(description="The module's name")]
    title: Annotated[Text, Field(description="A line for people")]
    tests: Annotated[
        dict[TestName, Points], Field(min_length=1, description="Points of each test function")
    ]
    forbidden: Annotated[
        list[DottedName], Field(description="Library names that its code must not call")
    ] = []
    points: Annotated[Points | None, Field(description="Sum of the tests; checked")] = None


class UnitModel(_Model):
    """A folder of exercises with one lesson."""

    id: Annotated[Text, AfterValidator(_folder_name), Field(description="The folder's name")]
    title: Annotated[Text, Field(description="A line for people")]
    exercises: Annotated[list[ExerciseModel], Field(description="In the order of the course")]
    due: Annotated[Moment, Field(description="When it is due, with the time zone")] = None


class CourseModel(_Model):
    """A course."""

    format: Annotated[Version, Field(description="Version of this file's format")]
    title: Annotated[Text, Field(description="The course's name")]
    units: Annotated[list[UnitModel], Field(description="In the order of the course")]
    limits: Annotated[LimitsModel, Field(description="What one submission may use")] = LimitsModel()
    feedback: Annotated[FeedbackModel, Field(description="What students see")] = FeedbackModel()
    late: Annotated[LateModel, Field(description="The price of handing in late")] = LateModel()
    points: Annotated[Points | None, Field(description="Sum of all exercises; checked")] = None


def schema() -> dict[str, Any]:
    """JSON Schema of course.yaml for editors; `course.schema.json` is this, written out."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **CourseModel.model_json_schema(),
    }


def find(start: Path) -> Path:
    """The nearest course.yaml upward from a folder.

    Raises:
        UsageError: there is none; the message says where it was looked for.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / _FILE).is_file():
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
    file = path / _FILE if path.is_dir() else path
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}; expected a course.yaml") from None
    content, lines, faults = read_nodes(data, _FILE)
    try:
        model = CourseModel.model_validate(content)
    except ValidationError as error:
        details = error.errors(include_url=False)
        faults += [_fault(detail, lines) for detail in details]
        raise CourseError(_sorted(faults)) from None
    course = _course(model, file.resolve().parent)
    faults += _sums(model, lines)
    faults += files.faults(course, lines, strict)
    if faults:
        raise CourseError(_sorted(faults))
    return course


def _sorted(faults: list[Fault]) -> list[Fault]:
    unique = dict.fromkeys(faults)
    return sorted(unique, key=lambda fault: (str(fault.path) != str(_FILE), fault.line))


def _course(model: CourseModel, root: Path) -> Course:
    return Course(
        root=str(root),
        title=model.title,
        units=tuple(
            Unit(
                unit.id,
                unit.title,
                tuple(
                    Exercise(e.id, unit.id, e.title, dict(e.tests), tuple(e.forbidden))
                    for e in unit.exercises
                ),
                unit.due,
            )
            for unit in model.units
        ),
        limits=Limits(**model.limits.model_dump()),
        feedback=Feedback(**model.feedback.model_dump()),
        late=Late(**model.late.model_dump()),
    )


def _sums(model: CourseModel, lines: Lines) -> Iterator[Fault]:
    """Points that are stated and do not add up, and a call that may outlast its exercise."""
    total = Decimal(0)
    for i, unit in enumerate(model.units):
        for j, exercise in enumerate(unit.exercises):
            found = sum(exercise.tests.values(), Decimal(0))
            total += found
            if exercise.points is not None and exercise.points != found:
                place: Place = ("units", i, "exercises", j, "points")
                told = f"the tests of {exercise.id} add up to {found}"
                yield Fault(_FILE, lines[place], told, f"points: {found}")
    if model.points is not None and model.points != total:
        told = f"the exercises add up to {total}"
        yield Fault(_FILE, lines[("points",)], told, f"points: {total}")
    if model.limits.call > model.limits.exercise:
        line = lines.get(("limits", "call"), lines.get(("limits",), 1))
        yield Fault(_FILE, line, "one call may take longer than its exercise", "call <= exercise")


# --- from pydantic's errors to sentences --------------------------------------------------------


def _fault(detail: ErrorDetails, lines: Lines) -> Fault:
    place: Place = tuple(part for part in detail["loc"] if part != "[key]")
    line = _line(place, lines)
    what, expected = _told(detail, place)
    return Fault(_FILE, line, what, expected)


def _line(place: Place, lines: Lines) -> int:
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _told(detail: ErrorDetails, place: Place) -> tuple[str, str]:
    kind, name = detail["type"], str(place[-1]) if place else "the file"
    given = detail.get("input")
    if kind == "missing":
        return f"{name} is missing", _example(place)
    if kind == "extra_forbidden":
        return f"unknown key {name}", _near(name, place)
    if kind == "value_error":
        what, _, expected = str(detail["ctx"]["error"]).partition("; ")
        where = "" if name in what or isinstance(place[-1] if place else 0, int) else f"{name}: "
        return where + what, expected
    if kind == "literal_error":
        return f"{name}: {given!r}", f"expected {detail['ctx']['expected']}"
    expected = {
        "model_type": "expected a mapping",
        "model_attributes_type": "expected a mapping",
        "dict_type": "expected a mapping",
        "list_type": "expected a list",
        "too_short": "expected at least one",
        "string_too_short": "expected text",
        "string_too_long": "expected at most 200 characters",
        "greater_than": "expected more than 0",
        "greater_than_equal": f"expected at least {detail.get('ctx', {}).get('ge')}",
    }.get(kind, detail["msg"])
    shown = {dict: "a mapping", list: "a list", type(None): "nothing"}.get(type(given))
    return f"{name}: {shown or repr(given)[:60]}", expected


def _model_at(place: Place) -> type[BaseModel]:
    """The model that the mapping at a place belongs to."""
    model: type[BaseModel] = CourseModel
    for part in place:
        if isinstance(part, str) and part in model.model_fields:
            found = _inner_model(model.model_fields[part].annotation)
            model = found or model
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
