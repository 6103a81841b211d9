"""A hand-in as a source tells it: whose, when, which files. Nothing is decided yet."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import msgspec

from grader.classroom.intake.tree import Item

__all__ = ["HandIn", "Identity", "Known"]


class Identity(msgspec.Struct, frozen=True):
    """A student as a source calls them.

    Args:
        label: how a person finds them there.
        aliases: system -> their id there.
        name: their whole name, or what the source made of it.
        word: one word that may be any of their ids, or their name: a folder's name.
        blind: the source hides the name.
    """

    label: str
    aliases: dict[str, str] = {}
    name: str = ""
    word: str = ""
    blind: bool = False


class HandIn(msgspec.Struct):
    """What one student, or one team, handed in at one time.

    Args:
        origin: archive and entry.
        who: everybody whom the source names as its author; one, but for teams.
        files: path in the hand-in -> where its bytes are.
        team: the name of the team, where `who` may be one of its members or nobody.
        only_team: the source names no student at all.
        ref: what tells it from others in its source.
        order: what the source numbers its hand-ins by.
        number: which of the student's attempts, where the source counts.
        notes: what was remarkable, a sentence each.
        problems: what a person has to look at, a sentence each.
    """

    source: str
    origin: str
    who: tuple[Identity, ...]
    files: list[tuple[tuple[str, ...], Item]]
    team: str = ""
    only_team: bool = False
    ref: str = ""
    order: int = 0
    number: int | None = None
    at: datetime.datetime | None = None
    late: bool | None = None
    unit: str | None = None
    notes: list[str] = []
    problems: list[str] = []

    def moment(self) -> float:
        """What hand-ins are sorted by, so that a student's attempts are kept in their order."""
        return self.at.timestamp() if self.at is not None else float("-inf")


class Known(msgspec.Struct, frozen=True):
    """What a source may ask where its own names can be read in more than one way.

    Args:
        has: whether somebody of the class has this id in this system.
        exercises: ids of the course's exercises; empty without a course.
        units: ids of its units.
        zone: of times that name none.
    """

    has: Callable[[str, str], bool]
    exercises: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    zone: datetime.tzinfo = datetime.UTC
