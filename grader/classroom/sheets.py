"""CSV: a sheet that some system exported, in any usual encoding; and tables of one's own."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from pathlib import Path

import msgspec

from grader.errors import UsageError

__all__ = ["CELL", "Sheet", "cleaned", "delimiter_of", "read_bytes", "read_sheet", "read_table"]

#: Bytes and rows of a sheet: a hundred thousand students with long feedback.
_LIMIT, _ROWS = 64 << 20, 200_000
#: Characters of a cell.
CELL = 256 << 10
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: How a spreadsheet keeps a text that begins like a formula: ="=text".
_KEPT = re.compile(r'="(.*)"', re.DOTALL)


class Sheet(msgspec.Struct, frozen=True):
    """A sheet.

    Args:
        header: its columns as they are written.
        rows: line number (from 1) and column -> text. A column's name is in small letters, with
            one `_` for what is no letter or digit.
    """

    path: Path
    header: tuple[str, ...]
    rows: list[tuple[int, dict[str, str]]]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(_plain(name) for name in self.header)

    def has(self, *columns: str) -> bool:
        """Whether all of these columns are in it."""
        return set(columns) <= set(self.columns)


def read_sheet(path: Path) -> Sheet:
    """A CSV file with one header line.

    Raises:
        UsageError: it cannot be opened, is too large, is no text, or has no header.
    """
    text = _text(path)
    delimiter = delimiter_of(text)
    rows: list[tuple[int, dict[str, str]]] = []
    csv.field_size_limit(CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        header = next(reader, [])
        names = [_plain(name) for name in header]
        line = reader.line_num + 1
        for cells in reader:
            if len(rows) >= _ROWS:
                raise UsageError(f"{path}: it has more than {_ROWS:,} rows")
            if any(cell.strip() for cell in cells):
                rows.append((line, _row(names, cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(f"{path}:{line}: it is not CSV ({error}); export it again") from None
    if not any(names):
        raise UsageError(f"{path}: it is empty; expected a line with the names of its columns")
    return Sheet(path, tuple(header), rows)


def _row(names: list[str], cells: list[str]) -> dict[str, str]:
    """Column -> text; of two columns with one name the first counts."""
    row: dict[str, str] = {}
    for n, name in enumerate(names):
        row.setdefault(name, cleaned(cells[n]) if n < len(cells) else "")
    return row


def cleaned(text: str) -> str:
    """A cell without what nobody sees: blanks around, control characters, marks of direction."""
    kept = _KEPT.fullmatch(text.strip())
    text = kept[1].replace('""', '"') if kept else text
    return "".join(c for c in text if unicodedata.category(c)[0] != "C" or c == "\n").strip()


def _plain(name: str) -> str:
    return "_".join(re.findall(r"\w+", cleaned(name).casefold().replace("_", " ")))


def read_table(path: Path, limit: int = _LIMIT) -> Sheet:
    """A table that a person wrote for us: commas or semicolons, UTF-8. Nothing is guessed in it,
    and no letter of a cell is taken away but blanks around it.

    Args:
        limit: most bytes of it.

    Raises:
        UsageError: it cannot be read, or is none.
    """
    try:
        lines = read_bytes(path, limit).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8; save it as CSV UTF-8.") from None
    head = lines[0] if lines else ""
    csv.field_size_limit(CELL)
    reader = csv.reader(lines, delimiter=";" if head.count(";") > head.count(",") else ",")
    try:
        header = next(reader, [])
        names = [_plain(name) for name in header]
        rows = [
            (reader.line_num, dict(zip(names, (cell.strip() for cell in cells), strict=False)))
            for cells in reader
        ]
    except csv.Error as error:
        raise UsageError(f"{path}:{reader.line_num}: this is no CSV: {error}.") from None
    return Sheet(path, tuple(header), [row for row in rows if any(row[1].values())])


def read_bytes(path: Path, limit: int = _LIMIT) -> bytes:
    """What lies in a sheet's file, of `limit` bytes at most.

    Raises:
        UsageError: it cannot be opened, is too large, or is a spreadsheet.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or 'it cannot be opened'}") from None
    if len(data) > limit:
        raise UsageError(f"{path}: it is larger than {limit >> 20} MiB")
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise UsageError(f"{path}: it is a spreadsheet; save it as CSV and name that")
    return data


def delimiter_of(text: str) -> str:
    """What stands between the cells of a sheet, by its first lines."""
    sample = "\n".join(text.splitlines()[:3])
    return max(",;\t", key=sample.count)


def _text(path: Path) -> str:
    data = read_bytes(path)
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\0" in text:
        raise UsageError(f"{path}: it is no text; expected a CSV file")
    return text
