"""Whose marks other gradings change: lateness, attempts and overrides are part of it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from grader.classroom.batched import Change
from grader.classroom.gradebook.marks import Ledger
from grader.classroom.gradebook.values import Adjustment, Submission, Verdict
from grader.classroom.people import Person
from grader.classroom.regrade import differences
from grader.report.model import Outcome
from support.gradebooks import DAY, DUE, course

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def _submission(number: int, at: datetime) -> Submission:
    return Submission(number, ("doe",), number, "canvas", "zip", "d", "01_a", at, None, NOW)


def _verdict(number: int, two: Outcome) -> Verdict:
    tests: dict[str, Outcome] = {"test_one": "passed", "test_two": two}
    return Verdict(
        number, "length", number, two, f"s{number}", "t", False, "always", "", NOW, tests
    )


def _change(number: int, made: bool = False) -> Change:
    tests: dict[str, Outcome] = {"test_one": "passed", "test_two": "passed"}
    words = ("test_two: failed, now passed",)
    return Change(("doe",), number, number, "length", 1.5, 2.5, words, tests, made)


def _ledger(*entries: Adjustment) -> Ledger:
    handed_in = [_submission(1, DUE - DAY), _submission(2, DUE + DAY / 2)]
    verdicts = [_verdict(1, "failed"), _verdict(2, "failed")]
    return Ledger({"doe": Person("doe", "Jane Doe")}, handed_in, verdicts, entries)


def test_the_attempt_that_decides_changes_the_mark_after_lateness() -> None:
    [found] = differences(course(), _ledger(), [_change(1), _change(2, made=True)])
    assert (found.student, found.exercise, found.made) == ("doe", "length", True)
    assert (found.before, found.after) == (Decimal("1.35"), Decimal("2.25"))
    assert found.tests == ("test_two: failed, now passed",)


def test_an_attempt_that_decides_nothing_changes_nothing() -> None:
    assert differences(course(), _ledger(), [_change(1)]) == []


def test_what_a_person_decided_stays() -> None:
    entry = Adjustment(1, "override", "me", NOW, "oral", "doe", exercise="length",
                       points=Decimal(2))  # fmt: skip
    assert differences(course(), _ledger(entry), [_change(2)]) == []
