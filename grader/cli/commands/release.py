"""`grade release`: the folder that students get."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import CoursePath, open_source

__all__ = ["release"]


def release(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to build.")],
    course: CoursePath = None,
) -> None:
    """Build what students get, with nothing hidden in it."""
    from grader.authoring.leaks import leaks
    from grader.authoring.release import release as build
    from grader.report.words import plural

    taught = open_source(course)
    written = build(taught, out)
    found = leaks(taught, out)
    for fault in found:
        typer.echo(f"{out / fault.path}:{fault.line}: {fault.what}", err=True)
    if found:
        typer.echo("The handout shows what is hidden; do not give it to students.", err=True)
        raise typer.Exit(2)
    many = f"{plural(sum(1 for _ in taught.exercises), 'exercise')}, {len(written)} files"
    typer.echo(f"{out}: {many}; nothing hidden is in it.")
    typer.echo(f"Try it as a student would:  cd {shlex.quote(str(out))} && grade watch")
