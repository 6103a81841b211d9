"""What a regrade changes, or would: who, by how much, because of which test."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rich.text import Text

from grader.classroom.batched import Change
from grader.classroom.gradebook.marks import StudentMarks
from grader.classroom.people import Person
from grader.classroom.regrade import Difference
from grader.cli.screens.marks import who
from grader.cli.screens.screen import Screen
from grader.handin.text import printable
from grader.report.words import plural, points

__all__ = ["Regraded", "print_regraded"]


class Regraded(msgspec.Struct, frozen=True):
    """What is shown.

    Args:
        marks: marks that change; `gradings` are all that come out otherwise.
        newer: marks that a person decided before something newer was handed in.
        where: the gradebook.
        is_tried: nothing was to be changed.
        raising, lowering: the commands that would.
    """

    marks: Sequence[Difference]
    gradings: Sequence[Change]
    newer: Sequence[tuple[StudentMarks, str]]
    people: dict[str, Person]
    where: str
    is_tried: bool
    raising: str
    lowering: str


def print_regraded(screen: Screen, told: Regraded) -> None:
    """All changes, what else a person should look at, and what to type next."""
    for each in told.marks:
        _print_difference(screen, each, told)
    for student, exercise in told.newer:
        line = (
            f"{who(student.person)}, {exercise}: handed in after an override or excuse; it holds."
        )
        screen.print_indented(Text(line, "yellow"), 2)
    up = [each for each in told.marks if each.after > each.before]
    down = [each for each in told.marks if each.after < each.before]
    if told.marks or told.newer:
        screen.console.print()
    would = "would be " if told.is_tried else ""
    stayed = "would be " if not all(each.made for each in down) else ""
    screen.console.print(
        f"{plural(len(up), 'mark')} {would}raised, {len(down):,} {stayed or would}lowered."
    )
    if told.gradings and not told.marks:
        screen.print_indented(
            Text(f"{plural(len(told.gradings), 'grading')} of attempts or exercises that decide no "
                 "mark came out otherwise.", "dim"), 0,
        )  # fmt: skip
    screen.console.print(f"Gradebook: {printable(told.where)}", soft_wrap=True)
    if told.is_tried and up:
        screen.console.print(f"To raise them:  {told.raising}", soft_wrap=True)
    if any(not each.made for each in down):
        screen.console.print(f"To lower them, too:  {told.lowering}", soft_wrap=True)


def _print_difference(screen: Screen, each: Difference, told: Regraded) -> None:
    name = who(told.people[each.student])
    stayed = "" if each.made or told.is_tried else " (not changed)"
    score = f"{points(each.before)} -> {points(each.after)} of {points(each.possible)}{stayed}"
    left = Text.assemble("  ", (name, "bold"), f"  {each.exercise}")
    screen.print_line(left, Text(score), 4)
    for test in each.tests:
        screen.print_indented(Text(printable(test), "dim"), 4)
