"""A roster's file: a CSV table of one's own, or the roster.json of a collected class.

The table's first line names its columns: `student` (the key), and as far as there are any `name`,
`email`, `section`, `team`, and ids: canvas, sis, login, hub, github. Commas or semicolons, UTF-8.
"""

from __future__ import annotations

import csv
from pathlib import Path

import msgspec

from grader.classroom.people import Person
from grader.errors import UsageError
from grader.handin.text import printable

__all__ = ["read_roster"]

_TOLD = ("name", "email", "section", "team")
_IDS = ("canvas", "sis", "login", "hub", "github", "moodle")
#: Bytes of a roster: a school of a hundred thousand needs a tenth of it.
_SIZE = 100 << 20
_ROSTER = "roster.json"


def read_roster(path: Path) -> list[Person]:
    """The people in a roster's file, or in a collected class.

    Raises:
        UsageError: it is none; the message says where and what was expected.
    """
    if path.is_dir():
        path = path / _ROSTER
    data = path.read_bytes()
    if len(data) > _SIZE:
        raise UsageError(f"{path} is no roster: it has {len(data):,} bytes.")
    if path.suffix.lower() == ".json":
        try:
            return msgspec.json.decode(data, type=list[Person])
        except msgspec.MsgspecError as error:
            raise UsageError(f"{path} is no roster: {error}.") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8; save it as CSV UTF-8.") from None
    return _table(text.splitlines(), path)


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
            f"ids: {', '.join(_IDS[:-1])}. An LMS's own sheet goes to `grade collect --roster`."
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
