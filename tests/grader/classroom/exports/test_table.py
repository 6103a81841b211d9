"""Our own CSV: exact numbers, and nothing in it that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from grader.classroom.exports.table import inert, write
from grader.classroom.listed import read_listing
from grader.errors import UsageError
from support.exporting import GOLDEN, all_units, request, told


def test_the_sheet() -> None:
    found = write(request())
    assert found.data == (GOLDEN / "marks.csv").read_bytes()
    assert told(found, "Not graded").lines[-1] == "Nia New (new), B: still open"


def test_finer_columns() -> None:
    found = write(request(all_units(), detail="test"))
    assert found.data == (GOLDEN / "marks-by-test.csv").read_bytes()


def test_spreadsheets_run_nothing() -> None:
    rows = list(csv.reader(io.StringIO(write(request()).data.decode("utf-8-sig"))))
    for row in rows:
        assert not any(cell.lstrip().startswith(tuple("=+-@")) for cell in row)
    assert '\'=HYPERLINK("x")' in rows[4]


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1", "'=1"), (" =1", "' =1"), ("@x", "'@x"), ("+1", "'+1"), ("-1", "'-1"), ("＝1", "'＝1"),
     ("\t=1", "'\t=1"), ("Jane", "Jane"), ("", ""), ("a=1", "a=1")],
)  # fmt: skip
def test_a_text_is_no_formula(text: str, cell: str) -> None:
    assert inert(text) == cell


def test_it_is_a_roster_too(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_bytes(write(request()).data)
    people = {each.student: each for each in read_listing(path).people}
    assert people["doe"].aliases == {"canvas": "101"}
    assert people["zoe"].name == "Zoë Ångström"


def test_it_fills_no_sheet(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="`grade export csv` fills no sheet"):
        write(request(template=tmp_path / "sheet.csv"))
