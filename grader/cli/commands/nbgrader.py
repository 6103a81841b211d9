"""`grade nbgrader`: courses for nbgrader."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import CoursePath, complete_unit, open_source
from grader.errors import UsageError

__all__ = ["nbgrader"]

nbgrader = typer.Typer(
    help="A course for nbgrader, marked by wxb.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@nbgrader.callback()
def _group() -> None:
    """A group, also while it has one command."""


@nbgrader.command("build")
def build(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="The nbgrader course's folder, new or not.")
    ],
    unit: Annotated[
        list[str] | None,
        typer.Option(
            "--unit",
            metavar="UNIT",
            help="Build this unit; all of them by default. May be given again.",
            autocompletion=complete_unit,
        ),
    ] = None,
    course: CoursePath = None,
) -> None:
    """Build an nbgrader course, an assignment for each unit: grade nbgrader build teaching/"""
    try:
        from grader.platforms.nbgrader.build import build as build_course
    except ModuleNotFoundError as error:
        if error.name not in ("nbformat", "nbgrader"):
            raise
        raise UsageError(
            "nbgrader is not installed here: python -m pip install 'wxb[nbgrader]'"
        ) from None
    from grader.report.words import plural

    built = build_course(open_source(course), out, unit or ())
    for name in built.kept:
        typer.echo(f"{out / name} is not as it was built, so it stays as it is.")
    if built.kept:
        typer.echo("To have the new ones, move these away and build again.")
    files = plural(len(built.written), "file")
    typer.echo(f"{out}: {plural(len(built.units), 'assignment')}, {files} written.")
    first = shlex.quote(built.units[0])
    typer.echo(f"Next:  cd {shlex.quote(str(out))} && nbgrader generate_assignment {first}")
    raise typer.Exit(1 if built.kept else 0)
