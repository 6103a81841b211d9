"""`grade pack`: the one file to hand in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import CoursePath, complete_exercise, known_exercises, open_course
from grader.errors import UsageError

__all__ = ["pack"]


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
    """Make the one file to hand in; say what is missing."""
    from grader.grading.engine import Grader
    from grader.report.words import plural
    from grader.study import pack as packing

    taught = open_course(course)
    left_out = known_exercises(taught, without or [])
    work = packing.contents(taught, left_out)
    gaps = packing.gaps(taught, work)
    if sum(not gap.functions for gap in gaps) == sum(1 for _ in taught.exercises):
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
    if gaps:
        typer.echo(f"Not begun, and worth nothing as they are: {', '.join(map(str, gaps))}.")
    typer.echo(f"{path}: {plural(len(work.sources), 'file')}. Upload this one file.")
