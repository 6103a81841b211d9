"""An .ipynb file: from its bytes to its code cells, or to all of them.

Outputs are never looked at, whatever their size. A file may be hostile: what cannot be read is
named, and nothing but SubmissionError is raised.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TypeVar

import msgspec

from grader.errors import SubmissionError

__all__ = ["NOTEBOOK_LIMIT", "Block", "Cell", "read_blocks", "read_cells"]

#: Largest notebook that is read, in bytes; most of it is outputs.
NOTEBOOK_LIMIT = 64 << 20
#: Code of one notebook, in characters: as much as a module may hold.
_CODE_LIMIT = 256 << 10
#: Cells that are looked at: a notebook of a whole course has some hundreds.
_CELL_LIMIT = 2000
#: Bytes of cells that are read one by one where some are no cells: each costs memory.
_STRANGE_LIMIT = 1 << 20
#: The notebook format that has been written since 2015.
_FORMAT = 4
#: Longest cell, in characters: finding magics in it takes time for each.
_CELL_CHARACTERS = 64 << 10
#: Up to the next place where something may stand that Python's own json writes and JSON does not
#: know; strings are no such place.
_JSON = re.compile(rb'(?:[^"NI]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+', re.DOTALL)
_NOT_JSON = re.compile(rb"NaN|Infinity")
#: An escape in a string. Half of a letter, which Python's json writes as it is, is the group.
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})"
    rb"|.)",
    re.DOTALL,
)
#: A heading of Markdown or HTML, or a line that stands for one: in bold letters, or underlined.
_HEADING = re.compile(
    r"""^[ ]{0,3}(?: \#+[ \t]*(.+) | <h\d[^>]*>(.+) | \*\*(.+)\*\*[ \t]*$
        | (.+)\n[ ]{0,3}(?:={3,}|-{3,})[ \t]*$ )""",
    re.MULTILINE | re.VERBOSE,
)
#: Characters of a text cell of one line that stands for a heading.
_SHORT = 80
#: Characters of headings that are kept for one cell.
_HEADINGS_LIMIT = 1000
_BROKEN = (msgspec.MsgspecError, RecursionError, UnicodeError, ValueError)
_NOTHING = msgspec.Raw(b"null")


class Cell(msgspec.Struct, frozen=True):
    """One code cell.

    Args:
        label: how a person finds it: `cell 3`, or `In [3]` in a running notebook.
        source: its text, as it was typed.
        above: headings that stand between it and the code cell above, a line each.
    """

    label: str
    source: str
    above: str = ""


class Block(msgspec.Struct, frozen=True):
    """Any cell, as it stands on the page.

    Args:
        kind: "code", "markdown" or "raw".
        grade_id: the name that nbgrader's metadata gives it, or "".
    """

    kind: str
    source: str
    grade_id: str = ""


class _File(msgspec.Struct):
    nbformat: msgspec.Raw = _NOTHING
    metadata: msgspec.Raw = _NOTHING
    cells: msgspec.Raw = _NOTHING


class _Named(msgspec.Struct, frozen=True):
    name: str = ""


class _Metadata(msgspec.Struct):
    language_info: _Named = _Named()


class _Cell(msgspec.Struct):
    cell_type: str
    source: str | list[str] = ""


_C = TypeVar("_C", bound=_Cell)


class _Marked(_Cell):
    metadata: msgspec.Raw = _NOTHING


class _Id(msgspec.Struct, frozen=True):
    grade_id: str = ""


class _Nbgrader(msgspec.Struct):
    nbgrader: _Id = _Id()


def read_cells(data: bytes) -> tuple[list[Cell], list[str]]:
    """The code cells of a notebook, and sentences about cells that could not be read.

    Cells are counted from the top of the page, text cells too.

    Raises:
        SubmissionError: it is no notebook of format 4 in Python; the message says what it is.
    """
    file = _file(data.removeprefix(b"\xef\xbb\xbf"))
    _check(file)
    cells: list[Cell] = []
    notes: list[str] = []
    room = _CODE_LIMIT
    above = ""
    for number, cell in enumerate(_cells(file.cells, _Cell), 1):
        if number > _CELL_LIMIT:
            notes.append(f"only the first {_CELL_LIMIT} cells were read")
            break
        if cell is None:
            notes.append(f"cell {number} was left out: it is not what a notebook's cell is")
            continue
        source = cell.source if isinstance(cell.source, str) else "".join(cell.source)
        if cell.cell_type == "markdown":
            found = _HEADING.findall(source[:_CELL_CHARACTERS])
            if not found and len(source) <= _SHORT and "\n" not in source.strip():
                found = [(source.strip(),)]
            above += "".join(f"{''.join(parts)}\n" for parts in found)[:_HEADINGS_LIMIT]
            above = above[-_HEADINGS_LIMIT:]
        if cell.cell_type != "code":
            continue
        if len(source) > _CELL_CHARACTERS:
            notes.append(
                f"cell {number} was left out: it is longer than {_CELL_CHARACTERS >> 10} KiB"
            )
            continue
        room -= len(source)
        if room < 0:
            notes.append(f"cell {number} and all below were left out: too much code")
            break
        cells.append(Cell(f"cell {number}", source, above))
        above = ""
    return cells, notes


def read_blocks(data: bytes) -> list[Block]:
    """All cells of a notebook, without outputs: as many, and as much of them, as are read of code.

    Raises:
        SubmissionError: as `read_cells`.
    """
    file = _file(data.removeprefix(b"\xef\xbb\xbf"))
    _check(file)
    blocks: list[Block] = []
    room = 4 * _CODE_LIMIT  # texts too
    for cell in _cells(file.cells, _Marked)[:_CELL_LIMIT]:
        if cell is None or cell.cell_type not in ("code", "markdown", "raw"):
            continue
        source = cell.source if isinstance(cell.source, str) else "".join(cell.source)
        room -= len(source)
        if room < 0:
            break
        grade_id = ""
        with suppress(*_BROKEN):
            grade_id = msgspec.json.decode(cell.metadata, type=_Nbgrader).nbgrader.grade_id
        blocks.append(Block(cell.cell_type, source, grade_id))
    return blocks


def _file(data: bytes) -> _File:
    try:
        try:
            return msgspec.json.decode(data, type=_File)
        except msgspec.ValidationError:
            raise
        except msgspec.DecodeError:
            return msgspec.json.decode(_mended(data), type=_File)
    except msgspec.ValidationError:
        raise SubmissionError("it is not a notebook, but some other JSON") from None
    except _BROKEN as error:
        why = " ".join(str(error).split())[:100]
        what = "it is broken or was cut off"
        raise SubmissionError(f"{what}: {why}; open it in Jupyter and save it again") from None


def _mended(data: bytes) -> bytes:
    """With 0 for each NaN and infinity, and a sign for each half of a letter, in the same place."""
    mended = bytearray(data)
    at = 0
    while at < len(data):
        found = _JSON.match(data, at)
        assert found is not None
        number = _NOT_JSON.match(data, found.end())
        if number is None:
            break  # it is no JSON for another reason
        at = number.end()
        mended[number.start() : at] = b"0".ljust(at - number.start())
    return _ESCAPE.sub(lambda found: rb"\ufffd" if found[1] else found[0], mended)


def _cells(data: msgspec.Raw, type_: type[_C]) -> list[_C | None]:
    """All cells; None for one that is something else."""
    with suppress(*_BROKEN):
        return list(msgspec.json.decode(data, type=list[type_]))  # type: ignore[valid-type]
    if len(bytes(data)) > _STRANGE_LIMIT:
        raise SubmissionError("it is not a notebook: its cells are something else")
    try:
        found = msgspec.json.decode(data, type=list[msgspec.Raw])
    except _BROKEN:
        raise SubmissionError("it is not a notebook: it has no list of cells") from None
    return [_cell(raw, type_) for raw in found]


def _cell(data: msgspec.Raw, type_: type[_C]) -> _C | None:
    try:
        return msgspec.json.decode(data, type=type_)
    except _BROKEN:
        return None


def _check(file: _File) -> None:
    """Refuse other formats and other languages."""
    try:
        version = msgspec.json.decode(file.nbformat, type=int)
    except _BROKEN:
        raise SubmissionError("it is not a notebook: it names no format") from None
    if 0 < version < _FORMAT:
        raise SubmissionError(
            f"it is in notebook format {version}, which is too old; "
            "open it in Jupyter and save it again"
        )
    if version != _FORMAT:
        raise SubmissionError(f"it is in a notebook format that is not {_FORMAT}, the one read")
    try:
        language = msgspec.json.decode(file.metadata, type=_Metadata).language_info.name
    except _BROKEN:
        return
    if language and "python" not in language.lower():
        raise SubmissionError(f"it is a notebook in {language[:40]}, not in Python")
