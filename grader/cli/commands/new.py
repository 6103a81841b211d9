"""`grade new`: the files of an exercise that begins."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import CoursePath, open_course, open_source
from grader.errors import UsageError

__all__ = ["new"]


def new(
    exercise: Annotated[str, typer.Argument(metavar="UNIT/EXERCISE")],
    course: CoursePath = None,
) -> None:
    """Begin an exercise: write its files and its entry."""
    from grader.authoring.new import new as begin
    from grader.authoring.sync import sync as write_stubs

    unit, _, name = exercise.partition("/")
    if not name:
        raise UsageError(f"{exercise}: expected UNIT/EXERCISE, as in 01_vectors/magnitude")
    taught = open_source(course)
    units = [known.id for known in taught.units]
    written = begin(taught, unit, name)
    write_stubs(open_course(course if course is not None else taught.file()), write=True)
    root = Path(taught.root)
    for path in written:
        lines = [
            n for n, line in enumerate(path.read_text("utf-8").splitlines(), 1) if "TODO" in line
        ]
        missing = f"to write: line{'s' * (len(lines) != 1)} {', '.join(map(str, lines))}"
        typer.echo(f"{path.relative_to(root)}: {missing if lines else 'written'}")
    if unit not in units:
        near = difflib.get_close_matches(unit, units, 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        typer.echo(f"{unit} is a new unit, the last one in course.yaml.{hint}")
    typer.echo(f"Then `grade sync` and `grade check {name}`, which says what is still missing.")
