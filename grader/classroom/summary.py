"""What a run of `grade collect` came to, as a value: a screen and `--json` show it."""

from __future__ import annotations

import msgspec

__all__ = ["Lateness", "Problem", "Read", "Summary"]


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
