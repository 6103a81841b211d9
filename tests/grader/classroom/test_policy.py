"""Rules at their edges: to the second, across changes of the clocks, on 29 February."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classroom.policy import (
    ON_TIME,
    Deadline,
    Extension,
    Try,
    choose,
    deadline,
    lateness,
    spend,
)
from grader.course.outline import Attempts, Dates, Late, Unit
from grader.course.reading.units import moment_of

BERLIN = ZoneInfo("Europe/Berlin")
DUE = datetime(2027, 2, 1, 23, 59, tzinfo=BERLIN)
SECOND, MINUTE, HOUR, DAY = (
    timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days")
)
LATE = Late(grace=15 * MINUTE, lose=Decimal("0.1"), every=DAY, at_most=Decimal("0.5"))
LAST, BEST = Attempts(), Attempts("best")


def after(by: timedelta, due: datetime = DUE) -> datetime:
    return (due.astimezone(UTC) + by).astimezone(due.tzinfo)


def lost(at: datetime | None, due: datetime = DUE, late: Late = LATE, days: int = 0) -> Decimal:
    return lateness(at, Deadline(due), late, days).lost


@pytest.mark.parametrize(
    ("by", "share"),
    [
        (-DAY, "0"), (0 * DAY, "0"), (SECOND, "0"), (15 * MINUTE, "0"),
        (15 * MINUTE + SECOND, "0.1"), (15 * MINUTE + DAY, "0.1"),
        (15 * MINUTE + DAY + timedelta(microseconds=1), "0.2"),
        (15 * MINUTE + 5 * DAY, "0.5"), (15 * MINUTE + 5 * DAY + SECOND, "0.5"), (999 * DAY, "0.5"),
    ],
)  # fmt: skip
def test_each_period_that_has_begun_costs_and_no_more_than_the_floor_leaves(
    by: timedelta, share: str
) -> None:
    assert lost(after(by)) == Decimal(share)


def test_without_grace_one_second_is_a_period() -> None:
    late = Late(lose=Decimal("0.25"))
    assert (lost(DUE, late=late), lost(after(SECOND), late=late)) == (0, Decimal("0.25"))


def test_no_time_or_no_due_date_costs_nothing() -> None:
    assert lateness(None, Deadline(DUE), LATE) == ON_TIME
    assert lateness(DUE, Deadline(None), LATE) == ON_TIME


@pytest.mark.parametrize(
    ("due", "at", "over"),
    [  # one day later on the clock is 23 hours in spring and 25 in autumn
        ("2027-03-27T23:59", "2027-03-28T23:59", 23 * HOUR),
        ("2027-10-30T23:59", "2027-10-31T23:59", 25 * HOUR),
        ("2027-03-28T01:59", "2027-03-28T03:00", MINUTE),
        ("2028-02-28T23:59", "2028-03-01T23:59", 2 * DAY),  # 29 February lies between
        ("2027-02-28T23:59", "2027-03-01T23:59", DAY),
    ],
)
def test_what_has_passed_is_time_and_not_what_clocks_show(
    due: str, at: str, over: timedelta
) -> None:
    dates = Deadline(moment_of(f"{due} Europe/Berlin"))
    found = lateness(moment_of(f"{at} Europe/Berlin"), dates, Late(lose=Decimal("0.1")))
    assert found.over == over
    assert found.periods == -(-over // DAY)


def test_of_an_hour_that_comes_twice_the_first_is_an_hour_earlier() -> None:
    due = moment_of("2027-10-31T02:30 Europe/Berlin")
    first = due.replace(fold=0)
    assert lateness(due, Deadline(first), LATE).over == HOUR
    assert lateness(first, Deadline(due), LATE).over == timedelta(0)


def test_a_due_date_on_29_february() -> None:
    due = moment_of("2028-02-29T23:59 Europe/Berlin")
    assert lost(moment_of("2028-03-01T00:14 Europe/Berlin"), due) == 0
    assert lost(moment_of("2028-03-01T00:14:01 Europe/Berlin"), due) == Decimal("0.1")
    extended = deadline(Unit("a", "A", (), due), extensions=[Extension(by=366 * DAY)])
    assert extended.due == moment_of("2029-03-01T23:59 Europe/Berlin")


def test_zones_of_hand_in_and_due_date_may_differ() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    assert lost(DUE.astimezone(tokyo)) == 0
    assert lost(after(15 * MINUTE + SECOND).astimezone(tokyo)) == Decimal("0.1")


# --- dates --------------------------------------------------------------------------------------

UNIT = Unit("a", "A", (), DUE, after(7 * DAY), {"Tuesday": Dates(due=after(DAY)), "x": Dates()})


def test_a_section_has_its_own_dates() -> None:
    assert deadline(UNIT).due == deadline(UNIT, "x").due == deadline(UNIT, "other").due == DUE
    assert deadline(UNIT, " tuesday ") == Deadline(after(DAY), after(7 * DAY))


def test_a_section_that_is_due_later_than_all_close_closes_then() -> None:
    unit = msgspec.structs.replace(UNIT, sections={"t": Dates(due=after(9 * DAY))})
    assert deadline(unit, "t") == Deadline(after(9 * DAY), after(9 * DAY))


@pytest.mark.parametrize(
    ("extensions", "moved"),
    [
        ([Extension(by=2 * DAY)], 2 * DAY),
        ([Extension(until=after(3 * DAY))], 3 * DAY),
        ([Extension(by=2 * DAY), Extension(by=DAY)], 2 * DAY),  # the longest, not their sum
        ([Extension(until=after(-3 * DAY))], 0 * DAY),  # and never to a student's cost
    ],
)
def test_an_extension_moves_due_date_and_closing_time(
    extensions: list[Extension], moved: timedelta
) -> None:
    found = deadline(UNIT, extensions=extensions)
    assert found == Deadline(after(moved), after(7 * DAY + moved))


def test_an_extension_where_there_is_only_a_closing_time_or_none() -> None:
    unit = Unit("a", "A", (), closes=DUE)
    assert deadline(unit, extensions=[Extension(until=after(DAY))]).closes == after(DAY)
    assert deadline(Unit("a", "A", ()), extensions=[Extension(by=DAY)]) == Deadline()


def test_an_extension_beyond_the_calendar_is_its_end() -> None:
    unit = Unit("a", "A", (), datetime(9999, 12, 31, tzinfo=UTC))
    found = deadline(unit, extensions=[Extension(by=99 * DAY)])
    assert lateness(DUE, found, LATE) == ON_TIME


# --- which attempt ------------------------------------------------------------------------------


def tried(by: timedelta | None, earned: str, sources: str = "", begun: bool = True) -> Try:
    at = None if by is None else after(by)
    return Try(at, sources or f"{by} {earned}", Decimal(earned), Decimal(2), begun)


def test_the_last_attempt_counts_and_the_best_one_where_the_course_says_so() -> None:
    tries = [tried(-2 * DAY, "2"), tried(-DAY, "1")]
    assert choose(tries, Deadline(DUE), LATE, LAST).index == 1
    assert choose(tries, Deadline(DUE), LATE, BEST).index == 0


def test_the_best_is_chosen_after_lateness() -> None:
    tries = [tried(-DAY, "1.8"), tried(2 * DAY, "2")]
    assert choose(tries, Deadline(DUE), LATE, BEST).index == 0
    assert choose(tries, Deadline(after(2 * DAY)), LATE, BEST).index == 1


def test_what_nobody_began_does_not_replace_work() -> None:
    tries = [tried(-2 * DAY, "1"), tried(-DAY, "0", begun=False)]
    assert choose(tries, Deadline(DUE), LATE, LAST).index == 0
    assert choose(tries[1:], Deadline(DUE), LATE, LAST).index == 0


def test_the_same_work_handed_in_again_is_as_early_as_it_first_was() -> None:
    tries = [tried(-DAY, "1", "same"), tried(3 * DAY, "1", "same")]
    found = choose(tries, Deadline(DUE, closes=DUE), LATE, LAST)
    assert (found.index, found.lateness, found.at) == (1, ON_TIME, after(-DAY))


def test_after_the_closing_time_nothing_counts_but_on_the_second_it_does() -> None:
    dates = Deadline(DUE, after(DAY))
    tries = [tried(DAY, "1"), tried(DAY + SECOND, "2")]
    found = choose(tries, dates, LATE, LAST)
    assert (found.index, found.refused) == (0, {1: "closed"})
    assert choose(tries[1:], dates, LATE, LAST).index is None


def test_attempts_beyond_the_number_that_counts_are_refused() -> None:
    tries = [tried(-4 * DAY, "1", "a"), tried(-3 * DAY, "1", "a"), tried(-2 * DAY, "2", "b"),
             tried(-DAY, "2", "c")]  # fmt: skip
    found = choose(tries, Deadline(DUE), LATE, Attempts("last", 2))
    assert (found.index, found.refused) == (2, {3: "too many"})


def test_without_attempts_there_is_no_choice() -> None:
    assert choose([], Deadline(DUE), LATE, BEST).index is None


# --- late days ----------------------------------------------------------------------------------


def test_late_days_come_off_before_anything_is_lost() -> None:
    found = lateness(after(2 * DAY), Deadline(DUE), LATE, days=3)
    assert (found.days, found.periods, found.lost) == (2, 0, 0)
    found = lateness(after(2 * DAY + HOUR), Deadline(DUE), LATE, days=1)
    assert (found.days, found.periods, found.lost) == (1, 2, Decimal("0.2"))


def test_a_unit_takes_as_many_late_days_as_save_points() -> None:
    def days(*tries: Try, left: int = 5, late: Late = LATE) -> int:
        return spend({"e": tries}, {"e": Decimal(2)}, Deadline(DUE), late, LAST, left)

    assert days(tried(-DAY, "2")) == 0
    assert days(tried(10 * MINUTE, "2")) == 0  # grace
    assert days(tried(2 * DAY, "2")) == 2
    assert days(tried(2 * DAY, "2"), left=1) == 1
    assert days(tried(2 * DAY, "0")) == 0  # nothing to save
    assert days(tried(9 * DAY, "2"), left=2) == 0  # the floor would stay the same
    assert days(tried(2 * DAY, "2"), late=Late()) == 0


@given(
    by=st.timedeltas(min_value=-3 * DAY, max_value=30 * DAY),
    more=st.timedeltas(min_value=timedelta(0), max_value=9 * DAY),
    days=st.integers(0, 9),
)
def test_later_never_costs_less_and_a_late_day_never_costs(
    by: timedelta, more: timedelta, days: int
) -> None:
    first, second = lost(after(by)), lost(after(by + more))
    assert 0 <= first <= second <= LATE.at_most
    assert lost(after(by), days=days) <= first
