"""A sheet whose bytes stay but for cells that are written: quotes, line ends, encoding, BOM."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from grader.classroom.sheets import CELL, cleaned, delimiter_of, read_bytes
from grader.errors import UsageError

__all__ = ["Template", "number_of", "read_template"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)*%?")
_END = re.compile(r"\r\n|\r|\n")


class _Span(NamedTuple):
    """Where a cell stands in the text, quotes included, and what it says."""

    start: int
    end: int
    value: str


class Template(NamedTuple):
    """A sheet.

    Args:
        rows: its cells, row by row; empty lines have none.
        lines: the line, from 1, that each row begins in.
        comma: numbers in it are written with a decimal comma.
    """

    path: Path
    mark: bytes
    encoding: str
    text: str
    delimiter: str
    rows: list[list[_Span]]
    lines: list[int]
    comma: bool

    def value(self, row: int, column: int) -> str:
        """What a cell says, without what nobody sees; "" where the row is too short."""
        cells = self.rows[row]
        return cleaned(cells[column].value) if column < len(cells) else ""

    @property
    def header(self) -> list[str]:
        return [cleaned(cell.value) for cell in self.rows[0]]

    def number(self, value: Decimal) -> str:
        """A number as this sheet writes them."""
        return f"{value:f}".replace(".", ",") if self.comma else f"{value:f}"

    def filled(self, cells: Mapping[tuple[int, int], str]) -> bytes:
        """The sheet's bytes with other texts, which are ASCII, in some cells (row, column)."""
        parts, done = [], 0
        for (row, column), text in sorted(cells.items()):
            spans = self.rows[row]
            if column < len(spans):
                start, end = spans[column].start, spans[column].end
                was_quoted = self.text[start:end].startswith('"')
            else:  # the row ends before: the delimiters that it lacks
                start = end = spans[-1].end
                written = [c for r, c in cells if r == row and len(spans) <= c < column]
                text_before = self.delimiter * (column - max([len(spans) - 1, *written]))
                parts.append(self.text[done:start] + text_before)
                done, was_quoted = start, False
            parts.append(self.text[done:start] + self._quoted(text, was_quoted))
            done = end
        parts.append(self.text[done:])
        return self.mark + "".join(parts).encode(self.encoding)

    def _quoted(self, text: str, always: bool) -> str:
        if always or self.delimiter in text or '"' in text:
            return '"' + text.replace('"', '""') + '"'
        return text


def number_of(text: str) -> Decimal | None:
    """A number as Canvas reads one: the last of `,` and `.` is the decimal mark; else None."""
    text = text.strip()
    if not _NUMBER.fullmatch(text) or text.endswith("%"):
        return None
    head, mark, tail = text.rpartition(max(".", ",", key=text.rfind))
    digits = re.sub(r"[.,]", "", head) if mark else ""
    return Decimal(f"{digits}.{tail}" if mark else text)


def read_template(path: Path) -> Template:
    """A sheet as it lies there.

    Raises:
        UsageError: it cannot be read, is no CSV, or could not be written back byte for byte.
    """
    mark, encoding, text = _decoded(read_bytes(path))
    if "\0" in text:
        raise UsageError(f"{path}: it is no text; expected a CSV file")
    delimiter = delimiter_of(text)
    rows, lines = _cells(text, delimiter)
    if [[cell.value for cell in row] for row in rows] != _read(text, delimiter):
        raise UsageError(f"{path}: its quotes cannot be told apart; export it again")
    if not rows:
        raise UsageError(f"{path}: it is empty; export the sheet again")
    return Template(path, mark, encoding, text, delimiter, rows, lines, _has_comma(rows, delimiter))


def _decoded(data: bytes) -> tuple[bytes, str, str]:
    """A byte order mark, an encoding that gives every byte back, and the text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            found = name, data[len(mark) :]
            break
    else:
        mark, found = b"", ("utf-8", data)
    for encoding in (found[0], "cp1252", "latin-1"):
        try:
            text = found[1].decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.encode(encoding) == found[1]:
            return mark, encoding, text
    raise AssertionError("latin-1 knows every byte")


def _cells(text: str, delimiter: str) -> tuple[list[list[_Span]], list[int]]:
    """Rows of cells as csv.reader reads them, with the places where they stand."""
    rows: list[list[_Span]] = []
    lines: list[int] = []
    row: list[_Span] = []
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    quoted = re.compile(r'"((?:[^"]|"")*)"')
    place, line, first = 0, 1, 1
    while place < len(text):
        end = _END.match(text, place)
        if end is not None and not row:  # an empty line
            place, line = end.end(), line + 1
            first = line
            continue
        start, value = place, ""
        opened = quoted.match(text, place)
        if opened is not None:
            value, place = opened[1].replace('""', '"'), opened.end()
            line += len(_END.findall(opened[1]))
        rest = plain.match(text, place)
        assert rest is not None
        value, place = value + rest[0], rest.end()
        row.append(_Span(start, place, value))
        if text[place : place + 1] == delimiter:
            place += 1
            if place == len(text):
                row.append(_Span(place, place, ""))
            continue
        rows.append(row)
        lines.append(first)
        row = []
        end = _END.match(text, place)
        if end is not None:
            place, line = end.end(), line + 1
        first = line
    if row:
        rows.append(row)
        lines.append(first)
    return rows, lines


def _read(text: str, delimiter: str) -> list[list[str]] | None:
    """The rows as everybody else reads them; None where they cannot."""
    csv.field_size_limit(CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [row for row in reader if row]
    except csv.Error:
        return None


def _has_comma(rows: list[list[_Span]], delimiter: str) -> bool:
    cells = [cell.value.strip() for row in rows for cell in row]
    commas = sum(re.fullmatch(r"[0-9]+,[0-9]{1,2}", cell) is not None for cell in cells)
    dots = sum(re.fullmatch(r"[0-9]+\.[0-9]{1,2}", cell) is not None for cell in cells)
    return commas > dots
