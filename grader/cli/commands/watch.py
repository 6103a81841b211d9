"""`grade watch`: grading on every save."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.cli.options import CoursePath, Plain, complete_exercise, known_exercises, open_course

__all__ = ["watch"]


def watch(
    exercise: Annotated[
        str | None,
        typer.Argument(
            metavar="EXERCISE",
            help="The exercise to begin with; by default the first that is not done.",
            autocompletion=complete_exercise,
        ),
    ] = None,
    course: CoursePath = None,
    plain: Plain = False,
) -> None:
    """Grade on every save: save, see, understand, next."""
    from grader.cli.watch.loop import run as watch_course

    taught = open_course(course)
    first = known_exercises(taught, [exercise])[0] if exercise else ""
    watch_course(taught, taught.exercise(first), plain)
