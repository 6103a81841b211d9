"""What a push would write, for whom, and what stays: worked out from what Canvas has now.

Whose mark it is that Canvas holds follows from the journal in the gradebook: what we wrote last is
ours as long as it stands there as it stood then; anything else that a person gave is theirs.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from grader.classroom.exports.cells import rounded
from grader.classroom.gradebook.values import Push
from grader.platforms.canvas import records
from grader.report.words import points

__all__ = ["Plan", "Row", "Verdict", "decided", "is_ours", "same", "text_of", "uniform"]

Action = Literal["write", "same", "stays"]


class Verdict(msgspec.Struct, frozen=True):
    """What is to happen to one mark.

    Args:
        reason: why it stays, or what is replaced.
        person: somebody should look.
    """

    action: Action
    reason: str = ""
    person: bool = False


class Row(msgspec.Struct, frozen=True):
    """One student's mark for one assignment.

    Args:
        student: their key; `name` as they are listed; `user` their id in Canvas.
        place: the assignment, as the journal calls it.
        value: what our mark is, out of the assignment's points.
        old: what Canvas has, as text; "" for nothing.
        status: what Canvas is to be told of their lateness; "" for nothing.
        comment: what is to be said besides; "" for nothing.
    """

    student: str
    name: str
    user: int
    assignment: int
    label: str
    place: str
    value: Decimal
    old: str
    verdict: Verdict
    status: str = ""
    comment: str = ""


class Plan(msgspec.Struct, frozen=True):
    """All marks of a push.

    Args:
        visible: label of an assignment -> when students see its marks.
    """

    rows: tuple[Row, ...]
    visible: dict[str, str]


def decided(
    submission: records.Submission | None,
    value: Decimal,
    journal: Sequence[Push],
    *,
    overwrite: bool,
    is_cut: bool = False,
) -> Verdict:
    """Whether a mark may be written.

    Args:
        submission: what Canvas has; None where the student has not been assigned it.
        journal: what was written for them there before, the first one first.
        is_cut: what Canvas has taken off for lateness is to be undone.
    """
    if submission is None:
        return Verdict("stays", "not assigned in Canvas")
    if submission.excused:
        return Verdict("stays", "excused in Canvas")
    entered = submission.entered
    if entered is None:
        return Verdict("write")
    if same(entered, value):
        return Verdict("write", "Canvas took off for lateness") if is_cut else Verdict("same")
    if is_ours(submission, journal) or (submission.grader_id or 0) < 1:
        return Verdict("write")
    if overwrite:
        return Verdict("write", "a person's, overwritten")
    when = f" on {submission.graded_at[:10]}" if submission.graded_at else ""
    return Verdict("stays", f"given in Canvas by a person{when}; --overwrite replaces it", True)


def is_ours(submission: records.Submission, journal: Sequence[Push]) -> bool:
    """Whether the mark that Canvas has is the one that was written last, untouched since.

    An entry that was begun and not seen may have arrived or not: it counts if its value is there.
    """
    entered = submission.entered
    for entry in reversed([each for each in journal if each.what == "grade"]):
        is_it = entered is not None and same(entered, Decimal(entry.value))
        if entry.seen is None:
            if is_it:
                return True
            continue
        return is_it and not _is_after(submission.graded_at or "", entry.seen)
    return False


def _is_after(time: str, earlier: str) -> bool:
    with suppress(ValueError):
        found, known = map(datetime.datetime.fromisoformat, (time, earlier))
        return found.timestamp() > known.timestamp()
    return time != earlier


def same(one: Decimal, other: Decimal) -> bool:
    """Whether two scores are one, as Canvas compares them: at two decimals."""
    return rounded(Fraction(one)) == rounded(Fraction(other))


def text_of(submission: records.Submission | None) -> str:
    """What Canvas has, for people."""
    if submission is None:
        return ""
    if submission.excused:
        return "EX"
    return "" if submission.entered is None else points(submission.entered)


def uniform(rows: Sequence[Row], groups: Sequence[Sequence[int]]) -> list[Row]:
    """Rows of an assignment in which a group has one mark: where members' differ, none is written.

    Args:
        groups: the ids of each group's members.
    """
    by_user = {row.user: row for row in rows}
    for members in groups:
        own = [by_user[user] for user in members if user in by_user]
        writes = [row for row in own if row.verdict.action == "write"]
        is_one = len({row.value for row in own}) < 2 and len(own) == len(members)
        if not writes or (is_one and all(row.verdict.action != "stays" for row in own)):
            continue
        why = Verdict("stays", "Canvas gives a group one mark, and theirs are not one", True)
        for row in writes:
            by_user[row.user] = msgspec.structs.replace(row, verdict=why)
    return [by_user[row.user] for row in rows]
