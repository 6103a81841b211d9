"""`grade release`: the folder that students get."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import CoursePath, kept, open_source

__all__ = ["release"]


def release(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to build.")],
    course: CoursePath = None,
) -> None:
    """Build what students get, with nothing hidden in it."""
    from grader.authoring.release import release as build
    from grader.report.words import plural

    taught = open_source(course)
    built = build(taught, out)
    for fault in built.leaks:
        typer.echo(f"{out / fault.path}:{fault.line}: {fault.what}", err=True)
    if built.leaks:
        typer.echo("The handout shows what is hidden; do not give it to students.", err=True)
        raise typer.Exit(2)
    for line in kept(built.laid):
        typer.echo(line)
    many = f"{plural(sum(1 for _ in taught.exercises), 'exercise')}, {len(built.files)} files"
    typer.echo(f"{out}: {many}; nothing hidden is in it.")
    typer.echo(f"Try it as a student would:  cd {shlex.quote(str(out))} && grade watch")
