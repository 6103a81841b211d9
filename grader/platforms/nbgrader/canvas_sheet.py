"""`CanvasSheet`: nbgrader's scores, in the sheet that Canvas exported.

    nbgrader export --exporter=grader.nbgrader.CanvasSheet \\
        --CanvasSheet.template=gradebook.csv --to=upload.csv

Scores are nbgrader's own: by hand before ours, with extra credit, minus late penalties. They go
through wxb's own Canvas export (`grader.classroom.exports.canvas`), so every cell that is not about
them keeps its bytes, EX and N/A stay, and a student without a submission keeps what Canvas has,
where nbgrader's CSV says 0. Students are found by `lms_user_id`, which is Canvas's id, by
nbgrader's id, which is the login, then by e-mail and name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from nbgrader.plugins import ExportPlugin
from traitlets import Bool, Dict, Unicode

from grader.classroom.exports import canvas
from grader.classroom.exports.export import Request
from grader.classroom.gradebook.marks import Mark, StudentMarks
from grader.classroom.nbgraded import Student
from grader.classroom.people import Person
from grader.classroom.policy import Deadline
from grader.classroom.written import replace_file
from grader.course.outline import Course, Exercise, Unit
from grader.errors import UsageError

__all__ = ["CanvasSheet"]

#: The one exercise of an assignment: all of its cells.
_ALL = "all"


class CanvasSheet(ExportPlugin):
    """Fills Canvas's gradebook with nbgrader's scores."""

    template = Unicode("", help="Canvas's gradebook, as it was exported there.").tag(config=True)
    columns = Dict(
        Unicode(),
        help="Column of the sheet -> assignment, where their names differ.",
    ).tag(config=True)
    course = Unicode(
        "", help="course.yaml, so that columns may be called like units; else c.Grade.course."
    ).tag(config=True)
    missing_zero = Bool(False, help="No submission for an assignment that is due is a zero.").tag(
        config=True
    )
    scale = Bool(False, help="Scale scores to the sheet's points.").tag(config=True)

    def export(self, gradebook: Any) -> None:
        """Write the filled sheet, and say in the log what a person should know of it.

        Raises:
            UsageError: there is no template, or it is not Canvas's.
        """
        if not self.template:
            raise UsageError(
                "Canvas needs its own sheet, so that ids match: Grades, Export, then nbgrader "
                "export --exporter=grader.nbgrader.CanvasSheet "
                "--CanvasSheet.template=gradebook.csv --to=upload.csv"
            )
        template, to = Path(self.template), Path(self.to or "upload.csv")
        if to.exists() and to.samefile(template):
            raise UsageError(f"--to={to}: it is the template, which stays as it is.")
        course = Course("", "nbgrader", tuple(self._units(gradebook)))
        if not course.units:
            raise UsageError("There is no assignment in nbgrader's gradebook to export.")
        written = canvas.write(
            Request(
                course,
                tuple(self._students(gradebook, course)),
                datetime.now(UTC),
                template=template,
                columns=tuple(self.columns.items()),
                missing_zero=self.missing_zero,
                scale=self.scale,
            )
        )
        for column in written.columns:
            self.log.info(
                "%s: %s scores, %s overwritten", column.header, column.cells, column.changed
            )
        for notice in written.notices:
            log = self.log.warning if notice.person else self.log.info
            log("%s%s", notice.heading, f": {'; '.join(notice.lines)}" if notice.lines else ".")
        replace_file(to, written.data)
        self.log.info("Written: %s", to)

    def _units(self, gradebook: Any) -> Iterator[Unit]:
        """Assignments as units of one exercise, with the titles that course.yaml gives them."""
        titles = self._titles()
        for each in gradebook.assignments:
            if self.assignment and each.name not in map(str, self.assignment):
                continue
            worth = Decimal(repr(each.max_score))
            exercise = Exercise(f"{each.name}/{_ALL}", each.name, each.name, {_ALL: worth})
            due = None if each.duedate is None else each.duedate.replace(tzinfo=UTC)
            yield Unit(each.name, titles.get(each.name, each.name), (exercise,), due)

    def _titles(self) -> dict[str, str]:
        path = self.course or self.config.get("Grade", {}).get("course", "")
        return {unit.id: unit.title for unit in Course.load(path).units} if path else {}

    def _students(self, gradebook: Any, course: Course) -> Iterator[StudentMarks]:
        wanted = {str(each) for each in self.student}
        found = {(s.student_id, s.name): s for a in gradebook.assignments for s in a.submissions}
        for each in gradebook.students:
            marks = tuple(_mark(unit, found.get((each.id, unit.id))) for unit in course.units)
            person = _person(each, active=not wanted or each.id in wanted)
            if wanted and each.id not in wanted:
                marks = tuple(_excused(unit) for unit in course.units)
            dates = {unit.id: Deadline(unit.due) for unit in course.units}
            for unit in course.units:
                work = found.get((each.id, unit.id))
                if work is not None and work.needs_manual_grade:
                    self.log.warning(
                        "%s, %s: formgrader still waits for a person.", each.id, unit.id
                    )
            yield StudentMarks(person, marks, dates)


def _person(student: Any, active: bool) -> Person:
    known = Student(
        student.id, student.first_name or "", student.last_name or "", student.email or "",
        student.lms_user_id or "",
    )  # fmt: skip
    aliases = {**known.aliases, "login": known.id}
    if known.email:
        aliases["email"] = known.email
    return Person(known.id, known.name, known.email, aliases=aliases, active=active)


def _mark(unit: Unit, submission: Any) -> Mark:
    """A whole assignment as one mark; nbgrader's sum never goes below zero."""
    [exercise] = unit.exercises
    worth = exercise.points
    if submission is None:
        zero = Decimal(0)
        return Mark(exercise=exercise.id, unit=unit.id, state="missing", earned=zero,
                    possible=zero, worth=worth)  # fmt: skip
    score = Decimal(repr(submission.score)) - Decimal(repr(submission.late_submission_penalty))
    return Mark(
        exercise=exercise.id, unit=unit.id, state="graded", earned=max(score, Decimal(0)),
        possible=worth, worth=worth, grading=0,
    )  # fmt: skip


def _excused(unit: Unit) -> Mark:
    """Of somebody who was not asked for: their cells stay."""
    [exercise] = unit.exercises
    zero = Decimal(0)
    return Mark(exercise=exercise.id, unit=unit.id, state="excused", earned=zero, possible=zero,
                worth=exercise.points)  # fmt: skip
