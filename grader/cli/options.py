"""What several commands share: their options, the course they work on, names of exercises."""

from __future__ import annotations

import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import commands
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.course.outline import Course

from typing import TYPE_CHECKING, Any

from grader.errors import WxbError

if TYPE_CHECKING:
    from grader.course.outline import Course

__all__ = [
    "CoursePath",
    "Exercises",
    "IsolationOption",
    "Json",
    "Plain",
    "SubmissionPath",
    "choice",
    "complete_exercise",
    "course_source",
    "known_exercises",
    "open_course",
    "refuse_handout",
]


def complete_exercise(incomplete: str) -> list[str]:
    """Exercises and units whose names begin like what was typed, for the shell."""
    try:
        course = open_course(None)
    except WxbError:
        return []
    names = [*(unit.id for unit in course.units), *(e.id for e in course.exercises)]
    return [name for name in names if name.startswith(incomplete)]


Exercises = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="EXERCISE",
        help="Names of exercises or units; all of them by default.",
        autocompletion=complete_exercise,
    ),
]
CoursePath = Annotated[
    Path | None,
    typer.Option("--course", metavar="PATH", help="A course.yaml, or the folder that holds one."),
]
SubmissionPath = Annotated[
    Path | None,
    typer.Option(
        "--submission",
        metavar="PATH",
        help="What to grade: a folder, module or notebook; by default the course's exercises/.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print the report as JSON, and nothing else.")]
Plain = Annotated[bool, typer.Option("--plain", help="Plain lines: no colour, no redrawing.")]
IsolationOption = Annotated[
    str | None,
    typer.Option(
        "--isolation",
        metavar="LEVEL",
        help="full: insist on the lock around student code. none: do without it.",
    ),
]


def open_course(path: Path | None) -> Course:
    """The course at `path`, or the nearest one upward from here."""
    from grader.course.outline import Course
    from grader.course.reading.load import find

    return Course.load(path if path is not None else find(Path.cwd()))


def known_exercises(course: Course, names: list[str]) -> tuple[str, ...]:
    """Exercise ids for what was typed; the first word may also be a mistyped command."""
    from grader.course.names import find_exercises

    typed = (module.name for module in pkgutil.iter_modules(commands.__path__))
    return find_exercises(course, names, typed)


def choice(option: str, value: str | None, allowed: tuple[str, ...]) -> Any:
    """The value of an option that has only a few.

    Raises:
        UsageError: it is none of them.
    """
    if value is not None and value not in allowed:
        raise UsageError(f"{option} {value}: expected {' or '.join(allowed)}")
    return value


def course_source(path: Path | None) -> Course:
    """The course that an author works on."""
    taught = open_course(path)
    refuse_handout(taught)
    return taught


def refuse_handout(taught: Course) -> None:
    if taught.handout:
        raise UsageError(
            f"{taught.root} is a handout, without solutions and hidden tests. This command is for "
            "the course that it was made from."
        )
