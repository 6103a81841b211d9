"""`grade solution`: the reference, after a pass or after giving up."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.cli.options import CoursePath, complete_exercise, one_exercise, open_course
from grader.errors import UsageError

__all__ = ["solution"]


def solution(
    exercise: Annotated[str, typer.Argument(metavar="EXERCISE", autocompletion=complete_exercise)],
    course: CoursePath = None,
    give_up: Annotated[
        bool, typer.Option("--give-up", help="Show it before it has passed; this is remembered.")
    ] = False,
) -> None:
    """Show the reference of an exercise that has passed, or that is given up."""
    from grader.cli.screens.screen import near
    from grader.course.text import read_source
    from grader.study.progress import Progress

    taught = open_course(course)
    found = one_exercise(taught, exercise)
    if taught.handout:
        raise UsageError(
            "This is a handout, and no solution is in it: whoever runs the course has them."
        )
    progress = Progress(taught)
    if not progress.may_see_solution(found):
        if not give_up:
            raise UsageError(
                f"{found.id} has not passed yet. `grade hint {found.id}` opens a hint; "
                f"`grade solution {found.id} --give-up` shows the solution all the same, "
                "and remembers that it did."
            )
        progress.give_up(found)
        if not progress.save():
            raise UsageError(
                f"{taught.root} cannot be written, so it could not be remembered that "
                f"{found.id} was given up."
            )
    text = read_source(taught.solution(found), taught.root)
    typer.echo(f"# {near(taught.solution(found))}\n\n{text}", nl=False)
