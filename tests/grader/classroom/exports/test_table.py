"""Our own CSV: exact numbers, and nothing in it that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import msgspec
import pytest

from grader.classroom.exports.document import write as write_document
from grader.classroom.exports.export import Export
from grader.classroom.exports.table import inert, write
from grader.classroom.listed import read_listing
from grader.errors import UsageError
from support.exporting import CLASS, GOLDEN, NOW, all_units, request, told
from support.gradebooks import DAY, ROE


def test_the_sheet() -> None:
    found = write(request())
    assert found.data == (GOLDEN / "marks.csv").read_bytes()
    assert told(found, "Not graded").lines[-1] == "Nia New (new), B: still open"


def test_a_unit_of_nobody_is_one_line_and_hides_nobody_s_own() -> None:
    found = write(request(now=NOW + 100 * DAY))
    assert told(found, "Nobody has handed in").lines == ("02_b  B",)
    assert told(found, "Not graded").lines == ("Nia New (new), A: nothing handed in",)


@pytest.mark.parametrize("write_", [write, write_document])
def test_who_is_not_in_the_class_is_named_with_their_marks(write_: Export) -> None:
    gone = msgspec.structs.replace(ROE, active=False)
    found = write_(request(people=[gone if each is ROE else each for each in CLASS]))
    assert told(found, "not in the class").lines == ("Richard Roe (roe)",)
    assert b"roe" not in found.data


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
