"""What a regrade changes, or would: who, by how much, because of which test."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from grader.classroom.batched import Batched, Change
from grader.classroom.gradebook.marks import StudentMarks
from grader.classroom.people import Person
from grader.cli.screens.marks import who
from grader.cli.screens.screen import Screen
from grader.handin.text import printable
from grader.report.words import plural

__all__ = ["print_regraded"]


def print_regraded(
    screen: Screen,
    runs: Sequence[Batched],
    people: dict[str, Person],
    newer: Sequence[tuple[StudentMarks, str]],
    is_tried: bool,
) -> None:
    """All changes, what else a person should look at, and what to type next."""
    changes = [change for run in runs for change in run.changes]
    for change in changes:
        _print_change(screen, change, people)
    for student, exercise in newer:
        words = (
            f"{who(student.person)}, {exercise}: handed in after an override or excuse; it holds."
        )
        screen.print_indented(Text(words, "yellow"), 2)
    up = [each for each in changes if each.after > each.before]
    down = [each for each in changes if each.after < each.before]
    if changes or newer:
        screen.console.print()
    screen.console.print(
        f"{plural(len(up), 'mark')} {_verb(up, is_tried, 'raised')}, "
        f"{len(down):,} {_verb(down, is_tried, 'lowered')}."
    )
    for run in runs:
        screen.console.print(f"Gradebook: {printable(run.gradebook)}", soft_wrap=True)
        break
    if is_tried and up:
        screen.console.print("To raise them:  grade regrade --apply")
    if any(not each.made for each in down):
        screen.console.print("To lower them, too:  grade regrade --lower")


def _verb(changes: Sequence[Change], is_tried: bool, word: str) -> str:
    if is_tried or not any(change.made for change in changes):
        return f"would be {word}" if is_tried or changes else word
    return word


def _print_change(screen: Screen, change: Change, people: dict[str, Person]) -> None:
    names = ", ".join(who(people[k]) if k in people else printable(k) for k in change.students)
    made = "" if change.made else " (not changed)"
    screen.print_line(
        Text.assemble("  ", (names, "bold"), f"  {change.exercise}, attempt {change.attempt}"),
        Text(f"{change.before:g} -> {change.after:g}{made}"),
        4,
    )
    for test in change.tests:
        screen.print_indented(Text(printable(test), "dim"), 4)
