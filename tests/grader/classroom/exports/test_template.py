"""A sheet's bytes: only the cells that are written change, whatever wrote the rest."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.classroom.exports.template import number_of, read_template
from grader.errors import UsageError


def written(folder: Path, data: bytes) -> Path:
    path = folder / "sheet.csv"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\r\n1,2\r\n",
        b"a;b\n1;2",
        b'\xef\xbb\xbf"a","b"\n"x ""y""\nz",\n\n\n,\n',
        "a,b\nß,é\n".encode("cp1252"),
        b"a,b\n\x81\x8d,2\n",
        b"\xff\xfe" + "a,b\r\nλ,2\r\n".encode("utf-16-le"),
        b"a,b\r1,2\r",
        b'a,b\n"=""=x""",2\n"q" rest,3\nmid"quote,4\n',
        b"a\tb\n1\t\n",
    ],
)
def test_nothing_written_changes_nothing(tmp_path: Path, data: bytes) -> None:
    assert read_template(written(tmp_path, data)).filled({}) == data


def test_a_cell_keeps_its_quotes_and_its_neighbours(tmp_path: Path) -> None:
    data = b'a,"b",c\r\n"x, y","",\'\r\n1,2,3'
    found = read_template(written(tmp_path, data))
    assert found.filled({(1, 1): "7.50", (2, 2): "0"}) == b'a,"b",c\r\n"x, y","7.50",\'\r\n1,2,0'


def test_a_row_that_is_too_short_gets_its_delimiters(tmp_path: Path) -> None:
    found = read_template(written(tmp_path, b"a;b;c;d\nx\ny;1\n"))
    assert found.value(1, 3) == ""
    cells = {(1, 2): "5", (1, 3): "6", (2, 3): "7"}
    assert found.filled(cells) == b"a;b;c;d\nx;;5;6\ny;1;;7\n"


def test_a_decimal_comma_is_kept_and_quoted_where_commas_part(tmp_path: Path) -> None:
    found = read_template(written(tmp_path, b'a,b\n"12,00",\n'))
    assert found.number(Decimal("10.25")) == "10,25"
    assert found.filled({(1, 1): "10,25"}) == b'a,b\n"12,00","10,25"\n'


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(st.text(st.sampled_from('ab",;\n\r é='), max_size=4), min_size=2, max_size=4),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_a_writer_of_csv_writes(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], quotes: int, end: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=",", quoting=quotes, lineterminator=end)  # type: ignore[arg-type]
    writer.writerow(["h,h,h"] * 4)
    writer.writerows(rows)
    data = text.getvalue().encode()
    try:
        found = read_template(written(tmp_path_factory.mktemp("csv"), data))
    except UsageError:
        return  # said, and nothing lost
    assert found.filled({}) == data
    changed = found.filled({(0, 0): "1"})
    assert changed.endswith(data[found.rows[0][0].end :])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is empty"),
        (b"PK\x03\x04rest", "save it as CSV"),
        (b'a,b\n"x,2\n', "its quotes cannot be told apart"),
        (b"a,b\n\0,1\n", "it is no text"),
    ],
)
def test_what_is_no_sheet_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_template(written(tmp_path, data))


def test_a_sheet_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_template(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("text", "number"),
    [("12.00", "12"), ("12,5", "12.5"), ("1.234,5", "1234.5"), ("1,234", "1.234"), (" 7 ", "7"),
     ("EX", None), ("", None), ("-1", "-1"), ("80%", None), ("1,234,567.8", "1234567.8")],
)  # fmt: skip
def test_numbers_are_read_as_canvas_reads_them(text: str, number: str | None) -> None:
    assert number_of(text) == (None if number is None else Decimal(number))
