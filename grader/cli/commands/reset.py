"""`grade reset`: a stub as it was at the start."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.cli.options import CoursePath, complete_exercise, one_exercise, open_course

__all__ = ["reset"]


def reset(
    exercise: Annotated[str, typer.Argument(metavar="EXERCISE", autocompletion=complete_exercise)],
    course: CoursePath = None,
) -> None:
    """Give an exercise's stub back; what was there is saved first."""
    from grader.cli.screens.screen import near
    from grader.study.progress import Progress
    from grader.study.reset import reset as give_back

    taught = open_course(course)
    found = one_exercise(taught, exercise)
    saved = give_back(Progress(taught), found)
    typer.echo(f"{near(taught.stub(found))} is as it was at the start.")
    if saved is not None:
        typer.echo(f"What was there: {near(saved)}")
