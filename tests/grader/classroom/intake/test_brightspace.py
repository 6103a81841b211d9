"""Brightspace's downloads."""

from __future__ import annotations

import zoneinfo
from datetime import datetime
from pathlib import Path

import pytest

from support.collecting import Class, Put
from support.lms import MAGNITUDE
from tools.lms import brightspace_zip

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
WORK = {"magnitude.py": MAGNITUDE}
JANE = ("39786-640693", "Jane Doe", "Oct 10, 2027 1022 AM", WORK)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BERLIN)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize("within", ["", "Lab 1"])
@pytest.mark.parametrize("flat", [False, True])
def test_whose_it_is_and_when_it_came(room: Class, put: Put, within: str, flat: bool) -> None:
    zip_ = brightspace_zip(
        [JANE, ("39787-640694", "23304308 Roe", "05 March 2027 612 PM", WORK)],
        within=within, flat=flat,
    )  # fmt: skip
    room.collect(put("d.zip", zip_), zone=BERLIN)
    [source] = room.summary.sources
    assert (source.kind, source.hand_ins, source.new) == ("brightspace", 2, 2)
    assert room.summary.problems == ()
    assert room.people == {"Jane-Doe": "Jane Doe", "23304308": "Roe"}
    assert room.attempts["Jane-Doe"].at == at(2027, 10, 10, 10, 22)
    assert room.attempts["23304308"].at == at(2027, 3, 5, 18, 12)
    assert room.files("Jane-Doe") == WORK
    assert any("Brightspace's own list" in note for note in room.summary.notes)


def test_each_submission_is_an_attempt_and_the_last_counts(room: Class, put: Put) -> None:
    newer = {"lab/magnitude.py": b"# newer\n"}
    roster = put("r.csv", "student,name\nd1,Jane Doe\n")
    room.collect(
        put("d.zip", brightspace_zip([("1-2", "Doe, Jane", "Oct 11, 2027 1201 AM", newer),
                                      ("1-2", "Doe, Jane", "Oct 10, 2027 1159 PM", WORK)])),
        rosters=(roster,), zone=BERLIN,
    )  # fmt: skip
    assert room.attempts["d1"].at == at(2027, 10, 11, 0, 1)
    assert room.files("d1") == newer
    assert room.summary.attempts == 2


def test_two_of_one_name_are_never_taken_for_one(room: Class, put: Put) -> None:
    other = ("39999-640693", "Jane Doe", "Oct 10, 2027 1030 AM", WORK)
    room.collect(put("d.zip", brightspace_zip([JANE, other])))
    assert room.attempts == {}
    assert room.summary.unmatched == 2
    assert any("Several are called Jane Doe (39786-640693, 39999-640693)" in each.what
               for each in room.summary.problems)  # fmt: skip


@pytest.mark.parametrize(
    "when", ["10 listopada 2027 1422", "maanantai 3, 2027 1010", "Oct 45, 2027 1010 AM"]
)
def test_a_time_in_another_language_is_none_and_is_told(room: Class, put: Put, when: str) -> None:
    room.collect(put("d.zip", brightspace_zip([("1-2", "Jane Doe", when, WORK)])))
    attempt = room.attempts["Jane-Doe"]
    assert attempt.at is None
    assert any("give it with --times" in note for note in attempt.notes)


@pytest.mark.parametrize("flat", [True, False])
@pytest.mark.parametrize(
    ("when", "clock"),
    [
        ("2027年10月9日 1205", (12, 5)),
        ("2027年10月9日 下午 305", (15, 5)),
        ("2027-10-09 905", (9, 5)),
        ("9 de octubre de 2027 1205 a. m.", (0, 5)),
    ],
)
def test_the_day_may_stand_in_any_order(
    room: Class, put: Put, when: str, clock: tuple[int, int], flat: bool
) -> None:
    entry = ("1-2", "王小明", when, {"magnitude.py": MAGNITUDE})
    roster = put("r.csv", "student,name\nwang,王小明\n")
    room.collect(put("d.zip", brightspace_zip([entry], flat=flat)), rosters=(roster,), zone=BERLIN)
    assert room.attempts["wang"].at == at(2027, 10, 9, *clock)


def test_the_same_unpacked(room: Class, put: Put, tmp_path: Path) -> None:
    put("d/1-2 - Jane Doe - Oct 10, 2027 1022 AM/magnitude.py", MAGNITUDE)
    room.collect(tmp_path / "d", zone=BERLIN)
    assert room.attempts["Jane-Doe"].at == at(2027, 10, 10, 10, 22)
