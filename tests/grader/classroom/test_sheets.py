"""CSV as spreadsheets and systems export it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classroom.sheets import cleaned, read_sheet, read_table
from grader.errors import UsageError
from support.collecting import Put

TEXT = 'Student Name,E-Mail\n"Doe, Zoë",a@b.c\n\n"two\nlines",x\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_commas_and_line_ends(put: Put, encoding: str, comma: str, end: str) -> None:
    text = TEXT.replace("Name,E", f"Name{comma}E").replace('",', f'"{comma}').replace("\n", end)
    sheet = read_sheet(put("s.csv", text.encode(encoding)))
    assert sheet.columns == ("student_name", "e_mail")
    (_, first), (line, second) = sheet.rows
    assert first == {"student_name": "Doe, Zoë", "e_mail": "a@b.c"}
    assert (line, second["student_name"].split()) == (4, ["two", "lines"])


def test_short_rows_and_columns_with_one_name(put: Put) -> None:
    sheet = read_sheet(put("s.csv", "a,b,a\n1\n1,2,3,4\n"))
    assert [row for _, row in sheet.rows] == [{"a": "1", "b": ""}, {"a": "1", "b": "2"}]


def test_what_nobody_sees_is_left_out() -> None:
    assert cleaned('="=SUM(A1)"') == "=SUM(A1)"
    assert cleaned(" a\x1b[31m\u202eb\u200b\ufeff ") == "a[31mb"


@pytest.mark.parametrize(
    ("data", "what"),
    [(b"", "it is empty"), (b"PK\x03\x04", "save it as CSV"), (b"a\0b,c\n", "it is no text"),
     (b"a,b\n" + b'"' + b"x" * 300_000 + b'"\n', "s.csv:2: it is not CSV")],
)  # fmt: skip
def test_what_is_no_sheet_is_said(put: Put, data: bytes, what: str) -> None:
    with pytest.raises(UsageError, match=what):
        read_sheet(put("s.csv", data))
    with pytest.raises(UsageError, match=r"gone\.csv"):
        read_sheet(put("s.csv", data).with_name("gone.csv"))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_sheet_or_told(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(data)
    with suppress(UsageError):
        assert read_sheet(path).path == path


def test_in_a_table_of_ones_own_nothing_is_guessed_or_taken_away(put: Put) -> None:
    table = read_table(put("t.csv", "\ufeffStudent ; why\n doe ;\x07, bell\n;\nroe\n".encode()))
    assert table.has("student", "why")
    assert table.rows == [(2, {"student": "doe", "why": "\x07, bell"}), (4, {"student": "roe"})]
    with pytest.raises(UsageError, match="is not UTF-8; save it as CSV UTF-8"):
        read_table(put("u.csv", TEXT.encode("cp1252")))
