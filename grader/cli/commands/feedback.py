"""`grade feedback`: what each student gets back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.documents import print_json
from grader.cli.options import (
    CoursePath,
    GradebookUrl,
    Plain,
    choice,
    complete_unit,
    open_course,
    open_gradebook,
)
from grader.errors import UsageError
from grader.handin.text import printable

__all__ = ["EXAMPLE", "feedback"]

EXAMPLE = """\b
Example:
  grade feedback --for canvas --out feedback.zip
  grade feedback --out feedback/
"""


def feedback(
    out: Annotated[
        Path,
        typer.Option("--out", metavar="DIR|ZIP", help="A folder, or a .zip file."),
    ],
    for_: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="LMS",
            help="canvas or moodle: files are called as its bulk upload of feedback expects. By "
            "default they are called by students' keys.",
        ),
    ] = None,
    unit: Annotated[
        list[str] | None,
        typer.Option(
            "--unit",
            metavar="UNIT",
            help="Only this unit; by default all that were graded. May be given again.",
            autocompletion=complete_unit,
        ),
    ] = None,
    now: Annotated[
        bool,
        typer.Option("--now", help="Do not wait for those whose extension still runs; name them."),
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print the summary as JSON, and nothing else.")
    ] = False,
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
    plain: Plain = False,
) -> None:
    """Write a page and Markdown for each student, with what course.yaml lets them see.

    A unit's feedback waits until it is due for the last student.
    """
    from datetime import UTC, datetime

    from grader.classroom.feedback import Asked, hand_back
    from grader.cli.screens.exported import print_handed
    from grader.cli.screens.screen import Screen

    taught = open_course(course)
    known = [each.id for each in taught.units]
    for name in unit or []:
        if name not in known:
            raise UsageError(f"--unit {printable(name)}: expected one of {', '.join(known)}")
    system = choice("--for", for_, ("canvas", "moodle"))
    asked = Asked(out, datetime.now(UTC), system, tuple(unit or ()), now)
    with open_gradebook(taught, gradebook) as book:
        handed = hand_back(book, asked)
    if json:
        print_json(handed)
    else:
        print_handed(Screen(plain=plain), handed)
    person = any(notice.person for notice in handed.notices) or not handed.files
    raise typer.Exit(1 if person else 0)
