"""`grade new`: the files of an exercise that begins, or of a course."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import CoursePath, open_course, open_source
from grader.errors import UsageError

__all__ = ["new"]


def new(
    exercise: Annotated[
        str,
        typer.Argument(
            metavar="UNIT/EXERCISE", help="Or the word course, with the PATH of a new one."
        ),
    ],
    path: Annotated[Path | None, typer.Argument(metavar="[PATH]", show_default=False)] = None,
    course: CoursePath = None,
) -> None:
    """Begin an exercise: write its files and its entry. Or a course: `grade new course PATH`."""
    if exercise == "course":
        if path is None:
            raise UsageError("Where? Name a folder that is new or empty: grade new course PATH")
        _new_course(path)
        return
    if path is not None:
        raise UsageError(f"{path}: one word too many; expected grade new UNIT/EXERCISE")
    from grader.authoring.new import new as begin
    from grader.authoring.sync import sync as write_stubs

    unit, _, name = exercise.partition("/")
    if not name:
        raise UsageError(
            f"{exercise}: expected UNIT/EXERCISE, as in 01_vectors/magnitude, or course PATH"
        )
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


def _new_course(folder: Path) -> None:
    """Write a course with a first exercise, and its stub."""
    from grader.authoring.start import EXERCISE, UNIT, start
    from grader.authoring.sync import sync as write_stubs

    for path in start(folder):
        typer.echo(f"{path.relative_to(folder)}: written")
    write_stubs(open_course(folder), write=True)
    typer.echo(f"exercises/{UNIT}/{EXERCISE}.py: written from the solution")
    typer.echo(
        f"Now `cd {folder}` and `grade check`, which proves the course; then change its title in "
        "course.yaml and begin an exercise with `grade new UNIT/EXERCISE`."
    )
