"""What several commands share: their options, the course they work on, names of exercises."""

from __future__ import annotations

import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli import commands
from grader.errors import UsageError, WxbError

if TYPE_CHECKING:
    from grader.classroom.gradebook.book import Gradebook
    from grader.course.handout import Laid
    from grader.course.outline import Course, Exercise

__all__ = [
    "CoursePath",
    "Exercises",
    "GradebookUrl",
    "IsolationOption",
    "Json",
    "Keep",
    "Plain",
    "SubmissionPath",
    "choice",
    "complete_exercise",
    "complete_unit",
    "found_course",
    "kept",
    "known_exercises",
    "one_exercise",
    "open_course",
    "open_gradebook",
    "open_source",
]


def complete_exercise(incomplete: str) -> list[str]:
    """Exercises and units whose names begin like what was typed, for the shell."""
    try:
        course = open_course(None)
    except WxbError:
        return []
    names = [*(unit.id for unit in course.units), *(e.id for e in course.exercises)]
    return [name for name in names if name.startswith(incomplete)]


def complete_unit(incomplete: str) -> list[str]:
    """Units whose names begin like what was typed, for the shell."""
    try:
        return [u.id for u in open_course(None).units if u.id.startswith(incomplete)]
    except WxbError:
        return []


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
        help="What to grade: a folder, zip, module or notebook; by default the exercises/ here.",
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

Keep = Annotated[
    str | None,
    typer.Option(
        "--keep",
        metavar="WHICH",
        help="Which of several attempts are graded: last, best or all; by default what "
        "course.yaml's `attempts:` needs, else the last.",
    ),
]
GradebookUrl = Annotated[
    str | None,
    typer.Option(
        "--gradebook",
        metavar="URL",
        help="The gradebook: a file, or the URL of a database. By default WXB_GRADEBOOK, or the "
        "course's own file in your data folder.",
    ),
]


def open_gradebook(course: Course, url: str | None) -> Gradebook:
    """The gradebook of a course; what is remarkable about it is said on standard error.

    Raises:
        UsageError: it cannot be used.
    """
    from grader.classroom.gradebook.book import Gradebook

    book = Gradebook(course, url)
    for note in book.notes:
        typer.echo(note, err=True)
    return book


def open_course(path: Path | None, submission: Path | None = None) -> Course:
    """The course at `path`, or the nearest one upward from here.

    Args:
        submission: what somebody handed in: a course.yaml inside of it is theirs, not ours.

    Raises:
        UsageError: there is none, or it was handed in.
        CourseError: it has faults.
    """
    from grader.course.outline import Course

    file = _found(path)
    if path is None and submission is not None and file.is_relative_to(submission.resolve()):
        raise UsageError(
            f"{file} lies inside of what is to be graded, so it may be a part of it. "
            "Name the course with --course PATH."
        )
    return Course.load(file)


def open_source(path: Path | None, strict: bool = False) -> Course:
    """The course that an author works on, as `open_course` finds it.

    Args:
        strict: also ask for stubs, and refuse files that belong to no exercise.

    Raises:
        UsageError: there is none, or it is a handout.
        CourseError: it has faults.
    """
    from grader.course.reading.load import load

    course = load(_found(path), strict=strict)
    if course.handout:
        raise UsageError(
            f"{course.root} is a handout, without solutions and hidden tests. This command is for "
            "the course that it was made from."
        )
    return course


def found_course(path: Path | None) -> Path:
    """The course.yaml at `path`, or the nearest one upward from here, as yet unread.

    Raises:
        UsageError: there is none upward from here.
    """
    found = _found(path)
    return found / "course.yaml" if found.is_dir() else found


def _found(path: Path | None) -> Path:
    from grader.course.reading.load import find

    return path if path is not None else find(Path.cwd())


def known_exercises(course: Course, names: list[str], is_first: bool = False) -> tuple[str, ...]:
    """Exercise ids for what was typed.

    Args:
        is_first: no command was typed before it, so it may be a mistyped one.
    """
    from grader.course.names import find_exercises

    typed = (module.name for module in pkgutil.iter_modules(commands.__path__))
    return find_exercises(course, names, typed if is_first else ())


def kept(laid: Laid) -> list[str]:
    """A line for each file that a newer handout did not simply replace."""
    lines = [f"{name} was written in, so it stays as it is." for name in laid.kept]
    return lines + [f"{name} was changed: what was there is now {to}." for name, to in laid.saved]


def one_exercise(course: Course, name: str) -> Exercise:
    """The exercise that was typed.

    Raises:
        UsageError: there is none, or it is a unit.
    """
    found = course.exercise(known_exercises(course, [name])[0])
    if found is None or name.rstrip("/").rpartition("/")[2] in {u.id for u in course.units}:
        raise UsageError(f"{name} is a unit. Name one exercise of it.")
    return found


def choice(option: str, value: str | None, allowed: tuple[str, ...]) -> Any:
    """The value of an option that may have only a few.

    Raises:
        UsageError: it is none of them.
    """
    if value is not None and value not in allowed:
        raise UsageError(f"{option} {value}: expected {' or '.join(allowed)}")
    return value
