"""People as a sheet lists them: our own CSV, Canvas's gradebook, Moodle's grading worksheet; and
as nbgrader's gradebook.db does.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Literal

import msgspec

from grader.classroom.nbgraded import Graded, is_database, read_graded
from grader.classroom.people import folded
from grader.classroom.sheets import Sheet, read_sheet
from grader.classroom.times import is_dated, read_time
from grader.errors import UsageError

__all__ = ["Listed", "Listing", "listing_of", "read_listing"]

Kind = Literal["own", "canvas", "moodle", "nbgrader"]
#: A column of a person -> what it may be called, in small letters with `_` between words.
_COLUMNS = {
    "student": ("student", "key", "roster_identifier"),
    "name": ("name", "full_name", "fullname", "student_name"),
    "first": ("first_name", "firstname", "given_name"),
    "last": ("last_name", "lastname", "surname", "family_name"),
    "email": ("email", "e_mail", "email_address", "mail"),
    "section": ("section", "sections", "section_name"),
    "team": ("team", "group", "group_name"),
    "canvas": ("canvas", "canvas_id", "canvas_user_id"),
    "sis": ("sis", "sis_id", "sis_user_id", "sid", "student_id", "user_id", "id_number"),
    "login": ("login", "login_id", "sis_login_id", "username", "user"),
    "moodle": ("moodle", "moodle_id", "participant"),
    "hub": ("hub", "hub_user", "jupyterhub"),
    "github": ("github", "github_username", "github_user", "github_login"),
}
_SYSTEMS = ("canvas", "sis", "login", "moodle", "hub", "github")
#: The first column of Moodle's worksheet: "Participant 1234567", in some languages without a blank.
_NUMBERED = re.compile(r"([^\d,;]*[^\d,;\s])(\s?)\d+")
#: How late something came, behind its state: "2 days 3 hours late", "2 Tage 3 Stunden später".
_SPAN = re.compile(r"\d\s*[^\W\d_]")
_PARTICIPANT = re.compile(r"\D*?(\d+)\s*", re.ASCII)
#: Canvas's test student: this name, and no id in the student information system.
_TEST = frozenset({"studenttest", "teststudent"})
_NAME = 200


class Listed(msgspec.Struct, frozen=True):
    """One row about a person.

    Args:
        place: file and line.
        student: what our own CSV calls them.
        section: None where the sheet says nothing of sections; team likewise.
        blind: what Moodle calls them, "Participant 1234567".
        at: when they handed in, where the sheet says so.
        late: whether it says that this was late.
    """

    place: str
    student: str = ""
    name: str = ""
    email: str = ""
    section: str | None = None
    team: str | None = None
    aliases: dict[str, str] = {}
    blind: str = ""
    at: datetime.datetime | None = None
    late: bool | None = None


class Listing(msgspec.Struct, frozen=True):
    """A sheet of people.

    Args:
        tests: ids in Canvas of its test students, who are nobody.
        notes: a sentence on each thing that was remarkable.
        graded: all that nbgrader's gradebook says, where it is that.
    """

    path: Path
    kind: Kind
    people: tuple[Listed, ...]
    tests: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    graded: Graded | None = None


def read_listing(path: Path, zone: datetime.tzinfo | None = None) -> Listing:
    """A roster, whatever it was exported from.

    Args:
        zone: the zone of times that Moodle wrote, which name none.

    Raises:
        UsageError: it cannot be read, or no column of it names a person.
    """
    if is_database(path):
        return listing_of(read_graded(path))
    sheet = read_sheet(path)
    is_own = sheet.has("name") or sheet.has("email")
    if sheet.has("id") and not is_own and (sheet.has("student") or sheet.has("lastname")):
        return _canvas(sheet)
    if _is_worksheet(sheet):
        return _moodle(sheet, zone)
    return _own(sheet)


# --- nbgrader -----------------------------------------------------------------------------------


def listing_of(graded: Graded) -> Listing:
    """The people of nbgrader's gradebook; their key is what folders of `submitted/` are called."""
    people = tuple(
        Listed(
            f"{graded.path.name}: {each.id}",
            student=each.id[:_NAME],
            name=each.name[:_NAME],
            email=each.email[:_NAME],
            aliases=each.aliases,
        )
        for each in graded.students
    )
    return Listing(graded.path, "nbgrader", people, graded=graded)


# --- our own ------------------------------------------------------------------------------------


def _own(sheet: Sheet) -> Listing:
    found = {
        column: next((name for name in names if name in sheet.columns), "")
        for column, names in _COLUMNS.items()
    }
    known = [column for column, name in found.items() if name]
    if not {"student", "name", "email", "last", *_SYSTEMS}.intersection(known):
        raise UsageError(
            f"{sheet.path}:1: none of its columns names a person; expected some of student, name, "
            "email, section, team, canvas, sis, login, moodle, hub, github"
        )
    people, notes = [], []
    for line, row in sheet.rows:
        cells = {column: row.get(name, "")[:_NAME] for column, name in found.items() if name}
        name = cells.get("name") or f"{cells.get('first', '')} {cells.get('last', '')}".strip()
        aliases = {system: cells[system] for system in _SYSTEMS if cells.get(system)}
        if not (cells.get("student") or name or cells.get("email") or aliases):
            notes.append(f"{sheet.path.name}:{line} names nobody.")
            continue
        people.append(
            Listed(
                f"{sheet.path.name}:{line}",
                cells.get("student", ""),
                _in_order(name),
                cells.get("email", ""),
                cells.get("section"),
                cells.get("team"),
                aliases,
            )
        )
    return Listing(sheet.path, "own", tuple(people), notes=tuple(notes))


def _in_order(name: str) -> str:
    """ "Doe, Jane" as people say it."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else name


# --- Canvas -------------------------------------------------------------------------------------


def _canvas(sheet: Sheet) -> Listing:
    """The gradebook as Canvas exports it; rows without an id are not about people."""
    people, tests = [], set()
    for line, row in sheet.rows:
        number = row.get("id", "")
        if not number.isdigit():
            continue
        name = row.get("student") or f"{row.get('lastname', '')}, {row.get('firstname', '')}"
        sis, login = row.get("sis_user_id", ""), row.get("sis_login_id", "")
        if folded(name) in _TEST and not sis:
            tests.add(number)
            continue
        aliases = {"canvas": number, "sis": sis, "login": login}
        people.append(
            Listed(
                f"{sheet.path.name}:{line}",
                name=_in_order(name)[:_NAME],
                email=login if "@" in login else "",
                section=row.get("section", ""),
                aliases={system: value for system, value in aliases.items() if value},
            )
        )
    return Listing(sheet.path, "canvas", tuple(people), frozenset(tests))


# --- Moodle -------------------------------------------------------------------------------------


def _is_worksheet(sheet: Sheet) -> bool:
    """Its header is in the site's language: the first column is told by "Participant 123"."""
    if sheet.columns[:1] == ("identifier",):
        return True
    first = [next(iter(_first_cells(sheet, row)), "") for _, row in sheet.rows[:20]]
    found = [_NUMBERED.fullmatch(cell) for cell in first]
    words = {(each[1], each[2]) for each in found if each is not None}
    if len(words) != 1 or None in found or len(sheet.columns) < 5:
        return False
    [(word, blank)] = words
    return bool(blank) or not word.isascii() or len(word) > len("student")


def _first_cells(sheet: Sheet, row: dict[str, str]) -> list[str]:
    return [row.get(name, "") for name in sheet.columns]


def _moodle(sheet: Sheet, zone: datetime.tzinfo | None) -> Listing:
    """The grading worksheet: Identifier, perhaps name and address, Status, …, times in words."""
    columns = sheet.columns
    sample = [_first_cells(sheet, row) for _, row in sheet.rows]
    email = next((n for n, _ in enumerate(columns) if any("@" in row[n] for row in sample)), -1)
    name = 1 if len(columns) > 1 and email != 1 and "status" not in columns[1] else -1
    if email < 0 and name == 1 and not _is_named(columns[1], sample):
        name = -1
    timed = _time_column(columns, sample)
    people, unread = [], 0
    for (line, _), cells in zip(sheet.rows, sample, strict=True):
        found = _PARTICIPANT.fullmatch(cells[0])
        if found is None:
            continue
        at = read_time(cells[timed], zone) if timed >= 0 else None
        unread += timed >= 0 and at is None and is_dated(cells[timed])
        handed_in = timed < 0 or is_dated(cells[timed])
        people.append(
            Listed(
                f"{sheet.path.name}:{line}",
                name=cells[name][:_NAME] if name > 0 else "",
                email=cells[email] if email >= 0 else "",
                aliases={"moodle": found[1]},
                blind=cells[0],
                at=at,
                late=True if handed_in and _is_late(cells[1:timed]) else None,
            )
        )
    notes: tuple[str, ...] = ()
    if unread:
        notes = (
            f"{unread:,} times in {sheet.path.name} are in a language that is not read here: give "
            "them with --times FILE.",
        )
    return Listing(sheet.path, "moodle", tuple(people), notes=notes)


def _is_late(cells: list[str]) -> bool:
    """Whether a length of time stands behind the state of the work, where parts are joined by
    ` - `; a date there is an extension's.
    """
    parts = [part for cell in cells for part in cell.split(" - ")[1:]]
    return any(_SPAN.search(part) and not is_dated(part) for part in parts)


def _is_named(column: str, sample: list[list[str]]) -> bool:
    """Whether the second column holds names: a state of work is the same for many."""
    if column in ("full_name", "vollstandiger_name", "nom_complet", "nombre_completo"):
        return True
    values = [row[1] for row in sample if row[1]]
    return len(values) > 1 and len(set(values)) * 2 > len(values)


def _time_column(columns: tuple[str, ...], sample: list[list[str]]) -> int:
    """Where the time of the hand-in is: before that of the grade, in any language."""
    if "last_modified_submission" in columns:
        return columns.index("last_modified_submission")
    for n, _ in enumerate(columns):
        if any(is_dated(row[n]) and " - " not in row[n] for row in sample):
            return n
    return -1
