"""The people of a collected class, in the gradebook."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.classroom.attempt import Collected
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.merged import people_of
from grader.classroom.people import Person

__all__ = ["enrol"]


def enrol(book: Gradebook, about: Collected, people: Sequence[Person]) -> None:
    """Have the people of a class in the gradebook.

    Only a class with a roster says who is gone: without one, it knows but who handed in.
    """
    people = people_of(people, book.mergers.known())
    there = book.people(everyone=True)
    if not about.roster:
        people = [_as_known(person, there.get(person.key)) for person in people]
        keys = {person.key for person in people}
        people = [*people, *(p for p in there.values() if p.active and p.key not in keys)]
    active = {key for key, person in there.items() if person.active}
    if {p.key for p in people if p.active} != active or any(
        not _is_known(person, there.get(person.key)) for person in people
    ):
        book.import_roster(people)


def _as_known(person: Person, there: Person | None) -> Person:
    """Somebody as the gradebook has them: what hand-ins are called is no word on a name."""
    return person if there is None else msgspec.structs.replace(person, **there.words(person))


def _is_known(person: Person, there: Person | None) -> bool:
    if there is None:
        return False
    plain = [msgspec.structs.replace(each, aliases={}, also=()) for each in (there, person)]
    lasting = {key: value for key, value in person.aliases.items() if value and key != "moodle"}
    return plain[0] == plain[1] and lasting.items() <= there.aliases.items()
