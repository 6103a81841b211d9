"""`grade run`: what is right, what is wrong, and why."""

from __future__ import annotations

import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from grader.cli.judging import insist
from grader.cli.options import (
    CoursePath,
    Exercises,
    IsolationOption,
    Json,
    Plain,
    SubmissionPath,
    choice,
    found_course,
    known_exercises,
    open_course,
)

if TYPE_CHECKING:
    from grader.cli.screens.screen import Screen
    from grader.course.outline import Course
    from grader.grading.engine import Grader
    from grader.handin.submission import Submission
    from grader.report.model import Report

__all__ = ["run"]


def run(
    exercises: Exercises = None,
    submission: SubmissionPath = None,
    course: CoursePath = None,
    json: Json = False,
    plain: Plain = False,
    isolation: IsolationOption = None,
    viewer: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="VIEWER",
            help="instructor (as a rule): everything. student: what the course's feedback lets "
            "students see.",
        ),
    ] = None,
    start: Annotated[str | None, typer.Option("--start", hidden=True)] = None,
) -> None:
    """Grade what is here: what is right, what is wrong, and why."""
    from grader.course.libraries import names_torch
    from grader.course.outline import Feedback
    from grader.grading.engine import Grader
    from grader.handin.matching import match
    from grader.handin.submission import Submission
    from grader.report.view import for_student
    from grader.sandbox.processes.caller import Base

    level = choice("--isolation", isolation, ("full", "none"))
    seen = choice("--as", viewer, ("instructor", "student"))
    method = choice("--start", start, ("fork", "spawn"))
    theirs = submission is not None
    is_needed = names_torch(found_course(course).parent)
    # It imports the slow libraries while the course is read.
    with closing(Base(torch=is_needed or None)) as base:
        taught = open_course(course, submission)
        wanted = known_exercises(taught, exercises or [], is_first=True)
        work = submission or Path(taught.root) / "exercises"
        handed_in = Submission.from_path(work, own=submission is None)
        graded = match(taught, handed_in, wanted).exercises
        began = time.perf_counter()
        with Grader(
            taught, exercises=graded or None, isolation=level, start=method, base=base
        ) as grader:
            grader.start()
            insist(grader, theirs, level)
            report = _grade(grader, handed_in, wanted, graded, json or plain)
    is_student = (seen or ("student" if taught.handout else "instructor")) == "student"
    if json:
        from grader.report.model import encode_report

        told = for_student(report, taught.feedback) if is_student else report
        sys.stdout.write(encode_report(told).decode() + "\n")
    else:
        from grader.cli.screens.report import print_report
        from grader.cli.screens.screen import Screen

        seconds = time.perf_counter() - began
        screen = Screen(plain=plain)
        feedback = taught.feedback if is_student else Feedback("everything")
        print_report(screen, report, taught, seconds, grader.missing, theirs, feedback)
        if not theirs:
            _remember(report, taught, screen)
    raise typer.Exit(_exit_status(report))


def _remember(report: Report, course: Course, screen: Screen) -> None:
    """Keep what was reached, and say what follows from it."""
    from grader.cli.screens.course import print_next
    from grader.cli.screens.report import print_hint_offer, print_so_far, print_why
    from grader.study.progress import Progress
    from grader.study.remember import remember

    progress = Progress(course)
    for remark in remember(progress, report.exercises):
        if remark.why:
            print_why(screen, remark.exercise, remark.why)
        elif remark.so_far:
            print_so_far(screen, remark.exercise, remark.so_far)
        elif remark.offers_hint:
            print_hint_offer(screen, remark.exercise)
    if not progress.kept:
        typer.echo(f"{course.root} cannot be written, so this is not remembered.", err=True)
    print_next(screen, course, progress.next_after(report.exercises), progress.finished)


def _grade(
    grader: Grader,
    submission: Submission,
    wanted: tuple[str, ...],
    graded: tuple[str, ...],
    quiet: bool,
) -> Report:
    """Grade one submission, with a progress bar where there is a terminal."""
    from grader.cli.screens.bar import progress_bar

    tests = sum(len(e.tests) for e in grader.course.exercises if e.id in graded)
    with progress_bar(tests, quiet) as bar:

        def done(exercise: str, *_: str) -> None:
            bar.name(exercise)
            bar.advance()

        return grader.grade(submission, wanted, done)


def _exit_status(report: Report) -> Literal[0, 1, 3]:
    outcomes = {test.outcome for e in report.exercises for test in e.tests}
    if "grader_fault" in outcomes:
        return 3
    return 0 if "passed" in outcomes and outcomes <= {"passed", "skipped"} else 1
