"""`grade export`: marks, in the format of the system that keeps grades."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.documents import print_json
from grader.cli.judging import Only, Without
from grader.cli.options import (
    CoursePath,
    GradebookUrl,
    IsolationOption,
    Plain,
    choice,
    open_course,
    open_gradebook,
)
from grader.errors import UsageError
from grader.handin.text import printable

if TYPE_CHECKING:
    from grader.classroom.exports.export import Clock, Detail, Export, Request, Written
    from grader.classroom.gradebook.book import Gradebook
    from grader.platforms.reports.export import Write

__all__ = ["EXAMPLE", "export"]

EXAMPLE = """\b
Example:
  grade export canvas --template gradebook.csv --out upload.csv
  grade export moodle --template worksheet.csv --column 'Grade=01_vectors' --out upload.csv
  grade export junit handin.zip --out report.xml
  grade export nbgrader --db ~/course/gradebook.db
"""
#: Options of the formats that are one sheet for a class.
_SHEETS = ("--template", "--column", "--missing", "--scale", "--by", "--json")
#: Options of the formats that are one file for a report.
_REPORTS = ("SOURCE", "--report", "--submission", "--student", "--only", "--as", "--isolation",
            "--without")  # fmt: skip


def export(
    format_: Annotated[
        str | None,
        typer.Argument(
            metavar="FORMAT", help="csv, canvas, nbgrader, junit or another: --list has them."
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Argument(
            metavar="SOURCE",
            help="For formats of one report: a file of `grade run --json`, - for standard input, "
            "or a submission, which is judged.",
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar="FILE",
            help="The LMS's own sheet, as exported: what is not ours in it keeps its bytes.",
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="HEADER=UNIT",
            help="Which column is a unit's, or the whole course's (`course`); by default that "
            "with its title. May be given again.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Where to write; by default, here. A folder: a file for each student.",
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="A report of `grade run --json`, as SOURCE."),
    ] = None,
    submission: Annotated[
        Path | None,
        typer.Option("--submission", metavar="PATH", help="What was handed in, as SOURCE."),
    ] = None,
    student: Annotated[
        str | None,
        typer.Option("--student", metavar="STUDENT", help="One student's, from the gradebook."),
    ] = None,
    only: Only = None,
    viewer: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="VIEWER",
            help="Who can open the file. student, as a rule: it obeys the course's feedback. "
            "instructor: everything is in it.",
        ),
    ] = None,
    isolation: IsolationOption = None,
    without: Without = None,
    late: Annotated[
        str | None,
        typer.Option(
            "--late",
            metavar="WHOSE",
            help="wxb: marks lose what course.yaml takes for lateness. lms: they lose nothing, "
            "the LMS takes its own. By default wxb where course.yaml has due dates.",
        ),
    ] = None,
    missing: Annotated[
        str | None,
        typer.Option(
            "--missing",
            metavar="zero",
            help="zero: nothing handed in is a zero, once it is due. By default the cell stays.",
        ),
    ] = None,
    scale: Annotated[
        bool, typer.Option("--scale", help="Scale marks to the sheet's points.")
    ] = False,
    db: Annotated[
        str | None,
        typer.Option(
            "--db",
            metavar="URL",
            help="nbgrader's gradebook.db, or its database's URL, for a format that writes there.",
        ),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--course-dir",
            metavar="DIR",
            help="nbgrader's course, where autograded/ is written; by default where --db is.",
        ),
    ] = None,
    dry: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")
    ] = False,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="WHAT", help="Columns of csv: unit, exercise, or test as well."
        ),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the formats.")] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print the summary as JSON; needs --out.")
    ] = False,
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
    plain: Plain = False,
) -> None:
    """Write the marks for an LMS, into its own sheet, or a report for another system."""
    from grader.classroom.exports.export import Request
    from grader.classroom.exports.lateness import clock, students
    from grader.classroom.exports.registry import listed
    from grader.classroom.exports.work import work_of
    from grader.cli.screens.exported import print_exports
    from grader.cli.screens.screen import Screen
    from grader.platforms.reports.registry import REPORTS

    if list_:
        print_exports(Screen(plain=plain), [*listed(), *REPORTS.listed()])
        return
    if format_ is None:
        raise UsageError("Which format? `grade export --list` lists them.")
    whose: Clock | None = choice("--late", late, ("wxb", "lms"))
    own_file, write = _found(format_)
    of_sheet = (template, column, missing, scale or None, by, json or None)
    of_report = (source, report, submission, student, only, viewer, isolation, without)
    if own_file is not None:
        from grader.cli.reporting import From, export_report

        _refuse_options(format_, _SHEETS, of_sheet, "which is one file for a report")
        typed = From(
            source, report, submission, student, tuple(only or ()), viewer, isolation,
            tuple(without or ()),
        )  # fmt: skip
        raise typer.Exit(
            export_report(own_file, typed, out=out, late=whose, course=course, gradebook=gradebook)
        )
    assert write is not None
    _refuse_options(format_, _REPORTS, of_report, "which is one sheet for a class")
    choice("--missing", missing, ("zero",))
    detail: Detail | None = choice("--by", by, ("unit", "exercise", "test"))
    if json and out is None and db is None and not dry:
        raise UsageError("--json prints the summary here, so say where the marks go: --out FILE.")
    _refuse_out(out, template)
    taught = open_course(course)
    columns = tuple(map(_pair, column or []))
    late_by = clock(taught, whose)
    with open_gradebook(taught, gradebook) as book:
        _refuse_inside(out, book)
        request = Request(
            taught,
            students(book, late_by),
            datetime.now(UTC),
            late_by,
            template=template,
            columns=columns,
            missing_zero=missing is not None,
            scale=scale,
            detail=detail or "unit",
            db=db or "",
            folder=folder,
            work=work_of(book),
        )
        written = write(request)
        _refuse_place(written, format_, db, out)
        _tell(request, written, book.where, out, json=json, plain=plain, dry=dry)
        place = None if dry else _put(written, out, quiet=json)
    if place and not json:
        typer.echo(f"Written: {printable(place)}")
    raise typer.Exit(1 if any(notice.person for notice in written.notices) else 0)


def _tell(
    request: Request,
    written: Written,
    gradebook: str,
    out: Path | None,
    *,
    json: bool,
    plain: bool,
    dry: bool,
) -> None:
    """Say what is written, beside the marks where these are printed."""
    from grader.cli.screens.exported import print_written, summary
    from grader.cli.screens.screen import SafeConsole, Screen

    if json:
        print_json(summary(request, written, gradebook, out))
        return
    is_here = out is None and written.store is None and not dry
    console = SafeConsole(
        stderr=is_here, highlight=False, no_color=plain or None, emoji=False, markup=False
    )
    print_written(Screen(plain=plain, console=console), request, written, gradebook)


def _found(name: str) -> tuple[Write | None, Export | None]:
    """The format of a name: one file for a report, or one sheet for a class.

    Raises:
        UsageError: there is none, or it cannot be loaded.
    """
    from grader.classroom.exports.registry import EXPORTS, listed, missing
    from grader.platforms.reports.registry import OWN, REPORTS

    sheet = None if name in OWN else EXPORTS.get(name)
    if sheet is not None:
        return None, sheet
    own_file = REPORTS.get(name)
    if own_file is None:
        raise missing(name, [*listed(), *REPORTS.listed()])
    return own_file, None


def _refuse_options(format_: str, names: Sequence[str], values: Sequence[object], why: str) -> None:
    for name, value in zip(names, values, strict=True):
        if value:
            raise UsageError(f"{name} says nothing to {printable(format_)}, {why}.")


def _pair(text: str) -> tuple[str, str]:
    header, equals, unit = text.rpartition("=")
    if not (equals and header.strip() and unit.strip()):
        raise UsageError(f"--column {text}: expected 'HEADER=UNIT', e.g. 'Vectors=01_vectors'.")
    return header.strip(), unit.strip()


def _refuse_out(out: Path | None, template: Path | None) -> None:
    if out is None:
        return
    if out.is_dir():
        raise UsageError(f"--out {out}: it is a folder; name a file in it.")
    if template is not None and out.exists() and template.exists() and out.samefile(template):
        raise UsageError(f"--out {out}: it is the template, which stays as it is; name another.")


def _refuse_inside(out: Path | None, book: Gradebook) -> None:
    for kept in book.protected:
        if out is not None and out.exists() and kept.exists() and out.samefile(kept):
            raise UsageError(f"--out {out}: it is the gradebook; name another file.")


def _refuse_place(written: Written, format_: str, db: str | None, out: Path | None) -> None:
    """Where an export cannot go.

    Raises:
        UsageError: a file was named for one that writes into a database, or the other way round.
    """
    if written.store is None and db is not None:
        raise UsageError(f"`grade export {format_}` writes a file: omit --db.")
    if written.store is not None and out is not None:
        raise UsageError(f"`grade export {format_}` writes into a database: omit --out.")


def _put(written: Written, out: Path | None, quiet: bool) -> str:
    """Write it, whole or not at all; where it is, or "" for here."""
    if written.store is not None:
        from grader.cli.screens.bar import counting_bar

        with counting_bar("hand-ins", quiet=quiet) as bar:
            return written.store(bar)
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(written.data)
        sys.stdout.flush()
        return ""
    from grader.classroom.written import replace_file

    replace_file(out, written.data)
    return str(out)
