"""Who is meant: by an id, by a name that is wholly theirs, or nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classroom.intake.handin import Identity
from grader.classroom.listed import read_listing
from grader.classroom.people import Person
from grader.classroom.roster import Roster
from support.collecting import Put


def roster(put: Put, text: str, known: Roster | None = None) -> Roster:
    found = known or Roster()
    listing = read_listing(put("r.csv", text))
    found.merge(listing)
    found.leave_out({key for _, key in found.rows(listing)})
    return found


def test_names_follow_the_ids_and_keys_never_change(put: Put) -> None:
    first = roster(put, "student,name,sis\nj1,Jane Doe,S1\nr2,Rick Roe,S2\n")
    again = roster(put, "name,sis\nJane Miller,S1\nNew One,S3\n", Roster(first.people))
    assert {p.key: (p.name, p.active) for p in again.people} == {
        "j1": ("Jane Miller", True), "r2": ("Rick Roe", False), "New-One": ("New One", True)
    }  # fmt: skip
    back = roster(put, "name,sis\nRick Roe,S2\n", Roster(again.people))
    assert back.person("r2").active


def test_who_leaves_a_team_is_out_of_it(put: Put) -> None:
    first = roster(put, "student,name,team,section\nj,Jane Doe,T,A\n")
    assert [p.key for p in first.team("t")] == ["j"]
    plain = roster(put, "student,name\nj,Jane Doe\n", Roster(first.people))
    assert (plain.person("j").team, plain.person("j").section) == ("T", "A")
    out = roster(put, "student,name,team,section\nj,Jane Doe,,B\n", Roster(first.people))
    assert (out.person("j").team, out.person("j").section) == ("", "B")
    assert out.team("T") == []


def test_two_with_one_name_are_two(put: Put) -> None:
    found = roster(put, "student,name\nk1,Kim Lee\nk2,Kim Lee\n")
    assert len(found.people) == 2
    assert "may be k1 or k2" in found.find(Identity("x", name="Kim Lee")).problem
    assert found.find(Identity("x", word="K2")).person == found.person("k2")
    again = roster(put, "student,name\nk1,Kim Lee\nk2,Kim Lee\n", Roster(found.people))
    assert again.people == found.people


def test_ids_that_belong_to_two_are_nobody_s(put: Put) -> None:
    found = roster(put, "student,email,sis\na,a@x.org,S1\nb,b@x.org,S2\n")
    who = Identity("?", {"email": "A@X.org", "sis": "S2"})
    assert found.find(who).person is None
    assert "belong to a or b" in found.find(who).problem
    notes = found.merge(read_listing(put("n.csv", "name,email,sis\nC,a@x.org,S2\n")))
    assert len(notes) == 1
    assert notes[0].startswith("n.csv:2 has ids of a or b, so it was left out. If they are one, ")


def test_a_name_does_not_beat_an_id(put: Put) -> None:
    found = roster(put, "student,name,canvas\nj,Jane Doe,101\n")
    other = Identity("doejane (102)", {"canvas": "102"}, name="doejane")
    assert found.find(other).person is None
    assert found.find(other).problem == ""
    renamed = found.find(Identity("millerjane (101)", {"canvas": "101"}, name="millerjane"))
    assert renamed.person == found.person("j")
    assert "by the id" in renamed.note


@pytest.mark.parametrize(
    "key",
    ["../../etc", "a/b", ".hidden", "-rf", "", "a" * 300, "\u202eevil", "CON", "李" * 80, "a\nb"],
)
def test_a_key_is_always_fit_to_be_a_folder(put: Put, key: str) -> None:
    text = 'student,name\n"' + key + '","Zoë Ó"\n'
    (person,) = roster(put, text).people
    assert "/" not in person.key
    assert not person.key.startswith((".", "-"))
    assert person.key.isprintable()
    assert 0 < len(person.key.encode()) <= 200


@given(st.lists(st.text(max_size=30), max_size=8))
def test_keys_are_never_given_twice(names: list[str]) -> None:
    found = Roster()
    keys = [found.add(Identity("", name=name), active=True).key for name in names]
    assert len({key.casefold() for key in keys}) == len(names)
    assert all("/" not in key and key not in (".", "..") for key in keys)


def test_old_members_are_found_by_what_is_kept_of_them() -> None:
    kept = Roster([Person("j", "Jane Doe", aliases={"canvas": "101", "email": "J@x.org"})])
    for who in (
        Identity("", {"canvas": "101"}), Identity("", {"email": "j@X.org"}),
        Identity("", name="doejane"), Identity("", word="JANE_DOE"), Identity("", word="101"),
    ):  # fmt: skip
        assert kept.find(who).person == kept.person("j"), who
