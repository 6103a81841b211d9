"""Marks, as a view: the policy's pick among what was handed in, minus lateness, plus adjustments.

Nothing here is stored, so new points in course.yaml, a new due date or an extension only have to be
read again. Pure functions; points are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Literal

import msgspec

from grader.classroom import policy
from grader.classroom.gradebook.order import Place, in_order
from grader.classroom.gradebook.values import Adjustment, Submission, Tests, Verdict, is_for
from grader.classroom.people import Person
from grader.classroom.policy import ON_TIME, Deadline, Extension, Lateness, Refused, Try
from grader.course.outline import Course, Exercise, Unit
from grader.report.model import FREE, ExerciseResult, Isolation, Outcome

__all__ = ["Ledger", "Line", "Mark", "State", "StudentMarks", "marks", "reweighted", "share"]

State = Literal["graded", "missing", "closed", "untried", "excused", "override"]


class Line(msgspec.Struct, frozen=True):
    """One test of a mark: what it came to, and its points as course.yaml has them now.

    Args:
        void: the entry that gives its points to all, or None.
    """

    test: str
    outcome: Outcome
    earned: Decimal
    possible: Decimal
    void: int | None = None


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise of one student.

    Args:
        state: graded; missing: nothing was handed in for it; closed: only after the closing time,
            or beyond the attempts that count; untried: none of its tests could be run; excused;
            override: a person gave it.
        earned: the points, all taken together.
        possible: the points that could be earned: `worth`, without what could not be tried; zero
            where the exercise does not count for this student.
        worth: the exercise's points.
        before: the points before what lateness costs.
        at: the time that counts.
        submission: the attempt that decides, by its id in the gradebook; `attempt` is its number.
        attempts: how many there are for it.
        refused: number of an attempt -> why it does not count.
        late: whether the source marks the attempt as late; None where it does not say.
        differs: the source says otherwise of its lateness than the due date; also where it says
            late, and no time is known.
        entry: the override or excuse that holds.
        newer: something was handed in after the override or excuse.
        stale: course.yaml has tests that were not there when it was judged; grade again.
        isolation: the lock around the student's code when it was judged; None where nothing was.
    """

    exercise: str
    unit: str
    state: State
    earned: Decimal
    possible: Decimal
    worth: Decimal
    before: Decimal = Decimal(0)
    lateness: Lateness = ON_TIME
    at: datetime | None = None
    submission: int | None = None
    attempt: int | None = None
    attempts: int = 0
    refused: dict[int, Refused] = {}
    grading: int | None = None
    outcome: Outcome | None = None
    late: bool | None = None
    differs: bool = False
    entry: int | None = None
    newer: bool = False
    stale: bool = False
    isolation: Isolation | None = None
    lines: tuple[Line, ...] = ()

    @property
    def share(self) -> Fraction:
        """Earned out of possible; what could not be tried costs nothing."""
        return Fraction(self.earned) / Fraction(self.possible) if self.possible else Fraction(0)


class StudentMarks(msgspec.Struct, frozen=True):
    """All marks of a student, in course order, and their dates.

    Args:
        dates: unit -> when it is due for them.
        days: unit -> late days of the budget that it took.
    """

    person: Person
    marks: tuple[Mark, ...]
    dates: dict[str, Deadline]
    days: dict[str, int] = {}

    @property
    def earned(self) -> Decimal:
        return sum((mark.earned for mark in self.marks), Decimal(0))

    @property
    def possible(self) -> Decimal:
        return sum((mark.possible for mark in self.marks), Decimal(0))

    @property
    def has_work(self) -> bool:
        """Whether anything of theirs was judged."""
        return any(mark.grading is not None for mark in self.marks)

    def mark(self, exercise: str) -> Mark | None:
        """The mark on an exercise."""
        return next((mark for mark in self.marks if mark.exercise == exercise), None)


class Ledger(msgspec.Struct, frozen=True):
    """What marks are a view of, as it was at one moment."""

    people: dict[str, Person]
    submissions: Sequence[Submission]
    verdicts: Sequence[Verdict]
    adjustments: Sequence[Adjustment]


class _Attempt(msgspec.Struct, frozen=True):
    submission: Submission
    verdicts: dict[str, Verdict]


def marks(course: Course, ledger: Ledger, keys: Iterable[str]) -> list[StudentMarks]:
    """The marks of some students."""
    verdicts: dict[int, dict[str, Verdict]] = {}
    for verdict in ledger.verdicts:
        verdicts.setdefault(verdict.submission, {})[verdict.exercise] = verdict
    attempts: dict[str, list[_Attempt]] = {}
    for submission in ledger.submissions:
        attempt = _Attempt(submission, verdicts.get(submission.id, {}))
        for key in submission.students:
            attempts.setdefault(key, []).append(attempt)
    held = [entry for entry in ledger.adjustments if entry.taken_back is None]
    counted = _Counted(course, [entry for entry in held if entry.kind == "void"])
    with localcontext() as context:
        context.prec = 60  # points have four decimals, shares eight: nothing is ever rounded
        found = []
        for key in keys:
            person = ledger.people[key]
            theirs = [entry for entry in held if is_for(entry, person)]
            book = _Student(course, person, attempts.get(key, []), theirs, counted)
            found.append(book.marks())
        return found


class _Points(msgspec.Struct, frozen=True):
    """The lines of a grading, and what they come to."""

    lines: tuple[Line, ...]
    earned: Decimal
    possible: Decimal


class _Counted:
    """Points of gradings as course.yaml has them now; what many share is counted once."""

    def __init__(self, course: Course, voids: Sequence[Adjustment]) -> None:
        self._exercises = {exercise.id: exercise for exercise in course.exercises}
        self._voids = {(entry.exercise, entry.test): entry.id for entry in voids}
        self._points: dict[tuple[str, tuple[Outcome | None, ...]], _Points] = {}

    def points(self, verdict: Verdict) -> _Points:
        exercise = self._exercises.get(verdict.exercise)
        tests = {} if exercise is None else exercise.tests
        key = verdict.exercise, tuple(verdict.tests.get(test) for test in tests)
        found = self._points.get(key)
        if found is None:
            lines = () if exercise is None else tuple(self._of(exercise, verdict.tests))
            earned = sum((line.earned for line in lines), Decimal(0))
            possible = sum((line.possible for line in lines), Decimal(0))
            found = self._points[key] = _Points(lines, earned, possible)
        return found

    def _of(self, exercise: Exercise, tests: Tests) -> Iterator[Line]:
        for test, points in exercise.tests.items():
            if test in tests:
                yield _line(test, tests[test], points, self._voids.get((exercise.id, test)))


def _line(test: str, outcome: Outcome, points: Decimal, void: int | None) -> Line:
    if void is not None or outcome == "passed":
        return Line(test, outcome, points, points, void)
    return Line(test, outcome, Decimal(0), Decimal(0) if outcome in FREE else points)


def share(exercise: Exercise, tests: Tests) -> Fraction | None:
    """Earned out of possible, by the points of now; None where nothing could be tried."""
    lines = [_line(test, tests[test], exercise.tests[test], None)
             for test in exercise.tests if test in tests]  # fmt: skip
    possible = sum((Fraction(line.possible) for line in lines), Fraction(0))
    earned = sum((Fraction(line.earned) for line in lines), Fraction(0))
    return earned / possible if possible else None


def reweighted(exercise: Exercise, result: ExerciseResult) -> ExerciseResult:
    """A grading with the points that course.yaml gives its tests now."""
    tests = []
    for test in result.tests:
        points = exercise.tests.get(test.id, Decimal(0))
        line = _line(test.id, test.outcome, points, None)
        tests.append(msgspec.structs.replace(test, earned=line.earned, possible=line.possible))
    return msgspec.structs.replace(
        result,
        title=exercise.title,
        earned=sum((test.earned for test in tests), Decimal(0)),
        possible=sum((test.possible for test in tests), Decimal(0)),
        tests=tuple(tests),
    )


class _Student:
    """One student's marks."""

    def __init__(
        self,
        course: Course,
        person: Person,
        attempts: Sequence[_Attempt],
        entries: Sequence[Adjustment],
        counted: _Counted,
    ) -> None:
        self._course = course
        self._person = person
        self._attempts = in_order(attempts, _place)
        self._entries = entries
        self._counted = counted

    def marks(self) -> StudentMarks:
        dates = {unit.id: self._dates(unit) for unit in self._course.units}
        days = self._days(dates)
        found = [
            self._mark(exercise, unit, dates[unit.id], days.get(unit.id, 0))
            for unit in self._course.units
            for exercise in unit.exercises
        ]
        return StudentMarks(self._person, tuple(found), dates, days)

    def _dates(self, unit: Unit) -> Deadline:
        extensions = [
            Extension(entry.until, entry.by)
            for entry in self._entries
            if entry.kind == "extend" and entry.unit in ("", unit.id)
        ]
        return policy.deadline(unit, self._person.section, extensions)

    def _days(self, dates: Mapping[str, Deadline]) -> dict[str, int]:
        """Late days that each unit takes of the budget, in the order in which they are due."""
        left, late, found = self._course.late.budget, self._course.late, {}
        due = {unit.id: dates[unit.id].due for unit in self._course.units}
        in_order = [unit for unit in self._course.units if due[unit.id] is not None]
        for unit in sorted(in_order, key=lambda unit: due[unit.id].timestamp()):  # type: ignore[union-attr]
            if not left:
                break
            counting = [e for e in unit.exercises if self._entry(e.id) is None]
            tries = {e.id: [self._try(a, e) for a in self._for(unit, e)] for e in counting}
            worth = {e.id: e.points for e in counting}
            used = policy.spend(tries, worth, dates[unit.id], late, self._course.attempts, left)
            if used:
                found[unit.id] = used
                left -= used
        return found

    def _for(self, unit: Unit, exercise: Exercise) -> list[_Attempt]:
        """The attempts that were made at an exercise: what is for another unit is none of them."""
        found = []
        for attempt in self._attempts:
            theirs = attempt.submission.unit
            if exercise.id not in attempt.verdicts or theirs not in (None, unit.id):
                continue
            if theirs is None and not any(_was_run(attempt, e.id) for e in unit.exercises):
                continue  # it may be for any unit, and nothing of this one is in it
            found.append(attempt)
        return found

    def _try(self, attempt: _Attempt, exercise: Exercise) -> Try:
        verdict = attempt.verdicts[exercise.id]
        points = self._counted.points(verdict)
        return Try(
            attempt.submission.at,
            verdict.sources,
            points.earned,
            points.possible,
            _begun(attempt, exercise.id),
        )

    def _entry(self, exercise: str) -> Adjustment | None:
        """The override or excuse that holds: the later one."""
        kinds = ("override", "excuse")
        found = [e for e in self._entries if e.kind in kinds and e.exercise == exercise]
        return found[-1] if found else None

    def _mark(self, exercise: Exercise, unit: Unit, dates: Deadline, days: int) -> Mark:
        mark = self._judged(exercise, unit, dates, days)
        entry = self._entry(exercise.id)
        if entry is None:
            return mark
        newer = any(a.submission.recorded > entry.at for a in self._for(unit, exercise))
        if entry.kind == "excuse":
            return msgspec.structs.replace(
                mark, state="excused", earned=Decimal(0), possible=Decimal(0), entry=entry.id,
                newer=newer,
            )  # fmt: skip
        assert entry.points is not None
        return msgspec.structs.replace(
            mark, state="override", earned=entry.points, possible=exercise.points, entry=entry.id,
            newer=newer,
        )  # fmt: skip

    def _judged(self, exercise: Exercise, unit: Unit, dates: Deadline, days: int) -> Mark:
        """The mark as the policy has it, before anybody's override."""
        zero, worth = Decimal(0), exercise.points
        attempts = self._for(unit, exercise)
        tries = [self._try(attempt, exercise) for attempt in attempts]
        rules = self._course.late, self._course.attempts
        choice = policy.choose(tries, dates, *rules, days)
        refused = {attempts[i].submission.number: why for i, why in choice.refused.items()}
        if choice.index is None:
            state: State = "closed" if attempts else "missing"
            return Mark(
                exercise=exercise.id, unit=unit.id, state=state, earned=zero,
                possible=worth if attempts else zero, worth=worth, attempts=len(attempts),
                refused=refused,
            )  # fmt: skip
        one, attempt = tries[choice.index], attempts[choice.index]
        verdict, late = attempt.verdicts[exercise.id], attempt.submission.late
        return Mark(
            exercise=exercise.id,
            unit=unit.id,
            state="graded" if one.possible else "untried",
            earned=one.earned * (1 - choice.lateness.lost),
            possible=one.possible,
            worth=worth,
            before=one.earned,
            lateness=choice.lateness,
            at=choice.at,
            submission=attempt.submission.id,
            attempt=attempt.submission.number,
            attempts=len(attempts),
            refused=refused,
            grading=verdict.grading,
            outcome=verdict.outcome,
            late=late,
            differs=dates.due is not None and late not in (None, bool(choice.lateness.over)),
            stale=any(test not in verdict.tests for test in exercise.tests),
            isolation=verdict.isolation,
            lines=self._counted.points(verdict).lines,
        )


def _begun(attempt: _Attempt, exercise: str) -> bool:
    verdict = attempt.verdicts.get(exercise)
    return verdict is not None and verdict.outcome != "not_attempted"


def _was_run(attempt: _Attempt, exercise: str) -> bool:
    """Whether there was anything to run: a test that is left out says nothing of that."""
    verdict = attempt.verdicts.get(exercise)
    idle = {"not_attempted", *FREE}
    return verdict is not None and any(each not in idle for each in verdict.tests.values())


def _place(attempt: _Attempt) -> Place:
    return Place(attempt.submission.number, attempt.submission.id, attempt.submission.at)
