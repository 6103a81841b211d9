"""Commands for students: `grade run`, `grade watch`, `grade list` and `grade hint`."""

from __future__ import annotations

import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from grader.cli.options import (
    CoursePath,
    Exercises,
    IsolationOption,
    Json,
    Plain,
    SubmissionPath,
    choice,
    complete_exercise,
    known_exercises,
    open_course,
)
from grader.errors import IsolationError, UsageError

if TYPE_CHECKING:
    from grader.cli.progress import Progress
    from grader.cli.terminal import Screen
    from grader.course.outline import Course, Exercise
    from grader.grading.engine import Grader
    from grader.model import Report
    from grader.submission import Submission

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("run")(run)
    app.command("list")(list_)
    app.command("hint")(hint)
    app.command("watch")(watch)
    app.command("pack")(pack)


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

    level = choice("--isolation", isolation, ("full", "none"))
    method = choice("--start", start, ("fork", "spawn"))
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
        screen = Screen(plain=plain)
        screen.report(report, taught, seconds, grader.missing, theirs)
        if not theirs:
            progress = _remember(report, taught, screen)
            screen.step(taught, _next(report, taught, progress))
    raise typer.Exit(_status(report))


def list_(course: CoursePath = None, plain: Plain = False) -> None:
    """Show the map of the course: units, exercises, how far you are, the next step."""
    from grader.cli.progress import Progress
    from grader.cli.terminal import Screen

    taught = open_course(course)
    Screen(plain=plain).outline(taught, Progress(taught))


def hint(
    exercise: Annotated[
        str | None,
        typer.Argument(
            metavar="[EXERCISE]",
            help="By default the first that is not done.",
            autocompletion=complete_exercise,
        ),
    ] = None,
    course: CoursePath = None,
    plain: Plain = False,
    again: Annotated[bool, typer.Option("--again", help="Open no further hint.")] = False,
) -> None:
    """Open the next hint for an exercise, and show those that are open."""
    from grader.cli.progress import Progress
    from grader.cli.terminal import Screen

    taught = open_course(course)
    progress = Progress(taught)
    found = taught.exercise(known_exercises(taught, [exercise])[0]) if exercise else progress.next()
    if found is None:
        raise UsageError("Every exercise is done. For the hints of one, name it.")
    if not progress.tiers(found):
        raise UsageError(f"{found.id} has no hints. Its lesson: {_lesson(taught, found)}")
    if not again:
        progress.open_next(found)
        progress.save()
    opened = progress.opened(found)
    Screen(plain=plain).hints(found, opened, len(progress.tiers(found)) - len(opened))


def watch(
    exercise: Annotated[
        str | None,
        typer.Argument(
            metavar="[EXERCISE]",
            help="The exercise to begin with; by default the first that is not done.",
            autocompletion=complete_exercise,
        ),
    ] = None,
    course: CoursePath = None,
    plain: Plain = False,
) -> None:
    """Grade on every save: save, see, understand, next."""
    from grader.cli.watch.command import run as watch_course

    taught = open_course(course)
    first = known_exercises(taught, [exercise])[0] if exercise else ""
    watch_course(taught, taught.exercise(first), plain)


def pack(
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PATH", help="By default handin.zip in the course."),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="EXERCISE",
            help="Leave an exercise out.",
            autocompletion=complete_exercise,
        ),
    ] = None,
    course: CoursePath = None,
) -> None:
    """Make the one file to hand in; say what is missing, refuse what would not load."""
    from grader.cli import pack as packing
    from grader.grading.engine import Grader

    taught = open_course(course)
    left_out = known_exercises(taught, without or [])
    work = packing.contents(taught, left_out)
    not_begun = packing.missing(taught, work)
    if len(not_begun) == sum(1 for _ in taught.exercises):
        raise UsageError("Nothing is begun yet, so there is nothing to hand in.")
    with Grader(taught) as grader:
        faults = list(packing.unloadable(taught, work, grader))
    for fault in faults:
        typer.echo(str(fault), err=True)
    if faults:
        typer.echo(
            "Nothing was packed: this would not load. Mend it, or leave it out "
            "with --without EXERCISE.",
            err=True,
        )
        raise typer.Exit(1)
    path = output if output is not None else Path(taught.root) / "handin.zip"
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file, e.g. --output {path / 'handin.zip'}")
    packing.write(work, path, Path(taught.root) / "exercises")
    if not_begun:
        names = ", ".join(exercise.id for exercise in not_begun)
        typer.echo(f"Not begun, and worth nothing as they are: {names}.")
    many = len(work.sources)
    typer.echo(f"{path}: {many} file{'s' * (many != 1)}. Upload this one file.")


def _lesson(course: Course, exercise: Exercise) -> Path:
    unit = next(unit for unit in course.units if unit.id == exercise.unit)
    return course.lesson(unit)


def _next(report: Report, course: Course, progress: Progress) -> Exercise | None:
    """What to do now: the first that is not right, else what comes after."""
    todo = next((e for e in report.exercises if e.outcome not in ("passed", "skipped")), None)
    if todo is not None:
        return course.exercise(todo.id)
    skipped = {e.id for e in report.exercises if e.outcome == "skipped"}
    return progress.next(report.exercises[-1].id, skipped)


def _remember(report: Report, course: Course, screen: Screen) -> Progress:
    """Keep what was reached; say why it works after a pass, offer a hint where one may help."""
    from grader.cli.progress import Progress
    from grader.course.guide import load_guide

    progress = Progress(course)
    for result in report.exercises:
        exercise = course.exercise(result.id)
        if exercise is None or result.outcome == "not_attempted":
            continue
        was_right = progress[result.id].outcome == "passed"
        progress.graded(result, progress.text(exercise))
        if result.outcome == "passed" and not was_right:
            screen.why(exercise, load_guide(course, exercise).why)
        elif progress.offers_hint(exercise):
            screen.offer(exercise)
    progress.save()
    return progress


def _graded(
    grader: Grader,
    submission: Submission,
    wanted: tuple[str, ...],
    graded: tuple[str, ...],
    quiet: bool,
) -> Report:
    """One submission, graded, with a progress bar where there is a terminal."""
    from grader.cli.steps import step_bar

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


def _status(report: Report) -> Literal[0, 1, 3]:
    outcomes = {test.outcome for e in report.exercises for test in e.tests}
    if "grader_fault" in outcomes:
        return 3
    return 0 if outcomes <= {"passed", "skipped"} else 1
