"""A roster's file: a table of one's own, an LMS's sheet, or the roster.json of a collected class.

Canvas's gradebook and Moodle's grading worksheet are read as `grade collect --roster` reads them
(`grader.classroom.listed`).

A table of one's own is CSV, with commas or semicolons, in UTF-8. Its first line names its columns:
`student` (the key), and as far as there are any `name`, `email`, `section`, `team`, and ids:
canvas, sis, login, hub, github. Nothing is guessed in it, neither an encoding nor a key.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from grader.classroom.collected import ROSTER
from grader.classroom.listed import Listing, read_listing
from grader.classroom.people import Person
from grader.classroom.roster import Roster
from grader.errors import UsageError
from grader.handin.text import printable

__all__ = ["read_roster"]

_TOLD = ("name", "email", "section", "team")
_IDS = ("canvas", "sis", "login", "hub", "github", "moodle")
#: Bytes of a roster: a school of a hundred thousand needs a tenth of it.
_SIZE = 100 << 20


def read_roster(path: Path, known: Iterable[Person] = ()) -> list[Person]:
    """The people in a roster's file, or in a collected class.

    Args:
        known: who is in the gradebook: an LMS's sheet has no keys, so theirs stay.

    Raises:
        UsageError: it is none; the message says where and what was expected.
    """
    if path.is_dir():
        path = path / ROSTER
    data = path.read_bytes()
    if len(data) > _SIZE:
        raise UsageError(f"{path} is no roster: it has {len(data):,} bytes.")
    if path.suffix.lower() == ".json":
        try:
            return msgspec.json.decode(data, type=list[Person])
        except msgspec.MsgspecError as error:
            raise UsageError(f"{path} is no roster: {error}.") from None
    listing = _exported(path)
    if listing is not None:
        return _listed(listing, known)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8; save it as CSV UTF-8.") from None
    return _table(text.splitlines(), path)


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
    if not all(row.name or row.email for row in listing.people):
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
    people = [roster.person(key) for _, key in roster.rows(listing)]
    if not people:
        raise UsageError(f"{path} names nobody.")
    return people


def _table(lines: list[str], path: Path) -> list[Person]:
    head = lines[0] if lines else ""
    reader = csv.reader(lines, delimiter=";" if head.count(";") > head.count(",") else ",")
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise UsageError(f"{path}:{reader.line_num}: this is no CSV: {error}.") from None
    names = [name.strip().casefold() for name in rows[0][1]] if rows else []
    if "student" not in names:
        raise UsageError(
            f"{path}:1: there is no column student; expected student, name, email, section, and "
            f"ids: {', '.join(_IDS[:-1])}. Canvas's gradebook and Moodle's grading worksheet are "
            "taken as they are; a list without keys goes to `grade collect --roster`."
        )
    people = []
    for line, row in rows[1:]:
        cells = dict(zip(names, (cell.strip() for cell in row), strict=False))
        if not any(cells.values()):
            continue
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
