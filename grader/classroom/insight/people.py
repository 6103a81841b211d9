"""Lists of students, all about one of them, and who needs help now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.listing import SORTS, Sort, Which
from grader.classroom.gradebook.traits import UNKNOWN
from grader.classroom.gradebook.values import Submission
from grader.classroom.insight.persons import (
    Event,
    Need,
    Now,
    Reason,
    Standing,
    Student,
    StudentRow,
    Unsettled,
    Waiting,
)
from grader.classroom.insight.tally import WHOLE
from grader.classroom.insight.values import HeldIdea, Page
from grader.classroom.statistics.suites import OUTCOMES
from grader.report.model import LUCK, Outcome

__all__ = ["events", "now", "student", "students", "who"]

#: Rows of one page at most.
_MOST = 500
_WORST = ("grader_fault", "crashed", "memory", "timeout")


def students(
    book: Gradebook,
    *,
    page: int = 1,
    size: int = 50,
    search: str = "",
    sort: str = "name",
    down: bool = False,
    section: str | None = None,
    everyone: bool = False,
) -> Page[StudentRow]:
    """A page of the class.

    Args:
        page: from 1; beyond the last one, the last one.
        search: words, each of which stands in name, key or e-mail address.
        sort: one of `SORTS`; any other is by name. `down`: the largest first.
        section: only its students; "" are those without one.
        everyone: also who has left.
    """
    return _page(
        book, page, size, search=search, sort=sort, down=down, section=section, everyone=everyone
    )


def who(
    book: Gradebook,
    exercise: str,
    *,
    test: str | None = None,
    outcome: str | None = None,
    idea: str | None = None,
    signature: str | None = None,
    layer: str | None = None,
    passed: bool | None = None,
    still: bool = True,
    section: str | None = None,
    page: int = 1,
    size: int = 50,
    sort: str = "name",
    down: bool = False,
) -> Page[StudentRow]:
    """Active students by what they came to at an exercise; all conditions hold for each.

    Args:
        test, outcome: how a test ended in the last hand-in; in any way in which it is lost, where
            no outcome is given.
        idea, signature: a wrong idea, or a cluster of wrong answers; `still`: in the last hand-in,
            else in any.
        layer, passed: of the last hand-in.
    """
    what = idea if signature is None else UNKNOWN + signature
    which = Which(exercise, test, outcome, what, layer, passed, still)
    return _page(book, page, size, which=which, section=section, sort=sort, down=down)


def _page(book: Gradebook, page: int, size: int, *, sort: str, **asked: Any) -> Page[StudentRow]:
    size, page = max(1, min(size, _MOST)), max(1, page)
    chosen: Sort = next((each for each in SORTS if each == sort), "name")
    rows, total = book.listing.students(sort=chosen, start=(page - 1) * size, size=size, **asked)
    pages = max(1, -(-total // size))
    if page > pages:
        return _page(book, pages, size, sort=sort, **asked)
    return Page(tuple(map(_row, rows)), page, pages, total)


def _row(row: Any) -> StudentRow:
    return StudentRow(
        key=row.key,
        name=row.name,
        email=row.email,
        section=row.section,
        active=row.active,
        tried=row.tried or 0,
        passed=row.passed or 0,
        first_passed=row.first_passed,
        attempts=row.attempts or 0,
        score=_score(row.score),
        last_at=row.last_at,
        need=row.need or 0,
        reasons=_reasons(row.reasons),
    )


def _score(stored: int | None) -> float | None:
    return None if stored is None else stored / WHOLE


def _reasons(text: str | None) -> tuple[Reason, ...]:
    return msgspec.json.decode(text, type=tuple[Reason, ...]) if text else ()


# --- one student ----------------------------------------------------------------------------------


def student(book: Gradebook, key: str) -> Student:
    """All about a student.

    Raises:
        KeyError: there is no such student.
    """
    row = book.listing.student(key)
    if row is None:
        raise KeyError(key)
    order = {exercise.id: number for number, exercise in enumerate(book.course.exercises)}
    standings = [each for each in book.listing.standings(key) if each.exercise in order]
    ideas = book.listing.ideas({each.last_grading for each in standings})
    [marks] = book.marks([key], everyone=True)
    held = [
        HeldIdea(each.exercise, each.what, each.times, each.still)
        for each in book.listing.held([key])
    ]
    last = len(order)
    return Student(
        person=marks.person,
        row=_row(row),
        standings=tuple(
            _standing(each, ideas.get(each.last_grading, ()))
            for each in sorted(standings, key=lambda each: order[each.exercise])
        ),
        timeline=events(book, book.submissions(key)),
        ideas=tuple(
            sorted(held, key=lambda each: (order.get(each.exercise, last), each.idea))
        ),
        marks=marks,
    )  # fmt: skip


def _standing(row: Any, ideas: tuple[str, ...]) -> Standing:
    return Standing(
        exercise=row.exercise,
        attempts=row.attempts,
        sure=row.sure,
        first=_score(row.first_score),
        best=_score(row.best_score),
        last=_score(row.last_score),
        passed_on=row.passed_on,
        outcome=row.outcome,
        layer=row.layer,
        same=row.same,
        ideas=ideas,
        submission=row.submission,
        grading=row.last_grading,
        last_at=row.last_at,
    )


def events(book: Gradebook, submissions: Sequence[Submission]) -> tuple[Event, ...]:
    """Hand-ins with what they came to, the first one first; without what was not begun."""
    verdicts: dict[int, list[Any]] = {}
    for each in book.listing.verdicts([each.id for each in submissions]):
        if each.begun:
            verdicts.setdefault(each.submission, []).append(each)
    ideas = book.listing.ideas({each.grading for found in verdicts.values() for each in found})
    order = {exercise.id: number for number, exercise in enumerate(book.course.exercises)}
    found = []
    for submission in submissions:
        own = [each for each in verdicts.get(submission.id, ()) if each.exercise in order]
        own.sort(key=lambda each: order[each.exercise])
        found.append(
            Event(
                submission.id, submission.number, submission.source, submission.unit,
                submission.at, submission.recorded, submission.late,
                sum(each.passed for each in own), len(own),
                {each.exercise: each.grading for each in own},
                {each.exercise: ideas[each.grading] for each in own if each.grading in ideas},
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.at or each.recorded, each.submission)))


# --- now ------------------------------------------------------------------------------------------


def now(book: Gradebook, *, section: str | None = None, size: int = 50) -> Now:
    """Who needs help now, and what needs a person; `size` of each list, and how many in all."""
    needs, needing = book.listing.needing(section, size)
    waiting, missing = book.listing.waiting(section, size)
    unusual, odd = book.listing.unusual(section, size)
    return Now(
        at=datetime.now(UTC),
        needs=tuple(
            Need(row.key, row.name, row.section, row.need, _reasons(row.reasons)) for row in needs
        ),
        needing=needing,
        waiting=tuple(Waiting(row.key, row.name, row.email, row.section) for row in waiting),
        missing=missing,
        unsettled=tuple(
            Unsettled(row.key, row.submission, row.exercise, _worst(row.pattern), row.last_at)
            for row in unusual
        ),
        unusual=odd,
    )


def _worst(pattern: str) -> Outcome:
    found = {OUTCOMES[letter] for letter in pattern} & LUCK
    return min(found, key=_WORST.index)
