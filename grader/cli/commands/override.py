"""`grade override`: a mark that a person gives."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.cli.decided import (
    TakeBack,
    Who,
    Why,
    entries_of,
    points_of,
    signed,
    take_back,
    tell_mark,
)
from grader.cli.options import (
    CoursePath,
    GradebookUrl,
    complete_exercise,
    one_exercise,
    open_course,
    open_gradebook,
)
from grader.errors import UsageError

__all__ = ["override"]


def override(
    student: Who,
    exercise: Annotated[str, typer.Argument(metavar="EXERCISE", autocompletion=complete_exercise)],
    points: Annotated[
        str | None, typer.Argument(metavar="POINTS", help="What is given, e.g. 2.5.")
    ] = None,
    why: Why = "",
    taken_back: TakeBack = False,
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
) -> None:
    """Give a mark by hand; it survives any regrade: grade override doe magnitude 2.5 --why …"""
    taught = open_course(course)
    about = one_exercise(taught, exercise)
    with open_gradebook(taught, gradebook) as book:
        key = book.person(student).key
        if taken_back:
            mine = entries_of(book, "override", student=key, exercise=about.id)
            take_back(book, mine, f"override of {about.id} for {student}", why)
        elif points is None:
            raise UsageError(f"How many points? grade override {key} {about.id} POINTS --why …")
        else:
            given = points_of(points, about.points)
            book.adjust([signed("override", why, student=key, exercise=about.id, points=given)])
        tell_mark(book, key, about.id)
