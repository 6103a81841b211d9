"""What nbgrader's gradebook is to have of a class: a pure function of marks and of what is there.

A score in nbgrader is before lateness; what lateness takes is the notebook's late penalty, so that
scores minus penalty are wxb's mark. A cell is always out of all its points, and nbgrader knows no
excuse, so what could not be tried, or does not count for a student, counts as the rest of the unit
does: the sum of the cells is then exactly earned × points / possible of the unit. Scores are
exact up to eight decimals, half up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import msgspec

from grader.classroom.exports.cells import Counting, exact
from grader.classroom.exports.columns import ours
from grader.classroom.exports.export import Request
from grader.classroom.exports.filling import NOBODY, Notes, tell_gone, tell_marks
from grader.classroom.gradebook.marks import Mark, StudentMarks
from grader.classroom.listed import listing_of
from grader.classroom.nbgraded import Graded, Student
from grader.classroom.people import Person, called, folded
from grader.classroom.roster import Roster
from grader.classroom.times import read_time
from grader.course.outline import Course, Unit
from grader.errors import UsageError
from grader.handin.text import printable
from grader.platforms.nbgrader.marks import Part, spread
from grader.platforms.nbgrader.there import MARK, Assignment, There
from grader.report.words import points

__all__ = ["Entry", "Given", "Plan", "plan"]


class Given(msgspec.Struct, frozen=True):
    """What one cell is to have.

    Args:
        book: the notebook's name; the cell is MARK and the exercise.
        score: before lateness, of the cell's points.
        lost: the share of it that lateness takes.
    """

    book: str
    exercise: str
    score: Decimal
    lost: Fraction
    mark: Mark

    @property
    def cell(self) -> str:
        return f"{MARK}{self.exercise}"


class Entry(msgspec.Struct, frozen=True):
    """One student's work for one assignment.

    Args:
        student: as nbgrader has them, or is to have them.
        marks: all that wxb knows of them.
        at: when it was handed in; None where nobody knows.
        submission: the attempt that decides most of it, by its id in the gradebook.
    """

    student: Student
    is_new: bool
    marks: StudentMarks
    unit: Unit
    assignment: Assignment
    at: datetime | None
    submission: int | None
    given: tuple[Given, ...]

    @property
    def label(self) -> str:
        return f"{self.student.id}: {self.assignment.name}"


class Plan(msgspec.Struct, frozen=True):
    """All that is to be written.

    Args:
        units: (assignment, unit) pairs, in the database's order.
        changed: assignment -> how many of its scores had another value before.
    """

    entries: tuple[Entry, ...]
    units: tuple[tuple[Assignment, Unit], ...]
    changed: dict[str, int]


def plan(request: Request, there: There, notes: Notes) -> Plan:
    """Who gets what.

    Raises:
        UsageError: no assignment is a unit's, or a cell has other points than its exercise and
            nothing is to be scaled.
    """
    units = tuple(_units(request, there, notes))
    counting = Counting(request)
    rows, fresh = _people(request, there, notes)
    entries: list[Entry] = []
    changed = dict.fromkeys((assignment.name for assignment, _ in units), 0)
    for assignment, unit in units:
        for marks in request.students:
            key = marks.person.key
            student = rows.get(key) or fresh.get(key)
            if student is None:
                continue
            tell_marks(marks, [unit], notes)
            given = _given(request, counting, marks, unit, assignment, notes)
            if not given:
                continue
            at, submission = _handed_in(request, marks, unit)
            entry = Entry(student, key in fresh, marks, unit, assignment, at, submission, given)
            entries.append(entry)
            changed[assignment.name] += _compared(entry, there, notes)
            _look_at_submitted(request, entry, notes)
    return Plan(tuple(entries), units, changed)


# --- which assignment is which unit's -----------------------------------------------------------


def _units(request: Request, there: There, notes: Notes) -> Iterator[tuple[Assignment, Unit]]:
    names = {number: each.name for number, each in enumerate(there.assignments)}
    found = ours(request.course, names, request.columns)
    if any(isinstance(target, Course) for target in found.values()):
        raise UsageError(
            "An assignment of nbgrader's is one unit's, never the whole course's: "
            f"--column 'ASSIGNMENT={request.course.units[0].id}'."
        )
    pairs = [
        (there.assignments[number], unit)
        for number, unit in sorted(found.items())
        if isinstance(unit, Unit)
    ]
    if not pairs:
        listed = ", ".join(map(printable, names.values())) or "none"
        raise UsageError(
            f"No assignment in nbgrader's gradebook is called like a unit (there: {listed}). "
            "Generate them with `nbgrader generate_assignment`, or say which is which: "
            f"--column 'ASSIGNMENT={request.course.units[0].id}'."
        )
    judged = {m.unit for s in request.students for m in s.marks if m.grading is not None}
    for unit in request.course.units:
        if unit.id in judged and all(unit is not each for _, each in pairs):
            notes.add("Graded, but nbgrader has no assignment for it: left out", unit.id, True)
    for assignment, unit in pairs:
        cells = {name: p for book in assignment.books for name, p in book.exercises.items()}
        known = {exercise.id: exercise.points for exercise in unit.exercises}
        if not cells.keys() & known.keys():
            line = f"{assignment.name}: no cell is called {MARK}{next(iter(known))} or so"
            notes.add("Assignments without cells of wxb's, left as they are", line, True)
            continue
        for name in known.keys() - cells.keys():
            line = f"{assignment.name}: {MARK}{name}"
            notes.add(
                "Exercises without a cell in nbgrader, so their marks are left out", line, True
            )
        for name in sorted(cells.keys() & known.keys()):
            if cells[name] == known[name]:
                continue
            line = f"{MARK}{name}: {points(known[name])} points of the course"
            if not request.scale or not cells[name]:
                raise UsageError(
                    f"{assignment.name}, {line}, and {points(cells[name])} in nbgrader. Generate "
                    "the assignment again, or let marks be scaled with --scale."
                )
            notes.add("Scaled to nbgrader's points", f"{line} are {points(cells[name])}")
        yield assignment, unit


# --- whose row is whose -------------------------------------------------------------------------


def _people(
    request: Request, there: There, notes: Notes
) -> tuple[dict[str, Student], dict[str, Student]]:
    """Key -> the student in nbgrader; and key -> the one who is to be added."""
    listing = listing_of(Graded(Path("nbgrader"), there.students, {}, ()))
    roster = Roster(_with_address(student.person) for student in request.students)
    by_id = {student.id: student for student in there.students}
    rows: dict[str, list[Student]] = {}
    for listed, key in roster.own_rows(listing)[0]:
        rows.setdefault(key, []).append(by_id[listed.student])
    for key, own in rows.items():
        if len(own) > 1:
            ids = ", ".join(student.id for student in own)
            notes.add("Several of nbgrader's students are one person, left as they are",
                      f"{called(roster.person(key))}: {ids}", person=True)  # fmt: skip
    mine = {student.id for own in rows.values() for student in own}
    for student in there.students:
        if student.id not in mine:
            notes.add("Students of nbgrader's whom wxb does not know, left as they are", student.id)
    strange = {key for key, own in rows.items() if not _is_folder(own[0].id)}
    for key in sorted(strange):
        notes.add("Their id can be no folder's name, left as they are", rows[key][0].id, True)
    fresh = {}
    for marks in request.students:
        person = marks.person
        if person.active and person.key not in rows and marks.has_work:
            student = _new(person)
            if student.id in by_id:
                notes.add("Their id is somebody else's in nbgrader, so they are left out",
                          called(person), person=True)  # fmt: skip
                continue
            notes.add("New in nbgrader", f"{called(person)} as {student.id}")
            fresh[person.key] = student
    tell_gone(request, rows, notes)
    sure = {key: own[0] for key, own in rows.items() if len(own) == 1 and key not in strange}
    return sure, fresh


def _with_address(person: Person) -> Person:
    """Found by the address, too, wherever it came from."""
    more = {"email": person.email} if person.email else {}
    return msgspec.structs.replace(person, aliases={**more, **person.aliases})


def _new(person: Person) -> Student:
    """Somebody whom nbgrader does not know: by the hub's name where there is one."""
    is_named = folded(person.name) != folded(person.key)
    first, _, last = (person.name if is_named else "").rpartition(" ")
    ids = person.aliases
    student = ids.get("hub") or person.key
    if not _is_folder(student):
        student = person.key
    return Student(student, first, last, person.email, ids.get("canvas") or ids.get("sis", ""))


def _is_folder(student: str) -> bool:
    return "/" not in student and not student.startswith(".")


# --- points -------------------------------------------------------------------------------------


def _given(
    request: Request,
    counting: Counting,
    student: StudentMarks,
    unit: Unit,
    assignment: Assignment,
    notes: Notes,
) -> tuple[Given, ...]:
    """What a student's cells of a unit are to have; empty where they stay."""
    cell, who = counting.cell(student, unit), f"{called(student.person)}, {unit.title}"
    if counting.is_of_nobody(cell, unit):
        notes.add(NOBODY, unit.title)
        return ()
    if cell.share is None:
        notes.add("Not graded, left as they are", f"{who}: {cell.why}", cell.is_waiting)
        return ()
    marks = [mark for mark in student.marks if mark.unit == unit.id]
    if all(mark.state in ("missing", "excused") for mark in marks):
        notes.add("Nothing handed in: 0 in nbgrader's own export, and no submission", who)
        return ()
    places = {name: (b.name, p) for b in assignment.books for name, p in b.exercises.items()}
    found = []
    for mark, before, after in _parts(marks):
        if mark.exercise not in places:
            continue
        book, there = places[mark.exercise]
        score = before * Fraction(there) / Fraction(mark.worth)
        if Fraction(exact(score)) != score:
            notes.add("Rounded to eight decimals, half up", f"{who}: {mark.exercise}")
        if _counted(mark).possible != mark.worth:
            line = f"{who}: {mark.exercise}"
            notes.add("Not tried or not counted: as the rest of the unit", line)
        lost = 1 - after / before if before else Fraction(mark.lateness.lost)
        found.append(Given(book, mark.exercise, exact(score), lost, mark))
    return tuple(found)


class _Counted(NamedTuple):
    """Points before lateness, after it, and those that could be earned."""

    before: Fraction
    after: Fraction
    possible: Fraction


def _parts(marks: Sequence[Mark]) -> Iterator[tuple[Mark, Fraction, Fraction]]:
    """Each mark with its points before and after lateness, of all that it is worth."""
    pairs = [(_counted(mark), Fraction(mark.worth)) for mark in marks]
    before = spread(Part(own.before, own.possible, worth) for own, worth in pairs)
    after = spread(Part(own.after, own.possible, worth) for own, worth in pairs)
    yield from zip(marks, before, after, strict=True)


def _counted(mark: Mark) -> _Counted:
    if mark.state == "missing":  # beside work for the same unit it is a zero
        return _Counted(Fraction(0), Fraction(0), Fraction(mark.worth))
    before = mark.before if mark.state == "graded" else mark.earned
    return _Counted(Fraction(before), Fraction(mark.earned), Fraction(mark.possible))


def _handed_in(
    request: Request, student: StudentMarks, unit: Unit
) -> tuple[datetime | None, int | None]:
    """When the newest of the attempts that decide was handed in; which one decides most."""
    ids = [m.submission for m in student.marks if m.unit == unit.id and m.submission is not None]
    if not ids:
        return None, None
    known = {} if request.work is None else request.work.submissions
    times = [known[number].at for number in ids if number in known]
    at = max((time for time in times if time is not None), key=datetime.timestamp, default=None)
    return at, max(ids, key=lambda number: (ids.count(number), number))


# --- what a person should know ------------------------------------------------------------------


def _compared(entry: Entry, there: There, notes: Notes) -> int:
    """Tell which scores become other ones, and which stay before ours; how many change."""
    work = there.work.get((entry.student.id, entry.assignment.name))
    changed = 0
    for given in entry.given if work is not None else ():
        held = work.cells.get((given.book, given.cell)) if work is not None else None
        if held is None:
            continue
        ours = points(given.score)
        line = f"{entry.label}, {given.exercise}"
        if held.auto is not None and held.auto != float(given.score):
            changed += 1
            notes.add("Scores that are overwritten", f"{line}: {held.auto:g} becomes {ours}")
        if held.manual is not None:
            notes.add("Scores by hand stay, and hold", f"{line}: {held.manual:g}, not {ours}")
        if held.extra:
            notes.add("Extra credit stays", f"{line}: {held.extra:g}")
    return changed


def _look_at_submitted(request: Request, entry: Entry, notes: Notes) -> None:
    """Formgrader asks to autograde what does not have the time of what was graded."""
    if request.folder is None:
        return
    place = request.folder / "submitted" / entry.student.id / entry.assignment.name
    if not place.is_dir():
        return
    stamp = place / "timestamp.txt"
    text = stamp.read_text("utf-8", "replace").strip()[:200] if stamp.is_file() else ""
    if (read_time(text) if text else None) != entry.at:
        notes.add(
            "submitted/ holds another hand-in than was graded: collect and grade it first",
            entry.label,
            person=True,
        )
