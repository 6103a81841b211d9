"""Our own JSON: every mark, unit by unit and test by test, with exact numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec

from grader.classroom.exports.cells import Counting, exact, worth
from grader.classroom.exports.export import Filled, Request, Written
from grader.classroom.exports.filling import Notes, tell_gone
from grader.classroom.exports.table import refuse_template
from grader.classroom.gradebook.marks import Mark, StudentMarks
from grader.course.outline import Unit
from grader.report.safe import escaped
from grader.report.words import points

__all__ = ["write"]


def write(request: Request) -> Written:
    """All marks as JSON, down to each test; for scripts."""
    refuse_template(request, "json")
    counting = Counting(request)
    students = [student for student in request.students if student.person.active]
    document = {
        "format": 1,
        "course": request.course.title,
        "late": request.late,
        "units": [
            {"unit": unit.id, "title": unit.title, "points": _plain(worth([unit]))}
            for unit in request.course.units
        ],
        "students": [_student(request, counting, student) for student in students],
    }
    encoder = msgspec.json.Encoder(decimal_format="number")
    text = escaped(msgspec.json.format(encoder.encode(document), indent=2).decode())
    columns = tuple(
        Filled(
            unit.id,
            (unit.id,),
            points(worth([unit])),
            sum(counting.cell(s, unit).share is not None for s in students),
        )
        for unit in request.course.units
    )
    notes = Notes()
    tell_gone(request, (), notes)
    return Written(text.encode() + b"\n", columns, notes.notices())


def _student(request: Request, counting: Counting, student: StudentMarks) -> dict[str, Any]:
    person = student.person
    return {
        "student": person.key,
        "name": person.name,
        "email": person.email,
        "section": person.section,
        "ids": person.aliases,
        "earned": _plain(student.earned),
        "possible": _plain(student.possible),
        "units": [_unit(counting, student, unit) for unit in request.course.units],
    }


def _unit(counting: Counting, student: StudentMarks, unit: Unit) -> dict[str, Any]:
    cell = counting.cell(student, unit)
    mark = None if cell.share is None else exact(cell.share * Fraction(worth([unit])))
    marks = [mark for mark in student.marks if mark.unit == unit.id]
    return {
        "unit": unit.id,
        "mark": mark,
        "not_graded": cell.why or None,
        "exercises": [_exercise(mark) for mark in marks],
    }


def _exercise(mark: Mark) -> dict[str, Any]:
    return {
        "exercise": mark.exercise,
        "state": mark.state,
        "earned": _plain(mark.earned),
        "possible": _plain(mark.possible),
        "points": _plain(mark.worth),
        "before_lateness": _plain(mark.before),
        "at": mark.at,
        "tests": [
            {
                "test": line.test,
                "outcome": line.outcome,
                "earned": _plain(line.earned),
                "possible": _plain(line.possible),
            }
            for line in mark.lines
        ],
    }


def _plain(value: Decimal) -> Decimal:
    """Without zeros at its end, and without an exponent."""
    return Decimal(points(value))
