"""Moodle's zips, as mod/assign/classes/downloader.php makes them."""

from __future__ import annotations

import datetime
import zoneinfo

import pytest

from support.collecting import Class, Put
from support.lms import MAGNITUDE
from tools.lms import Student, Upload, moodle_sheet, moodle_zip

JANE = Student("Jane", "Doe", 0, "", "", "jane@example.org", "", 1_234_567)
ROE = Student("Rick", "O'Roe_2", 0, "", "", "rick@example.org", "", 1_234_568)
LEE1 = Student("Kim", "Lee", 0, "", "", "kim1@example.org", "", 1_234_569)
LEE2 = Student("Kim", "Lee", 0, "", "", "kim2@example.org", "", 1_234_570)
CLASS = [JANE, ROE, LEE1, LEE2]
TIMES = {JANE.participant: "Monday, 1 February 2027, 11:20 AM"}
SHEET = moodle_sheet(CLASS, TIMES, "12.00")
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")


def upload(student: Student, **files: bytes) -> Upload:
    work = {name.replace("__", "."): data for name, data in files.items()}
    return Upload(student.name, student.participant, work or {"magnitude.py": MAGNITUDE})


@pytest.mark.parametrize("folders", [True, False])
def test_folders_and_flat_are_the_same(room: Class, put: Put, folders: bool) -> None:
    zip_ = moodle_zip([upload(student) for student in CLASS], folders=folders)
    room.collect(put("m.zip", zip_), rosters=(put("w.csv", SHEET),), zone=BERLIN)
    assert room.summary.sources[0].kind == "moodle"
    assert room.summary.problems == ()
    assert len(room.attempts) == 4
    for student in CLASS:
        assert room.files(student.email) == {"magnitude.py": MAGNITUDE}
    at = room.attempts["jane@example.org"].at
    assert at == datetime.datetime(2027, 2, 1, 11, 20, tzinfo=BERLIN)
    assert room.attempts["kim1@example.org"].at is None


def test_a_zone_that_is_not_named_is_told(room: Class, put: Put) -> None:
    room.collect(put("m.zip", moodle_zip([upload(JANE)])), rosters=(put("w.csv", SHEET),))
    assert any("name no zone and were read as" in note for note in room.summary.notes)
    assert room.attempts["jane@example.org"].at is not None


def test_the_worksheet_may_be_a_sheet_of_times(room: Class, put: Put) -> None:
    roster = put("r.csv", "student,name,email\nj,Jane Doe,jane@example.org\n")
    zip_ = put("m.zip", moodle_zip([upload(JANE)]))
    room.collect(zip_, rosters=(roster,), times=put("w.csv", SHEET), zone=BERLIN)
    at = datetime.datetime(2027, 2, 1, 11, 20, tzinfo=BERLIN)
    assert room.attempts["j"].at == at
    assert len(room.people) == 1


def test_an_old_moodle_and_folders_within(room: Class, put: Put) -> None:
    entry = "d/Jane Doe_1234567_assignsubmission_file_/exercises/01_vectors/magnitude.py"
    put(entry, MAGNITUDE)
    put("d/Kim Lee_1234569_assignsubmission_onlinetext/onlinetext.html", "<p>x</p>")
    room.collect(put("d/Kim Lee_1234569_assignsubmission_file/magnitude.py", MAGNITUDE).parents[1])
    assert room.summary.sources[0].kind == "moodle"
    assert list(room.files("Jane-Doe")) == ["exercises/01_vectors/magnitude.py"]
    assert "text typed into Moodle" in room.problems()["Kim-Lee"]
    assert len(room.attempts) == 2


def test_two_students_with_one_name_are_not_guessed(room: Class, put: Put) -> None:
    """The roster is no worksheet, so the number tells nothing."""
    roster = put("r.csv", "student,name\nk1,Kim Lee\nk2,Kim Lee\njd,Jane Doe\n")
    room.collect(put("m.zip", moodle_zip([upload(JANE), upload(LEE1)])), rosters=(roster,))
    assert list(room.attempts) == ["jd"]
    (problem,) = room.summary.problems
    assert "Kim Lee may be k1 or k2" in problem.what
    assert room.summary.unmatched == 1
    kept = room.root / "unmatched/0001/files/magnitude.py"
    assert kept.read_bytes() == MAGNITUDE


def test_two_people_are_never_one_student(room: Class, put: Put) -> None:
    """The roster knows one Kim Lee, and two handed in: neither is taken for the one."""
    roster = put("r.csv", "student,name\nk1,Kim Lee\n")
    room.collect(put("m.zip", moodle_zip([upload(LEE1), upload(LEE2)])), rosters=(roster,))
    assert room.attempts == {}
    assert room.summary.unmatched == 2


def test_who_is_found_later_is_moved(room: Class, put: Put) -> None:
    roster = put("r.csv", "student,name,email\nk1,Kim Lee,kim1@example.org\nk2,Kim Lee,x@y.z\n")
    zip_ = put("m.zip", moodle_zip([upload(LEE1)]))
    room.collect(zip_, rosters=(roster,))
    assert room.summary.unmatched == 1
    room.collect(zip_, rosters=(put("w.csv", SHEET), roster))
    assert (room.summary.unmatched, room.summary.attempts) == (0, 1)
    assert room.files("k1") == {"magnitude.py": MAGNITUDE}


def test_a_worksheet_of_another_assignment_is_noticed(room: Class, put: Put) -> None:
    moved = [student._replace(participant=student.participant + 1) for student in CLASS]
    sheet = put("w.csv", moodle_sheet(moved, {}, "12.00"))
    room.collect(put("m.zip", moodle_zip([upload(ROE)])), rosters=(sheet,))
    assert room.attempts == {}
    assert "seems to be of another assignment" in room.summary.problems[0].what


@pytest.mark.parametrize("word", ["Participant", "Teilnehmer"])
def test_hidden_names_are_joined_by_the_number(room: Class, put: Put, word: str) -> None:
    sheet = moodle_sheet(CLASS, {}, "12.00").replace("Participant ", f"{word} ")
    hidden = Upload(word, LEE2.participant, {"magnitude.py": MAGNITUDE})
    room.collect(put("m.zip", moodle_zip([hidden])), rosters=(put("w.csv", sheet),))
    assert list(room.attempts) == ["kim2@example.org"]
    assert room.summary.problems == ()


def test_a_blind_worksheet_has_numbers_alone(room: Class, put: Put) -> None:
    sheet = moodle_sheet(CLASS, {}, "12.00", blind=True)
    hidden = Upload("Participant", LEE2.participant, {"magnitude.py": MAGNITUDE})
    for _ in range(2):
        room.collect(put("m.zip", moodle_zip([hidden])), rosters=(put("w.csv", sheet),))
        assert room.summary.problems == ()
        assert list(room.attempts) == [f"moodle-{LEE2.participant}"]
        assert len(room.people) == 4


def test_names_in_an_encoding_that_nobody_tells(room: Class, put: Put) -> None:
    """Old zips on Windows: the number tells who it is, and the name still agrees."""
    zoe = Student("Zoé", "Doe", 0, "", "", "zoe@example.org", "", 77)
    data = bytearray(moodle_zip([Upload("Zo\N{EURO SIGN} Doe", 77, {"magnitude.py": MAGNITUDE})]))
    data = data.replace("\N{EURO SIGN}".encode(), b"\xe9..")
    for mark, at in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        data[data.find(mark) + at] &= ~8
    sheet = put("w.csv", moodle_sheet([zoe, JANE], {}, "12.00"))
    room.collect(put("m.zip", bytes(data)), rosters=(sheet,))
    assert list(room.attempts) == ["zoe@example.org"]
    assert room.summary.problems == ()
    assert "does not tell the encoding of 1 of its names" in room.summary.notes[0]


def test_a_blind_worksheet_takes_nobody_out(room: Class, put: Put) -> None:
    zip_ = put("m.zip", moodle_zip([upload(JANE)]))
    room.collect(zip_, rosters=(put("r.csv", "student,name\nj,Jane Doe\n"),))
    blind = put("w.csv", moodle_sheet(CLASS, {}, "12.00", blind=True))
    room.collect(zip_, rosters=(blind,))
    assert room.summary.notes == ()


def test_a_team_s_work_is_the_same_when_another_is_its_first(room: Class, put: Put) -> None:
    rows = ("j,Jane Doe,Team A", "k,Kim Lee,Team A", "r,Rick,Team A")
    zip_ = put("t.zip", moodle_zip([Upload("Team A", 42, {"magnitude.py": MAGNITUDE})]))
    for there in (rows, rows[1:], ("j,Jane Doe,", *rows[1:])):
        roster = put("r.csv", "\n".join(("student,name,team", *there)))
        room.collect(zip_, rosters=(roster,))
        assert room.summary.attempts == 1
        assert {"k", "r"} <= set(room.attempts)


def test_teams_and_the_default_team(room: Class, put: Put) -> None:
    roster = put("r.csv", "student,name,team\nj,Jane Doe,Team A\nr,Rick,Team A\nk,Kim Lee,\n")
    files = {"magnitude.py": MAGNITUDE}
    uploads = [Upload("Team_A", 42, files), upload(LEE1), Upload("Default group", "", files)]
    room.collect(put("m.zip", moodle_zip(uploads)), rosters=(roster,))
    assert sorted(room.attempts) == ["j", "k", "r"]
    assert room.attempts["j"].folder == room.attempts["r"].folder
    (problem,) = room.summary.problems
    assert problem.what == "No team of the roster is called Default group."


def test_names_behind_a_group_s(room: Class, put: Put) -> None:
    """Older versions put the group before the name."""
    zip_ = moodle_zip([Upload("Group-1-Jane Doe", JANE.participant, {"magnitude.py": MAGNITUDE})])
    room.collect(put("m.zip", zip_), rosters=(put("w.csv", SHEET),))
    assert list(room.attempts) == ["jane@example.org"]
    other = Class(room.root.parent / "other", None)
    other.collect(put("m.zip", zip_), rosters=(put("r.csv", "student,name\nj,Jane Doe\n"),))
    assert list(other.attempts) == ["j"]


def test_the_same_again_in_a_second_download_is_new_work(room: Class, put: Put) -> None:
    first = put("1.zip", moodle_zip([upload(JANE)]))
    second = put("2.zip", moodle_zip([upload(JANE, magnitude__py=b"worse = 1\n")]))
    third = put("3.zip", moodle_zip([upload(JANE)]))
    for source in (first, second, third, third, first):
        room.collect(source)
    assert room.summary.attempts == 3
    assert room.files("Jane-Doe") == {"magnitude.py": MAGNITUDE}
