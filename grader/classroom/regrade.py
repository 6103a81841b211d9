"""Whose marks a regrade changes, and by how much: with lateness, attempts, overrides, all of it.

A grading that comes out otherwise need not change a mark: another attempt may decide it, or a
person may have. So marks are made twice of one ledger: as it is, and with the new gradings.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from grader.classroom.batched import Change
from grader.classroom.gradebook.marks import Ledger, marks
from grader.course.outline import Course

__all__ = ["Difference", "differences"]


class Difference(msgspec.Struct, frozen=True):
    """A mark that gradings by other suites change.

    Args:
        student: their key.
        before, after: the mark, of `possible` points.
        tests: a sentence for each test that ended otherwise.
        made: whether it was changed.
    """

    student: str
    exercise: str
    before: Decimal
    after: Decimal
    possible: Decimal
    tests: tuple[str, ...]
    made: bool


def differences(course: Course, ledger: Ledger, changes: Sequence[Change]) -> list[Difference]:
    """What all changes, made or not, come to; by student and exercise, in the ledger's order.

    Args:
        ledger: as it was before any of them was made.
    """
    by_place = {(change.submission, change.exercise): change for change in changes}
    verdicts = []
    for verdict in ledger.verdicts:
        change = by_place.get((verdict.submission, verdict.exercise))
        if change is not None:
            verdict = msgspec.structs.replace(verdict, tests=change.outcomes)
        verdicts.append(verdict)
    touched = {change.submission for change in changes}
    whose = {key for each in ledger.submissions if each.id in touched for key in each.students}
    keys = [key for key in ledger.people if key in whose]
    was = marks(course, ledger, keys)
    now = marks(course, msgspec.structs.replace(ledger, verdicts=verdicts), keys)
    found = []
    for before, after in zip(was, now, strict=True):
        for old, new in zip(before.marks, after.marks, strict=True):
            if (old.earned, old.possible) == (new.earned, new.possible):
                continue
            places = [(old.submission, old.exercise), (new.submission, new.exercise)]
            because = [by_place[p] for p in dict.fromkeys(places) if p in by_place]
            found.append(
                Difference(
                    before.person.key, old.exercise, old.earned, new.earned, new.possible,
                    tuple(dict.fromkeys(test for each in because for test in each.tests)),
                    all(each.made for each in because),
                )
            )  # fmt: skip
    return found
