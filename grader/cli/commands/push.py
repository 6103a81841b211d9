"""`grade push`: marks into a platform that has an interface for programs; a preview first."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.commands.pull import (
    Assignments,
    CourseId,
    Platform,
    TokenFile,
    Url,
    asked_platform,
    open_api,
    pairs,
)
from grader.cli.documents import print_json
from grader.cli.options import CoursePath, GradebookUrl, Plain, choice, open_course, open_gradebook
from grader.cli.typed import typed

if TYPE_CHECKING:
    from grader.classroom.exports.export import Clock
    from grader.platforms.canvas.plan import Plan

__all__ = ["EXAMPLE", "push"]

EXAMPLE = """\b
Examples:
  grade push canvas --course-id 42             # shows who gets what, and writes nothing
  grade push canvas --course-id 42 --apply
"""


def push(
    platform: Platform,
    course_id: CourseId,
    apply: Annotated[bool, typer.Option("--apply", help="Write what the preview shows.")] = False,
    url: Url = None,
    token_file: TokenFile = None,
    assignment: Assignments = None,
    late: Annotated[
        str | None,
        typer.Option(
            "--late",
            metavar="WHOSE",
            help="wxb: marks lose what course.yaml takes for lateness, and Canvas takes nothing. "
            "lms: they lose nothing, Canvas takes its own. By default wxb where course.yaml has "
            "due dates.",
        ),
    ] = None,
    missing: Annotated[
        str | None,
        typer.Option(
            "--missing",
            metavar="zero",
            help="zero: nothing handed in is a zero, once it is due. By default the mark stays.",
        ),
    ] = None,
    scale: Annotated[
        bool, typer.Option("--scale", help="Scale marks to the assignment's points.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Also replace marks that a person gave in Canvas.")
    ] = False,
    comments: Annotated[
        bool, typer.Option("--comments", help="Add each student's feedback as a comment, once.")
    ] = False,
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print plan and outcome as JSON, and nothing else.")
    ] = False,
    plain: Plain = False,
) -> None:
    """Write the marks into Canvas; without --apply, show what would be written.

    Nothing is written twice, whatever ends it: the same command goes on where it was.
    """
    from grader.classroom.exports.export import Request
    from grader.classroom.exports.filling import Notes
    from grader.classroom.exports.lateness import clock, students
    from grader.cli.screens.bar import counting_bar
    from grader.cli.screens.pushed import print_plan, print_pushed
    from grader.cli.screens.screen import Screen
    from grader.platforms.canvas.planning import PushAsked, planned
    from grader.platforms.canvas.push import push as run

    asked_platform(platform)
    whose: Clock | None = choice("--late", late, ("wxb", "lms"))
    choice("--missing", missing, ("zero",))
    taught = open_course(course)
    late_by = clock(taught, whose)
    asked = PushAsked(course_id, whose, overwrite, comments)
    screen, notes = Screen(plain=plain), Notes()
    with (
        closing(open_api(url, token_file)) as api,
        open_gradebook(taught, gradebook) as book,
    ):
        request = Request(
            taught, students(book, late_by), datetime.now(UTC), late_by,
            columns=pairs(assignment), missing_zero=missing is not None, scale=scale,
        )  # fmt: skip
        plan = planned(api, asked, request, book, notes)
        notices = notes.notices()
        again = typed(
            "push", "canvas", course=course, gradebook=gradebook,
            options=(
                ("--course-id", course_id), ("--url", url), ("--token-file", token_file),
                ("--assignment", assignment), ("--late", late), ("--missing", missing),
                ("--scale", scale), ("--overwrite", overwrite), ("--comments", comments),
                ("--apply", True),
            ),
        )  # fmt: skip
        if not json:
            print_plan(screen, plan, notices, book.where)
        came = None
        if _is_wanted(plan, apply, json, again):
            with counting_bar("marks", quiet=json) as bar:
                came = run(api, asked, plan, book, bar)
    if json:
        print_json({"format": 1, "plan": plan, "notices": notices, "pushed": came})
    elif came is not None:
        print_pushed(screen, came, again)
    needs = any(row.verdict.person for row in plan.rows) or any(each.person for each in notices)
    if came is not None and came.stopped:
        raise typer.Exit(2)
    raise typer.Exit(1 if needs or (came is not None and came.failures) else 0)


def _is_wanted(plan: Plan, apply: bool, json: bool, again: str) -> bool:
    """Whether to write: it was asked for, or whoever sits there says so."""
    if apply:
        return True
    todo = [row for row in plan.rows if row.verdict.action != "stays"]
    writes = sum(row.verdict.action == "write" for row in todo)
    if json or not (writes or any(row.comment for row in todo)):
        return False
    if sys.stdin.isatty() and sys.stdout.isatty():
        return typer.confirm(f"Write these {writes:,} marks into Canvas?")
    typer.echo(f"Nothing is written yet. To write it:  {again}")
    return False
