"""`grade void`: a wrong test, whose points go to all."""

from __future__ import annotations

import difflib
from typing import Annotated

import typer

from grader.cli.decided import TakeBack, Why, entries_of, signed, take_back
from grader.cli.options import (
    CoursePath,
    GradebookUrl,
    complete_exercise,
    one_exercise,
    open_course,
    open_gradebook,
)
from grader.errors import UsageError
from grader.handin.text import printable
from grader.report.words import plural, points

__all__ = ["void"]


def void(
    exercise: Annotated[str, typer.Argument(metavar="EXERCISE", autocompletion=complete_exercise)],
    test: Annotated[str, typer.Argument(metavar="TEST", help="The test's name in course.yaml.")],
    why: Why = "",
    taken_back: TakeBack = False,
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
) -> None:
    """Give a wrong test's points to all who handed in: grade void magnitude test_rows --why …"""
    taught = open_course(course)
    about = one_exercise(taught, exercise)
    if test not in about.tests and not taken_back:
        near = difflib.get_close_matches(test, about.tests, 1)
        hint = f"Did you mean {near[0]}?" if near else f"It has {', '.join(about.tests)}."
        raise UsageError(f"{about.id} has no test {printable(test)}. {hint}")
    with open_gradebook(taught, gradebook) as book:
        before = {each.person.key: each.mark(about.id) for each in book.marks()}
        there = entries_of(book, "void", exercise=about.id, test=test)
        if taken_back:
            take_back(book, there, f"void {about.id} {test}", why)
        elif there:
            raise UsageError(f"{about.id} {test} is void already; --take-back ends that.")
        else:
            book.adjust([signed("void", why, exercise=about.id, test=test)])
            worth = points(about.tests[test])
            typer.echo(f"{about.id} {test} is void: its points, {worth}, go to all.")
        after = {each.person.key: each.mark(about.id) for each in book.marks()}
        changed = sum(
            (old.earned, old.possible) != (new.earned, new.possible)
            for key, new in after.items()
            if new is not None and (old := before.get(key)) is not None
        )
        typer.echo(f"{plural(changed, 'mark')} changed. Kept in {printable(book.where)}.")
