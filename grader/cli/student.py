"""Commands for students: `grade run` and `grade list`."""

from __future__ import annotations

import difflib
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from grader.errors import IsolationError, UsageError

if TYPE_CHECKING:
    from grader.course.outline import Course
    from grader.grading.engine import Grader
    from grader.model import Report
    from grader.submission import Submission

__all__ = ["known_exercises", "open_course", "register"]

Exercises = Annotated[
    list[str] | None,
    typer.Argument(metavar="EXERCISE", help="Names of exercises; all of them by default."),
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
        help="What to grade: a folder or one module; by default the course's own exercises/.",
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


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("run")(run)
    app.command("list")(list_)


def run(
    exercises: Exercises = None,
    submission: SubmissionPath = None,
    course: CoursePath = None,
    json: Json = False,
    plain: Plain = False,
    isolation: IsolationOption = None,
    start: Annotated[str | None, typer.Option("--start", hidden=True)] = None,
) -> None:
    """Grade what is here: say what is right, what is wrong, and which idea is wrong."""
    from grader.grading.engine import Grader
    from grader.grading.matching import match
    from grader.sandbox.caller import Base
    from grader.submission import Submission

    level = _choice("--isolation", isolation, ("full", "none"))
    method = _choice("--start", start, ("fork", "spawn"))
    theirs = submission is not None
    with closing(Base()) as base:  # it imports the slow libraries while the course is read
        taught = open_course(course)
        wanted = known_exercises(taught, exercises or [])
        handed_in = Submission.from_path(submission or Path(taught.root) / "exercises")
        graded = match(taught, handed_in, wanted).exercises
        began = time.perf_counter()
        with Grader(
            taught, exercises=graded or None, isolation=level, start=method, base=base
        ) as grader:
            grader.start()
            _insist(grader, theirs, level)
            report = _graded(grader, handed_in, wanted, graded, json or plain)
    if json:
        from grader.model import encode_report

        sys.stdout.write(encode_report(report).decode() + "\n")
    else:
        from grader.cli.terminal import Screen

        seconds = time.perf_counter() - began
        Screen(plain=plain).report(report, taught, seconds, grader.missing, theirs)
    raise typer.Exit(_status(report))


def list_(course: CoursePath = None, plain: Plain = False) -> None:
    """Show the course: units, exercises, points."""
    from grader.cli.terminal import Screen

    Screen(plain=plain).outline(open_course(course))


def open_course(path: Path | None) -> Course:
    """The course at `path`, or the nearest one upward from here."""
    from grader.course.outline import Course
    from grader.course.spec import find

    return Course.load(path if path is not None else find(Path.cwd()))


def _graded(
    grader: Grader,
    submission: Submission,
    wanted: tuple[str, ...],
    graded: tuple[str, ...],
    quiet: bool,
) -> Report:
    """One submission, graded, with a progress bar where there is a terminal."""
    from grader.cli.terminal import step_bar

    tests = sum(len(e.tests) for e in grader.course.exercises if e.id in graded)
    with step_bar(tests, quiet) as steps:

        def done(exercise: str, *_: str) -> None:
            steps.say(exercise)
            steps.advance()

        return grader.grade(submission, wanted, done)


def _insist(grader: Grader, theirs: bool, isolation: str | None) -> None:
    """Other people's code is not run without the lock unless that was asked for in words."""
    if theirs and grader.isolation == "none" and isolation != "none":
        raise IsolationError(
            "The lock around student code cannot be had here: "
            + " ".join(grader.missing)
            + "\nTo run this submission without it, with all your rights, say --isolation none."
        )


def known_exercises(course: Course, names: list[str]) -> tuple[str, ...]:
    """Exercise ids for what was typed: an id, a path to a module, or a unit for all of its own."""
    ids = [e.id for e in course.exercises]
    units = {unit.id: [e.id for e in unit.exercises] for unit in course.units}
    found: list[str] = []
    for name in names:
        stem = name.rstrip("/").rpartition("/")[2].removesuffix(".py")
        if stem in units:
            found += units[stem]
        elif stem in ids:
            found.append(stem)
        else:
            near = difflib.get_close_matches(
                stem, [*ids, *units, "run", "list", "sync", "check", "new"], 3, 0.5
            )
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise UsageError(f"There is no exercise {name}.{hint} `grade list` shows them all.")
    return tuple(dict.fromkeys(found))


def _choice(option: str, value: str | None, allowed: tuple[str, ...]) -> Any:
    if value is not None and value not in allowed:
        raise UsageError(f"{option} {value}: expected {' or '.join(allowed)}")
    return value


def _status(report: Report) -> Literal[0, 1, 3]:
    outcomes = {test.outcome for e in report.exercises for test in e.tests}
    if "grader_fault" in outcomes:
        return 3
    return 0 if outcomes <= {"passed", "skipped"} else 1
