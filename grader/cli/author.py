"""Commands for authors: `grade sync`."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.cli.student import CoursePath, open_course

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("sync")(sync)


def sync(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if a stub has drifted.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite stubs that have been filled in, too.")
    ] = False,
    course: CoursePath = None,
) -> None:
    """Write each exercise's stub from its solution."""
    from grader.course import stubs

    raise NotImplementedError(check, force, course, stubs, open_course)
