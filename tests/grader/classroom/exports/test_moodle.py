"""Moodle's grading worksheet, filled, and read back as Moodle reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.classroom.exports.export import Filled, Written
from grader.classroom.exports.moodle import write
from grader.errors import UsageError
from support.exporting import CLASS, GOLDEN, all_units, moodle_takes, request, told

SHEET = GOLDEN / "moodle-before.csv"
EVIL = msgspec.structs.replace(CLASS[3], name="Evil One", email="evil@example.org")
PEOPLE = [*CLASS[:3], EVIL, CLASS[4]]
GERMAN = {
    b"Identifier": b"ID",
    b'"Full name"': "Vollständiger Name".encode(),
    b'"Email address"': b"E-Mail-Adresse",
    b",Grade,": b",Bewertung,",
    b'"Maximum grade"': b"Bestwertung",
    b'"Grade can be changed"': "Bewertung kann geändert werden".encode(),
    b"Participant": b"Teilnehmer/in",
    b",3.50,": b',"3,50",',
    b",Yes,": b",Ja,",
    b",No,": b",Nein,",
    b'"Last modified (grade)"': "Zuletzt geändert (Bewertung)".encode(),
}


def filled(
    sheet: bytes | None = None, folder: Path | None = None, name: str = "sheet.csv", **options: Any
) -> Written:
    path = SHEET
    if sheet is not None and folder is not None:
        path = folder / name
        path.write_bytes(sheet)
    return write(request(people=PEOPLE, template=path, **options))


def test_the_worksheet_as_it_comes_back() -> None:
    found = filled()
    assert found.data == (GOLDEN / "moodle-after.csv").read_bytes()
    assert found.columns == (Filled("Grade", ("01_a",), "", 4, 1),)


def test_what_moodle_would_skip_is_listed() -> None:
    found = filled()
    assert moodle_takes(found.data) == {
        "Participant 1234501": "2.50",
        "Participant 1234502": "3.15",
    }
    assert told(found, "skips a zero").lines == ("Zoë Ångström (zoe): 0.00",)
    assert told(found, "Locked").lines == ("Evil One (evil): 2.10",)
    assert told(found, "Not graded").lines == ("Nia New (new), A: nothing handed in",)
    assert told(found, "overwritten").lines == ("Grade, Richard Roe (roe): 1.00 becomes 3.15",)
    assert told(found, "Allow updating").lines == ()


def test_a_sheet_in_another_language_with_its_decimal_comma(tmp_path: Path) -> None:
    sheet = SHEET.read_bytes()
    for english, german in GERMAN.items():
        sheet = sheet.replace(english, german)
    found = filled(sheet, tmp_path)
    assert b'"Submitted for grading","2,50","3,50",Ja' in found.data
    assert told(found, "Locked").lines == ("Evil One (evil): 2.10",)
    assert told(found, "Allow updating").lines == ()
    assert found.columns[0].header == "Bewertung"
    by_hand = filled(sheet, tmp_path, columns=(("Bewertung", "01_a"),))
    assert by_hand.data == found.data


def test_which_unit_it_is_for(tmp_path: Path) -> None:
    both = all_units()
    with pytest.raises(UsageError, match="--column 'Grade=UNIT', with one of 01_a, 02_b"):
        filled(handed_in=both)
    named = filled(SHEET.read_bytes(), tmp_path, "Grades-LA-A-4711.csv", handed_in=both)
    assert named.columns[0].about == ("01_a",)
    by_hand = filled(handed_in=both, columns=(("Grade", "course"),))
    assert by_hand.columns[0].about == ("01_a",)


def test_other_points_are_refused_or_scaled(tmp_path: Path) -> None:
    sheet = SHEET.read_bytes().replace(b",3.50,", b",100.00,")
    with pytest.raises(UsageError, match=r":2: the maximum grade is 100, and 01_a has 3\.5"):
        filled(sheet, tmp_path)
    found = filled(sheet, tmp_path, scale=True)
    assert moodle_takes(found.data)["Participant 1234501"] == "71.43"
    assert told(found, "Rounded").lines == ("Jane Doe (doe), A: 71.43",)


def test_hidden_names_are_found_by_the_participants_number(tmp_path: Path) -> None:
    doe = msgspec.structs.replace(CLASS[0], aliases={"moodle": "1234501"})
    sheet = tmp_path / "blind.csv"
    lines = [line.split(b",") for line in SHEET.read_bytes().splitlines()[:2]]
    sheet.write_bytes(b"\n".join(b",".join([line[0], *line[3:]]) for line in lines))
    found = write(request(people=[doe, *CLASS[1:]], template=sheet))
    assert moodle_takes(found.data) == {"Participant 1234501": "2.50"}


def test_a_sheet_of_another_system_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not Moodle's grading worksheet"):
        filled((GOLDEN / "canvas-before.csv").read_bytes(), tmp_path)
    with pytest.raises(UsageError, match="--template worksheet"):
        write(request())


def test_what_is_there_already_is_not_to_be_typed_in_again(tmp_path: Path) -> None:
    sheet = SHEET.read_bytes().replace(
        'Zoë Ångström",,"Submitted for grading",,'.encode(),
        'Zoë Ångström",,"Submitted for grading",0.00,'.encode(),
    )
    notices = filled(sheet, tmp_path).notices
    assert not [each for each in notices if "skips a zero" in each.heading]
    assert [each for each in notices if "Locked" in each.heading]
