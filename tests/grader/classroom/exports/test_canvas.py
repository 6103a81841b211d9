"""Canvas's gradebook, filled, and read back as Canvas reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.classroom.exports.canvas import write
from grader.classroom.exports.export import Filled, Written
from grader.errors import UsageError
from support.exporting import CLASS, GOLDEN, HANDED_IN, NOW, all_units, canvas_reads, request, told
from support.gradebooks import DAY, DOUBLE, DUE, LENGTH, attempt, result

SHEET = GOLDEN / "canvas-before.csv"


def filled(sheet: bytes | Path = SHEET, folder: Path | None = None, **options: Any) -> Written:
    if isinstance(sheet, bytes):
        assert folder is not None
        path = folder / "gradebook.csv"
        path.write_bytes(sheet)
        sheet = path
    return write(request(template=sheet, **options))


def test_the_sheet_as_it_comes_back() -> None:
    found = filled()
    assert found.data == (GOLDEN / "canvas-after.csv").read_bytes()
    assert found.columns == (Filled("A (4711)", ("01_a",), "3.5", 3, 1),)


def test_canvas_reads_our_scores_and_keeps_every_other() -> None:
    before, after = canvas_reads(SHEET.read_bytes()), canvas_reads(filled().data)
    assert after["101"]["A (4711)"] == "2.50"
    assert after["102"]["A (4711)"] == "3.15"
    assert after["103"]["A (4711)"] == "EX"
    assert after["104"]["A (4711)"] == "2.10"
    assert after["105"]["A (4711)"] == "1.00"  # nothing was handed in here: what Canvas has stays
    for student, cells in before.items():
        others = {title: score for title, score in cells.items() if title != "A (4711)"}
        assert {title: after[student][title] for title in others} == others
    assert after["106"] == before["106"]


def test_what_a_person_should_know_is_listed() -> None:
    found = filled(people=[*CLASS[:3], CLASS[4], msgspec.structs.replace(CLASS[3], aliases={})])
    assert told(found, "Rows of nobody").lines == (
        "line 7: Evil",
        "line 9: Pat Else",
    )
    assert told(found, "not in the sheet").lines == ('=HYPERLINK("x") (evil)',)
    assert told(found, "EX or N/A").lines == ("Zoë Ångström (zoe): EX",)
    assert told(found, "overwritten").lines == ("A (4711), Jane Doe (doe): 1.5 becomes 2.50",)
    assert told(found, "Not graded").lines == ("Nia New (new), A: nothing handed in",)
    assert found.data.splitlines()[6] == SHEET.read_bytes().splitlines()[6]


def test_a_score_that_is_there_already_keeps_its_bytes(tmp_path: Path) -> None:
    sheet = SHEET.read_bytes().replace(b",1.5,", b',"2.5",')
    found = filled(sheet, tmp_path)
    assert b',"2.5",' in found.data
    assert found.columns[0].changed == 0


def test_lines_of_all_kinds_stay(tmp_path: Path) -> None:
    sheet = SHEET.read_bytes().replace(b",", b";").replace(b"\n", b"\r\n")
    found = filled(b"\xef\xbb\xbf" + sheet.replace(b"Doe; Jane", b"Doe, Jane"), tmp_path)
    assert found.data.startswith(b"\xef\xbb\xbfStudent;ID;")
    assert canvas_reads(found.data)["101"]["A (4711)"] == "2.50"
    assert b"\r\n" in found.data
    assert b"\n" not in found.data.replace(b"\r\n", b"")


def test_other_points_are_refused_or_scaled(tmp_path: Path) -> None:
    sheet = SHEET.read_bytes().replace(b"3.50", b"7.00")
    with pytest.raises(UsageError, match=r"7 points possible, and 01_a has 3\.5.*--scale"):
        filled(sheet, tmp_path)
    found = filled(sheet, tmp_path, scale=True)
    assert canvas_reads(found.data)["101"]["A (4711)"] == "5.00"
    assert told(found, "Scaled").lines == ("A (4711): 3.5 points of the course are 7",)


def test_nothing_handed_in_is_a_zero_on_request() -> None:
    assert canvas_reads(filled(missing_zero=True).data)["105"]["A (4711)"] == "0.00"


def test_a_column_by_hand_and_the_whole_course() -> None:
    found = filled(columns=(("Essay", "course"),), scale=True)
    assert canvas_reads(found.data)["101"]["Essay (4712)"] == "7.14"
    assert [column.about for column in found.columns] == [("01_a",), ("01_a",)]
    later = filled(
        handed_in=all_units(), now=NOW + 10 * DAY, columns=(("Essay", "course"),), scale=True
    )
    assert later.columns[1].about == ("01_a", "02_b")
    assert "Zoë Ångström (zoe): 02_b" in told(later, "counted as 0").lines


def test_a_course_of_which_nothing_is_due_leaves_its_column_alone(tmp_path: Path) -> None:
    sheet = SHEET.read_bytes().replace(b"Essay (4712)", b"Tiny (4712)")
    found = filled(sheet, tmp_path, now=DUE - DAY)
    assert [column.header for column in found.columns] == ["A (4711)"]
    assert told(found, "No unit of the course is due").lines == ("Tiny (4712)",)
    assert b",2.50,7.50," in found.data


def test_two_columns_of_one_title_have_to_be_told_apart(tmp_path: Path) -> None:
    sheet = SHEET.read_bytes().replace(b"Essay (4712)", b"A (4712)")
    with pytest.raises(UsageError, match="may both be the column of A"):
        filled(sheet, tmp_path)
    found = filled(sheet, tmp_path, columns=(("A (4711)", "01_a"),))
    assert [column.header for column in found.columns] == ["A (4711)"]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ((("Nothing", "01_a"),), "no column 'Nothing'; there are: 'Notes'"),
        ((("Essay", "99"),), "'99' is no unit; expected one of 01_a, 02_b"),
        ((("Essay", "01_a"), ("Notes", "A")), "two columns for one unit"),
        ((("Final Score", "01_a"),), "no column 'Final Score'"),
        ((("Student", "01_a"),), "no column 'Student'"),
    ],
)
def test_columns_that_are_not_there(columns: tuple[tuple[str, str], ...], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        filled(columns=columns)


def test_no_column_of_ours_says_what_to_type(tmp_path: Path) -> None:
    sheet = SHEET.read_bytes().replace(b"A (4711)", b"Homework (4711)")
    with pytest.raises(UsageError, match="--column 'HEADER=01_a'"):
        filled(sheet, tmp_path)


def test_a_sheet_of_another_system_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not Canvas's gradebook"):
        filled(b"name,email\nJane,j@x\n", tmp_path)
    with pytest.raises(UsageError, match="--template gradebook"):
        write(request())


def test_two_of_one_name_are_told_by_their_ids(tmp_path: Path) -> None:
    twin = msgspec.structs.replace(CLASS[0], key="doe2", email="", aliases={"canvas": "106"})
    handed_in = [*HANDED_IN, (attempt("doe2"), [result(LENGTH), result(DOUBLE)])]
    sheet = SHEET.read_bytes().replace(b'"Else, Pat"', b'"Doe, Jane"')
    found = canvas_reads(filled(sheet, tmp_path, people=[*CLASS, twin], handed_in=handed_in).data)
    assert (found["101"]["A (4711)"], found["106"]["A (4711)"]) == ("2.50", "3.50")


def test_two_rows_about_one_student_stay(tmp_path: Path) -> None:
    line = b'"Doe, Jane",101,S1,jane1,Sec 2,,,,\n'
    found = filled(SHEET.read_bytes() + line, tmp_path)
    assert told(found, "Two rows").lines == ("Jane Doe (doe)",)
    assert line in found.data
    assert canvas_reads(SHEET.read_bytes())["101"]["A (4711)"] == "1.5"
    assert b",1.5," in found.data


def test_thirds_are_rounded_and_said_so(tmp_path: Path) -> None:
    sheet = SHEET.read_bytes().replace(b"3.50", b"10.00")
    found = filled(sheet, tmp_path, scale=True)
    assert canvas_reads(found.data)["101"]["A (4711)"] == "7.14"
    assert told(found, "Rounded").lines == ("Jane Doe (doe), A: 7.14",)


@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_accounts_of_one_student_their_own_gets_the_mark(
    tmp_path: Path, is_first: bool
) -> None:
    """Two students of the gradebook were found to be one; Canvas still has both."""
    lines = ['"Doe, Jane",101,S1,j1,x,', '"Doe, J.",109,S9,j9,x,']
    head = "Student,ID,SIS User ID,SIS Login ID,Section,A (4711)\n    Points Possible,,,,,3.5\n"
    sheet = head + "\n".join(lines if is_first else lines[::-1]) + "\n"
    people = [msgspec.structs.replace(CLASS[0], also=(("key", "jd"), ("canvas", "109")))]
    found = filled(sheet.encode(), tmp_path, people=people)
    assert {key: cells["A (4711)"] for key, cells in canvas_reads(found.data).items()} == {
        "101": "2.50", "109": "",
    }  # fmt: skip
    assert told(found, "Further accounts").lines == ("J. Doe",)
