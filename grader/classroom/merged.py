"""Students who turned out to be one: their people and hand-ins read as one student's.

The gradebook remembers who was merged into whom (`gradebook/merging.py`). A collected class that
was not at hand then still has the old key in its files, so whatever is read of a class is read
through these functions. They change nothing that is the student's already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from grader.classroom.attempt import Attempt
from grader.classroom.gradebook.values import Merger
from grader.classroom.people import Person, folded

__all__ = ["Mergers", "attempt_of", "former_ids", "joined", "people_of"]

#: Key that is none any more -> what became of it.
Mergers = Mapping[str, Merger]


def former_ids(student: Person, gone: Person) -> tuple[tuple[str, str], ...]:
    """What finds a student who was merged into another, where the other has something else."""
    own = set(student.also)
    named = [("name", gone.name)] if folded(gone.name) != folded(student.name) else []
    more = [
        (system, value)
        for system, value in gone.aliases.items()
        if student.aliases.get(system, value) != value
    ]
    found = [("key", gone.key), *(pair for pair in named if gone.name), *more, *gone.also]
    return tuple(dict.fromkeys(pair for pair in found if pair not in own))


def joined(student: Person, gone: Person) -> Person:
    """One student of two: the first one's own words, and the other's where there are none."""
    return msgspec.structs.replace(
        student,
        **student.words(gone),
        aliases={**gone.aliases, **student.aliases},
        active=student.active or gone.active,
        also=(*student.also, *former_ids(student, gone)),
    )


def people_of(people: Iterable[Person], mergers: Mergers) -> list[Person]:
    """The people of a class, each of them once."""
    found: dict[str, Person] = {}
    former: list[Person] = []
    for person in people:
        if person.key in mergers:
            former.append(person)
        else:
            found[person.key] = person
    for person in former:
        key = mergers[person.key].student
        found[key] = joined(found.get(key, Person(key, active=False)), person)
    return list(found.values())


def attempt_of(attempt: Attempt, mergers: Mergers) -> Attempt:
    """A hand-in as it is known by now."""
    merger = mergers.get(attempt.student)
    if merger is None and not any(key in mergers for key in attempt.team):
        return attempt
    team = tuple(dict.fromkeys(_key(key, mergers) for key in attempt.team))
    return msgspec.structs.replace(
        attempt,
        student=_key(attempt.student, mergers),
        team=team if len(team) > 1 else (),
        number=attempt.number + (merger.added(attempt.unit or "") if merger is not None else 0),
    )


def _key(key: str, mergers: Mergers) -> str:
    merger = mergers.get(key)
    return key if merger is None else merger.student
