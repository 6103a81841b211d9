"""`grade sync`: each exercise's stub from its solution."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.cli.options import CoursePath, open_source

__all__ = ["sync"]

Check = Annotated[bool, typer.Option("--check", help="Write nothing; fail if a stub has drifted.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite stubs that were filled in, too.")]


def sync(check: Check = False, force: Force = False, course: CoursePath = None) -> None:
    """Write each exercise's stub from its solution."""
    from grader.authoring import sync as stubs

    taught = open_source(course)
    found = stubs.sync(taught, write=not check, force=force)
    for result in found:
        typer.echo(f"{result.path}: {result.state}")
    drifted = [result for result in found if result.state in stubs.DRIFTED]
    if drifted and check:
        typer.echo(f"{len(drifted)} stubs differ from their solutions; `grade sync` writes them.")
        raise typer.Exit(2)
    typer.echo("All stubs follow from their solutions." if not drifted else "Some were kept.")
