"""A roster imported again: names follow ids, nobody is lost, two people are not one."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.people import Person
from grader.errors import UsageError
from support.gradebooks import DOE, ROE, attempt, result

Open = Callable[..., Gradebook]


def test_a_new_name_under_a_known_id_is_the_same_student(book: Gradebook) -> None:
    assert book.import_roster([DOE, ROE]).added == ("doe", "roe")
    book.settle(attempt(), [result()])
    smith = Person("smith", "Jane Smith", section="friday", aliases={"canvas": "101"})
    found = book.import_roster([smith, ROE])
    assert (found.added, found.changed, found.gone) == ((), ("doe",), ())
    jane = book.person("101")
    assert (jane.key, jane.name, jane.section) == ("doe", "Jane Smith", "friday")
    assert book.marks()[0].earned > 0
    assert book.import_roster([smith, ROE]) == msgspec.structs.replace(found, changed=())


def test_who_is_gone_is_inactive_keeps_everything_and_can_return(book: Gradebook) -> None:
    book.import_roster([DOE, ROE])
    book.settle(attempt("roe"), [result()])
    assert book.import_roster([DOE]).gone == ("roe",)
    assert [each.person.key for each in book.marks()] == ["doe"]
    assert [each.person.key for each in book.marks(everyone=True)] == ["doe", "roe"]
    assert list(book.people()) == ["doe"]
    assert book.import_roster([DOE]).gone == ()
    found = book.import_roster([DOE, ROE])
    assert (found.returned, found.added) == (("roe",), ())
    assert book.marks(["roe"])[0].earned > 0
    inactive = msgspec.structs.replace(ROE, active=False)  # a collected roster says it itself
    assert book.import_roster([DOE, inactive, Person("poe", active=False)]).gone == ("roe",)


def test_the_lms_s_test_student_is_nobody(book: Gradebook) -> None:
    found = book.import_roster([DOE, Person("x", "Student, Test"), Person("y", "Test Student")])
    assert (found.added, found.left_out) == (("doe",), ("Student, Test", "Test Student"))


def test_a_participant_number_is_kept_by_nobody(book: Gradebook) -> None:
    doe = msgspec.structs.replace(DOE, aliases={"moodle": "7", "sis": "S1"})
    book.import_roster([doe, ROE])
    swapped = msgspec.structs.replace(ROE, aliases={"moodle": "7", "canvas": "102"})
    assert book.import_roster([DOE, swapped]).refused == ()
    assert book.people()["doe"].aliases == {
        "canvas": "101", "email": "jane@example.org", "sis": "S1"
    }  # fmt: skip
    with pytest.raises(UsageError, match="There is no student 7"):
        book.person("7")


def test_an_address_that_moves_on_is_the_new_one_s(book: Gradebook) -> None:
    book.import_roster([DOE, ROE])
    doe = msgspec.structs.replace(DOE, email="new@example.org")
    poe = Person("poe", "Edgar Poe", "jane@example.org", aliases={"canvas": "103"})
    book.import_roster([doe, ROE, poe])
    assert book.person("new@example.org").key == "doe"


def test_contradictions_are_told_and_cost_nobody_anything(book: Gradebook) -> None:
    book.import_roster([DOE, ROE])
    other = msgspec.structs.replace(DOE, aliases={"canvas": "999"}, email="")
    found = book.import_roster([other, ROE, Person("poe")])
    assert found.added == ("poe",)
    assert found.gone == ()
    [sentence] = found.refused
    assert "two people, or one with a new account?" in sentence
    assert book.people()["doe"].aliases["canvas"] == "101"
    twice = book.import_roster(
        [DOE, ROE, Person("poe"), Person("jane2", aliases={"canvas": "101"})]
    )
    assert "is in the roster twice, or shares an id" in twice.refused[0]


def test_one_name_of_two_people_means_neither(book: Gradebook) -> None:
    book.import_roster([Person("lee1", "Ann Lee"), Person("lee2", "Ann  Lee")])
    with pytest.raises(UsageError, match="ann lee may be lee1, lee2; name one of these"):
        book.person("ann lee")


def test_who_hands_in_before_any_roster_is_known_by_key(book: Gradebook) -> None:
    book.settle(attempt("doe"), [result()])
    found = book.import_roster([DOE])
    assert (found.added, found.changed) == ((), ("doe",))
    assert book.marks()[0].person.name == "Jane Doe"
