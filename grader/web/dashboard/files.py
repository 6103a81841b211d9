"""What can be downloaded: figures and students as CSV and JSON, by pseudonyms unless asked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from numbers import Number

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from grader.classroom.exports.table import inert
from grader.classroom.insight import read
from grader.classroom.statistics.figure import Figure
from grader.handin.text import printable
from grader.report.safe import escaped
from grader.web.dashboard.desk import Desk
from grader.web.dashboard.visit import Visit
from grader.web.site import site_of

__all__ = ["export", "figures_json", "items_csv", "students_csv"]

_MANY = 100_000


def export(desk: Desk, visit: Visit, request: Request) -> Response:
    """What there is to download."""
    path = site_of(request).path
    files = [
        ("Exercises and their figures, CSV", path("items.csv")),
        ("Students by pseudonym, CSV", path("students.csv")),
        ("Students by name, CSV", f"{path('students.csv')}?names=1"),
        ("All figures, JSON", path("figures.json")),
    ]
    return desk.page(request, visit, "export.html", files=files)


def items_csv(desk: Desk, visit: Visit, request: Request) -> Response:
    """A row an exercise."""
    names = ("first", "last", "eventual", "gave_up", "attempts", "discrimination",
             "upper_lower", "efficiency", "weight", "alpha_without")  # fmt: skip
    head = ["exercise", "unit", "tried"]
    head += [f"{name}{part}" for name in names for part in ("", "_n", "_low", "_high")]
    rows = []
    for item in read.items(desk.book):
        row: list[object] = [item.exercise, item.unit, item.tried]
        for name in names:
            found: Figure = getattr(item, name)
            row += [found.value, found.n, found.low, found.high]
        rows.append([*row, " ".join(item.flags)])
    return _sheet("items.csv", [*head, "flags"], rows)


def students_csv(desk: Desk, visit: Visit, request: Request) -> Response:
    """A row a student; who they are is in it only where names were asked for."""
    found = read.students(desk.book, size=_MANY, everyone=True, sort="key")
    head = ["student", "section", "tried", "passed", "passed_at_first", "hand_ins", "score", "last"]
    who = ["key", "name", "email"] if visit.named else []
    rows: list[list[object]] = []
    for row in found.rows:
        named = [row.key, row.name, row.email] if visit.named else []
        rows.append(
            [*named, desk.pseudonyms.of(row.key), row.section, row.tried, row.passed,
             row.first_passed, row.attempts, row.score, row.last_at]
        )  # fmt: skip
    if not visit.named:
        rows.sort(key=lambda cells: str(cells[0]))  # the order would tell who is who
    if visit.named:
        desk.book.office.note(visit.noted("export", "students by name"))
    return _sheet("students.csv", [*who, *head], rows)


def figures_json(desk: Desk, visit: Visit, request: Request) -> Response:
    """The class and all exercises, as the API has them."""
    document = {
        "overview": read.overview(desk.book),
        "items": read.items(desk.book),
        "cohorts": read.cohorts(desk.book),
    }
    text = escaped(msgspec.json.encode(document).decode())
    return _download("figures.json", "application/json", text.encode())


def _sheet(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow(["" if cell is None else _cell(cell) for cell in row])
    return _download(name, "text/csv; charset=utf-8", text.getvalue().encode())


def _cell(cell: object) -> str:
    """Text of others is never a formula; numbers of ours stay, be they below 0."""
    return f"{cell}" if isinstance(cell, Number) else inert(printable(f"{cell}"))


def _download(name: str, kind: str, data: bytes) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=kind, headers=headers)
