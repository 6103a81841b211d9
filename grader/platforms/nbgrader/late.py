"""`Late`: course.yaml's late policy, taken when nbgrader autogrades.

    c.AssignLatePenalties.plugin_class = "grader.nbgrader.Late"

nbgrader asks it for each notebook that came after its own due date and extension. What is late is
then reckoned as for wxb's marks (`grader.classroom.policy`): the due date is course.yaml's, or
nbgrader's where course.yaml has none; the student's section and `grade extend` move it, and so does
an extension in nbgrader. Of all of them the latest holds: nobody loses time because of two books.
Late days of the budget go to the units in the order in which they are due, as far as nbgrader has
scores for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
from nbgrader.plugins import BasePlugin
from traitlets import Unicode

from grader.classroom import policy
from grader.classroom.gradebook.place import find
from grader.classroom.gradebook.values import Adjustment, is_for
from grader.classroom.people import Person
from grader.classroom.policy import Deadline, Extension, Try
from grader.course.outline import Attempts, Course, Unit
from grader.errors import UsageError

__all__ = ["Late"]


class _Known(msgspec.Struct, frozen=True):
    """What wxb's gradebook says of a student: their section, and what they were given."""

    section: str = ""
    entries: tuple[Adjustment, ...] = ()


class _Work(msgspec.Struct, frozen=True):
    """One unit that a student handed in through nbgrader.

    Args:
        at: None where nbgrader does not know when.
        due: nbgrader's own due date; `more` is its extension.
    """

    unit: Unit
    at: datetime | None
    due: datetime | None
    more: timedelta
    score: Decimal
    possible: Decimal


class Late(BasePlugin):
    """The penalty of a notebook, in points, by course.yaml's `late:`."""

    course = Unicode(
        "", help="course.yaml, or the folder that holds it; by default c.Grade.course."
    ).tag(config=True)
    gradebook = Unicode(
        "", help="wxb's gradebook, for `grade extend`; by default the course's own."
    ).tag(config=True)

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """The points that a notebook loses; None for none.

        Args:
            student_id: in nbgrader.
            score: the notebook's, with scores by hand and extra credit.
            total_seconds_late: after nbgrader's due date and extension.
        """
        course = self._course()
        asked = self.parent
        unit = course.unit(asked.assignment_id)
        if unit is None:
            self.log.warning(
                "%s is no unit of %s, so nothing is taken for lateness.",
                asked.assignment_id, course.title,
            )  # fmt: skip
            return None
        work = list(_handed_in(course, asked.gradebook, student_id))
        own = next(each for each in work if each.unit.id == unit.id)
        known = self._known(course, student_id)
        dates = _dates(own, known)
        if own.at is None:
            return None
        if dates.closes is not None and own.at > dates.closes.astimezone(UTC):
            self.log.info("%s: %s closed before it was handed in.", student_id, unit.id)
            return score
        days = _days(course, work, known).get(unit.id, 0)
        cost = policy.lateness(own.at, dates, course.late, days)
        self.log.info(
            "%s: %s is %s late, %s of the marks is lost.",
            student_id, unit.id, cost.over, cost.lost,
        )  # fmt: skip
        return float(Decimal(repr(score)) * cost.lost) or None

    def _course(self) -> Course:
        path = self.course or self.config.get("Grade", {}).get("course", "")
        if not path:
            raise UsageError(
                "Which course's late policy? c.Late.course = '…/course.yaml' in "
                "nbgrader_config.py says it."
            )
        return Course.load(path)

    def _known(self, course: Course, student_id: str) -> _Known:
        """What wxb's gradebook has of a student, where there is one; none is made for it."""
        place = find(course, self.gradebook or None)
        if place.file is not None and not place.file.exists():
            return _Known()
        from grader.classroom.gradebook.book import Gradebook

        with Gradebook(course, self.gradebook or None) as book:
            person = _person(book.people(everyone=True).values(), student_id)
            if person is None:
                return _Known()
            held = [e for e in book.adjustments() if e.kind == "extend" and is_for(e, person)]
        return _Known(person.section, tuple(held))


def _person(people: Iterable[Person], student_id: str) -> Person | None:
    """Whom nbgrader means: by the hub's name, else by the key."""
    found = list(people)
    by_hub = [each for each in found if each.aliases.get("hub") == student_id]
    return next(iter([*by_hub, *(each for each in found if each.key == student_id)]), None)


def _handed_in(course: Course, gradebook: Any, student_id: str) -> Iterable[_Work]:
    for each in gradebook.student_submissions(student_id):
        unit = course.unit(each.assignment.name)
        if unit is not None:
            yield _Work(
                unit,
                _utc(each.timestamp),
                _utc(each.assignment.duedate),
                each.extension or timedelta(0),
                Decimal(repr(each.score)),
                Decimal(repr(each.max_score)),
            )


def _dates(work: _Work, known: _Known) -> Deadline:
    """When a unit is due for a student, and closes: the latest of what both books say."""
    unit = work.unit if work.unit.due else msgspec.structs.replace(work.unit, due=work.due)
    extensions = [Extension(e.until, e.by) for e in known.entries if e.unit in ("", work.unit.id)]
    theirs = [Extension(by=work.more)] if work.more > timedelta(0) else []
    dates = policy.deadline(unit, known.section, [*extensions, *theirs])
    if work.due is not None and (dates.due is None or work.due + work.more > dates.due):
        dates = msgspec.structs.replace(dates, due=work.due + work.more)
    if dates.due is not None and dates.closes is not None and dates.closes < dates.due:
        dates = msgspec.structs.replace(dates, closes=dates.due)
    return dates


def _days(course: Course, work: Iterable[_Work], known: _Known) -> dict[str, int]:
    """Late days of the budget that each unit takes, in the order in which they are due."""
    left, found = course.late.budget, {}
    due = [(dates.due, each, dates) for each in work if (dates := _dates(each, known)).due]
    for _, each, dates in sorted(due, key=lambda pair: pair[0].timestamp()):
        tries = {each.unit.id: [Try(each.at, "", each.score, each.possible)]}
        worth = {each.unit.id: each.possible}
        used = policy.spend(tries, worth, dates, course.late, Attempts(), left) if left else 0
        found[each.unit.id] = used
        left -= used
    return found


def _utc(time: datetime | None) -> datetime | None:
    return None if time is None else time.replace(tzinfo=UTC)
