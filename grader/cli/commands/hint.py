"""`grade hint`: one more hint for an exercise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import CoursePath, Plain, complete_exercise, known_exercises, open_course
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.course.outline import Course, Exercise

__all__ = ["hint"]


def hint(
    exercise: Annotated[
        str | None,
        typer.Argument(
            metavar="EXERCISE",
            help="By default the first that is not done.",
            autocompletion=complete_exercise,
        ),
    ] = None,
    course: CoursePath = None,
    plain: Plain = False,
    again: Annotated[bool, typer.Option("--again", help="Open no further hint.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Open every hint.")] = False,
) -> None:
    """Open the next hint for an exercise."""
    from grader.cli.screens.hints import print_hints
    from grader.cli.screens.screen import Screen
    from grader.study.progress import Progress

    taught = open_course(course)
    progress = Progress(taught)
    found = taught.exercise(known_exercises(taught, [exercise])[0]) if exercise else progress.next()
    if found is None:
        all_done = "Every exercise is done" if progress.finished else "Nothing is left to try here"
        raise UsageError(f"{all_done}. For the hints of one, name it.")
    hints = progress.hints(found)
    if not hints:
        raise UsageError(f"{found.id} has no hints. Its lesson: {_lesson(taught, found)}")
    kept = True
    if not again or everything:
        while progress.open_next(found) is not None and everything:
            pass
        kept = progress.save()
    opened = progress.opened(found)
    left = len(hints) - len(opened)
    print_hints(Screen(plain=plain), found, opened, left)
    if not kept and left:
        typer.echo(
            f"{taught.root} cannot be written, so it is not remembered which hints are open: "
            f"`grade hint {found.id} --all` shows every one.",
            err=True,
        )


def _lesson(course: Course, exercise: Exercise) -> Path:
    unit = next(unit for unit in course.units if unit.id == exercise.unit)
    return course.lesson(unit)
