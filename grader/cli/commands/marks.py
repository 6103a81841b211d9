"""`grade marks`: the marks of a class."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.cli.documents import print_json
from grader.cli.options import CoursePath, GradebookUrl, Plain, open_course, open_gradebook
from grader.cli.typed import typed

__all__ = ["marks"]


def marks(
    students: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="STUDENT", help="A key, an id, an e-mail address or a name; all by default."
        ),
    ] = None,
    everyone: Annotated[
        bool, typer.Option("--everyone", help="Also those who have left the class.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print the marks as JSON, and nothing else.")
    ] = False,
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
    plain: Plain = False,
) -> None:
    """Show the marks of the class, or of some students: grade marks doe roe"""
    from grader.cli.screens.marks import document, print_class, print_student
    from grader.cli.screens.screen import Screen

    taught = open_course(course)
    with open_gradebook(taught, gradebook) as book:
        keys = [book.person(text).key for text in students or []] or None
        found = book.marks(keys, everyone=everyone or keys is None)
    gone = 0
    if keys is None and not everyone:
        gone = sum(not each.person.active and each.has_work for each in found)
        found = [each for each in found if each.person.active]
    if json:
        print_json(document(taught, found, book.where))
        return
    screen = Screen(plain=plain)
    if keys is None:
        print_class(screen, taught, found, book.where, gone)
        return
    for student in found:
        then = typed("explain", student.person.key, course=course, gradebook=gradebook)
        print_student(screen, taught, student, book.where, then)
