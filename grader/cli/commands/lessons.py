"""`grade lessons`: the course as pages, with visualizers and live verdicts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import CoursePath, open_course
from grader.errors import UsageError

__all__ = ["lessons"]


def lessons(
    course: CoursePath = None,
    port: Annotated[
        int, typer.Option("--port", metavar="N", help="The port; by default any that is free.")
    ] = 0,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Do not show them in the browser.")
    ] = False,
    address: Annotated[
        str,
        typer.Option("--address", metavar="ADDRESS", help="Where to listen; by default only here."),
    ] = "127.0.0.1",
    host_name: Annotated[
        list[str] | None,
        typer.Option(
            "--host-name",
            metavar="NAME",
            help="A host name by which a proxy or a forwarded port leads here.",
        ),
    ] = None,
    prefix: Annotated[
        str,
        typer.Option(
            "--prefix",
            metavar="PATH",
            help="The path before all others behind a proxy: /user/ann/proxy/{port}.",
        ),
    ] = "",
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="DIR", help="Write the lessons as files, and end."),
    ] = None,
    framed: Annotated[
        bool, typer.Option("--framed", help="Let pages of the same origin show them in a frame.")
    ] = False,
) -> None:
    """Open the lessons in the browser: text, visualizers, and a verdict at each save."""
    taught = open_course(course)
    if not (Path(taught.root) / "exercises").is_dir():
        raise UsageError(
            f"There is no folder exercises/ in {taught.root}, so there are no lessons."
        )
    try:
        from grader.web.lessons.app import serve_lessons
        from grader.web.lessons.export import export as write
        from grader.web.place import Place
    except ModuleNotFoundError as error:
        raise UsageError(
            f"Pages in the browser need {error.name}: install it with pip install 'wxb[web]'."
        ) from None
    if export is not None:
        count = write(taught, export)
        typer.echo(f"{count} pages in {export}; open {export / 'index.html'} in a browser.")
        return
    place = Place(
        host=address, port=port, prefix=prefix, names=tuple(host_name or ()), framed=framed
    )
    serve_lessons(taught, place, tell=typer.echo, open_browser=not no_open)
