"""The shape of course.yaml: pydantic models, and the JSON Schema that editors get from them.

Every scalar arrives as text (`nodes`); each field says what it makes of it, or raises
ValueError("what is wrong; what was expected").
"""

from __future__ import annotations

import keyword
import re
import sys
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)

from grader.course.outline import Attempts, Feedback, Late, Limits
from grader.course.reading import units

__all__ = [
    "CourseModel",
    "HandoutModel",
    "LimitsModel",
    "check_folder_name",
    "check_module_name",
    "schema",
]

#: Names that a worker has loaded, or that PyTorch loads when it needs them.
_LIBRARIES = frozenset({
    "conftest", "filelock", "fsspec", "functorch", "grader", "jinja2", "mpmath", "msgspec",
    "networkx", "numpy", "pytest", "scipy", "sympy", "torch", "torchgen", "typing_extensions",
    "wxb", "yaml",
})  # fmt: skip


def check_module_name(name: str) -> str:
    """Students' modules import each other by name: it must be one, and hide no library's.

    Raises:
        ValueError: it cannot be a module's name.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ValueError(f"{name!r} is no module name; expected lower_snake_case")
    if keyword.iskeyword(name):
        raise ValueError(f"{name} is a word of Python's own, so no module can be imported by it; "
                         "expected another name")  # fmt: skip
    if name in sys.stdlib_module_names or name in _LIBRARIES:
        raise ValueError(f"{name} is the name of a library module; expected one of its own")
    return name


def check_folder_name(name: str) -> str:
    """A unit is a folder in each of the trees.

    Raises:
        ValueError: it should not be a folder's name.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9_]*", name):
        raise ValueError(f"{name!r} is no folder name; expected e.g. 01_vectors")
    return name


def _text(value: object) -> object:
    if value is None or (isinstance(value, str) and not value.strip()):
        raise ValueError("there is nothing here; expected text")
    if not isinstance(value, str):
        kind = "a mapping" if isinstance(value, dict) else "a list"
        raise ValueError(f"{kind} is no text; expected text")
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


def _flag(value: object) -> object:
    if value not in ("true", "false", True, False):
        raise ValueError(f"{value!r} is no truth value; expected true or false")
    return value in ("true", True)


def _some_time(value: timedelta) -> timedelta:
    if not value:
        raise ValueError("no time at all; expected e.g. 1d")
    return value


def _default(text: str) -> dict[str, Any]:
    """A default as it would be written."""
    return {"default": text}


def _pattern(regex: str, example: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": regex, "examples": [example]})


Text = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=200)]
Seconds = Annotated[float, BeforeValidator(units.seconds_of), _pattern(units.TIME_PATTERN, "2s")]
Span = Annotated[Any, BeforeValidator(units.duration_of), _pattern(units.TIME_PATTERN, "15min")]
Days = Annotated[int, BeforeValidator(units.days_of), _pattern(units.DAYS_PATTERN, "3d")]
Count = Annotated[
    int, BeforeValidator(units.number_of), WithJsonSchema({"type": "integer", "minimum": 1})
]
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
    WithJsonSchema(
        {
            "type": "string",
            "examples": ["2027-02-01T23:59:00+01:00", "2027-02-01T23:59 Europe/Berlin"],
        }
    ),
]
TestName = Annotated[Text, AfterValidator(_test_name)]
DottedName = Annotated[Text, AfterValidator(_dotted)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Version = Annotated[Literal[1], BeforeValidator(_format)]


#: Longest time a limit may be, in seconds: a judge that waits for longer has been forgotten.
_DAY = 86400.0

# What stands in no course.yaml is as the outline has it.
_LIMITS, _FEEDBACK, _LATE, _ATTEMPTS = Limits(), Feedback(), Late(), Attempts()


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LimitsModel(_Model):
    """What one submission may use."""

    call: Annotated[
        Seconds, Field(gt=0, le=_DAY, description="Wall clock for one call, e.g. 2s")
    ] = _LIMITS.call
    exercise: Annotated[
        Seconds,
        Field(
            gt=0,
            le=_DAY,
            description="Wall clock for all tests of one exercise, e.g. 10s; "
            "each function has two call limits of its own first",
        ),
    ] = _LIMITS.exercise
    memory: Annotated[
        Bytes, Field(ge=1 << 24, description="Memory beyond the libraries, e.g. 1GiB")
    ] = _LIMITS.memory
    output: Annotated[
        Bytes, Field(ge=1 << 10, description="What one test may print, e.g. 64KiB")
    ] = _LIMITS.output


class FeedbackModel(_Model):
    """What a student sees of a hidden test that failed."""

    hidden: Annotated[
        Literal["everything", "title", "nothing"],
        Field(
            description="everything: message and hints; title: the sentence; nothing: the points"
        ),
    ] = _FEEDBACK.hidden


class LateModel(_Model):
    """The price of handing in late."""

    grace: Annotated[
        Span, Field(description="Free time after the due date", json_schema_extra=_default("0s"))
    ] = _LATE.grace
    lose: Annotated[Share, Field(description="Share of the marks lost each time")] = _LATE.lose
    every: Annotated[
        Span,
        AfterValidator(_some_time),
        Field(description="How often it is lost, e.g. 1d", json_schema_extra=_default("1d")),
    ] = _LATE.every
    at_most: Annotated[Share, Field(description="Most that can be lost")] = _LATE.at_most
    budget: Annotated[
        Days,
        Field(
            description="Late days of a student for the whole course that cost nothing",
            json_schema_extra=_default("0d"),
        ),
    ] = _LATE.budget


class AttemptsModel(_Model):
    """Which attempt decides a mark."""

    choose: Annotated[
        Literal["last", "best"],
        Field(description="The last attempt, or the best after what lateness costs"),
    ] = _ATTEMPTS.choose
    counted: Annotated[
        Count | None, Field(description="How many attempts count, the first ones; all by default")
    ] = _ATTEMPTS.counted


class DatesModel(_Model):
    """The dates of one section of the class."""

    due: Annotated[Moment, Field(description="When it is due, with the time zone")] = None
    closes: Annotated[Moment, Field(description="When nothing more is taken")] = None


class ExerciseModel(_Model):
    """One exercise: a module, and the tests that mark it."""

    id: Annotated[Text, AfterValidator(check_module_name), Field(description="The module's name")]
    title: Annotated[Text, Field(description="A line for people")]
    tests: Annotated[
        dict[TestName, Points], Field(min_length=1, description="Points of each test function")
    ]
    forbidden: Annotated[
        list[DottedName], Field(description="Library names that its code must not call")
    ] = []
    points: Annotated[Points | None, Field(description="Sum of the tests; checked")] = None


class HandoutExerciseModel(ExerciseModel):
    """An exercise in a handout: its tests are elsewhere, their sum is stated."""

    tests: Annotated[dict[TestName, Points], Field(max_length=0)] = {}
    points: Annotated[Points, Field(description="What the hidden tests give together")]


class UnitModel(_Model):
    """A folder of exercises with one lesson."""

    id: Annotated[Text, AfterValidator(check_folder_name), Field(description="The folder's name")]
    title: Annotated[Text, Field(description="A line for people")]
    exercises: Annotated[list[ExerciseModel], Field(description="In the order of the course")]
    due: Annotated[Moment, Field(description="When it is due, with the time zone")] = None
    closes: Annotated[Moment, Field(description="When nothing more is taken")] = None
    sections: Annotated[
        dict[Text, DatesModel], Field(description="Dates of a section of the class that has others")
    ] = {}


class HandoutUnitModel(UnitModel):
    """A unit in a handout."""

    exercises: Annotated[
        list[HandoutExerciseModel], Field(description="In the order of the course")
    ]  # type: ignore[assignment]


class CourseModel(_Model):
    """A course."""

    format: Annotated[Version, Field(description="Version of this file's format")]
    title: Annotated[Text, Field(description="The course's name")]
    units: Annotated[list[UnitModel], Field(description="In the order of the course")]
    limits: Annotated[LimitsModel, Field(description="What one submission may use")] = LimitsModel()
    feedback: Annotated[FeedbackModel, Field(description="What students see")] = FeedbackModel()
    late: Annotated[LateModel, Field(description="The price of handing in late")] = LateModel()
    attempts: Annotated[AttemptsModel, Field(description="Which attempt decides a mark")] = (
        AttemptsModel()
    )
    points: Annotated[Points | None, Field(description="Sum of all exercises; checked")] = None
    handout: Annotated[Flag, Field(description="true in what `grade release` writes")] = False


class HandoutModel(CourseModel):
    """The course.yaml of a handout."""

    units: Annotated[list[HandoutUnitModel], Field(description="In the order of the course")]  # type: ignore[assignment]


def schema() -> dict[str, Any]:
    """JSON Schema of course.yaml for editors; `course.schema.json` is this, written out."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **CourseModel.model_json_schema(),
    }
