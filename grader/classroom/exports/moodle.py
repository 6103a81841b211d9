"""Moodle's grading worksheet: its own export, filled.

    Identifier,"Full name","Email address",Status,Grade,"Maximum grade","Grade can be changed",…
    "Participant 1234567","Jane Doe",jane@example.org,"Submitted for grading",10.25,12.00,Yes,…

Headers are in the site's language: the grade stands left of the one column that has the same number
in each row, and whether it can be changed behind that, as a word for yes or no. The importer skips
without a word what is blank, negative, above the maximum, locked,
or older than Moodle's own grade, and (newer versions) a zero: such rows are listed. From
mod/assign/feedback/offline/importgradeslib.php of Moodle (2025).
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from grader.classroom.exports.cells import Counting, worth
from grader.classroom.exports.columns import Target, ours
from grader.classroom.exports.export import Filled, Request, Written
from grader.classroom.exports.filling import Notes, Owned, Slot, fill, owners
from grader.classroom.exports.template import Template, number_of, read_template
from grader.classroom.listed import read_listing
from grader.errors import UsageError
from grader.handin.text import printable
from grader.report.words import points

__all__ = ["write"]

_LOCK, _GRADE, _SINCE = "grade can be changed", "grade", "last modified (grade)"
#: Words for yes and no in Moodle's language packs (`core`, "yes" and "no").
_NO = frozenset({
    "no", "non", "nein", "nee", "não", "nie", "ne", "nej", "nei", "ei", "nem", "nu", "hayır", "нет",
    "ні", "не", "όχι", "いいえ", "否", "아니오", "아니요", "لا", "לא", "نه", "tidak",
    "không", "ez", "nē",
})  # fmt: skip
_YES = frozenset({
    "yes", "oui", "ja", "sim", "si", "sí", "sì", "tak", "ano", "áno", "da", "kyllä", "igen", "evet",
    "да", "так", "ναι", "はい", "是", "예", "네", "نعم", "כן", "بله", "ya", "có",
    "bai", "jā", "taip",
})  # fmt: skip


def write(request: Request) -> Written:
    """Moodle's grading worksheet, filled: download it there, upload the result."""
    if request.template is None:
        raise UsageError(
            "Moodle needs its own sheet, so that ids match: Submissions, Download grading "
            "worksheet, then `grade export moodle --template worksheet.csv --out upload.csv`."
        )
    template, listing = read_template(request.template), read_listing(request.template)
    if listing.kind != "moodle":
        raise UsageError(
            f"{request.template}:1: it is not Moodle's grading worksheet, whose first column is "
            "the participant's number; download it from the assignment."
        )
    notes = Notes()
    column, target = _column(request, template)
    owned = owners(request, template, listing, notes)
    worths = _points(request, template, column, target, owned, notes)
    slots = [Slot(row, column, owned.rows[row], target, worths[row]) for row in sorted(worths)]
    lock = _lock(template, column)
    since = _named(template, _SINCE, lock + 2 if lock >= 0 else -1)

    def refused(slot: Slot, value: Decimal) -> str:
        if not value:
            return "Moodle skips a zero in a worksheet: type these in"
        if lock >= 0 and template.value(slot.row, lock).casefold() in _NO:
            return "Locked in Moodle, which skips these"
        return ""

    cells, counts = fill(request, template, slots, notes, refused)
    if since >= 0 and any(template.value(row, since) == "-" for row, _ in cells):
        notes.add(
            "Moodle takes marks for older than its own where there are any already: then tick "
            '"Allow updating records that have been modified more recently in Moodle"'
        )
    units = tuple(unit.id for unit in Counting(request).units(target))
    filled = Filled(template.header[column], units, "", *counts.get(column, (0, 0)))
    return Written(template.filled(cells), (filled,), notes.notices())


def _column(request: Request, template: Template) -> tuple[int, Target]:
    """Where the grade stands, and what it is for."""
    headers = dict(enumerate(template.header))
    found = ours(request.course, headers, request.columns)
    if len(found) == 1:
        [(column, target)] = found.items()
        return column, target
    if found:
        raise UsageError(
            f"{template.path}: a worksheet is one assignment's; name one column with --column."
        )
    column = next((n for n, text in headers.items() if text.casefold() == _GRADE), -1)
    column = column if column >= 0 else _by_maximum(template)
    if column < 0:
        named = ", ".join(repr(printable(text)) for text in headers.values())
        raise UsageError(
            f"{template.path}:1: it is not clear which column has the grade: {named}. Name it: "
            f"--column 'HEADER={request.course.units[0].id}'."
        )
    return column, _target(request, template, template.header[column])


def _lock(template: Template, grade: int) -> int:
    """The column that says whether a grade can be changed: behind the maximum, or one further.

    -1 where there is none.
    """
    rows = range(1, len(template.rows))
    for column in (grade + 2, grade + 3):
        said = {template.value(row, column).casefold() for row in rows} - {""}
        if said and said <= _YES | _NO:
            return column
    return _named(template, _LOCK, -1)


def _named(template: Template, header: str, default: int) -> int:
    headers = (text.casefold() for text in template.header)
    return next((n for n, text in enumerate(headers) if text == header), default)


def _target(request: Request, template: Template, header: str) -> Target:
    """What the worksheet is for: its file is called after the assignment, or there is one only."""
    units, name = request.course.units, _words(template.path.stem)
    titled = [unit for unit in units if _words(unit.title) in name or _words(unit.id) in name]
    reached = {m.unit for s in request.students for m in s.marks if m.grading is not None}
    for choice in (titled, units, [unit for unit in units if unit.id in reached]):
        if len(choice) == 1:
            return choice[0]
    raise UsageError(
        f"{template.path}: which unit is it for? Say --column '{printable(header)}=UNIT', with one "
        f"of {', '.join(unit.id for unit in units)}, or `course`."
    )


def _words(text: str) -> str:
    """A text's words, each between blanks, so that one is found whole or not at all."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("_", " ")
    return " ".join(["", *re.findall(r"\w+", plain), ""])


def _by_maximum(template: Template) -> int:
    """The column left of the one that has the same number in each row; -1 where none is."""
    rows = range(1, len(template.rows))
    for column in range(2, len(template.header)):
        values = {number_of(template.value(row, column)) for row in rows}
        grades = [template.value(row, column - 1) for row in rows]
        is_grade = all(not text or number_of(text) is not None for text in grades)
        if len(values) == 1 and (values.pop() or 0) > 0 and is_grade:
            return column - 1
    return -1


def _points(
    request: Request, template: Template, grade: int, target: Target, owned: Owned, notes: Notes
) -> dict[int, Decimal]:
    """Row -> what all of it is worth in Moodle; other points are scaled or refused."""
    counting = Counting(request)
    units = counting.units(target)
    if not units:
        raise UsageError("No unit of the course is due and graded yet.")
    own, found = worth(units), {}
    for row in owned.rows:
        there = number_of(template.value(row, grade + 1))
        if there is None or there <= 0 or there == own:
            found[row] = own
        elif request.scale:
            found[row] = there
            line = f"{points(own)} points of the course are {points(there)}"
            notes.add("Scaled to the sheet's points", line)
        else:
            raise UsageError(
                f"{template.path}:{template.lines[row]}: the maximum grade is {points(there)}, and "
                f"{', '.join(unit.id for unit in units)} has {points(own)}. Change it in Moodle, "
                "or let marks be scaled with --scale."
            )
    return found
