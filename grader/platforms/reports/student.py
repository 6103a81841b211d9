"""What a gradebook holds of one student, as a report and what made the mark another one.

Lateness, excuses and points that a person gave are changes beside the report, each with its reason:
so it can be seen in the file where points have gone, and they are taken once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

import msgspec

from grader.classroom.choices import Files, attempts_of, choices_of
from grader.classroom.feedback import put_together, remark_on, report_of, unjudged
from grader.classroom.gradebook.marks import Mark, StudentMarks
from grader.course.outline import Course, Unit
from grader.platforms.reports.export import Change
from grader.report.model import ExerciseResult, Report

__all__ = ["Standing", "standing"]


class Standing(msgspec.Struct, frozen=True):
    """One student's units, as they stand.

    Args:
        report: what decides the marks, before lateness and what people changed.
        changes: those.
        worth: the full points of these units.
    """

    report: Report
    changes: tuple[Change, ...]
    worth: Decimal


def standing(
    course: Course,
    student: StudentMarks,
    units: Sequence[Unit],
    result: Callable[[int], ExerciseResult],
    files: Files = lambda number: None,
) -> Standing:
    """What a student's file is made of.

    Args:
        student: the marks, with or without lateness.
        result: a grading by its id.
        files: a submission's id -> the folder of what was graded of it.
    """
    exercises: list[ExerciseResult] = []
    notes: list[str] = []
    changes: list[Change] = []
    for unit in units:
        judged = {e.id: e for e in report_of(course, student, unit, result).exercises}
        graded = [mark for mark in student.marks if mark.exercise in judged]
        due = student.dates[unit.id].due
        notes += attempts_of(graded, None if due is None else due.tzinfo)
        notes += choices_of(course, graded, files)
        for mark in student.marks:
            if mark.unit != unit.id:
                continue
            found = judged.get(mark.exercise) or _blank(course, mark)
            exercises.append(found)
            changes += _changes(found, mark)
            if mark.exercise not in judged and mark.state != "missing":
                notes.append(f"{mark.exercise}: {unjudged(mark, shared=False)}")
    report = put_together(course, student, exercises, notes)
    worth = sum((e.points for unit in units for e in unit.exercises), Decimal(0))
    return Standing(report, tuple(changes), worth)


def _blank(course: Course, mark: Mark) -> ExerciseResult:
    """An exercise of which nothing was judged."""
    exercise = course.exercise(mark.exercise)
    title = mark.exercise if exercise is None else exercise.title
    return ExerciseResult(
        mark.exercise, mark.unit, title, "not_attempted", Decimal(0), mark.worth, ()
    )


def _changes(result: ExerciseResult, mark: Mark) -> Iterator[Change]:
    possible = mark.worth if mark.state == "missing" else mark.possible
    earned, had = mark.earned - result.earned, possible - result.possible
    if earned or had:
        yield Change(mark.exercise, remark_on(mark) or "Changed by hand.", earned, had)
