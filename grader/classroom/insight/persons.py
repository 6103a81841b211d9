"""What pages are told of students and their hand-ins: frozen values.

Scores are fractions of 1. Times carry their zone. A page decides whether it shows a name.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from grader.classroom.gradebook.marks import StudentMarks
from grader.classroom.insight.values import HeldIdea, Layer
from grader.classroom.people import Person
from grader.classroom.statistics.needs import Kind
from grader.report.model import Outcome

__all__ = [
    "ComparedExercise",
    "ComparedTest",
    "Comparison",
    "Event",
    "Need",
    "Now",
    "Reason",
    "Standing",
    "Student",
    "StudentRow",
    "Unsettled",
    "Waiting",
]


class Reason(msgspec.Struct, frozen=True):
    """Why a student may need help.

    Args:
        text: a sentence, without the student's name.
        weight: how much it counts in the order of the list.
    """

    kind: Kind
    exercise: str
    text: str
    weight: int


class StudentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A student in a list.

    Args:
        score: share of the points of what they tried, last hand-ins, before lateness and overrides.
        attempts: hand-ins, counted for each exercise.
        need: the sum of the weights of `reasons`.
    """

    key: str
    name: str
    email: str
    section: str
    active: bool
    tried: int
    passed: int
    first_passed: int | None
    attempts: int
    score: float | None
    last_at: datetime | None
    need: int
    reasons: tuple[Reason, ...]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """One student at one exercise.

    Args:
        attempts: hand-ins in which they began it.
        sure: the first of them is their first attempt.
        passed_on: the number of the attempt that passed first, counted from 1; None: none did.
        same: how many hand-ins in a row, up to the last, failed in the same way.
        ideas: the wrong ideas of the last one.
    """

    exercise: str
    attempts: int
    sure: bool
    first: float | None
    best: float | None
    last: float | None
    passed_on: int | None
    outcome: Outcome
    layer: Layer
    same: int
    ideas: tuple[str, ...]
    submission: int
    grading: int
    last_at: datetime | None


class Event(msgspec.Struct, frozen=True):
    """A hand-in on a timeline.

    Args:
        at: when it was handed in, as the source says; else `recorded`, when it was graded first.
        passed, tried: exercises of it.
        gradings: exercise -> its grading, for `Gradebook.result`.
    """

    submission: int
    number: int
    source: str
    unit: str | None
    at: datetime | None
    recorded: datetime
    late: bool | None
    passed: int
    tried: int
    gradings: dict[str, int]
    ideas: dict[str, tuple[str, ...]]


class Student(msgspec.Struct, frozen=True, kw_only=True):
    """All about a student; `marks` has the mark of each exercise, and `explain` says why."""

    person: Person
    row: StudentRow
    standings: tuple[Standing, ...]
    timeline: tuple[Event, ...]
    ideas: tuple[HeldIdea, ...]
    marks: StudentMarks


class ComparedTest(msgspec.Struct, frozen=True):
    """A test in two hand-ins; None where one has no such test."""

    test: str
    a: Outcome | None
    b: Outcome | None
    a_message: str = ""
    b_message: str = ""


class ComparedExercise(msgspec.Struct, frozen=True):
    """An exercise in two hand-ins.

    Args:
        a_code, b_code: the module's text; None where its file is no longer there.
        same: both depend on the same sources.
    """

    exercise: str
    tests: tuple[ComparedTest, ...]
    same: bool
    a_code: str | None
    b_code: str | None


class Comparison(msgspec.Struct, frozen=True):
    """Two hand-ins side by side: of one student, or of two."""

    a: Event
    b: Event
    a_student: str
    b_student: str
    exercises: tuple[ComparedExercise, ...]


class Need(msgspec.Struct, frozen=True):
    """A student who may need help now, with the reasons, the heaviest first."""

    student: str
    name: str
    section: str
    weight: int
    reasons: tuple[Reason, ...]


class Waiting(msgspec.Struct, frozen=True):
    """A student of whom nothing was handed in."""

    student: str
    name: str
    email: str
    section: str


class Unsettled(msgspec.Struct, frozen=True):
    """An exercise of a hand-in that ended in a way which a person should look at."""

    student: str
    submission: int
    exercise: str
    outcome: Outcome
    at: datetime | None


class Now(msgspec.Struct, frozen=True, kw_only=True):
    """Who needs help now; always as the gradebook is at this moment.

    Args:
        needs: `needing` students have a reason; the first of them by weight.
        waiting: students without a hand-in, by section; `missing` of them in all.
        unsettled: the newest; `unusual` of them in all.
    """

    at: datetime
    needs: tuple[Need, ...]
    needing: int
    waiting: tuple[Waiting, ...]
    missing: int
    unsettled: tuple[Unsettled, ...]
    unusual: int
