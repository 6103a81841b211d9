"""A roster's file: a table of one's own, an LMS's sheet, or the roster.json of a collected class.

Canvas's gradebook, Moodle's grading worksheet and nbgrader's gradebook.db are read as
`grade collect --roster` reads them
(`grader.classroom.listed`).

A table of one's own is CSV, with commas or semicolons, in UTF-8. Its first line names its columns:
`student` (the key), and as far as there are any `name`, `email`, `section`, `team`, and ids:
canvas, sis, login, hub, github. Nothing is guessed in it, neither an encoding nor a key.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from grader.classroom.collected import ROSTER
from grader.classroom.listed import Listing, read_listing
from grader.classroom.people import Person
from grader.classroom.roster import Roster
from grader.classroom.sheets import Sheet, read_bytes, read_table
from grader.errors import UsageError
from grader.handin.text import printable

__all__ = ["read_roster"]

_TOLD = ("name", "email", "section", "team")
_IDS = ("canvas", "sis", "login", "hub", "github", "moodle")


def read_roster(path: Path, known: Iterable[Person] = ()) -> list[Person]:
    """The people in a roster's file, or in a collected class.

    Args:
        known: who is in the gradebook: an LMS's sheet has no keys, so theirs stay.

    Raises:
        UsageError: it is none; the message says where and what was expected.
    """
    if path.is_dir():
        path = path / ROSTER
    if path.suffix.lower() == ".json":
        try:
            return msgspec.json.decode(read_bytes(path), type=list[Person])
        except msgspec.MsgspecError as error:
            raise UsageError(f"{path} is no roster: {error}.") from None
    listing = _exported(path) if path.is_file() else None  # a pipe can be read once
    if listing is not None:
        return _listed(listing, known)
    return _own(read_table(path))


def _exported(path: Path) -> Listing | None:
    """An LMS's own sheet; None of any other file."""
    with suppress(UsageError):
        listing = read_listing(path)
        return listing if listing.kind != "own" else None
    return None


def _listed(listing: Listing, known: Iterable[Person]) -> list[Person]:
    """The people of an LMS's sheet, found among those who are known, else with keys of their own.

    Raises:
        UsageError: it is not clear who is meant; in half a class, the other half would be gone.
    """
    path = listing.path
    is_named = all(row.name or row.email for row in listing.people)
    if not is_named and listing.kind != "nbgrader":  # whose ids are whole keys
        raise UsageError(
            f"{path}: names are hidden in it, so nobody can be meant. Export it with names."
        )
    roster = Roster(known)
    odd = roster.merge(listing)
    if odd:
        raise UsageError(
            f"{path}: {' '.join(map(printable, odd[:3]))} Nothing was taken in: give a CSV with a "
            "column student, in which each has one key."
        )
    people = [roster.person(key) for key in dict.fromkeys(key for _, key in roster.rows(listing))]
    if not people:
        raise UsageError(f"{path} names nobody.")
    return people


def _own(table: Sheet) -> list[Person]:
    """The people of a table in which each has a key."""
    path = table.path
    if not table.has("student"):
        raise UsageError(
            f"{path}:1: there is no column student; expected student, name, email, section, and "
            f"ids: {', '.join(_IDS[:-1])}. Canvas's gradebook and Moodle's grading worksheet are "
            "taken as they are; a list without keys goes to `grade collect --roster`."
        )
    people = []
    for line, cells in table.rows:
        key = cells.get("student", "")
        if not key or key in (".", "..") or "/" in key or not key.isprintable():
            raise UsageError(
                f"{path}:{line}: {printable(key) or 'nothing'} can be no student's key; expected a "
                "login or a number, without / and unprintable letters."
            )
        ids = {name: cells[name] for name in _IDS if cells.get(name)}
        name, email, section, team = (cells.get(name, "") for name in _TOLD)
        people.append(Person(key, name, email, section, team, ids))
    if not people:
        raise UsageError(f"{path} names nobody.")
    return people
