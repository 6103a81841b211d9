"""Blackboard's downloads."""

from __future__ import annotations

import zoneinfo
from datetime import datetime

from support.collecting import Class, Put
from support.lms import MAGNITUDE
from tools.lms import Student, blackboard_zip, zipped

JANE = Student("Jane", "Doe", 0, "", "j_doe", "jane@example.org", "", 0)
ROE = Student("Rick", "O'Roe", 0, "", "roe", "rick@example.org", "", 0)
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
NINE, TEN = datetime(2027, 2, 1, 9, 5), datetime(2027, 2, 1, 10, 5, 30)
WORK = {"magnitude.py": MAGNITUDE}
DOE = "Lab_doe_attempt_2027-13-41-09-05-00"


def test_whose_it_is_and_when_it_came(room: Class, put: Put) -> None:
    zip_ = blackboard_zip("Lab_1 (Feb)", [(JANE, TEN, WORK), (ROE, NINE, WORK)])
    room.collect(put("gradebook.zip", zip_), zone=BERLIN)
    assert room.summary.sources[0].kind == "blackboard"
    assert room.summary.problems == ()
    assert room.people == {"j_doe": "Jane Doe", "roe": "Rick O'Roe"}
    assert room.attempts["j_doe"].at == TEN.replace(tzinfo=BERLIN)
    assert room.files("roe") == WORK
    assert any("were read as Europe/Berlin" in note for note in room.summary.notes)
    before = room.state()
    room.collect(put("gradebook.zip", zip_), zone=BERLIN)
    assert room.state() == before


def test_every_attempt_is_one_and_the_last_counts(room: Class, put: Put) -> None:
    newer = {"magnitude.py": b"# newer\n"}
    zip_ = blackboard_zip("Lab", [(ROE, TEN, newer), (ROE, NINE, WORK)])
    room.collect(put("gradebook.zip", zip_), zone=BERLIN)
    assert room.summary.attempts == 2
    assert room.files("roe") == newer
    assert room.attempts["roe"].number == 2


def test_a_roster_finds_them_by_id_or_name(room: Class, put: Put) -> None:
    roster = put("r.csv", "student,name,login\n1,Jane Doe,j_doe\n2,Rick O'Roe,\n")
    entries = [
        ("Lab_j_doe_attempt_2027-02-01-09-05-00_magnitude.py", MAGNITUDE),
        ("Lab_roe_attempt_2027-02-01-09-05-00_magnitude.py", MAGNITUDE),
        ("Lab_roe_attempt_2027-02-01-09-05-00.txt", b"Nom: Rick O'Roe (roe)\n"),
    ]
    room.collect(put("g.zip", zipped(entries)), rosters=(roster,))
    assert sorted(room.attempts) == ["1", "2"]


def test_a_receipt_s_name_may_have_brackets_and_an_old_server_s_letters(
    room: Class, put: Put
) -> None:
    entries = []
    for user, receipt in (
        ("doe", "Name: Jo (Jane) Doe (doe)\r\n"),
        ("roe", "Nombre: José (roe)\n"),
    ):
        start = f"Lab_{user}_attempt_2027-02-01-09-05-00"
        entries.append((f"{start}_magnitude.py", MAGNITUDE))
        entries.append((f"{start}.txt", receipt.encode("cp1252")))
    room.collect(put("g.zip", zipped(entries)))
    assert room.people == {"doe": "Jo (Jane) Doe", "roe": "José"}


def test_what_is_typed_and_what_is_no_attempt_are_told(room: Class, put: Put) -> None:
    zip_ = zipped(
        [
            ("Lab_roe_attempt_2027-02-01-09-05-00.txt", b"Name: R (roe)\nmy answer\n"),
            (f"{DOE}_magnitude_attempt_2027-01-01-01-01-01_b.py", MAGNITUDE),
            (f"{DOE}.txt", b"Name: J (somebody else)\n"),
            ("notes.txt", b"?"),
        ]
    )
    room.collect(put("g.zip", zip_))
    assert room.problems()["roe"].startswith("It is empty, or was typed into Blackboard")
    assert "Its name does not tell whose it is." in {each.what for each in room.summary.problems}
    assert room.attempts["doe"].at is None
    assert list(room.files("doe")) == ["magnitude_attempt_2027-01-01-01-01-01_b.py"]
