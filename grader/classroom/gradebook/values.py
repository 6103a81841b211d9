"""What the gradebook takes and gives, as frozen values."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

import msgspec

from grader.classroom.people import Person, folded
from grader.report.model import ExerciseResult, Isolation, Outcome

__all__ = [
    "ALL_UNITS",
    "Adjustment",
    "Erased",
    "Held",
    "Imported",
    "Kind",
    "Merger",
    "Merging",
    "Pair",
    "Push",
    "Recorded",
    "Submission",
    "Tests",
    "Verdict",
    "is_for",
    "tests_of",
]

Kind = Literal["override", "extend", "excuse", "void"]
#: Digest of the sources that a verdict depends on, and digest of all that decides the marks.
Pair = tuple[str, str]
#: Test -> what it came to, in the order of the suite.
Tests = dict[str, Outcome]


def tests_of(result: ExerciseResult) -> Tests:
    """What each test of a result came to."""
    return {test.id: test.outcome for test in result.tests}


class Imported(msgspec.Struct, frozen=True):
    """What importing a roster changed, by keys of students.

    Args:
        added: who is new.
        changed: whose name, section or ids are different now.
        gone: who is no longer in it: inactive from now on, and kept.
        returned: who had gone and is back.
        left_out: names that are no student's, as the LMS's test student.
        refused: a sentence for each entry that contradicts what is known.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


class Submission(msgspec.Struct, frozen=True):
    """One attempt as it is recorded; `grader.classroom.attempt` says what its fields mean.

    Args:
        students: everybody whose mark it decides.
        recorded: when the gradebook first had it.
    """

    id: int
    students: tuple[str, ...]
    number: int
    source: str
    origin: str
    digest: str
    unit: str | None
    at: datetime | None
    late: bool | None
    recorded: datetime
    notes: tuple[str, ...] = ()


class Verdict(msgspec.Struct, frozen=True):
    """What one exercise of one submission came to: a link to a grading, which others may share.

    Args:
        grading: which one; `Gradebook.result` has all of it.
        reused: whether it had been judged before. Never tell a student: it betrays a twin.
        reusable: "always", "untried" where a test was not run for want of a library, or "never".
        reason: why it replaced an earlier one, or "".
    """

    submission: int
    exercise: str
    grading: int
    outcome: Outcome
    sources: str
    suite: str
    reused: bool
    reusable: Literal["always", "untried", "never"]
    reason: str
    at: datetime
    tests: Tests = {}
    isolation: Isolation = "full"
    seed: int = 0


class Held(msgspec.Struct, frozen=True):
    """Of a verdict, what says whether it would come out again; a class has very many of them."""

    grading: int
    outcome: Outcome
    sources: str
    suite: str
    reusable: Literal["always", "untried", "never"]
    isolation: str
    seed: int


class Recorded(msgspec.Struct, frozen=True):
    """An attempt that the gradebook has, and what holds for it.

    Args:
        submission: its id.
        is_all: whether all that is told of its arrival is recorded, too.
        held: by exercise.
    """

    submission: int
    is_all: bool
    held: dict[str, Held]


class Adjustment(msgspec.Struct, frozen=True):
    """What a person decided: an entry that stays, whatever is judged again.

    Args:
        student, section: whom it is for; both are empty where it is for all.
        exercise, test, unit: what it is about; an extension without a unit is for all of them.
        points: what an override gives, of the exercise's points.
        until, by: what an extension gives.
        why: for the owner of the gradebook alone, it may be medical.
        taken_back: the entry that took it back; None while it holds.
        taken_back_by: who did, or "".
    """

    id: int
    kind: Kind
    who: str
    at: datetime
    why: str
    student: str = ""
    section: str = ""
    exercise: str = ""
    test: str = ""
    unit: str = ""
    points: Decimal | None = None
    until: datetime | None = None
    by: timedelta | None = None
    taken_back: int | None = None
    taken_back_by: str = ""


class Push(msgspec.Struct, frozen=True):
    """Something that was written to another system, or was to be.

    Args:
        place: the system, and where in it.
        what: "grade", or "comment".
        value: a number as it was sent, or a digest of a text.
        seen: what the system says of it since; None while it is not known whether it is there.
    """

    student: str
    place: str
    what: Literal["grade", "comment"]
    value: str
    who: str
    at: datetime
    seen: str | None = None
    id: int = 0


#: Instead of a unit: those that are not named. Gradebooks merged before had each by its name.
ALL_UNITS = "*"


class Merger(msgspec.Struct, frozen=True):
    """A student who was another one, too.

    Args:
        gone: the key that is none any more.
        student: whose all of it is now.
        shift: unit, or "*" for all others -> what is added to the number of an attempt of theirs.
        ids: (system, id) of theirs where the student has another; "key" and "name" among them.
    """

    gone: str
    student: str
    shift: dict[str, int]
    ids: tuple[tuple[str, str], ...]
    who: str
    why: str
    at: datetime

    def added(self, unit: str) -> int:
        """What is added to the number of an attempt of theirs for a unit; "" for any."""
        return self.shift.get(unit, self.shift.get(ALL_UNITS, 0))


class Merging(msgspec.Struct, frozen=True):
    """What it came to, or would come to, that two students became one.

    Args:
        person: who they are now; `gone` is who is no student any more.
        submissions, adjustments, pushes: how many became the student's.
        conflicts: a sentence for each thing of which both had one: nothing of it is lost, and it
            says which one counts.
    """

    person: Person
    gone: Person
    submissions: int
    adjustments: int
    pushes: int
    conflicts: tuple[str, ...] = ()


class Erased(msgspec.Struct, frozen=True):
    """What was removed of a student, and what could not be reached.

    Args:
        person: who they were.
        rows: how many entries of the gradebook and its copies are gone.
        files: the files and folders that are gone.
        unreached: a sentence for each place that may still know them.
    """

    person: Person
    rows: int
    files: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()


def is_for(entry: Adjustment, person: Person) -> bool:
    """Whether an entry is about a student: theirs, their section's, or everybody's."""
    if entry.student:
        return entry.student == person.key
    return not entry.section or folded(entry.section) == folded(person.section)
