"""`grade collect`: what a class handed in, from the LMS's zip to a folder that can be graded."""

from __future__ import annotations

import zoneinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.documents import print_json
from grader.cli.options import CoursePath, Keep, Plain, choice, complete_unit, open_course
from grader.cli.typed import typed
from grader.errors import UsageError

if TYPE_CHECKING:
    from datetime import tzinfo

    from grader.classroom.summary import Summary
    from grader.course.outline import Course

__all__ = ["EXAMPLE", "collect"]

_KINDS = (
    "auto", "canvas", "moodle", "blackboard", "brightspace", "gradescope", "classroom50",
    "nbgrader", "pack", "folder",
)  # fmt: skip
EXAMPLE = """\b
Example:
  grade collect submissions.zip --into hw/ --roster gradebook.csv
  grade batch hw/
"""


def collect(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE",
            help="A zip from Canvas, Moodle, Blackboard, Brightspace or Gradescope, an nbgrader "
            "tree, clones, "
            "zips of `grade pack`, or folders and files, one a student.",
        ),
    ],
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="The folder of the class.")],
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit",
            metavar="UNIT",
            help="The unit that all of it was handed in for.",
            autocompletion=complete_unit,
        ),
    ] = None,
    roster: Annotated[
        list[Path] | None,
        typer.Option(
            "--roster",
            metavar="FILE",
            help="Who is in the class: Canvas's gradebook, Moodle's grading worksheet, nbgrader's "
            "gradebook.db, or a CSV with student, name, email, section, team and LMS ids. May be "
            "given again.",
        ),
    ] = None,
    kind: Annotated[
        str, typer.Option("--from", metavar="KIND", help=f"What it is: {', '.join(_KINDS)}.")
    ] = "auto",
    keep: Keep = None,
    times: Annotated[
        Path | None,
        typer.Option(
            "--times",
            metavar="FILE",
            help="When each handed in, as a CSV: student,time and perhaps late,unit.",
        ),
    ] = None,
    zone: Annotated[
        str | None,
        typer.Option(
            "--zone", metavar="NAME", help="The zone of times that name none, e.g. Europe/Berlin."
        ),
    ] = None,
    course: CoursePath = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print the summary as JSON, and nothing else.")
    ] = False,
    plain: Plain = False,
) -> None:
    """Collect what a class handed in, byte for byte; say what needs a person.

    Run it again with more, or with a newer roster: what is there already stays as it is.
    """
    from grader.classroom.collect import Request
    from grader.classroom.collect import collect as run
    from grader.cli.screens.bar import counting_bar

    request = Request(
        sources=tuple(sources),
        into=into,
        unit=unit,
        rosters=tuple(roster or ()),
        times=times,
        kind=choice("--from", kind, _KINDS),
        keep=choice("--keep", keep, ("last", "best", "all")),
        zone=_zone(zone),
    )
    taught = _course(course)
    with counting_bar("hand-ins", quiet=json) as bar:
        summary = run(request, taught, bar)
    if json:
        print_json(summary)
    else:
        from grader.cli.screens.collected import print_summary
        from grader.cli.screens.screen import Screen

        then = typed("batch", summary.into, course=course)
        print_summary(Screen(plain=plain), summary, then)
    raise typer.Exit(_exit_status(summary))


def _course(path: Path | None) -> Course | None:
    """The course, where one is named or found: what is collected needs none."""
    from grader.classroom.collected import find_class
    from grader.course.reading.load import find

    if path is None:
        if find_class(Path.cwd()) is not None:
            return None  # what lies there was handed in
        try:
            find(Path.cwd())
        except UsageError:
            return None
    return open_course(path)


def _zone(name: str | None) -> tzinfo | None:
    if name is None:
        return None
    try:
        return zoneinfo.ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise UsageError(f"--zone {name}: expected a name like Europe/Berlin or UTC") from None


def _exit_status(summary: Summary) -> int:
    return 1 if summary.problems or summary.unmatched else 0
