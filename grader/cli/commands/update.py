"""`grade update`: a newer handout, laid over the one that is worked in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import CoursePath, kept, open_course
from grader.errors import UsageError

__all__ = ["update"]


def update(
    new: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The newer handout, unpacked beside this one.")
    ],
    course: CoursePath = None,
) -> None:
    """Take over a newer handout; what you have written in stays."""
    from grader.course.handout import is_handout, lay_over

    taught = open_course(course)
    root = Path(taught.root)
    if not taught.handout:
        raise UsageError(
            f"{root} is no handout. In the whole course the stubs are in the repository."
        )
    if not is_handout(new):
        raise UsageError(f"{new} holds no handout.")
    here, there = root.resolve(), new.resolve()
    if here.is_relative_to(there) or there.is_relative_to(here):
        raise UsageError(f"{new} is not beside this handout; unpack the newer one elsewhere.")
    open_course(new)  # it has no faults
    for line in kept(lay_over(new, root)):
        typer.echo(line)
    typer.echo(f"{root} is now as new as {new}. `grade list` shows what there is.")
