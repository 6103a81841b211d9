"""`grade export FORMAT` for one report: where it comes from, and where its file goes."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import typer

from grader.cli.judging import insist
from grader.cli.options import choice, known_exercises, open_course, open_gradebook
from grader.errors import UsageError
from grader.handin.text import printable
from grader.report.words import plural

if TYPE_CHECKING:
    from grader.classroom.exports.export import Clock, Work
    from grader.classroom.gradebook.book import Gradebook
    from grader.classroom.gradebook.marks import StudentMarks
    from grader.course.outline import Course, Feedback, Unit
    from grader.platforms.reports.export import Setting, Write
    from grader.report.model import Report, Viewer

__all__ = ["From", "export_report"]

#: What a person pipes in.
_STDIN = Path("-")
#: How files begin that nobody wants to have written over: a gradebook, a hand-in.
_DATABASE, _ARCHIVE = b"SQLite format 3\0", b"PK\3\4"


class From(msgspec.Struct, frozen=True):
    """What was typed of where a report comes from, and who will read the file.

    Args:
        source: a report's file, a submission, or `-`.
        only: exercises and units that are meant; all by default.
        without: libraries that are left out where something is judged.
    """

    source: Path | None = None
    report: Path | None = None
    submission: Path | None = None
    student: str | None = None
    only: tuple[str, ...] = ()
    viewer: str | None = None
    isolation: str | None = None
    without: tuple[str, ...] = ()


def export_report(
    write: Write,
    typed: From,
    *,
    out: Path | None,
    late: Clock | None,
    course: Path | None,
    gradebook: str | None,
) -> int:
    """Write the file, or one for each student; what to exit with.

    Raises:
        UsageError: nothing can be made of what was typed.
    """
    from grader.classroom.exports.lateness import clock

    viewer: Viewer = choice("--as", typed.viewer, ("student", "instructor")) or "student"
    report, submission = _told_apart(typed)
    if report is None and submission is None:
        taught = open_course(course)
        with open_gradebook(taught, gradebook) as book:
            files = _Files(write, taught, viewer, clock(taught, late))
            return files.of_class(book, typed, out)
    if typed.student is not None:
        raise UsageError("--student takes marks from the gradebook: give no report, no submission.")
    if late == "wxb":
        raise UsageError(
            "--late wxb: a report does not say when its work was handed in. Lateness is in what "
            "comes from the gradebook: give --student, and no report and no submission."
        )
    _refuse_out(out, report, submission)
    if submission is not None:
        found, taught = _judged(submission, typed, course)
        return _put(write, found, taught, viewer, out)
    assert report is not None
    found, known = _read(report, typed, course)
    return _put(write, found, known, viewer, out)


def _told_apart(typed: From) -> tuple[Path | None, Path | None]:
    """The report's file, or the submission's; neither where the gradebook is meant."""
    named = [path for path in (typed.source, typed.report, typed.submission) if path is not None]
    if len(named) > 1:
        raise UsageError(
            "One thing is exported at a time: a report, or a submission. "
            f"Typed were {' and '.join(printable(str(path)) for path in named)}."
        )
    if typed.source is None:
        return typed.report, typed.submission
    from grader.handin.archive import SUFFIX
    from grader.handin.names import kind_of

    is_work = kind_of(typed.source.name) or typed.source.suffix.lower() == SUFFIX
    if typed.source != _STDIN and (is_work or typed.source.is_dir()):
        return None, typed.source
    return typed.source, None


# --- one report ---------------------------------------------------------------------------------


def _read(path: Path, typed: From, course: Path | None) -> tuple[Report, Course | None]:
    """A report from a file; and its course, which a student's report can do without."""
    from grader.course.reading.load import find
    from grader.platforms.reports.reading import only, read_report

    if path == _STDIN:
        report = read_report(sys.stdin.buffer.read(), "standard input")
    else:
        if not path.exists():
            raise UsageError(f"{path}: there is no such file or folder.")
        report = read_report(path.read_bytes(), str(path))
    taught = None
    if course is not None or report.viewer == "instructor" or typed.only:
        taught = open_course(course)
    else:
        try:
            taught = open_course(find(Path.cwd()))
        except UsageError:
            taught = None
    if taught is not None and taught.title != report.course:
        if report.viewer == "instructor" or course is not None:
            raise UsageError(
                f"The report is of {printable(report.course)!r}, and {taught.file()} is "
                f"{printable(taught.title)!r}: name the report's own course with --course PATH."
            )
        taught = None
    if typed.only and taught is not None:
        report = only(report, known_exercises(taught, list(typed.only)))
    return report, taught


def _judged(path: Path, typed: From, course: Path | None) -> tuple[Report, Course]:
    """A submission's report: it is judged now."""
    from grader.course.libraries import names_torch
    from grader.grading.engine import Grader
    from grader.handin.matching import match
    from grader.handin.submission import Submission
    from grader.sandbox.processes.caller import Base

    level = choice("--isolation", typed.isolation, ("full", "none"))
    for library in typed.without:
        choice("--without", library, ("torch",))
    taught = open_course(course, path)
    has_torch = not typed.without and names_torch(taught.root)
    wanted = known_exercises(taught, list(typed.only))
    handed_in = Submission.from_path(path)
    with closing(Base(torch=has_torch or None)) as base:
        graded = match(taught, handed_in, wanted).exercises
        torch = not typed.without
        with Grader(
            taught, exercises=graded or None, isolation=level, torch=torch, base=base
        ) as grader:
            grader.start()
            insist(grader, True, level)
            return grader.grade(handed_in, wanted), taught


def _put(
    write: Write, report: Report, course: Course | None, viewer: Viewer, out: Path | None
) -> int:
    """Write one report's file."""
    from grader.platforms.reports.export import Setting

    worth = None if course is None or course.handout else _worth(course, report)
    feedback = None if course is None else course.feedback
    setting = Setting(
        now=datetime.now(UTC),
        worth=worth,
        examples=course is not None and course.handout,
        environ=dict(os.environ),
    )
    _write(_made(write, report, feedback, viewer, setting), out)
    return _status([report])


def _worth(course: Course, report: Report) -> Decimal:
    """The points of all that was judged, those of tests included that could not be tried.

    What was tried counts as it did then: course.yaml may give other points by now.
    """
    from grader.report.model import FREE

    found = Decimal(0)
    for judged in report.exercises:
        exercise = course.exercise(judged.id)
        tests = {} if exercise is None else exercise.tests
        untried = [test.id for test in judged.tests if test.outcome in FREE]
        found += judged.possible + sum(
            (tests.get(each, Decimal(0)) for each in untried), Decimal(0)
        )
    return found


def _made(
    write: Write, report: Report, feedback: Feedback | None, viewer: Viewer, setting: Setting
) -> bytes:
    from grader.platforms.reports.registry import called

    return called(write, report, feedback, viewer, setting)


def _status(reports: list[Report]) -> int:
    """3 where something could not be judged: the file says so, and a person has to look."""
    outcomes = {test.outcome for r in reports for e in r.exercises for test in e.tests}
    if "grader_fault" not in outcomes:
        return 0
    typer.echo("Some tests could not be judged, so a person has to look at it.", err=True)
    return 3


def _refuse_out(out: Path | None, *read: Path | None) -> None:
    """See that nothing is written over that was no export.

    Args:
        read: what this export is made from.

    Raises:
        UsageError: it would be.
    """
    if out is None or not out.exists():
        return
    if out.is_dir():
        raise UsageError(f"--out {out}: it is a folder; name a file in it.")
    for path in read:
        if path is not None and path.exists() and out.samefile(path):
            raise UsageError(f"--out {out}: it is what is exported; name another file.")
    if not out.is_file():
        return  # a pipe, or /dev/stdout
    with out.open("rb") as file:
        first = file.read(len(_DATABASE))
    if first.startswith((_DATABASE, _ARCHIVE)):
        raise UsageError(f"--out {out}: it is a database or an archive; name another file.")


def _write(data: bytes, out: Path | None) -> None:
    """Write the bytes, whole or not at all."""
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    from grader.classroom.written import replace_file

    replace_file(out, data)
    typer.echo(f"Written: {printable(str(out))}", err=True)


# --- a class ------------------------------------------------------------------------------------


class _Files:
    """Files of a class, from its gradebook."""

    def __init__(self, write: Write, course: Course, viewer: Viewer, late: Clock) -> None:
        self._write = write
        self._course = course
        self._viewer: Viewer = viewer
        self._late: Clock = late

    def of_class(self, book: Gradebook, typed: From, out: Path | None) -> int:
        """Write one student's file, or one for each."""
        from grader.classroom.exports.lateness import students

        if typed.student is None and out is None:
            raise UsageError(
                "Whose? Give a report of `grade run --json`, a submission, --student STUDENT, or "
                "--out FOLDER for one file for each student of the gradebook."
            )
        key = None if typed.student is None else book.person(typed.student).key
        units = self._units(typed)
        found = [
            student
            for student in students(book, self._late)
            if (student.person.active if key is None else student.person.key == key)
        ]
        if key is not None:
            from grader.classroom.exports.work import work_of

            _refuse_out(out, *book.protected)
            data, report = self._file(work_of(book), found[0], units)
            if report is None:
                raise UsageError(f"{printable(key)} has nothing in the gradebook to export.")
            self._tell(book)
            _write(data, out)
            return _status([report])
        assert out is not None
        return self._folder(book, found, units, out)

    def _units(self, typed: From) -> list[Unit]:
        names = {unit.id for unit in self._course.units}
        for name in typed.only:
            if name not in names:
                raise UsageError(f"--only {printable(name)}: from the gradebook, name a unit.")
        return [unit for unit in self._course.units if not typed.only or unit.id in typed.only]

    def _file(
        self, work: Work, student: StudentMarks, units: list[Unit]
    ) -> tuple[bytes, Report | None]:
        from grader.classroom.feedback import has_work
        from grader.platforms.reports.export import Setting
        from grader.platforms.reports.student import standing

        theirs = [unit for unit in units if has_work(student, unit)]
        if not theirs:
            return b"", None
        found = standing(self._course, student, theirs, work.result, work.files)
        setting = Setting(
            now=datetime.now(UTC),
            late=self._late,
            changes=found.changes,
            worth=found.worth,
            environ=dict(os.environ),
        )
        made = _made(self._write, found.report, self._course.feedback, self._viewer, setting)
        return made, found.report

    def _folder(
        self, book: Gradebook, students: list[StudentMarks], units: list[Unit], out: Path
    ) -> int:
        from grader.classroom.exports.work import work_of
        from grader.classroom.feedback_names import file_stem
        from grader.classroom.written import replace_file

        work = work_of(book)
        files: dict[str, bytes] = {}
        reports: list[Report] = []
        taken: set[str] = set()
        for student in students:
            data, report = self._file(work, student, units)
            if report is not None:
                stem = file_stem(student.person.key, taken)
                taken.add(stem.casefold())
                files[f"{stem}{_suffix(data)}"] = data
                reports.append(report)
        _refuse_others(out, set(files))
        out.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            replace_file(out / name, data, many=True)
        self._tell(book)
        idle = len(students) - len(files)
        rest = f"; {plural(idle, 'student')} handed in nothing" if idle else ""
        typer.echo(
            f"Written: {plural(len(files), 'file')} in {printable(str(out))}{rest}.", err=True
        )
        return _status(reports)

    def _tell(self, book: Gradebook) -> None:
        from grader.cli.screens.exported import LATE

        typer.echo(LATE[self._late], err=True)
        typer.echo(f"Gradebook: {printable(book.where)}", err=True)


def _suffix(data: bytes) -> str:
    first = data.lstrip()[:1]
    return ".xml" if first == b"<" else ".json" if first in (b"{", b"[") else ".txt"


def _refuse_others(out: Path, names: set[str]) -> None:
    """See that nothing is replaced that was not written like this."""
    if out.exists() and not out.is_dir():
        raise UsageError(f"--out {out}: it is a file; name a folder.")
    others = sorted(p.name for p in out.iterdir() if p.name not in names) if out.exists() else []
    if others:
        raise UsageError(
            f"--out {out}: {printable(others[0])} is in it, which is no such file; name an empty "
            "folder."
        )
