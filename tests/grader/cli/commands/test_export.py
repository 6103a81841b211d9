"""`grade export`: what it writes, what it says before, and how it ends."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from support.commands import Grade
from support.exporting import canvas_reads

SHEET = """\
Student,ID,SIS User ID,SIS Login ID,Section,A (4711),Final Score
    Points Possible,,,,,4.00,(read only)
"Doe, Jane",101,,,tuesday,1.00,
"Roe, Richard",102,,,friday,,
"""


@pytest.fixture
def sheet(class_dir: Path) -> Path:
    path = class_dir / "gradebook.csv"
    path.write_text(SHEET, "utf-8")
    return path


def test_a_sheet_is_filled_and_told(in_class: Grade, sheet: Path) -> None:
    ran = in_class("export", "canvas", "--template", str(sheet), "--out", "upload.csv")
    assert (ran.status, ran.err) == (0, "")
    upload = sheet.with_name("upload.csv")
    scores = {key: row["A (4711)"] for key, row in canvas_reads(upload.read_bytes()).items()}
    assert scores == {"101": "2.90", "102": "2.40"}
    assert sheet.read_text("utf-8") == SHEET
    words = " ".join(ran.out.split())
    assert "A (4711) 01_a 2 marks of 4, 1 overwritten" in words
    assert "A (4711), Jane Doe (doe): 1.00 becomes 2.90" in words
    assert "Lateness: course.yaml's is in the numbers" in words
    assert ran.out.index("overwritten") < ran.out.index("Written: upload.csv")
    assert all(len(line) <= 80 for line in ran.out.splitlines() if "Gradebook:" not in line)
    assert stat.S_IMODE(upload.stat().st_mode) == 0o600


def test_without_out_the_sheet_is_all_that_is_printed(in_class: Grade, sheet: Path) -> None:
    ran = in_class("export", "canvas", "--template", str(sheet))
    assert ran.out == SHEET.replace("1.00,", "2.90,").replace("friday,,", "friday,2.40,")
    assert "1 overwritten" in " ".join(ran.err.split())


def test_whose_lateness(in_class: Grade, sheet: Path) -> None:
    ran = in_class("export", "canvas", "--template", str(sheet), "--late", "lms")
    assert canvas_reads(ran.out.encode())["101"]["A (4711)"] == "3.50"
    assert "none is in the numbers" in ran.err


def test_somebody_who_is_not_in_the_sheet_needs_a_person(in_class: Grade, sheet: Path) -> None:
    sheet.write_text("".join(SHEET.splitlines(keepends=True)[:3]), "utf-8")
    ran = in_class("export", "canvas", "--template", str(sheet), "--out", "upload.csv", "--json")
    assert ran.status == 1
    told = json.loads(ran.out)
    assert told["late"] == "wxb"
    assert told["columns"][0]["cells"] == 1
    [notice] = [each for each in told["notices"] if each["person"]]
    assert notice["lines"] == ["Richard Roe (roe)"]


def test_our_own_formats(in_class: Grade, class_dir: Path) -> None:
    ran = in_class("export", "csv", "--missing", "zero", "--by", "exercise")
    assert ran.out.splitlines()[0].endswith("01_a,02_b,length,double,angle,earned,possible")
    ran = in_class("export", "json", "--out", "marks.json")
    assert json.loads((class_dir / "marks.json").read_text("utf-8"))["format"] == 1


def test_the_formats_are_listed(in_class: Grade) -> None:
    ran = in_class("export", "--list")
    assert ran.status == 0
    assert [line.split()[0] for line in ran.out.splitlines() if not line.startswith(" ")] == [
        "csv",
        "canvas",
        "moodle",
        "json",
        "nbgrader",
        "junit",
        "gradescope",
        "classroom50",
        "prairielearn",
    ]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "`grade export --list`"),
        (("excel",), "There is no export 'excel'"),
        (("csv", "--late", "mine"), "--late mine: expected wxb or lms"),
        (("csv", "--missing", "one"), "--missing one: expected zero"),
        (("csv", "--by", "day"), "--by day: expected unit or exercise or test"),
        (("csv", "--json"), "--out FILE"),
        (("csv", "--out", "."), "it is a folder"),
        (("canvas", "--column", "A"), "expected 'HEADER=UNIT'"),
        (("canvas", "--template", "none.csv"), "No such file"),
        (("canvas", "--template", "gradebook.csv", "--out", "gradebook.csv"), "it is the template"),
        (("csv", "--out", "no/such/folder.csv"), "No such file"),
    ],
)
def test_mistakes_are_told(in_class: Grade, sheet: Path, args: tuple[str, ...], words: str) -> None:
    ran = in_class("export", *args)
    assert ran.status == 2
    assert words in ran.err
    assert sheet.read_text("utf-8") == SHEET


def test_the_gradebook_is_never_written_over(in_class: Grade, tmp_path: Path) -> None:
    [book] = (tmp_path / "data").rglob("gradebook.db")
    ran = in_class("export", "csv", "--out", str(book))
    assert (ran.status, "it is the gradebook" in ran.err) == (2, True)
    assert book.read_bytes()[:6] == b"SQLite"


def test_a_hostile_name_moves_nothing_on_the_screen(in_class: Grade, sheet: Path) -> None:
    sheet.write_text(SHEET + '"\x1b[2J\u202eEvil",777,,,x,,\n', "utf-8")
    ran = in_class("export", "canvas", "--template", str(sheet), "--out", "upload.csv")
    assert ran.status == 1
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
    assert '"\x1b[2J\u202eEvil",777,,,x,,\n' in sheet.with_name("upload.csv").read_text("utf-8")
