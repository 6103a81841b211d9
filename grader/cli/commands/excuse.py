"""`grade excuse`: an exercise that does not count for a student."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.cli.decided import TakeBack, Who, Why, entries_of, signed, take_back, tell_mark
from grader.cli.options import (
    CoursePath,
    GradebookUrl,
    complete_exercise,
    one_exercise,
    open_course,
    open_gradebook,
)

__all__ = ["excuse"]


def excuse(
    student: Who,
    exercise: Annotated[str, typer.Argument(metavar="EXERCISE", autocompletion=complete_exercise)],
    why: Why = "",
    taken_back: TakeBack = False,
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
) -> None:
    """Leave an exercise out of a student's marks: grade excuse doe magnitude --why …"""
    taught = open_course(course)
    about = one_exercise(taught, exercise)
    with open_gradebook(taught, gradebook) as book:
        key = book.person(student).key
        if taken_back:
            mine = entries_of(book, "excuse", student=key, exercise=about.id)
            take_back(book, mine, f"excuse from {about.id} for {student}", why)
        else:
            book.adjust([signed("excuse", why, student=key, exercise=about.id)])
        tell_mark(book, key, about.id)
