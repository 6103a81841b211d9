"""`grade pack`: the one file to hand in."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import (
    CoursePath,
    complete_exercise,
    complete_unit,
    known_exercises,
    open_course,
)
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.course.outline import Course, Unit

__all__ = ["pack"]


def pack(
    unit: Annotated[
        str | None,
        typer.Argument(
            metavar="UNIT",
            help="Pack this unit alone; by default the whole course.",
            autocompletion=complete_unit,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="By default handin.zip in the course, or handin_UNIT.zip.",
        ),
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
    chosen = _known_unit(taught, unit) if unit else None
    left_out = known_exercises(taught, without or [])
    work = packing.gather(taught, chosen, left_out)
    gaps = packing.gaps(taught, work)
    if sum(not gap.functions for gap in gaps) == len(work.exercises):
        raise UsageError("Nothing is begun yet, so there is nothing to hand in.")
    with Grader(taught, exercises=[exercise.id for exercise in work.exercises]) as grader:
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
    name = f"handin_{chosen.id}.zip" if chosen else "handin.zip"
    path = output if output is not None else Path(taught.root) / name
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file, e.g. --output {path / name}")
    packing.write(taught, work, path)
    for note in work.notes:
        typer.echo(note)
    if gaps:
        typer.echo(f"Not begun, and worth nothing as they are: {', '.join(map(str, gaps))}.")
    count = len(work.submission.sources) + len(work.submission.data)
    typer.echo(f"{path}: {plural(count, 'file')}. Upload this one file.")


def _known_unit(course: Course, name: str) -> Unit:
    """The unit that was typed, also as a path to its folder.

    Raises:
        UsageError: there is none; the message names the units.
    """
    stem = name.rstrip("/").rpartition("/")[2]
    found = next((unit for unit in course.units if unit.id == stem), None)
    if found is not None:
        return found
    units = [unit.id for unit in course.units]
    near = difflib.get_close_matches(stem, units, 1)
    hint = f"Did you mean {near[0]}?" if near else f"The units are {', '.join(units)}."
    raise UsageError(f"There is no unit {name}. {hint}")
