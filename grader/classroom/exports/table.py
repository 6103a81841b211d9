"""Our own CSV: a row a student, a column a unit, or finer; UTF-8 with a BOM, as Excel needs it.

    student,name,email,section,canvas,sis,login,01_vectors,02_dot_product,earned,possible
    doe,Jane Doe,jane@example.org,Mon 10,101,S101,jdoe1,10.25,,10.25,12

A cell is earned × points / possible, exact; blank where nothing is graded. A text that a
spreadsheet would take for a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from fractions import Fraction

from grader.classroom.exports.cells import Cell, Counting, exact, worth
from grader.classroom.exports.export import Filled, Request, Written
from grader.classroom.exports.filling import NOBODY, Notes, tell_gone
from grader.classroom.gradebook.marks import StudentMarks
from grader.classroom.people import called
from grader.classroom.sheets import cleaned
from grader.course.outline import Unit
from grader.errors import UsageError
from grader.report.words import points

__all__ = ["inert", "refuse_template", "write"]

_SYSTEMS = ("canvas", "sis", "login")
#: What makes a spreadsheet read a cell as a formula, also in its wide form.
_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def write(request: Request) -> Written:
    """A plain sheet for spreadsheets and scripts: --by exercise or test for finer columns."""
    refuse_template(request, "csv")
    counting, notes = Counting(request), Notes()
    students = [student for student in request.students if student.person.active]
    finer = [name for name, _, _ in _finer(request)]
    header = ["student", "name", "email", "section", *_SYSTEMS]
    header += [unit.id for unit in request.course.units] + finer + ["earned", "possible"]
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\r\n")
    sheet.writerow(map(inert, header))
    counts = dict.fromkeys((unit.id for unit in request.course.units), 0)
    for student in students:
        person = student.person
        ids = [person.aliases.get(system, "") for system in _SYSTEMS]
        told = [person.key, person.name, person.email, person.section, *ids]
        numbers = []
        for unit in request.course.units:
            cell = counting.cell(student, unit)
            counts[unit.id] += cell.share is not None
            numbers.append("" if cell.share is None else _number(cell.share * _worth(unit)))
            if counting.is_of_nobody(cell, unit):
                notes.add(NOBODY, f"{unit.id}  {unit.title}")
            elif cell.share is None:
                _tell(cell, f"{called(person)}, {unit.title}", notes)
        numbers += [_detail(student, exercise, test) for _, exercise, test in _finer(request)]
        sum_of = [points(student.earned), points(student.possible)]
        sheet.writerow([*(inert(cleaned(cell)) for cell in told), *numbers, *sum_of])
    filled = tuple(
        Filled(unit.id, (unit.id,), points(worth([unit])), counts[unit.id])
        for unit in request.course.units
    )
    tell_gone(request, (), notes)
    return Written(b"\xef\xbb\xbf" + text.getvalue().encode(), filled, notes.notices())


def refuse_template(request: Request, name: str) -> None:
    """Our own formats are filled into nothing.

    Raises:
        UsageError: a sheet or a column of one was named.
    """
    if request.template is not None or request.columns:
        raise UsageError(f"`grade export {name}` fills no sheet: omit --template and --column.")


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS) else text


def _worth(unit: Unit) -> Fraction:
    return Fraction(worth([unit]))


def _number(value: Fraction) -> str:
    return f"{exact(value):f}"


def _tell(cell: Cell, about: str, notes: Notes) -> None:
    notes.add("Not graded, blank", f"{about}: {cell.why}", cell.is_waiting)


def _finer(request: Request) -> Iterator[tuple[str, str, str]]:
    """(header, exercise, test) of the columns that were asked for."""
    for exercise in request.course.exercises if request.detail != "unit" else ():
        yield exercise.id, exercise.id, ""
        for test in exercise.tests if request.detail == "test" else ():
            yield f"{exercise.id}.{test}", exercise.id, test


def _detail(student: StudentMarks, exercise: str, test: str) -> str:
    """An exercise's mark after lateness, or a test's points before it; blank without one."""
    mark = student.mark(exercise)
    if mark is None or mark.state in ("missing", "excused", "untried"):
        return ""
    if not test:
        return _number(mark.share * Fraction(mark.worth))
    line = next((line for line in mark.lines if line.test == test), None)
    return "" if line is None or not line.possible else points(line.earned)
