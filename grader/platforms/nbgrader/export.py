"""`grade export nbgrader`: marks, comments and notebooks, through nbgrader's own Gradebook API.

Each student's work for an assignment is one step: first the notebook, then, in one transaction,
scores, comments and penalty. Whatever ends a run, the next one goes on: what is there already stays
as it is. A score, a comment and extra credit that a person gave are never touched; where a person's
score stands before a new one of ours it is flagged for review, as SaveAutoGrades does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from grader.classroom.exports.cells import worth
from grader.classroom.exports.export import Filled, Progress, Request, Written
from grader.classroom.exports.filling import Notes
from grader.classroom.feedback import remark_on, report_of
from grader.classroom.written import replace_file
from grader.errors import UsageError
from grader.platforms.nbgrader.autograded import Output, notebook
from grader.platforms.nbgrader.opened import look, opened, shown, url_of
from grader.platforms.nbgrader.plan import Entry, Plan, plan
from grader.platforms.nbgrader.there import CODE
from grader.report.html import to_bare_html
from grader.report.safe import safe
from grader.report.view import ExerciseView, ReportView, for_student, view_exercise
from grader.report.words import IDEA, points

__all__ = ["write"]

#: What SaveAutoGrades writes where an answer is untouched.
_NOTHING = "No response."
#: How nbgrader writes a time for itself.
_STAMP = "%Y-%m-%d %H:%M:%S.%f UTC"


def write(request: Request) -> Written:
    """nbgrader's gradebook and autograded/: --db gradebook.db, and formgrader has the marks."""
    if not request.db:
        raise UsageError(
            "nbgrader's marks go into its gradebook: `grade export nbgrader --db gradebook.db`."
        )
    if request.template is not None:
        raise UsageError("`grade export nbgrader` fills no sheet: omit --template.")
    url, folder = url_of(request.db), _folder(request)
    request = msgspec.structs.replace(request, folder=folder)
    notes = Notes()
    with opened(url) as gradebook:
        made = plan(request, look(gradebook), notes)
    for entry in made.entries:
        if entry.submission is not None and _folder_of(request, entry) is None:
            head = "Not found where it was collected, so formgrader shows marks without the code"
            notes.add(head, entry.label, person=True)
    if request.late == "wxb" and any(given.lost for e in made.entries for given in e.given):
        notes.add(
            "Lateness is nbgrader's late penalty now. `nbgrader autograde` takes it anew: with "
            "grader.nbgrader.Late as its plugin it stays the same"
        )
    filled = tuple(
        Filled(
            assignment.name,
            (unit.id,),
            points(worth([unit])),
            sum(entry.assignment is assignment for entry in made.entries),
            made.changed[assignment.name],
        )
        for assignment, unit in made.units
    )
    return Written(b"", filled, notes.notices(), partial(_store, request, url, folder, made))


def _folder(request: Request) -> Path:
    if request.folder is None:
        if "://" in request.db and not request.db.startswith("sqlite:///"):
            raise UsageError(
                "Where is the course of that gradebook? Its autograded/ is to be written: "
                "--course-dir FOLDER."
            )
        return Path(request.db.removeprefix("sqlite:///")).expanduser().resolve().parent
    if not request.folder.is_dir():
        raise UsageError(f"--course-dir {request.folder}: there is no such folder.")
    return request.folder.resolve()


def _store(request: Request, url: str, folder: Path, made: Plan, progress: Progress) -> str:
    with opened(url) as gradebook:
        for entry in made.entries:
            progress(entry.label, len(made.entries))
            _put(request, folder, gradebook, entry)
    return f"{shown(url)} and {folder / 'autograded'}"


def _put(request: Request, folder: Path, gradebook: Any, entry: Entry) -> None:
    """One student's work for one assignment."""
    views = dict(_views(request, entry))
    place = folder / "autograded" / entry.student.id / entry.assignment.name
    place.mkdir(parents=True, exist_ok=True)
    there = _folder_of(request, entry)
    outputs = {
        given.exercise: Output(f"{given.score:f}", to_bare_html(ReportView((view,), ())))
        for given in entry.given
        if (view := views.get(given.exercise)) is not None
    }
    for book in entry.assignment.books:
        _replace(place / f"{book.name}.ipynb", notebook(book, there, outputs))
    if entry.at is not None:
        _replace(place / "timestamp.txt", entry.at.astimezone(UTC).strftime(_STAMP).encode())
    _mark(request, gradebook, entry, views)


def _folder_of(request: Request, entry: Entry) -> Path | None:
    """Where what was handed in lies."""
    if request.work is None or entry.submission is None:
        return None
    return request.work.files(entry.submission)


def _mark(request: Request, gradebook: Any, entry: Entry, views: dict[str, ExerciseView]) -> None:
    student, name = entry.student, entry.assignment.name
    if entry.is_new:
        gradebook.update_or_create_student(
            student.id, first_name=student.first, last_name=student.last,
            email=student.email or None, lms_user_id=student.lms or None,
        )  # fmt: skip
    when = {} if entry.at is None else {"timestamp": entry.at}  # with its zone: texts are misread
    gradebook.update_or_create_submission(name, student.id, **when)
    for book in entry.assignment.books:
        kept = gradebook.find_submission_notebook(book.name, name, student.id)
        grades = {grade.name: grade for grade in kept.grades}
        comments = {comment.name: comment for comment in kept.comments}
        mine = [given for given in entry.given if given.book == book.name]
        for given in mine:
            grade, score = grades[given.cell], float(given.score)
            if grade.auto_score != score or grade.manual_score is None:
                grade.needs_manual_grade = grade.manual_score is not None
            grade.auto_score = score
            comment = comments.get(f"{CODE}{given.exercise}")
            if comment is not None:
                comment.auto_comment = _comment(views.get(given.exercise))
        if mine and request.late == "wxb":
            kept.late_submission_penalty = None
            lost = {given.cell: given.lost for given in mine}
            gradebook.db.flush()
            penalty = sum(
                (lost[grade.name] * _score(grade) for grade in kept.grades if grade.name in lost),
                Fraction(0),
            )
            kept.late_submission_penalty = float(penalty) or None
    gradebook.db.commit()


def _score(grade: Any) -> Fraction:
    """What counts of a cell: a person's score before ours, and extra credit."""
    own = grade.auto_score if grade.manual_score is None else grade.manual_score
    return Fraction(own or 0) + Fraction(grade.extra_credit or 0)


def _replace(path: Path, data: bytes) -> None:
    """Write a file where it is another one; who shares the course's folder may write it, too."""
    if path.is_file() and path.read_bytes() == data:
        return
    replace_file(path, data, many=True)
    if path.parents[3].stat().st_mode & 0o020:
        path.chmod(0o660)


# --- what is said -------------------------------------------------------------------------------


def _views(request: Request, entry: Entry) -> Iterator[tuple[str, ExerciseView]]:
    """Exercise -> what the course lets a student see of it; what is not judged says why."""
    feedback = request.course.feedback
    marks = {given.exercise: given.mark for given in entry.given}
    if request.work is not None:
        report = report_of(request.course, entry.marks, entry.unit, request.work.result)
        for judged in for_student(report, feedback).exercises:
            if judged.id in marks:
                view = view_exercise(judged, feedback)
                yield judged.id, msgspec.structs.replace(view, remark=remark_on(marks[judged.id]))
    for exercise in entry.unit.exercises:
        mark = marks.get(exercise.id)
        if mark is not None and (mark.grading is None or request.work is None):
            score = f"{points(mark.earned)} of {points(mark.possible or mark.worth)}"
            said = remark_on(mark) or ("Nothing was handed in for it." * (mark.state == "missing"))
            yield (
                exercise.id,
                ExerciseView(exercise.id, exercise.title, "not_attempted", score, remark=said),
            )


def _comment(view: ExerciseView | None) -> str | None:
    """What stands under a student's own cell: the wrong ideas, and what made the mark another."""
    if view is None:
        return None
    if view.outcome == "not_attempted" and not view.remark:
        return _NOTHING
    ideas = [f"{IDEA}{hint}" for hint in view.ideas]
    return safe("\n\n".join([*ideas, *filter(None, (view.remark,))])) or None
