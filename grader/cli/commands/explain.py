"""`grade explain`: why a mark is what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import (
    CoursePath,
    GradebookUrl,
    Plain,
    complete_exercise,
    known_exercises,
    open_course,
    open_gradebook,
)
from grader.handin.text import printable

if TYPE_CHECKING:
    from grader.classroom.gradebook.values import Adjustment

__all__ = ["explain"]


def explain(
    student: Annotated[
        str, typer.Argument(metavar="STUDENT", help="A key, an id, an e-mail address or a name.")
    ],
    exercise: Annotated[
        str | None,
        typer.Argument(
            metavar="EXERCISE",
            help="An exercise or a unit; all of them by default.",
            autocompletion=complete_exercise,
        ),
    ] = None,
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
    plain: Plain = False,
) -> None:
    """Say why a mark is what it is, line by line: grade explain doe magnitude."""
    from rich.text import Text

    from grader.classroom.choices import choices_of
    from grader.classroom.exports.work import work_of
    from grader.classroom.gradebook.explain import explain as steps_of
    from grader.cli.screens.marks import print_explained, who
    from grader.cli.screens.screen import Screen

    taught = open_course(course)
    wanted = known_exercises(taught, [exercise]) if exercise else ()
    with open_gradebook(taught, gradebook) as book:
        person = book.person(student)
        [found], work = book.marks([person.key]), work_of(book)
        entries = book.adjustments()

        def why(entry: Adjustment) -> str:
            return entry.why if book.may_read_why(entry) else "the reason is theirs to tell"

        screen = Screen(plain=plain)
        screen.console.print(who(person), style="bold")
        for each in book.mergers.known().values():
            if each.student == person.key:
                reason = each.why if book.may_read_why(each) else "the reason is theirs to tell"
                told = f"{each.gone} was merged into them by {each.who} on {each.at:%Y-%m-%d}"
                screen.print_indented(Text(printable(f"{told}: {reason}")), 2)
        for mark in found.marks:
            about = taught.exercise(mark.exercise)
            if about is not None and (not wanted or mark.exercise in wanted):
                read = choices_of(taught, [mark], work.files)
                steps = steps_of(taught, found, mark, entries, why, read)
                print_explained(screen, mark, about.title, steps)
