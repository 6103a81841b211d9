"""Marks as a view: which attempt, what lateness takes, what people decided, what points are now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec

from grader.classroom.attempt import Attempt
from grader.classroom.gradebook.marks import Ledger, Mark, StudentMarks, marks, reweighted
from grader.classroom.gradebook.values import Adjustment, Kind, Submission, Verdict
from grader.classroom.gradebook.work import reusable
from grader.course.outline import Attempts, Course
from grader.report.model import ExerciseResult
from support.gradebooks import (
    ANGLE,
    DAY,
    DOE,
    DOUBLE,
    DUE,
    HOUR,
    LATE,
    LENGTH,
    MINUTE,
    ROE,
    attempt,
    blank,
    course,
    result,
)

NOW = datetime(2027, 3, 1, tzinfo=UTC)
HandIn = tuple[Attempt, Sequence[ExerciseResult]]


def entry(kind: Kind, number: int = 1, at: datetime = NOW, **fields: Any) -> Adjustment:
    return Adjustment(number, kind, "me", at, "why", **fields)


def seen(
    *handed: HandIn, entries: Sequence[Adjustment] = (), taught: Course | None = None
) -> StudentMarks:
    """The marks of Jane Doe after these attempts."""
    submissions, verdicts = [], []
    for i, (one, judged) in enumerate(handed, 1):
        students = tuple(dict.fromkeys((one.student, *one.team)))
        submissions.append(
            Submission(
                i, students, one.number, one.source, one.origin, one.digest, one.unit, one.at,
                one.late, NOW,
            )
        )  # fmt: skip
        for each in judged:
            tests = {test.id: test.outcome for test in each.tests}
            verdicts.append(
                Verdict(
                    i, each.id, 10 * i, each.outcome, each.sources, each.suite, False,
                    reusable(each), "", NOW, tests,
                )
            )  # fmt: skip
    ledger = Ledger({"doe": DOE, "roe": ROE}, submissions, verdicts, entries)
    [found] = marks(taught or course(), ledger, ["doe"])
    return found


def length(*handed: HandIn, **others: Any) -> Mark:
    mark = seen(*handed, **others).mark("length")
    assert mark is not None
    return mark


def test_nothing_handed_in_is_missing_and_no_zero() -> None:
    found = seen()
    assert {mark.state for mark in found.marks} == {"missing"}
    assert (found.earned, found.possible) == (0, 0)
    assert found.dates["01_a"].due == DUE


def test_the_pick_minus_lateness() -> None:
    mark = length((attempt(at=DUE + HOUR), [result(test_two="failed")]))
    assert (mark.before, mark.earned, mark.possible) == (
        Decimal("1.5"),
        Decimal("1.35"),
        Decimal("2.5"),
    )
    assert (mark.lateness.over, mark.lateness.periods) == (HOUR, 1)
    assert mark.share == Fraction(27, 50)


def test_what_the_source_says_otherwise_is_told() -> None:
    def differs(at: datetime | None, late: bool | None) -> bool:
        return length((attempt(at=at, late=late), [result()])).differs

    assert differs(DUE + HOUR, False)
    assert differs(DUE - HOUR, True)
    assert differs(None, True)  # no time, no deduction, and it is listed
    assert not differs(DUE + HOUR, True)
    assert not differs(None, False)
    assert not differs(DUE + HOUR, None)


def test_exact_to_the_last_digit() -> None:
    late = msgspec.structs.replace(LATE, lose=Decimal("0.00000033"), grace=timedelta(0))
    mark = length((attempt(at=DUE + HOUR), [result()]), taught=course(late))
    assert mark.earned == Decimal("2.5") * (1 - Decimal("0.00000033"))


def test_a_hand_in_for_one_unit_touches_no_other() -> None:
    first = attempt(at=DUE - DAY), [result(), result(DOUBLE)]
    whole = attempt(number=2, unit="02_b", at=DUE + 3 * DAY), [
        result(test_one="failed", sources="broken"), blank(DOUBLE), result(ANGLE)
    ]  # fmt: skip
    found = seen(first, whole)
    assert [(m.exercise, m.earned, m.attempt) for m in found.marks] == [
        ("length", Decimal("2.5"), 1),
        ("double", Decimal(1), 1),
        ("angle", Decimal(2), 2),
    ]


def test_what_is_for_any_unit_counts_where_something_of_it_is_in() -> None:
    packed = attempt(unit=None), [result(), blank(DOUBLE), blank(ANGLE)]
    found = seen(packed)
    assert [mark.state for mark in found.marks] == ["graded", "graded", "missing"]
    later = attempt(number=2, unit=None, at=DUE + 5 * DAY), [result(), blank(DOUBLE), result(ANGLE)]
    found = seen(packed, later)
    assert [mark.lateness.periods for mark in found.marks] == [0, 0, 0]
    assert [mark.earned for mark in found.marks] == [Decimal("2.5"), 0, 2]


def test_tests_that_were_left_out_are_no_sign_of_work() -> None:
    skipped = result(ANGLE, test_one="skipped")
    found = seen((attempt(unit=None), [result(), blank(DOUBLE), skipped]))
    assert [mark.state for mark in found.marks] == ["graded", "graded", "missing"]
    found = seen((attempt(unit="02_b"), [blank(LENGTH), blank(DOUBLE), skipped]))
    assert [mark.state for mark in found.marks] == ["missing", "missing", "untried"]


def test_a_later_attempt_without_the_exercise_takes_nothing_away() -> None:
    first, second = attempt(), attempt(number=2)
    found = seen((first, [result(), blank(DOUBLE)]), (second, [blank(LENGTH), result(DOUBLE)]))
    assert [(mark.earned, mark.attempt) for mark in found.marks[:2]] == [
        (Decimal("2.5"), 1),
        (1, 2),
    ]


def test_attempts_are_in_the_order_of_their_times_and_numbers() -> None:
    second = attempt(number=2, at=DUE - HOUR), [result(test_one="failed", sources="2")]
    first = attempt(number=1, at=DUE - DAY), [result(sources="1")]
    assert length(second, first).attempt == 2
    moved = attempt(number=1, at=DUE - MINUTE), [result(sources="1")]  # another source's count
    assert length(second, moved).attempt == 1
    timeless = attempt(number=3, at=None), [result(sources="3")]
    assert length(timeless, second, first).attempt == 3


def test_the_best_counts_where_the_course_says_so() -> None:
    handed = [
        (attempt(), [result()]),
        (attempt(number=2), [result(test_one="failed", sources="x")]),
    ]
    assert length(*handed).attempt == 2
    assert length(*handed, taught=course(attempts=Attempts("best"))).attempt == 1
    counted = length(*handed, taught=course(attempts=Attempts("last", 1)))
    assert (counted.attempt, counted.refused) == (1, {2: "too many"})


def test_after_closing_nothing_counts() -> None:
    taught = course()
    units = (msgspec.structs.replace(taught.units[0], closes=DUE + DAY), *taught.units[1:])
    taught = msgspec.structs.replace(taught, units=units)
    handed = attempt(at=DUE + 2 * DAY), [result()]
    mark = length(handed, taught=taught)
    assert (mark.state, mark.earned, mark.possible) == ("closed", 0, Decimal("2.5"))
    extended = entry("extend", student="doe", unit="01_a", by=DAY)
    assert length(handed, taught=taught, entries=[extended]).state == "graded"


def test_what_could_not_be_run_costs_nothing() -> None:
    mark = length((attempt(), [result(test_two="skipped")]))
    assert (mark.earned, mark.possible) == (Decimal("1.5"), Decimal("1.5"))
    mark = length((attempt(), [result(test_one="skipped", test_two="grader_fault")]))
    assert (mark.state, mark.possible, mark.share) == ("untried", 0, 0)


def test_points_are_those_of_course_yaml_now_and_new_tests_are_told() -> None:
    taught = course()
    tests = {"test_one": Decimal(5), "test_three": Decimal(3)}
    changed = msgspec.structs.replace(LENGTH, tests=tests)
    unit = msgspec.structs.replace(taught.units[0], exercises=(changed, DOUBLE))
    taught = msgspec.structs.replace(taught, units=(unit, *taught.units[1:]))
    mark = length((attempt(), [result(test_two="failed")]), taught=taught)
    assert (mark.earned, mark.possible, mark.worth, mark.stale) == (5, 5, 8, True)
    again = reweighted(changed, result(test_two="failed"))
    assert (again.earned, again.possible, [test.earned for test in again.tests]) == (5, 5, [5, 0])


# --- what people decide -------------------------------------------------------------------------


def test_an_extension_moves_what_is_late() -> None:
    handed = attempt(at=DUE + 2 * DAY), [result()]
    assert length(handed).lateness.periods == 2
    for extension in (
        entry("extend", student="doe", unit="01_a", by=2 * DAY),
        entry("extend", section="Tuesday", by=2 * DAY),
        entry("extend", student="doe", until=DUE + 2 * DAY),
    ):
        assert length(handed, entries=[extension]).lateness.periods == 0
    for other in (
        entry("extend", student="roe", by=9 * DAY),
        entry("extend", student="doe", unit="02_b", by=9 * DAY),
        entry("extend", section="friday", by=9 * DAY),
        msgspec.structs.replace(entry("extend", student="doe", by=9 * DAY), taken_back=7),
    ):
        assert length(handed, entries=[other]).lateness.periods == 2


def test_an_override_is_the_mark_and_knows_what_came_after_it() -> None:
    handed = attempt(), [result()]
    given = entry("override", 3, NOW - DAY, student="doe", exercise="length", points=Decimal("0.3"))
    mark = length(handed, entries=[given])
    assert (mark.state, mark.earned, mark.possible) == ("override", Decimal("0.3"), Decimal("2.5"))
    assert (mark.entry, mark.newer, mark.before) == (3, True, Decimal("2.5"))
    given = msgspec.structs.replace(given, at=NOW)
    assert not length(handed, entries=[given]).newer
    assert length(entries=[given]).earned == Decimal("0.3")


def test_an_excuse_takes_the_exercise_out_of_the_sum() -> None:
    handed = attempt(), [result(), result(DOUBLE)]
    found = seen(handed, entries=[entry("excuse", student="doe", exercise="length")])
    assert (found.earned, found.possible) == (1, 1)


def test_a_void_test_is_given_before_lateness() -> None:
    void = entry("void", exercise="length", test="test_two")
    mark = length((attempt(at=DUE + HOUR), [result(test_two="failed")]), entries=[void])
    assert (mark.before, mark.earned) == (Decimal("2.5"), Decimal("2.25"))
    assert [line.void for line in mark.lines] == [None, 1]
    assert length(entries=[void]).state == "missing"


def test_late_days_are_spent_in_the_order_of_due_dates() -> None:
    late = msgspec.structs.replace(LATE, budget=3, grace=timedelta(0))
    second = attempt(unit="02_b", at=DUE + 9 * DAY), [result(ANGLE)]
    first = attempt(at=DUE + 2 * DAY), [result(), result(DOUBLE)]
    found = seen(second, first, taught=course(late))
    assert found.days == {"01_a": 2, "02_b": 1}
    assert [mark.lateness.periods for mark in found.marks] == [0, 0, 1]
    assert found.marks[2].earned == Decimal("1.8")
