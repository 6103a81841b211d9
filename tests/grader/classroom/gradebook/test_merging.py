"""Two students who are one person: nothing is lost, and the old key means the other."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.values import Adjustment, Merger, Push
from grader.classroom.people import Person
from grader.errors import UsageError
from support.gradebooks import DAY, DOE, DUE, HOUR, ROE, attempt, result

COUNT = 20
TESTS = Path(__file__).parents[3]
Open = Callable[..., Gradebook]
MAIL = Person("jd@example.org", "J. Doe", "jd@example.org", "friday", aliases={"canvas": "109"})
MERGED = {"who": "me", "why": "two roads"}


@pytest.fixture
def two(book: Gradebook) -> Gradebook:
    """One person as two students: `doe` before and after the other key's hand-in."""
    book.import_roster([DOE, MAIL, ROE])
    book.settle(attempt("doe", 1, at=DUE - 3 * DAY), [result(sources="first", test_one="failed")])
    book.settle(attempt("doe", 2, at=DUE - DAY), [result(sources="last", test_two="failed")])
    book.settle(attempt(MAIL.key, 1, at=DUE - 2 * DAY), [result(sources="mail")])
    return book


def adjusted(kind: str, student: str, **fields: object) -> Adjustment:
    return Adjustment(0, kind, "me", DUE, "ill", student, **fields)  # type: ignore[arg-type]


def test_all_of_it_is_one_students_in_order_of_time(two: Gradebook) -> None:
    found = two.mergers.merge("doe", MAIL.key, **MERGED)
    assert (found.person.key, found.gone.key, found.submissions) == ("doe", MAIL.key, 1)
    assert [p.key for p in two.people(everyone=True).values()] == ["doe", "roe"]
    handed_in = two.submissions("doe")
    assert [(each.number, each.students) for each in handed_in] == [
        (1, ("doe",)), (2, ("doe",)), (3, ("doe",)),
    ]  # fmt: skip
    [marks] = two.marks(["doe"])
    mark = marks.mark("length")
    assert mark is not None
    assert (mark.attempt, mark.attempts, mark.at) == (2, 3, DUE - DAY)
    assert [verdict.sources for verdict in two.verdicts()] == ["first", "last", "mail"]


def test_the_order_of_time_decides_with_a_student_of_earlier_attempts(two: Gradebook) -> None:
    two.mergers.merge(MAIL.key, "doe", **MERGED)
    [marks] = two.marks([MAIL.key])
    mark = marks.mark("length")
    assert mark is not None
    assert (mark.attempt, mark.attempts, mark.at) == (3, 3, DUE - DAY)
    with pytest.raises(KeyError):
        two.people(everyone=True)["doe"]


def test_the_old_key_and_ids_mean_the_other_from_then_on(two: Gradebook) -> None:
    two.mergers.merge("doe", MAIL.key, **MERGED)
    for text in (MAIL.key, "109", "101", "jane@example.org"):
        assert two.person(text).key == "doe"
    again = attempt(MAIL.key, 1, at=DUE - 2 * DAY)
    known = two.recorded([again])
    assert [each.is_all for each in known.values()] == [True]
    before = two.submissions()
    two.settle(again, [result(sources="mail")])
    two.settle_all([(again, {})])
    assert two.submissions() == before
    two.settle(attempt("roe", 1, team=("roe", MAIL.key)), [])
    assert two.submissions()[-1].students == ("doe", "roe")
    assert set(two.people(everyone=True)) == {"doe", "roe"}


def test_a_roster_with_both_is_of_one_and_their_own_entry_has_the_word(two: Gradebook) -> None:
    two.mergers.merge("doe", MAIL.key, **MERGED)
    before = two.people()["doe"]
    for people in ([MAIL, DOE, ROE], [DOE, MAIL, ROE]):
        imported = two.import_roster(people)
        assert imported == type(imported)()
        assert two.people()["doe"] == before
    assert two.import_roster([MAIL, ROE]).gone == ()
    assert two.people()["doe"] == before


def test_the_same_bytes_under_the_same_number_stay_two(two: Gradebook) -> None:
    two.settle(attempt(MAIL.key, 2, at=DUE - HOUR, digest="doe1"), [result(sources="first")])
    two.settle(attempt(MAIL.key, 3, at=DUE - HOUR, digest="doe1"), [result(sources="first")])
    two.mergers.merge("doe", MAIL.key, **MERGED)
    assert [each.number for each in two.submissions("doe")] == [1, 2, 3, 4, 5]


def test_numbers_of_a_unit_and_of_any_stay_apart(book: Gradebook) -> None:
    for number in (1, 2):
        book.settle(attempt("doe", number, None, None), [result()])
    book.settle(attempt(MAIL.key, 1, at=None), [result()])
    book.mergers.merge("doe", MAIL.key, **MERGED)
    assert [(each.unit, each.number) for each in book.submissions("doe")] == [
        (None, 1), (None, 2), ("01_a", 3),
    ]  # fmt: skip


def test_decisions_of_both_stay_and_what_both_have_is_named(two: Gradebook) -> None:
    two.adjust([adjusted("override", "doe", exercise="length", points=Decimal(1))])
    two.adjust([adjusted("override", MAIL.key, exercise="length", points=Decimal(2))])
    two.adjust([adjusted("extend", "doe", unit="01_a", by=DAY)])
    two.adjust([adjusted("extend", MAIL.key, unit="01_a", by=2 * DAY)])
    two.adjust([adjusted("excuse", MAIL.key, exercise="double")])
    found = two.mergers.merge("doe", MAIL.key, **MERGED)
    assert found.adjustments == 3
    assert found.conflicts == (
        "name: Jane Doe is kept, J. Doe is not.",
        "section: tuesday is kept, friday is not.",
        "canvas: 101 is kept, and 109 finds them, too.",
        "email: jane@example.org is kept, and jd@example.org finds them, too.",
        "length: an override of 1 by me (doe's) and an override of 2 by me (jd@example.org's) both "
        "hold; the later one decides: an override of 2 by me.",
        "01_a: 2 extensions; the longest holds.",
    )
    assert {entry.student for entry in two.adjustments()} == {"doe"}
    [marks] = two.marks(["doe"])
    length, double = marks.mark("length"), marks.mark("double")
    assert length is not None
    assert double is not None
    assert (length.earned, double.state) == (Decimal(2), "excused")
    assert marks.dates["01_a"].due == DUE + 2 * DAY


def test_what_was_written_to_another_account_says_nothing_of_their_own(two: Gradebook) -> None:
    for student in ("doe", MAIL.key):
        two.begin_push(Push(student, "canvas 7", "grade", "3", "me", DUE))
    found = two.mergers.merge("doe", MAIL.key, **MERGED)
    assert found.pushes == 1
    assert "Marks were written to canvas for both" in found.conflicts[-1]
    assert len(two.pushes("canvas 7", "doe")) == 1
    assert len(two.pushes(f"canvas 7 ({MAIL.key})")) == 1


def test_two_of_one_team_are_two_people_unless_one_was_counted_twice(two: Gradebook) -> None:
    two.settle(attempt("roe", 1, team=("roe", "doe", MAIL.key)), [result()])
    before = two.export("doe")
    with pytest.raises(UsageError, match=r"handed in a\.zip: roe\.py together, so they are two"):
        two.mergers.merge("doe", MAIL.key, **MERGED)
    assert two.export("doe") == before
    two.mergers.merge("doe", MAIL.key, **MERGED, together=True)
    assert two.submissions("roe")[-1].students == ("doe", "roe")


def test_a_dry_run_says_it_and_changes_nothing(two: Gradebook) -> None:
    before = two.export("doe"), two.export(MAIL.key)
    dry = two.mergers.merge("doe", MAIL.key, **MERGED, dry_run=True)
    assert (two.export("doe"), two.export(MAIL.key)) == before
    assert two.mergers.merge("doe", MAIL.key, **MERGED) == dry


def test_one_after_another_and_erased_with_all_keys(two: Gradebook) -> None:
    two.mergers.merge("doe", MAIL.key, **MERGED)
    two.mergers.merge("roe", "doe", **MERGED)
    assert {key: each.student for key, each in two.mergers.known().items()} == {
        MAIL.key: "roe", "doe": "roe",
    }  # fmt: skip
    assert two.person("109").key == "roe"
    assert set(two.person("roe").former) == {"doe", MAIL.key}
    before = two.submissions()
    two.settle(attempt(MAIL.key, 1, at=DUE - 2 * DAY), [])
    assert two.submissions() == before
    assert [each["gone"] for each in two.export("roe")["mergers"]] == [MAIL.key, "doe"]
    two.erase("roe")
    assert two.mergers.known() == {}
    assert two.submissions() == []


def test_figures_are_those_of_one_student(two: Gradebook) -> None:
    two.mergers.merge("doe", MAIL.key, **MERGED)
    standings = two.export("doe")["standings"]
    assert [(each["exercise"], each["attempts"]) for each in standings] == [("length", 3)]


def test_who_settles_for_the_old_key_meanwhile_settles_for_the_other(
    url: str, open_book: Open
) -> None:
    """Another process hands in by the key that goes, in the midst of it."""
    book = open_book()
    book.import_roster([DOE, MAIL, ROE])
    book.settle(attempt("doe"), [result()])
    code = (
        "import sys\nfrom support.gradebooks import write_many\n"
        f"write_many(sys.argv[1], {MAIL.key!r}, {COUNT})"
    )
    writer = subprocess.Popen([sys.executable, "-c", code, url], cwd=TESTS)
    try:
        while not book.submissions(MAIL.key) and writer.poll() is None:
            time.sleep(0.01)
        book.mergers.merge("doe", MAIL.key, **MERGED)
        assert writer.wait(60) == 0
    finally:
        writer.kill()
        writer.wait()
    assert set(book.people(everyone=True)) == {"both", "doe", "roe"}
    alone = [each for each in book.submissions("doe") if each.students == ("doe",)]
    assert len(alone) == COUNT + 1


def test_who_was_merged_with_a_number_for_each_unit_is_merged_on() -> None:
    """Gradebooks have them from before there was one for all units."""
    earlier = merger({"01_a": 2, "02_b": 1})
    assert [earlier.added(unit) for unit in ("01_a", "02_b", "03_c", "")] == [2, 1, 0, 0]
    assert merger({"*": 3, "01_a": 4}).added("01_a") == 4
    assert merger({"*": 3}).added("") == 3


def merger(shift: dict[str, int]) -> Merger:
    return Merger("jdoe", "jane", shift, (), "me", "one person", datetime(2026, 9, 1, tzinfo=UTC))
