"""What a cell comes to: what is skipped costs nothing, what nobody handed in is no zero."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest

from grader.classroom.exports.cells import Counting, exact, rounded, worth
from grader.classroom.exports.export import Request
from support.exporting import HANDED_IN, NOW, all_units, excused, extended, given, request
from support.gradebooks import DAY, DOUBLE, LENGTH, attempt, course, result


def cell(asked: Request, student: str, unit: str = "01_a") -> tuple[Fraction | None, str]:
    [one] = [each for each in asked.students if each.person.key == student]
    target = asked.course if unit == "course" else asked.course.unit(unit)
    assert target is not None
    found = Counting(asked).cell(one, target)
    return found.share, found.why


@pytest.mark.parametrize(
    ("student", "share"),
    [
        ("doe", Fraction(5, 7)),  # 2.5 of 3.5
        ("roe", Fraction(9, 10)),  # 2 of 2, the skipped test not counted, a tenth for lateness
        ("zoe", Fraction(0)),
        ("evil", Fraction(3, 5)),  # 1.5 of 2.5: a fault of the grader costs nothing
    ],
)
def test_a_share_is_earned_out_of_what_could_be_earned(student: str, share: Fraction) -> None:
    assert cell(request(), student) == (share, "")


def test_nothing_handed_in_stays_unless_it_is_to_be_a_zero() -> None:
    assert cell(request(), "new") == (None, "nothing handed in")
    assert cell(request(missing_zero=True), "new") == (0, "")


def test_a_unit_without_a_date_that_nobody_has_begun_is_no_zero() -> None:
    units = [msgspec.structs.replace(unit, due=None) for unit in course().units]
    undated = msgspec.structs.replace(course(), units=tuple(units))
    asked = request(taught=undated, missing_zero=True)
    assert cell(asked, "new", "01_a") == (0, "")
    assert cell(asked, "new", "02_b") == (None, "nothing handed in")


@pytest.mark.parametrize("zero", [False, True])
def test_who_has_more_time_has_no_zero(zero: bool) -> None:
    asked = request(entries=[extended("new", 9)], missing_zero=zero)
    assert cell(asked, "new") == (None, "still open")
    assert cell(request(missing_zero=zero), "doe", "02_b") == (None, "still open")


def test_who_is_excused_from_all_of_it_has_no_cell() -> None:
    entries = [excused("new", "length"), excused("new", "double", 2)]
    assert cell(request(entries=entries, missing_zero=True), "new") == (None, "excused")


def test_what_one_is_excused_from_counts_in_neither_number() -> None:
    assert cell(request(entries=[excused("doe", "double")]), "doe") == (1, "")


def test_points_that_a_person_gave_count_beside_what_is_missing() -> None:
    asked = request(entries=[given("new", "length", "2")])
    assert cell(asked, "new") == (Fraction(4, 7), "")


def test_what_nobody_was_judged_in_is_not_graded_yet() -> None:
    only = [(one, [judged[0]]) for one, judged in HANDED_IN]
    assert cell(request(only), "doe") == (None, "not graded yet: double")
    some = [*only[1:], HANDED_IN[0]]
    assert cell(request(some), "roe") == (Fraction(9, 20), "")  # 0.9 of 1 + 1


def test_what_could_not_be_tried_at_all_is_not_graded() -> None:
    skipped = [
        result(LENGTH, test_one="skipped", test_two="skipped"),
        result(DOUBLE, test_one="skipped"),
    ]
    found = cell(request([(attempt("doe"), skipped)]), "doe")
    assert found == (None, "no test of it could be run")


def test_the_course_counts_the_units_that_are_due() -> None:
    asked = request(all_units())
    assert [unit.id for unit in Counting(asked).counted] == ["01_a"]
    assert cell(asked, "doe", "course") == (Fraction(5, 7), "")
    later = request(all_units(), now=NOW + 10 * DAY)
    counting = Counting(later)
    assert [unit.id for unit in counting.counted] == ["01_a", "02_b"]
    assert cell(later, "doe", "course") == (Fraction(5, 11), "")
    roe = counting.cell(later.students[1], later.course)
    assert (roe.share, roe.zeros) == (Fraction(18, 40), ("02_b",))
    assert cell(later, "new", "course") == (None, "nothing handed in")


def test_a_missing_unit_is_a_zero_of_the_course_on_request() -> None:
    later = request(all_units(), now=NOW + 10 * DAY, missing_zero=True)
    assert cell(later, "new", "course") == (0, "")
    only = [(one, [judged[0]]) for one, judged in HANDED_IN]
    assert cell(request(only), "doe", "course") == (None, "not graded yet: double")
    assert cell(request(only, missing_zero=True), "doe", "course") == (Fraction(5, 7), "")


def test_a_unit_that_is_still_open_for_one_is_left_out_for_them() -> None:
    later = request(all_units(), now=NOW + 10 * DAY, entries=[extended("roe", 30)])
    found = Counting(later).cell(later.students[1], later.course)
    assert (found.share, found.zeros, found.left_out) == (1, (), ("02_b",))


def test_a_unit_that_is_due_but_was_not_graded_is_named() -> None:
    counting = Counting(request(now=NOW + 10 * DAY))
    assert [unit.id for unit in counting.counted] == ["01_a"]
    assert [unit.id for unit in counting.unjudged] == ["02_b"]


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("1/8", "0.13"),
        ("1/3", "0.33"),
        ("2/3", "0.67"),
        ("0", "0.00"),
        ("12345678901/100", "123456789.01"),
    ],
)
def test_half_of_the_last_place_goes_up(value: str, number: str) -> None:
    assert str(rounded(Fraction(value))) == number


def test_exact_numbers_have_the_places_that_they_need() -> None:
    assert [f"{exact(Fraction(n, 16)):f}" for n in (0, 5, 160)] == ["0", "0.3125", "10"]


def test_the_worth_of_units_is_that_of_their_exercises() -> None:
    assert worth(request().course.units) == Decimal("5.5")
