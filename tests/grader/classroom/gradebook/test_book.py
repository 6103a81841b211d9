"""The face of the gradebook, on both databases: what is kept, once, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import msgspec
import pytest
from sqlalchemy import event

from grader.classroom.gradebook.book import Gradebook
from grader.errors import UsageError
from support.gradebooks import (
    ANGLE,
    DAY,
    DOE,
    DOUBLE,
    DUE,
    LENGTH,
    ROE,
    attempt,
    course,
    result,
)

Open = Callable[..., Gradebook]


def test_what_was_settled_is_there_once(book: Gradebook, open_book: Open) -> None:
    number = book.settle(attempt(), [result(test_two="failed")])
    [grading] = book.known([("s1", "t1")]).values()
    assert book.settle(attempt(), reused={"length": grading}) == number
    assert book.settle(attempt(), [result(test_two="failed")]) == number
    book.close()
    again = open_book()
    [submission] = again.submissions()
    assert (submission.id, submission.students, submission.at) == (number, ("doe",), DUE - DAY)
    [verdict] = again.verdicts()
    assert (verdict.grading, verdict.outcome, verdict.reused) == (grading, "failed", False)
    assert verdict.tests == {"test_one": "passed", "test_two": "failed"}
    assert again.result(grading) == result(test_two="failed")
    assert len(again.history(number, "length")) == 1


def test_what_is_recorded_of_attempts_is_found_by_their_folders(book: Gradebook) -> None:
    first, other = attempt(), attempt("roe", digest="other")
    book.settle(first, [result(), result(DOUBLE)])
    asked = [msgspec.structs.replace(a, folder=a.student) for a in (first, other)]
    found = book.recorded(asked)
    assert list(found) == ["doe"]
    assert found["doe"].is_all
    assert set(found["doe"].held) == {"length", "double"}
    assert book.submissions()[0].id == found["doe"].submission
    later = msgspec.structs.replace(asked[0], at=DUE + DAY)
    assert [each.is_all for each in book.recorded([later]).values()] == [False]
    assert book.recorded([]) == {}


def test_times_that_come_later_are_added(book: Gradebook) -> None:
    book.settle(attempt(at=None), [result()])
    book.settle(attempt(at=DUE + DAY, late=True), reused=dict.fromkeys(["length"], 1))
    [submission] = book.submissions()
    assert (submission.at, submission.late) == (DUE + DAY, True)
    assert book.marks()[0].marks[0].lateness.periods == 1


def test_a_grading_is_found_by_its_pair_and_what_luck_had_a_part_in_is_not(
    book: Gradebook,
) -> None:
    for i, outcome in enumerate(
        ("timeout", "memory", "crashed", "grader_fault", "skipped", "failed")
    ):
        book.settle(attempt(number=i + 1), [result(sources=outcome, test_two=outcome)])  # type: ignore[arg-type]
    pairs = [(name, "t1") for name in ("timeout", "memory", "crashed", "grader_fault", "skipped")]
    assert book.known(pairs) == {}
    assert list(book.known(pairs, untried=True)) == [("skipped", "t1")]
    found = book.known([("failed", "t1"), ("failed", "t2"), ("other", "t1")])
    assert list(found) == [("failed", "t1")]
    assert book.known([("failed", "t1")], isolation="none") == {}
    assert book.known([("failed", "t1")], seed=1) == {}


def test_what_is_judged_again_replaces_and_both_stay(book: Gradebook) -> None:
    number = book.settle(attempt(), [result(test_two="failed")])
    better = book.keep([result(suite="t2")])
    assert book.marks()[0].earned == Decimal("1.5")
    book.replace(number, better, "the suite was wrong")
    assert book.marks()[0].earned == Decimal("2.5")
    told = book.history(number, "length")
    assert [(each.suite, each.reason) for each in told] == [
        ("t1", ""),
        ("t2", "the suite was wrong"),
    ]


def test_judged_again_and_otherwise_is_a_new_grading(book: Gradebook) -> None:
    number = book.settle(attempt(), [result(test_two="timeout")])
    book.settle(attempt(), [result(test_two="timeout")])
    book.settle(attempt(), [result()])
    book.settle(attempt(), [result()], isolation="none")
    told = book.history(number, "length")
    assert [(each.outcome, each.isolation) for each in told] == [
        ("timeout", "full"),
        ("passed", "full"),
        ("passed", "none"),
    ]


def test_new_points_recount_and_nothing_is_judged(book: Gradebook, open_book: Open) -> None:
    book.settle(attempt(), [result(test_two="failed")])
    assert book.marks()[0].marks[0].earned == Decimal("1.5")
    taught = course()
    LENGTH.tests["test_one"], old = Decimal("7.25"), LENGTH.tests["test_one"]
    try:
        mark = open_book(taught).marks()[0].marks[0]
    finally:
        LENGTH.tests["test_one"] = old
    assert (mark.earned, mark.possible) == (Decimal("7.25"), Decimal("8.25"))


def test_nothing_of_a_failed_transaction_stays(book: Gradebook) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        book.settle(attempt(), [result()], reused={"double": 999})
    assert (book.submissions(), book.people(everyone=True), book.known([("s1", "t1")])) == (
        [],
        {},
        {},
    )


class Cut(Exception):
    """Something breaks in the middle."""


def test_whichever_statement_breaks_an_attempt_is_whole_or_not_there(book: Gradebook) -> None:
    judged = [result(test_two="failed"), result(DOUBLE, sources="s2")]
    engine = book._database.engine
    number, left = 0, 0

    def cut(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Cut

    event.listen(engine, "before_cursor_execute", cut)
    whole = False
    while not whole:
        left = number
        try:
            book.settle(attempt(team=("doe", "roe")), judged)
            whole = True
        except Cut:
            number += 1
        left = 1000
        there = len(book.submissions()), len(book.verdicts()), len(book.people(everyone=True))
        assert there == ((1, 2, 2) if whole else (0, 0, 0))
    event.remove(engine, "before_cursor_execute", cut)
    assert number > 10
    assert [each.earned for each in book.marks()] == [Decimal("2.5"), Decimal("2.5")]


def test_hostile_words_come_back_without_what_no_database_takes(book: Gradebook) -> None:
    book.settle(attempt("a\x00b\ud800", digest="x"), [result(message="\x00\x1b[2J")])
    book.settle(attempt("a\x00b\ud800", digest="x"), reused={"length": 1})
    [submission] = book.submissions()
    assert submission.students == ("a\ufffdb?",)
    assert len(book.history(submission.id, "length")) == 1


def test_a_team_has_the_mark_together(book: Gradebook) -> None:
    book.settle(attempt(team=("doe", "roe")), [result()])
    assert [(each.person.key, each.earned) for each in book.marks()] == [
        ("doe", Decimal("2.5")),
        ("roe", Decimal("2.5")),
    ]
    assert [each.students for each in book.submissions("roe")] == [("doe", "roe")]
    book.settle(attempt(), reused={"length": 1})  # the team was a mistake
    assert book.submissions("roe") == []


def test_submissions_of_a_unit_are_its_own_and_those_for_any(book: Gradebook) -> None:
    book.settle(attempt(number=1, unit="01_a"), [result()])
    book.settle(attempt(number=2, unit="02_b"), [result(ANGLE)])
    book.settle(attempt(number=3, unit=None), [result(ANGLE)])
    assert [each.number for each in book.submissions(unit="02_b")] == [2, 3]


def test_a_gradebook_is_of_one_course_also_under_a_new_title(
    book: Gradebook, open_book: Open
) -> None:
    with pytest.raises(UsageError, match="is the gradebook of another course \\('Tiny'\\)"):
        open_book(course(title="Other"))
    book.settle(attempt(), [result()])
    assert open_book(course(title="Tiny, second edition")).marks()[0].earned == Decimal("2.5")


def test_who_is_meant(book: Gradebook) -> None:
    book.import_roster([DOE, ROE])
    for text in ("doe", "101", "JANE@example.org", "jane doe"):
        assert book.person(text).key == "doe"
    with pytest.raises(UsageError, match=r"no student jnae doe in the gradebook\. Did you"):
        book.person("jnae doe")
    with pytest.raises(KeyError):
        book.result(5)
