"""`grade extend`: more time for a student or a section."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from grader.cli.decided import TakeBack, Why, entries_of, take_back
from grader.cli.options import (
    CoursePath,
    GradebookUrl,
    complete_unit,
    open_course,
    open_gradebook,
)
from grader.errors import UsageError
from grader.handin.text import printable
from grader.report.words import plural

if TYPE_CHECKING:
    from grader.classroom.gradebook.book import Gradebook
    from grader.classroom.gradebook.values import Adjustment
    from grader.course.outline import Course

__all__ = ["extend"]

_COLUMNS = ("student", "unit", "until", "by", "why")
#: Bytes of a table of extensions: a class of thousands needs a tenth of it.
_SIZE = 4 << 20


class _Row(NamedTuple):
    """One extension as it was asked for, and where."""

    place: str
    student: str
    unit: str
    until: str
    by: str
    why: str


def extend(
    student: Annotated[
        str | None,
        typer.Argument(metavar="STUDENT", help="A student, or section:NAME for a whole section."),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Argument(metavar="UNIT", help="A unit, or all.", autocompletion=complete_unit),
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="TIME", help="e.g. 2027-02-05T23:59+01:00")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="TIME", help="Beyond the due date, e.g. 2d or 36h")
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help=f"A CSV with columns {', '.join(_COLUMNS)}; or nbgrader's gradebook.db.",
        ),
    ] = None,
    why: Why = "",
    taken_back: TakeBack = False,
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
) -> None:
    """Give more time, and move the closing time with it: grade extend doe 01_vectors --by 2d"""
    taught = open_course(course)
    if source is not None:
        if student or unit or until or by or taken_back:
            raise UsageError("--from has everything in its table; leave the rest away.")
        rows = _of_nbgrader(source, taught, why) or _read(source, why)
    elif student is None or unit is None:
        raise UsageError("For whom, and what? grade extend STUDENT UNIT|all --by 2d")
    else:
        rows = [_Row("", student, unit, until or "", by or "", why)]
    with open_gradebook(taught, gradebook) as book:
        if taken_back:
            found = _where(taught, book, rows[0])
            whose = {"student": "", "section": "", **found}
            wanted = entries_of(book, "extend", **whose)
            take_back(book, wanted, f"extension of {unit} for {student}", why)
        else:
            entries = [_entry(taught, book, row) for row in rows]  # all of them, or none
            if source is not None:  # it may be read again once there are more
                held = [_what(entry) for entry in book.adjustments()]
                entries = [entry for entry in entries if _what(entry) not in held]
            book.adjust(entries)
            for entry in entries:
                typer.echo(_said(taught, book, entry))
            if not entries:
                typer.echo("All of them are known already.")
        typer.echo(f"Kept in {printable(book.where)}.")


def _what(entry: Adjustment) -> tuple[object, ...]:
    """What an extension gives, whoever gave it when."""
    return entry.kind, entry.student, entry.section, entry.unit, entry.until, entry.by


def _of_nbgrader(path: Path, course: Course, why: str) -> list[_Row]:
    """The extensions in nbgrader's gradebook.db; none where it is another file.

    Raises:
        UsageError: it is one, and has no extension for a unit of the course.
    """
    from grader.classroom.nbgraded import is_database, read_graded

    if not is_database(path):
        return []
    rows = []
    for each in read_graded(path).extensions:
        if course.unit(each.assignment) is not None and each.by > timedelta(0):
            seconds = f"{each.by.total_seconds():.0f}s"
            reason = why or "extended in nbgrader"
            rows.append(_Row(f"{path}: ", each.student, each.assignment, "", seconds, reason))
    if not rows:
        raise UsageError(f"{path} has no extension for a unit of this course.")
    return rows


def _read(path: Path, why: str) -> list[_Row]:
    """The rows of a table; its first line names the columns.

    Raises:
        UsageError: it cannot be read, or a column is missing.
    """
    from grader.classroom.sheets import read_table

    table = read_table(path, _SIZE)
    if not table.has("student", "unit") or not (table.has("until") or table.has("by")):
        raise UsageError(f"{path}:1: expected the columns student, unit, and until or by.")
    rows = []
    for line, cells in table.rows:
        found = {key: cells.get(key, "") for key in _COLUMNS}
        if any(found.values()):
            found["why"] = found["why"] or why
            rows.append(_Row(f"{path}:{line}: ", **found))
    if not rows:
        raise UsageError(f"{path} has no rows below its first line.")
    return rows


def _where(course: Course, book: Gradebook, row: _Row) -> dict[str, Any]:
    """Whom it is for, and which unit.

    Raises:
        UsageError: there is none of that name.
    """
    from grader.classroom.decided import unit_of, whom

    return {"unit": unit_of(course, row.unit), **whom(book, row.student)}


def _entry(course: Course, book: Gradebook, row: _Row) -> Adjustment:
    from grader.classroom.decided import Extending, extension
    from grader.classroom.gradebook.book import me

    asked = Extending(row.student, row.unit, row.until, row.by, row.why)
    try:
        return extension(course, book, asked, me())
    except UsageError as error:
        raise UsageError(f"{row.place}{error}") from None


def _said(course: Course, book: Gradebook, entry: Adjustment) -> str:
    """What is due when now, for whom."""
    from grader.classroom.gradebook.explain import length, moment
    from grader.cli.screens.marks import who

    what = entry.unit or "all units"
    if not entry.student:
        more = f"until {moment(entry.until)}" if entry.until else f"by {length(entry.by)}"  # type: ignore[arg-type]
        people = [p for p in book.people().values() if p.section == entry.section]
        return (
            f"Section {printable(entry.section)}, {plural(len(people), 'student')}: {what} {more}."
        )
    [found] = book.marks([entry.student])
    units = [entry.unit] if entry.unit else [unit.id for unit in course.units]
    told = []
    for unit in units:
        dates = found.dates[unit]
        words = [f"is due {moment(dates.due)}"] if dates.due is not None else []
        words += [f"closes {moment(dates.closes)}"] if dates.closes is not None else []
        told += [f"{unit} {' and '.join(words)}"] if words else []
    return f"{who(found.person)}: {', '.join(told) or f'{what} has no due date'}."
