"""A class in which one person was two: read as one student's, and written down so."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from grader.classroom.attempt import Attempt
from grader.classroom.collected import read_class
from grader.classroom.gradebook.values import Merger
from grader.classroom.merged import attempt_of, joined, people_of
from grader.classroom.people import Person
from grader.classroom.store import Store
from support.collecting import Class, Put
from support.gradebooks import DUE

CODE = "def magnitude(v):\n    return {}\n"
MERGERS = {"jd@x.org": Merger("jd@x.org", "doe", {"*": 1}, (), "me", "", DUE)}


def two_roads(room: Class, put: Put) -> tuple[Path, Path]:
    """`doe` by login, then the same person by e-mail, whose hand-in came earlier."""
    times = put("times.csv", "student,time\ndoe,2026-11-02T10:00Z\njd@x.org,2026-11-01T10:00Z\n")
    one = put("one/doe/magnitude.py", CODE.format(1)).parents[1]
    other = put("two/jd@x.org/magnitude.py", CODE.format(2)).parents[1]
    room.collect(one, other)
    room.collect(one, other, times=times)
    return one, other


def test_a_class_that_was_not_at_hand_is_read_as_one_students(room: Class, put: Put) -> None:
    two_roads(room, put)
    before = room.state()
    _, people, attempts = read_class(room.root, MERGERS)
    assert [(p.key, p.former) for p in people] == [("doe", ("jd@x.org",))]
    assert [(a.student, a.number, a.picked) for a in attempts] == [
        ("doe", 1, True), ("doe", 2, False),
    ]  # fmt: skip
    assert room.state() == before


def test_it_is_written_down_once_and_collected_for_from_then_on(room: Class, put: Put) -> None:
    one, other = two_roads(room, put)
    with Store.open(room.root) as store:
        assert store.merge(MERGERS) == 1
    after = room.state()
    with Store.open(room.root) as store:
        assert store.merge(MERGERS) == 0
    assert room.state() == after
    assert set(room.people) == {"doe"}
    assert room.attempts["doe"].number == 1
    room.collect(one, other)
    assert len(read_class(room.root)[2]) == 2
    put("two/jd@x.org/magnitude.py", CODE.format(3))
    room.collect(other)
    newest = read_class(room.root)[2]
    assert [(a.student, a.number) for a in newest] == [("doe", 1), ("doe", 3), ("doe", 2)]
    assert set(room.people) == {"doe"}


def test_both_accounts_may_hand_in_at_once(room: Class, put: Put) -> None:
    two_roads(room, put)
    with Store.open(room.root) as store:
        store.merge(MERGERS)
    put("three/doe/magnitude.py", CODE.format(4))
    room.collect(put("three/jd@x.org/magnitude.py", CODE.format(5)).parents[1])
    newest = read_class(room.root)[2]
    assert [a.student for a in newest] == ["doe"] * 4
    assert sorted(a.number for a in newest) == [1, 2, 3, 4]
    assert not room.problems()


def test_a_roster_that_lists_both_is_about_one(room: Class, put: Put) -> None:
    two_roads(room, put)
    with Store.open(room.root) as store:
        store.merge(MERGERS)
    sheet = "student,name,email\njd@x.org,J. Doe,jd@x.org\ndoe,Jane Doe,jane@x.org\n"
    room.collect(put("three/J. Doe/magnitude.py", CODE.format(4)).parents[1],
                 rosters=(put("class.csv", sheet),))  # fmt: skip
    [person] = read_class(room.root)[1]
    assert (person.key, person.name, person.email) == ("doe", "Jane Doe", "jane@x.org")
    assert person.former == ("jd@x.org",)


@pytest.mark.parametrize("first", ["jd@x.org", "doe"])
def test_a_blank_in_their_own_row_is_filled_by_the_other_s_wherever_it_stands(
    room: Class, put: Put, first: str
) -> None:
    two_roads(room, put)
    with Store.open(room.root) as store:
        store.merge(MERGERS)
    rows = {"jd@x.org": "jd@x.org,J. Doe,friday,red", "doe": "doe,Jane Doe,tuesday,"}
    sheet = [rows.pop(first), *rows.values()]
    roster = put("class.csv", "\n".join(("student,name,section,team", *sheet)))
    room.collect(put("three/doe/magnitude.py", CODE.format(4)).parents[1], rosters=(roster,))
    [person] = read_class(room.root)[1]
    assert (person.name, person.section, person.team) == ("Jane Doe", "tuesday", "red")


def test_a_team_has_each_of_them_once() -> None:
    both = Attempt("jd@x.org", 1, "folder", "a: b", "d", "01_vectors", team=("jd@x.org", "doe"))
    assert attempt_of(both, MERGERS) == msgspec.structs.replace(
        both, student="doe", number=2, team=()
    )
    mate = msgspec.structs.replace(both, student="roe", team=("roe", "jd@x.org"))
    assert attempt_of(mate, MERGERS) == msgspec.structs.replace(mate, team=("roe", "doe"))
    for known in (both, mate):
        once = attempt_of(known, MERGERS)
        assert attempt_of(once, MERGERS) == once


def test_words_of_the_other_stand_in_where_there_are_none() -> None:
    keep = Person("doe", "Jane Doe", aliases={"canvas": "1"}, active=False)
    gone = Person("jd@x.org", "J. Doe", "jd@x.org", "friday", aliases={"canvas": "2", "sis": "3"})
    person = joined(keep, gone)
    assert person == Person(
        "doe", "Jane Doe", "jd@x.org", "friday", aliases={"canvas": "1", "sis": "3"},
        also=(("key", "jd@x.org"), ("name", "J. Doe"), ("canvas", "2")),
    )  # fmt: skip
    assert people_of([gone], MERGERS)[0].key == "doe"
    assert people_of(people_of([keep, gone], MERGERS), MERGERS) == [person]
