"""`grade annotate`: a report for GitHub, at the student's lines and as a job's summary."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from grader.cli.options import CoursePath, SubmissionPath, choice, open_course
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.course.outline import Course
    from grader.platforms.github.places import Work
    from grader.report.model import Report

__all__ = ["EXAMPLE", "annotate"]

EXAMPLE = """\b
Example:
  grade run --json > report.json
  grade annotate report.json --summary "$GITHUB_STEP_SUMMARY"
"""


def annotate(
    report: Annotated[
        Path, typer.Argument(metavar="REPORT", help="What `grade run --json` printed.")
    ],
    submission: SubmissionPath = None,
    summary: Annotated[
        Path | None,
        typer.Option("--summary", metavar="FILE", help="Add the job's summary to this file."),
    ] = None,
    viewer: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="VIEWER",
            help="student (as a rule): what the course's feedback lets students see. instructor: "
            "everything.",
        ),
    ] = None,
    course: CoursePath = None,
) -> None:
    """Show a report on GitHub: at the lines it is about, and as a summary."""
    from grader.course.outline import Feedback
    from grader.platforms.github.annotations import annotated, to_commands
    from grader.platforms.github.summary import MOST, to_summary
    from grader.platforms.github.workflow import quoted
    from grader.report.plain import to_plain
    from grader.report.view import ReportView, view_exercise

    seen = choice("--as", viewer, ("instructor", "student")) or "student"
    judged = _report(report)
    taught = open_course(course, submission)
    feedback = taught.feedback if seen == "student" else Feedback("everything")
    found = annotated(judged, feedback, _work(taught, submission))
    sys.stdout.write(to_commands(found))
    begun = [each for each in judged.exercises if each.outcome != "not_attempted"]
    told = ReportView(tuple(view_exercise(each, feedback) for each in begun), judged.notes)
    typer.echo(quoted(to_plain(told).strip("\n") or "Nothing is begun yet."))
    if summary is not None:
        there = summary.stat().st_size if summary.exists() else 0
        with summary.open("ab") as file:
            file.write(b"\n" * bool(there))
            file.write(to_summary(judged, feedback, taught.handout, MOST - there - 1))
    raise typer.Exit(_exit_status(judged, any(each.level == "error" for each in found)))


def _report(path: Path) -> Report:
    """The report in a file.

    Raises:
        UsageError: it holds none.
    """
    import msgspec

    from grader.report.model import decode_report

    if path.is_dir():
        raise UsageError(
            f"{path} is a folder. Grade it, then show the report: `grade run --submission {path} "
            f"--json > report.json`, `grade annotate report.json --submission {path}`."
        )
    try:
        return decode_report(path.read_bytes())
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise UsageError(
            f"{path} holds no report ({error}). Write one with `grade run --json > {path}`."
        ) from None


def _work(course: Course, submission: Path | None) -> Work:
    """The files that were judged, by their paths in the repository that the job works in."""
    from grader.handin.matching import match
    from grader.handin.submission import Submission
    from grader.platforms.github.places import Work

    path = submission or Path(course.root) / "exercises"
    matched = match(course, Submission.from_path(path, own=submission is None))
    top = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).resolve()
    folder = path.resolve() if path.is_dir() else path.resolve().parent
    is_packed = path.is_file() and path.suffix.lower() == ".zip"  # its files have no lines there
    files = {}
    if folder.is_relative_to(top) and not is_packed:
        inside = PurePosixPath(folder.relative_to(top).as_posix())
        files = {module: str(inside / file) for module, file in matched.files.items()}
    return Work(files, matched.modules)


def _exit_status(report: Report, is_wrong: bool) -> Literal[0, 1, 3]:
    if any(each.outcome == "grader_fault" for each in report.exercises):
        return 3
    return 1 if is_wrong else 0
