"""The marks of a class, of one student, and why a mark is what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from rich.text import Text

from grader.classroom.gradebook.explain import Step, moment
from grader.classroom.gradebook.marks import Mark, State, StudentMarks
from grader.classroom.people import Person
from grader.cli.screens.screen import Screen
from grader.course.outline import Course
from grader.handin.text import printable
from grader.report.words import plural, points

__all__ = ["document", "print_class", "print_explained", "print_student", "said_of", "who"]

#: What is said of a mark that is not simply graded.
_SAID: dict[State, str] = {
    "graded": "",
    "missing": "missing",
    "closed": "too late to count",
    "untried": "not run",
    "excused": "excused",
    "override": "override",
}


def who(person: Person) -> str:
    """A student as people read them, on one line: `Jane Doe (doe)`."""
    name, key = printable(person.name), printable(person.key)
    return f"{name} ({key})" if name and name != key else key


def said_of(mark: Mark) -> str:
    """A mark in words, on one line: `2 of 2.5 (override)`."""
    if mark.state in ("missing", "excused"):
        return _SAID[mark.state]
    words = _SAID[mark.state]
    return f"{points(mark.earned)} of {points(mark.possible)}" + (f" ({words})" if words else "")


def print_class(
    screen: Screen, course: Course, students: Sequence[StudentMarks], where: str, gone: int = 0
) -> None:
    """A line for each student, and where the gradebook is.

    Args:
        gone: how many more have handed in something and are not in the class.
    """
    begun = {m.unit for each in students for m in each.marks if m.state != "missing"}
    screen.console.print(Text(printable(course.title), "bold"))
    for student in students:
        left = Text.assemble("  ", who(student.person))
        said = _remarks(student, begun)
        if not student.person.active:
            said = ["gone", *said]
        if said:
            left.append(f"  {', '.join(said)}", "dim")
        score = f"{points(student.earned)} of {points(student.possible)}"
        screen.print_line(left, Text(score), indent=4)
    if not students:
        screen.console.print("Nobody is in it yet: `grade students import`, then `grade batch`.")
    screen.console.print()
    if gone:
        words = f"{gone:,} more handed in something and {'is' if gone == 1 else 'are'} not in the"
        screen.print_indented(Text(f"{words} class: --everyone shows them, too."), 0)
    screen.console.print(f"{plural(len(students), 'student')}. Gradebook: {printable(where)}",
                         soft_wrap=True)  # fmt: skip


def _remarks(student: StudentMarks, begun: Collection[str]) -> list[str]:
    """What there is to say of marks; of units that nobody has begun nothing is missing yet."""
    told = [mark for mark in student.marks if mark.state != "missing" or mark.unit in begun]
    states = Counter(_SAID[mark.state] for mark in told)
    late = sum(bool(mark.lateness.periods) for mark in student.marks if mark.state == "graded")
    newer = sum(mark.newer for mark in student.marks)
    stale = sum(mark.stale for mark in student.marks)
    found = [f"{states[words]} {words}" for words in _SAID.values() if words and states[words]]
    for count, words in (
        (late, "late"),
        (newer, "handed in after that"),
        (stale, "to grade again"),
    ):
        if count:
            found.append(f"{count} {words}")
    differs = sum(mark.differs for mark in student.marks)
    if differs:  # from what the source of the hand-in says
        found.append(f"lateness of {differs} differs")
    return found


def print_student(
    screen: Screen, course: Course, student: StudentMarks, where: str, then: str
) -> None:
    """Units and exercises of one student, and the command that comes next."""
    screen.print_line(
        Text(who(student.person), "bold"),
        Text(f"{points(student.earned)} of {points(student.possible)}", "bold"),
    )
    for unit in course.units:
        due = student.dates[unit.id].due
        told = f"due {moment(due)}" if due is not None else ""
        screen.console.print()
        screen.print_line(Text.assemble((unit.id, "bold"), f"  {printable(unit.title)}"),
                          Text(told, "dim"))  # fmt: skip
        for exercise in unit.exercises:
            mark = student.mark(exercise.id)
            if mark is not None:
                _print_mark(screen, mark)
    screen.console.print()
    screen.console.print(Text(f"Then:  {then}", "dim"), soft_wrap=True)
    screen.console.print(f"Gradebook: {printable(where)}", soft_wrap=True)


def _print_mark(screen: Screen, mark: Mark) -> None:
    said = [_SAID[mark.state]] if _SAID[mark.state] else []
    if mark.state == "graded" and mark.lateness.periods:
        said.append("late")
    if mark.newer:
        said.append("handed in after that")
    if mark.stale:
        said.append("to grade again")
    left = Text(f"  {mark.exercise:<22}")
    left.append(", ".join(said), "dim")
    nothing = mark.state in ("missing", "excused")
    score = "-" if nothing else f"{points(mark.earned)} of {points(mark.possible)}"
    screen.print_line(left, Text(score), indent=4)


def print_explained(screen: Screen, mark: Mark, title: str, steps: Sequence[Step]) -> None:
    """One exercise, line by line."""
    screen.console.print()
    screen.print_line(
        Text.assemble((mark.exercise, "bold"), f"  {printable(title)}"),
        Text(steps[-1].points, "bold"),
    )
    for step in steps[:-1]:
        left = Text("    " if step.part else "  ").append(printable(step.text))
        screen.print_line(left, Text(step.points), indent=6 if step.part else 4)


def document(course: Course, students: Sequence[StudentMarks], where: str) -> dict[str, Any]:
    """What `--json` prints: exact numbers, times with zones, and nobody's reasons."""
    return {
        "format": 1,
        "course": course.title,
        "gradebook": where,
        "students": [_student(course, student) for student in students],
    }


def _student(course: Course, student: StudentMarks) -> dict[str, Any]:
    person = student.person
    units = []
    for unit in course.units:
        found = [mark for mark in student.marks if mark.unit == unit.id]
        dates = student.dates[unit.id]
        units.append(
            {
                "unit": unit.id,
                "due": dates.due,
                "closes": dates.closes,
                "late_days": student.days.get(unit.id, 0),
                "earned": _number(sum((mark.earned for mark in found), Decimal(0))),
                "possible": _number(sum((mark.possible for mark in found), Decimal(0))),
                "exercises": [_mark(mark) for mark in found],
            }
        )
    return {
        "student": person.key,
        "name": person.name,
        "email": person.email,
        "section": person.section,
        "active": person.active,
        "earned": _number(student.earned),
        "possible": _number(student.possible),
        "units": units,
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "exercise": mark.exercise,
        "state": mark.state,
        "earned": _number(mark.earned),
        "possible": _number(mark.possible),
        "worth": _number(mark.worth),
        "before_lateness": _number(mark.before),
        "lost": _number(mark.lateness.lost),
        "late_seconds": int(mark.lateness.over.total_seconds()),
        "late_periods": mark.lateness.periods,
        "late_days": mark.lateness.days,
        "late_at_source": mark.late,
        "late_differs": mark.differs,
        "at": mark.at,
        "attempt": mark.attempt,
        "attempts": mark.attempts,
        "outcome": mark.outcome,
        "handed_in_after": mark.newer,
        "grade_again": mark.stale,
        "tests": [
            {
                "test": line.test,
                "outcome": line.outcome,
                "earned": _number(line.earned),
                "possible": _number(line.possible),
                "void": line.void is not None,
            }
            for line in mark.lines
        ],
    }


def _number(value: Decimal) -> Decimal:
    """The same number without zeros at its end."""
    return Decimal(points(value))
