"""What a run of `grade collect` came to, as a value: a screen and `--json` show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from grader.classroom.attempt import Attempt
from grader.classroom.people import Person
from grader.classroom.policy import Deadline, deadline, lateness
from grader.course.outline import Course

__all__ = ["Lateness", "Problem", "Read", "Summary", "differing"]


class Problem(msgspec.Struct, frozen=True):
    """Something that a person has to look at.

    Args:
        who: the student's key, or what the source calls them; may be empty.
        where: archive and entry, or file and line.
        what: a sentence.
    """

    who: str
    where: str
    what: str


class Lateness(msgspec.Struct, frozen=True):
    """A student of whom the LMS and the course's due date say different things.

    Args:
        marked: whether the LMS marks it as late.
        ours: whether it is late by course.yaml; None where its time is not known, so that nothing
            is deducted.
    """

    student: str
    unit: str
    marked: bool
    ours: bool | None


class Read(msgspec.Struct, frozen=True):
    """One source.

    Args:
        kind: what it was recognised as.
        hand_ins: how many are in it.
        new: how many were kept now.
        known: how many had been collected before.
    """

    path: str
    kind: str
    hand_ins: int
    new: int
    known: int


class Summary(msgspec.Struct, frozen=True):
    """A run.

    Args:
        people: how many are in the class.
        attempts: hand-ins in the class, those of earlier runs included.
        unmatched: hand-ins of somebody who is not known.
        missing: keys of those who handed in nothing.
    """

    into: str
    sources: tuple[Read, ...]
    people: int
    attempts: int
    unmatched: int
    missing: tuple[str, ...]
    late: tuple[Lateness, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    unit: str = ""
    course: str = ""
    format: int = 1


def differing(
    course: Course | None,
    people: Iterable[Person],
    attempts: Iterable[Attempt],
    known: Mapping[str, Mapping[str, Deadline]] | None = None,
) -> Iterator[Lateness]:
    """Where the LMS's mark and our own sum differ, or there is no time to reckon with.

    Args:
        known: student -> unit -> their dates, where extensions are at hand.
    """
    units = {unit.id: unit for unit in course.units} if course is not None else {}
    sections = {person.key: person.section for person in people}
    for attempt in attempts:
        ours, unit = None, units.get(attempt.unit or "")
        if course is not None and unit is not None and attempt.at is not None:
            own = (known or {}).get(attempt.student, {}).get(unit.id)
            dates = own or deadline(unit, sections.get(attempt.student, ""))
            if dates.due is not None:
                ours = lateness(attempt.at, dates, course.late).periods > 0
        is_other = ours is not None and attempt.late is not None and ours != attempt.late
        is_unknown = bool(attempt.late) and attempt.at is None
        if attempt.picked and (is_other or is_unknown):
            yield Lateness(attempt.student, attempt.unit or "", bool(attempt.late), ours)
