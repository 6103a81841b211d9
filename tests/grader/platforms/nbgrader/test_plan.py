"""What nbgrader is to have of a class: sums, lateness, excuses, names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.classroom.exports.cells import Counting, worth
from grader.classroom.exports.export import Work
from grader.classroom.exports.filling import Notes
from grader.classroom.gradebook.values import Submission
from grader.classroom.nbgraded import Student
from grader.classroom.people import Person
from grader.errors import UsageError
from grader.platforms.nbgrader.plan import Plan, plan
from grader.platforms.nbgrader.there import MARK, Assignment, Book, Held, Submitted, There
from support.exporting import CLASS, HANDED_IN, HandIn, excused, given, request
from support.gradebooks import DAY, DOUBLE, DUE, HOUR, LENGTH, attempt, result

POINTS = {f"{MARK}length": Decimal("2.5"), f"{MARK}double": Decimal(1)}
FIRST = Assignment("01_a", (Book("01_a", POINTS, frozenset({"code-length"})),))
STUDENTS = (
    Student("doe", "Jane", "Doe", "jane@example.org"),
    Student("x102", "Richard", "Roe", lms="102"),
    Student("ta", "Tea", "Ay"),
)
THERE = There(STUDENTS, (FIRST,), {})


def planned(there: There = THERE, **others: Any) -> tuple[Plan, dict[str, tuple[str, ...]]]:
    """The plan, and what was told, by heading."""
    notes = Notes()
    found = plan(request(**others), there, notes)
    return found, {notice.heading: notice.lines for notice in notes.notices()}


def total(made: Plan, student: str) -> Fraction:
    """What nbgrader's sum comes to: scores minus penalty."""
    [entry] = [e for e in made.entries if e.marks.person.key == student]
    return sum((Fraction(g.score) * (1 - g.lost) for g in entry.given), Fraction(0))


@pytest.mark.parametrize(
    "entries",
    [
        (),
        (excused("doe", "double"), excused("roe", "length", 2)),
        (
            given("doe", "double", "0.75"),
            excused("zoe", "double", 2),
            given("roe", "length", "0", 3),
        ),
    ],
)
@pytest.mark.parametrize("late", ["wxb", "lms"])
def test_the_sum_is_the_mark_whatever_was_skipped_excused_late_or_given(
    entries: Sequence[Any], late: Any
) -> None:
    asked = request(entries=entries, late=late)
    made, _ = planned(entries=entries, late=late)
    counting, unit = Counting(asked), asked.course.units[0]
    assert len(made.entries) == 4
    for student in asked.students:
        cell = counting.cell(student, unit)
        if cell.share is None:
            continue
        wanted = cell.share * Fraction(worth([unit]))
        assert abs(total(made, student.person.key) - wanted) < Fraction(1, 10**7)
        [entry] = [
            e for e in made.entries if e.marks is not None and e.marks.person == student.person
        ]
        for one in entry.given:
            assert 0 <= one.score <= POINTS[one.cell], "never above the cell's points"


def test_scores_are_before_lateness_and_the_share_that_it_takes_beside_them() -> None:
    hand_ins = [(attempt("doe", at=DUE + DAY + HOUR), [result(LENGTH), result(DOUBLE)])]
    made, _ = planned(handed_in=hand_ins)
    [entry] = made.entries
    assert [(g.exercise, g.score, g.lost) for g in entry.given] == [
        ("length", Decimal("2.5"), Fraction(1, 5)),
        ("double", Decimal(1), Fraction(1, 5)),
    ]


def test_whose_is_whose_by_id_lms_and_address_and_who_is_new() -> None:
    made, told = planned()
    ids = {e.marks.person.key: (e.student.id, e.is_new) for e in made.entries}
    assert ids["doe"] == ("doe", False)
    assert ids["roe"] == ("x102", False)
    assert ids["zoe"] == ("zoe", True)
    [zoe] = [e.student for e in made.entries if e.student.id == "zoe"]
    assert (zoe.first, zoe.last, zoe.lms) == ("Zoë", "Ångström", "103")
    assert told["Students of nbgrader's whom wxb does not know, left as they are"] == ("ta",)
    assert "Zoë Ångström (zoe) as zoe" in told["New in nbgrader"]


def test_two_of_nbgrader_s_for_one_person_stay() -> None:
    twice = There((*STUDENTS, Student("jdoe", "J", "D", "jane@example.org")), (FIRST,), {})
    made, told = planned(twice)
    assert "doe" not in {e.marks.person.key for e in made.entries}
    assert told["Several of nbgrader's students are one person, left as they are"] == (
        "Jane Doe (doe): doe, jdoe",
    )


@pytest.mark.parametrize("name", ["../up", ".hidden", "a/b"])
def test_an_id_that_is_no_folder_s_name_becomes_none(name: str) -> None:
    person = Person("fine", "Fi Ne", aliases={"hub": name})
    work = [(attempt("fine"), [result(LENGTH), result(DOUBLE)])]
    made, _ = planned(handed_in=work, people=[person])
    assert [e.student.id for e in made.entries] == ["fine"]
    there = There((Student(name, "Fi", "Ne"),), (FIRST,), {})
    made, told = planned(there, handed_in=work, people=[person])
    assert made.entries == ()
    assert told["Their id can be no folder's name, left as they are"] == (name,)


def test_what_is_overwritten_and_what_a_person_gave_is_told() -> None:
    cells = {
        ("01_a", f"{MARK}length"): Held(1.0, None, 0.5),
        ("01_a", f"{MARK}double"): Held(0.0, 0.25, None),
    }
    work = {("doe", "01_a"): Submitted((DUE - DAY).astimezone(UTC), cells)}
    made, told = planned(msgspec.structs.replace(THERE, work=work))
    assert made.changed == {"01_a": 1}
    assert told["Scores that are overwritten"] == ("doe: 01_a, length: 1 becomes 2.5",)
    assert told["Scores by hand stay, and hold"] == ("doe: 01_a, double: 0.25, not 0",)
    assert told["Extra credit stays"] == ("doe: 01_a, length: 0.5",)


def test_nothing_handed_in_is_no_submission_even_as_a_zero() -> None:
    there = There((*STUDENTS, Student("new", lms="105")), (FIRST,), {})
    made, told = planned(there, missing_zero=True)
    assert "new" not in {e.marks.person.key for e in made.entries}
    assert any("Nothing handed in" in heading for heading in told)


def test_points_that_differ_are_refused_or_scaled() -> None:
    other = Assignment("01_a", (Book("01_a", {**POINTS, f"{MARK}length": Decimal(5)}),))
    there = There(STUDENTS, (other,), {})
    with pytest.raises(
        UsageError, match=r"wxb-length: 2.5 points of the course, and 5 in nbgrader"
    ):
        planned(there)
    made, told = planned(there, scale=True)
    [doe] = [e for e in made.entries if e.student.id == "doe"]
    assert [g.score for g in doe.given] == [Decimal(5), Decimal(0)]
    assert told["Scaled to nbgrader's points"]


def test_assignments_by_title_and_by_word() -> None:
    named = Assignment("ps1", FIRST.books)
    with pytest.raises(UsageError, match=r"No assignment .* \(there: ps1\).*--column"):
        planned(There(STUDENTS, (named,), {}))
    made, _ = planned(There(STUDENTS, (named,), {}), columns=(("ps1", "01_a"),))
    assert {e.assignment.name for e in made.entries} == {"ps1"}
    with pytest.raises(UsageError, match="never the whole course's"):
        planned(There(STUDENTS, (named,), {}), columns=(("ps1", "course"),))


def test_what_has_no_place_in_nbgrader_is_told() -> None:
    one = Assignment("01_a", (Book("01_a", {f"{MARK}length": Decimal("2.5")}),))
    both = [*HANDED_IN, (attempt("doe", 2, "02_b"), [])]
    _, told = planned(There(STUDENTS, (one,), {}), handed_in=both)
    assert told["Exercises without a cell in nbgrader, so their marks are left out"] == (
        "01_a: wxb-double",
    )
    stranger = Assignment("01_a", (Book("01_a", {"essay": Decimal(1)}),))
    made, told = planned(There(STUDENTS, (stranger,), {}))
    assert made.entries == ()
    assert "Assignments without cells of wxb's, left as they are" in told


def test_formgrader_would_ask_again_where_submitted_is_another(tmp_path: Path) -> None:
    place = tmp_path / "submitted" / "doe" / "01_a"
    place.mkdir(parents=True)
    hand_ins: list[HandIn] = [(attempt("doe"), [result(LENGTH), result(DOUBLE)])]
    for text, count in (("2027-01-31 22:59:00.000000 UTC", 0), ("2027-01-31 23:59:00 UTC", 1)):
        (place / "timestamp.txt").write_text(text, "utf-8")
        asked = request(handed_in=hand_ins, people=CLASS[:1], folder=tmp_path)
        one = attempt("doe")
        kept = Submission(1, ("doe",), 1, "canvas", "a", "d", "01_a", one.at, None, DUE)
        work = Work(lambda number: result(), {1: kept}, lambda number: None)
        notes = Notes()
        plan(msgspec.structs.replace(asked, work=work), THERE, notes)
        heads = [n.heading for n in notes.notices() if "submitted/" in n.heading]
        assert len(heads) == count
