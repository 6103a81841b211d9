"""A sheet's own cells: whose row is whose, what changes in it, and what a person should know."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import msgspec

from grader.classroom.exports.cells import Cell, Counting, rounded
from grader.classroom.exports.columns import Target
from grader.classroom.exports.export import Notice, Request
from grader.classroom.exports.template import Template, number_of
from grader.classroom.gradebook.marks import StudentMarks
from grader.classroom.listed import Listing
from grader.classroom.people import called
from grader.classroom.roster import Roster
from grader.course.outline import Unit

__all__ = ["NOBODY", "Notes", "Owned", "Slot", "fill", "owners", "tell_cell", "tell_gone",
           "tell_marks"]  # fmt: skip

#: Heading of columns that stay for everybody.
NOBODY = "Nobody has handed in anything for"

#: What Canvas writes for excused, and for not assigned: neither is a score.
_KEPT = frozenset({"ex", "n/a"})


class Owned(msgspec.Struct, frozen=True):
    """Whose rows are whose.

    Args:
        rows: row of the sheet -> student.
        unknown: what each row says that is nobody's whom the gradebook knows.
        twice: students whom two rows are about.
        absent: students of the class who have no row.
    """

    rows: dict[int, StudentMarks]
    unknown: tuple[str, ...]
    twice: tuple[str, ...]
    absent: tuple[StudentMarks, ...]


class Slot(msgspec.Struct, frozen=True):
    """One cell of ours.

    Args:
        points: what all of it is worth there.
    """

    row: int
    column: int
    student: StudentMarks
    target: Target
    points: Decimal


class Notes:
    """What a person should know, gathered under headings in the order in which they came up."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, bool], dict[str, None]] = {}

    def add(self, heading: str, line: str = "", person: bool = False) -> None:
        lines = self._lines.setdefault((heading, person), {})
        if line:
            lines[line] = None

    def notices(self) -> tuple[Notice, ...]:
        return tuple(Notice(head, tuple(lines), p) for (head, p), lines in self._lines.items())


def owners(request: Request, template: Template, listing: Listing, notes: Notes) -> Owned:
    """Find each row's student: by ids first, by a name only where it is wholly theirs."""
    marks = {student.person.key: student for student in request.students}
    roster = Roster(student.person for student in request.students)
    by_line = {line: row for row, line in enumerate(template.lines)}
    rows: dict[str, list[int]] = {}
    found = set()
    own, further = roster.own_rows(listing)
    for listed in further:
        notes.add("Further accounts of students who were merged, left as they are", listed.name)
        found.add(listed.place)
    for listed, key in own:
        row = by_line[int(listed.place.rpartition(":")[2])]
        rows.setdefault(key, []).append(row)
        found.add(listed.place)
    unknown = [
        f"line {each.place.rpartition(':')[2]}: {each.name or each.blind or each.student}"
        for each in listing.people
        if each.place not in found
    ]
    owned = Owned(
        {theirs[0]: marks[key] for key, theirs in rows.items() if len(theirs) == 1},
        tuple(unknown),
        tuple(called(marks[key].person) for key, theirs in rows.items() if len(theirs) > 1),
        tuple(s for s in request.students if s.person.active and s.person.key not in rows),
    )
    _tell(owned, notes)
    tell_gone(request, rows, notes)
    return owned


def tell_gone(request: Request, there: Container[str], notes: Notes) -> None:
    """Name those who have marks, are not in the class, and are not `there` either."""
    for student in request.students:
        person = student.person
        if student.has_work and not person.active and person.key not in there:
            notes.add("Graded, but not in the class, so left out", called(person))


def _tell(owned: Owned, notes: Notes) -> None:
    for line in owned.unknown:
        notes.add("Rows of nobody in the gradebook, left as they are", line, person=True)
    for name in owned.twice:
        notes.add("Two rows are about one student, left as they are", name, person=True)
    for student in owned.absent:
        notes.add("Students who are not in the sheet", called(student.person), person=True)


def fill(
    request: Request,
    template: Template,
    slots: Sequence[Slot],
    notes: Notes,
    refused: Callable[[Slot, Decimal], str] = lambda slot, value: "",
) -> tuple[dict[tuple[int, int], str], Mapping[int, tuple[int, int]]]:
    """What to write where; and column -> how many marks are ours, and how many change a value.

    Args:
        refused: why the importer would not take a number, or "".
    """
    counting = Counting(request)
    cells: dict[tuple[int, int], str] = {}
    counts: dict[int, tuple[int, int]] = {}
    for slot in slots:
        ours, changed = counts.setdefault(slot.column, (0, 0))
        old = template.value(slot.row, slot.column)
        who = called(slot.student.person)
        cell = counting.cell(slot.student, slot.target)
        tell_marks(slot.student, counting.units(slot.target), notes)
        if counting.is_of_nobody(cell, slot.target):
            notes.add(NOBODY, slot.target.title)
            continue
        if cell.share is None:
            notes.add("Not graded, left as they are", _stays(who, slot, cell), cell.is_waiting)
            continue
        if old.strip().casefold() in _KEPT:
            notes.add("Cells with EX or N/A stay", f"{who}: {old.strip()}")
            continue
        value = rounded(cell.share * Fraction(slot.points))
        tell_cell(slot, cell, value, notes)
        before = number_of(old)
        counts[slot.column] = (ours + 1, changed)
        if before is not None and rounded(Fraction(before)) == value:
            continue  # as Canvas compares scores
        why = refused(slot, value)
        if why:
            notes.add(why, f"{who}: {value}", person=True)
        if old:
            counts[slot.column] = (ours + 1, changed + 1)
            line = f"{template.header[slot.column]}, {who}: {old} becomes {value}"
            notes.add("Marks in the sheet that are overwritten", line)
        cells[slot.row, slot.column] = template.number(value)
    return cells, counts


def _stays(who: str, slot: Slot, cell: Cell) -> str:
    return f"{who}, {slot.target.title}: {cell.why}"


def tell_marks(student: StudentMarks, units: Sequence[Unit], notes: Notes) -> None:
    """What is remarkable about marks, whatever they come to."""
    for mark in student.marks:
        line = f"{called(student.person)}: {mark.exercise}"
        if mark.unit not in {unit.id for unit in units}:
            continue
        if mark.differs:
            notes.add("Lateness: course.yaml and the LMS differ", line)
        if mark.stale:
            notes.add("Judged before course.yaml had all of its tests: grade again", line, True)
        if mark.newer:
            notes.add("Handed in after a person had decided", line, True)


def tell_cell(slot: Slot, cell: Cell, value: Decimal, notes: Notes) -> None:
    """What is remarkable about a number: rounded, with zeros, without what is still open."""
    who = called(slot.student.person)
    assert cell.share is not None
    if Fraction(value) != cell.share * Fraction(slot.points):
        notes.add("Rounded to two decimals, half up", f"{who}, {slot.target.title}: {value}")
    for unit in cell.zeros:
        notes.add("Due, and nothing handed in: counted as 0 in the course", f"{who}: {unit}")
    for unit in cell.left_out:
        notes.add("Still open for them, and not counted in the course", f"{who}: {unit}")
