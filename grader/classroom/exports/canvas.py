"""Canvas's gradebook: its own export, filled.

    Student,ID,SIS User ID,SIS Login ID,Section,Vectors (4711),Current Score
    ,,,,,Manual Posting,
        Points Possible,,,,,12.00,(read only)
    "Doe, Jane",101,S101,jdoe1,Sec 1,10.25,75.00

The importer finds students by ID, assignments by the id in brackets; a blank where Canvas has a
score takes the score away, so every cell that is not ours keeps its bytes. Scores are compared at
two decimals; EX is excused, N/A not assigned. Columns whose points are `(read only)`, and Canvas's
own totals, are ignored. From lib/gradebook_exporter.rb and lib/gradebook_importer.rb (2025).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from grader.classroom.exports.cells import Counting, worth
from grader.classroom.exports.columns import Target, ours
from grader.classroom.exports.export import Filled, Request, Written
from grader.classroom.exports.filling import Notes, Slot, fill, owners
from grader.classroom.exports.template import Template, number_of, read_template
from grader.classroom.listed import read_listing
from grader.course.outline import Course
from grader.errors import UsageError
from grader.handin.text import printable
from grader.report.words import points

__all__ = ["write"]

_TOTAL = re.compile(r"(Current|Final|Override) (Score|Points|Grade)")
#: Columns about the student.
_PERSON = frozenset(
    {
        "student", "lastname", "firstname", "id", "sis user id", "sis login id", "integration id",
        "root account", "section",
    }
)  # fmt: skip


def write(request: Request) -> Written:
    """Canvas's gradebook, filled: export it there, name it with --template, import the result."""
    if request.template is None:
        raise UsageError(
            "Canvas needs its own sheet, so that ids match: Grades, Export, then "
            "`grade export canvas --template gradebook.csv --out upload.csv`."
        )
    template, listing = read_template(request.template), read_listing(request.template)
    if listing.kind != "canvas":
        raise UsageError(
            f"{request.template}:1: no columns Student and ID, so it is not Canvas's gradebook; "
            "export it in Canvas under Grades."
        )
    notes = Notes()
    headers = {n: text for n, text in enumerate(template.header) if _may_be_ours(template, n)}
    columns = ours(request.course, headers, request.columns)
    if not columns:
        named = ", ".join(repr(printable(text)) for text in headers.values()) or "none"
        raise UsageError(
            f"{request.template}:1: no column is called like a unit (columns: {named}). Say which "
            f"one is which: --column 'HEADER={request.course.units[0].id}'."
        )
    possible = _points(request, template, columns, notes)
    owned = owners(request, template, listing, notes)
    slots = [
        Slot(row, column, student, target, possible[column])
        for column, target in sorted(columns.items())
        if column in possible
        for row, student in sorted(owned.rows.items())
    ]
    cells, counts = fill(request, template, slots, notes)
    counting = Counting(request)
    filled = [
        Filled(
            template.header[column],
            tuple(unit.id for unit in counting.units(target)),
            points(possible[column]),
            *counts.get(column, (0, 0)),
        )
        for column, target in sorted(columns.items())
        if column in possible
    ]
    return Written(template.filled(cells), tuple(filled), notes.notices())


def _may_be_ours(template: Template, column: int) -> bool:
    header = template.header[column]
    if not header or header.casefold() in _PERSON or _TOTAL.search(header):
        return False
    row = _points_row(template)
    return row is None or template.value(row, column) != "(read only)"


def _points_row(template: Template) -> int | None:
    """Row 2, or row 3 where assignments are posted by hand."""
    rows = range(1, min(4, len(template.rows)))
    return next((row for row in rows if template.value(row, 0) == "Points Possible"), None)


def _points(
    request: Request, template: Template, columns: Mapping[int, Target], notes: Notes
) -> dict[int, Decimal]:
    """Column -> what all of it is worth in Canvas.

    Raises:
        UsageError: that is not what it is worth in the course, and it is not to be scaled.
    """
    row, found = _points_row(template), {}
    counting = Counting(request)
    for column, target in columns.items():
        units, header = counting.units(target), template.header[column]
        if not units:
            notes.add("No unit of the course is due and graded yet: left as it is", header)
            continue
        own = worth(units)
        there = None if row is None else number_of(template.value(row, column))
        if there is None or there == own:
            found[column] = own
        elif request.scale and there > 0:
            found[column] = there
            line = f"{header}: {points(own)} points of the course are {points(there)}"
            notes.add("Scaled to the sheet's points", line)
        else:
            raise UsageError(
                f"{template.path}: {printable(header)!r} has {points(there)} points possible, and "
                f"{', '.join(unit.id for unit in units)} has {points(own)}. Change it in Canvas, "
                "or let marks be scaled with --scale."
            )
        if isinstance(target, Course):
            for unit in counting.unjudged:
                notes.add("Due, but nobody's work was graded: not counted", unit.id, person=True)
    return found
