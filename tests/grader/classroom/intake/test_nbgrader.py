"""nbgrader's exchange, where every attempt is kept, and submitted/."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from grader.classroom.collected import read_class
from support.collecting import Class, Put
from support.lms import ARITHMETIC, MAGNITUDE, nbgrader_inbound, nbgrader_submitted

OLD, NEW = "2027-02-01 10:20:30.705069 UTC", "2027-02-02 08:00:00.000001 UTC"


def test_all_attempts_of_the_exchange_are_kept_and_the_last_counts(
    room: Class, tmp_path: Path
) -> None:
    inbound = tmp_path / "inbound"
    nbgrader_inbound(inbound, "jdoe", "01_vectors", NEW, {"magnitude.py": MAGNITUDE})
    nbgrader_inbound(inbound, "jdoe", "01_vectors", OLD, {"magnitude.py": b"x"})
    nbgrader_inbound(inbound, "roe", "ps1", OLD, {"arithmetic.py": ARITHMETIC})
    room.collect(inbound)
    assert room.summary.sources[0].kind == "nbgrader"
    _, _, attempts = read_class(room.root)
    assert [(a.number, a.picked) for a in attempts if a.student == "jdoe"] == [
        (1, False),
        (2, True),
    ]
    assert room.files("jdoe") == {"magnitude.py": MAGNITUDE}
    at = datetime.datetime(2027, 2, 2, 8, 0, 0, 1, datetime.UTC)
    assert (room.attempts["jdoe"].at, room.attempts["jdoe"].unit) == (at, "01_vectors")
    before = room.state()
    room.collect(inbound)
    assert room.state() == before


@pytest.mark.parametrize("keep", ["best", "all"])
def test_every_attempt_can_be_picked(room: Class, tmp_path: Path, keep: str) -> None:
    for at in (OLD, NEW):
        nbgrader_inbound(tmp_path / "in", "jdoe", "01_vectors", at, {"magnitude.py": at.encode()})
    room.collect(tmp_path / "in", keep=keep)
    about, _, attempts = read_class(room.root)
    assert about.keep == keep
    assert [attempt.picked for attempt in attempts] == [True, True]
    room.collect(tmp_path / "in")
    assert read_class(room.root)[0].keep == keep, "it stays until something else is asked for"


def test_submitted_and_units_by_their_assignments(room: Class, tmp_path: Path) -> None:
    nbgrader_submitted(tmp_path / "c", "jdoe", "01_vectors", OLD, {"magnitude.py": MAGNITUDE})
    nbgrader_submitted(
        tmp_path / "c", "jdoe", "02_dot_product", "", {"angle.py": b"def angle(): 1"}
    )
    for source in (tmp_path / "c", tmp_path / "c" / "submitted"):
        room.collect(source)
        assert room.summary.sources[0].kind == "nbgrader"
    _, _, attempts = read_class(room.root)
    assert {(a.unit, a.at is None, a.picked) for a in attempts} == {
        ("01_vectors", False, True),
        ("02_dot_product", True, True),
    }


def test_what_was_released_and_graded_is_nobody_s(room: Class, put: Put, tmp_path: Path) -> None:
    """A whole exchange, and a whole course of nbgrader."""
    nbgrader_inbound(tmp_path / "x/la/inbound", "jdoe", "01_vectors", OLD, {"magnitude.py": b"1"})
    put("x/la/outbound/01_vectors/magnitude.py", MAGNITUDE)
    nbgrader_submitted(tmp_path / "y", "roe", "01_vectors", OLD, {"magnitude.py": b"1"})
    put("y/autograded/roe/01_vectors/magnitude.py", MAGNITUDE)
    put("y/gradebook.db", b"x")
    for source in ("x", "y"):
        room.collect(tmp_path / source)
        assert room.summary.sources[0].kind == "nbgrader"
        assert room.summary.problems == ()
    assert sorted(room.attempts) == ["jdoe", "roe"]
    assert room.summary.notes == ("y: 2 files beside what was submitted were left out.",)


def test_a_numeric_zone_and_a_time_that_is_none(room: Class, tmp_path: Path) -> None:
    nbgrader_submitted(tmp_path, "a", "01_vectors", "2027-02-01 12:00:00 +0100", {"a.py": b"1"})
    nbgrader_submitted(tmp_path, "b", "01_vectors", "yesterday", {"b.py": b"1"})
    room.collect(tmp_path / "submitted")
    assert room.attempts["a"].at == datetime.datetime(2027, 2, 1, 11, tzinfo=datetime.UTC)
    assert "cannot be read" in room.problems()["b"]


def test_the_hub_s_name_is_canvas_s_login(room: Class, put: Put, tmp_path: Path) -> None:
    nbgrader_submitted(tmp_path, "jdoe1", "01_vectors", OLD, {"magnitude.py": MAGNITUDE})
    sheet = 'Student,ID,SIS User ID,SIS Login ID,Section\n"Doe, Jane",101,S1,jdoe1,A\n'
    room.collect(tmp_path / "submitted", rosters=(put("g.csv", sheet),))
    assert (list(room.attempts), room.summary.problems) == (["jdoe1"], ())
