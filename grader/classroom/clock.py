"""When each was handed in, and whether that was late: as its source says, else as sheets say.

A sheet of times may name people whom only a source knows, which is read after it: whoever is not
known at first is looked for again, and told of once all is read.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from grader.classroom.intake.handin import HandIn, Identity
from grader.classroom.listed import Listing, read_listing
from grader.classroom.nbgraded import Graded
from grader.classroom.roster import Roster
from grader.classroom.sheets import read_sheet
from grader.classroom.times import Told, local_zone, read_times
from grader.classroom.whose import Owner
from grader.errors import UsageError

__all__ = ["Clock"]


class Clock:
    """What sheets say of times.

    Args:
        roster: who is meant by the names in them; it may grow.
        zone: of times that name none; by default this machine's.

    Attributes:
        notes: what a person should know of them.
    """

    def __init__(self, roster: Roster, zone: datetime.tzinfo | None) -> None:
        self._roster, self._zone = roster, zone
        self._told: dict[str, list[Told]] = {}
        self._by_number: dict[str, Told] = {}
        self._graded: list[Graded] = []
        self._open: list[Told] = []
        self.notes: list[str] = []

    def take(self, listing: Listing) -> None:
        """The times of a roster, which is merged into ours by now."""
        self._note_zone(listing)
        if listing.graded is not None:
            self._graded.append(listing.graded)
        for listed, key in self._roster.rows(listing):
            if listed.at is not None or listed.late is not None:
                told = Told(key, listed.at, listed.late, place=listed.place)
                self._by_number[listed.aliases.get("moodle", "")] = told

    def read(self, path: Path) -> None:
        """Read a sheet of times, or Moodle's worksheet as one.

        Raises:
            UsageError: it is neither.
        """
        if not read_sheet(path).has("student", "time"):
            with suppress(UsageError):
                listing = read_listing(path, self._zone or local_zone())
                if listing.kind == "moodle":
                    self._worksheet(listing)
                    return
        self._open += read_times(path, self._zone)

    def _worksheet(self, listing: Listing) -> None:
        for listed in listing.people:
            if listed.at is None:
                continue
            ids = listed.aliases | ({"email": listed.email} if listed.email else {})
            person = self._roster.find(Identity(listed.blind, ids, listed.name)).person
            told = Told("", listed.at, listed.late, place=listed.place)
            self._by_number[listed.aliases["moodle"]] = told
            if person is not None:
                self._told.setdefault(person.key, []).append(told)
        self._note_zone(listing)

    def _note_zone(self, listing: Listing) -> None:
        if self._zone is None and any(row.at is not None for row in listing.people):
            self.notes.append(
                f"Times in {listing.path.name} name no zone and were read as {local_zone()}; "
                "--zone says otherwise."
            )

    def look(self) -> None:
        """Look once more for those in the sheets whom nobody knew; more people are known now."""
        left = []
        for told in self._open:
            person = self._roster.find(Identity(told.word, word=told.word)).person
            if person is None:
                left.append(told)
            else:
                self._told.setdefault(person.key, []).append(told)
        self._open = left

    def unknown(self) -> Iterator[tuple[Told, str]]:
        """Times of people who are still not known, with a sentence for each."""
        self.look()
        for told in self._open:
            found = self._roster.find(Identity(told.word, word=told.word))
            yield told, found.problem or "It is a time of somebody who is not known."

    def told(self, hand_in: HandIn, owner: Owner, unit: str | None) -> Told:
        """When a hand-in came and whether that was late, as far as anything says it."""
        told = [t for key in owner.keys for t in self._told.get(key, ())]
        fitting = [t for t in told if not t.unit or unit is None or t.unit == unit]
        numbers = [who.aliases.get("moodle", "") for who in hand_in.who]
        fitting += [self._by_number[n] for n in numbers if n and n in self._by_number]
        if hand_in.source == "moodle" and not numbers:  # a team's: any member's row
            keys = set(owner.keys)
            fitting += [told for told in self._by_number.values() if told.word in keys and told.at]
        at = hand_in.at or next((t.at for t in fitting if t.at is not None), None)
        late = hand_in.late
        if late is None:
            late = next((t.late for t in fitting if t.late is not None), None)
        ids = {self._roster.person(key).aliases.get("hub", key) for key in owner.keys}
        for graded in self._graded if late is None else ():
            late = graded.are_late(ids, unit, at)
        return Told("", at, late)
