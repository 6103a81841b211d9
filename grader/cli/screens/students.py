"""Who is in the class: a roster that was imported, the list, and who was removed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from grader.classroom.gradebook.values import Erased, Imported, Merging
from grader.classroom.people import Person
from grader.cli.screens.marks import who
from grader.cli.screens.screen import Screen
from grader.handin.text import printable
from grader.report.words import plural

__all__ = ["print_erased", "print_merged", "print_people", "print_roster"]

#: Names that a line shows; the rest is counted.
_FEW = 8


def print_roster(screen: Screen, roster: Imported, people: dict[str, Person], where: str) -> None:
    """What importing a roster changed."""
    for words, keys in (
        ("new", roster.added),
        ("changed", roster.changed),
        ("back", roster.returned),
        ("gone, kept as inactive", roster.gone),
    ):
        if keys:
            _print_names(screen, words, [who(people[key]) for key in keys])
    if roster.left_out:
        _print_names(screen, "left out, no student", [printable(name) for name in roster.left_out])
    for sentence in roster.refused:
        screen.print_indented(Text(sentence), 2)
    active = sum(person.active for person in people.values())
    screen.console.print(f"{plural(active, 'student')}. Gradebook: {printable(where)}",
                         soft_wrap=True)  # fmt: skip


def _print_names(screen: Screen, words: str, names: Sequence[str]) -> None:
    shown = ", ".join(names[:_FEW])
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    screen.print_indented(Text(f"{len(names)} {words}: {shown}{more}"), 2)


def print_people(screen: Screen, people: Sequence[Person]) -> None:
    """A line for each student."""
    for person in people:
        told = [person.email, person.section, person.team]
        told += [f"{system} {value}" for system, value in sorted(person.aliases.items())
                 if value != person.email.casefold()]  # fmt: skip
        told += [f"was {key}" for key in person.former]
        if not person.active:
            told.insert(0, "gone")
        left = Text(who(person))
        left.append("  " + ", ".join(printable(word) for word in told if word), "dim")
        screen.print_line(left, Text(), indent=4)
    screen.console.print(f"{plural(len(people), 'student')}.")


def print_merged(screen: Screen, found: Merging, where: str, *, dry_run: bool) -> None:
    """What became of two students."""
    would = "would be" if dry_run else "is"
    screen.console.print(Text(f"{who(found.gone)} {would} {who(found.person)}."))
    for count, word in (
        (found.submissions, "hand-in"), (found.adjustments, "decision"), (found.pushes, "push"),
    ):  # fmt: skip
        if count:
            words = plural(count, word).replace("pushs", "pushes")
            screen.print_indented(Text(f"{words} of {printable(found.gone.key)}'s"), 2)
    for sentence in found.conflicts:
        screen.print_indented(Text(sentence), 2)
    told = "Nothing was changed." if dry_run else f"Kept in {printable(where)}."
    screen.console.print(Text(told), soft_wrap=True)


def print_erased(screen: Screen, erased: Erased) -> None:
    """What is gone, and what could not be reached."""
    screen.console.print(Text(f"{who(erased.person)} is removed: {erased.rows} entries of the "
                              "gradebook and its copies."))  # fmt: skip
    for path in erased.files:
        screen.print_indented(Text(printable(path)), 2)
    screen.console.print("Not reached, and maybe still there:")
    for sentence in erased.unreached:
        screen.print_indented(Text(printable(sentence)), 2)
