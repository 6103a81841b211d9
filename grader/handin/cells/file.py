"""An .ipynb file: from its bytes to its code cells, or to all of them.

Outputs are never looked at, whatever their size. A file may be hostile: what cannot be read is
named, and nothing but SubmissionError is raised.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Annotated, TypeVar

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
#: The notebook format that has been written since 2015. Older ones are read as nbformat, and so
#: nbgrader, converts them: IPython's of 2011 (2) and 2013 (3) keep cells in worksheets.
_FORMAT = 4
_Version = Annotated[int, msgspec.Meta(lt=1000)]
#: A definition as only Python has it.
_PYTHON = re.compile(
    r"^[ \t]*(?:async[ \t]+)?(?:def[ \t]+\w+[ \t]*\([^()]{0,300}\)[ \t]*(?:->[^:\n]{0,100})?|"
    r"class[ \t]+\w+[ \t]*(?:\([^()\n]{0,100}\))?):[ \t]*(?:\#.*|"
    r"(?:return|raise)\b.*|pass|\.\.\.)?[ \t]*$",
    re.MULTILINE,
)
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
    worksheets: msgspec.Raw = _NOTHING


class _Sheet(msgspec.Struct):
    cells: msgspec.Raw = _NOTHING


class _Named(msgspec.Struct, frozen=True):
    name: str = ""


class _Metadata(msgspec.Struct):
    language_info: _Named = _Named()


class _Cell(msgspec.Struct):
    """A cell; the code of one is called otherwise in older formats, its text in the first."""

    cell_type: str
    source: str | list[str] = ""
    input: str | list[str] = ""
    code: str | list[str] = ""
    text: str | list[str] = ""
    level: int = 1


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
        SubmissionError: it is no notebook in Python; the message says what it is.
    """
    file = _file(data.removeprefix(b"\xef\xbb\xbf"))
    there, language = _cells_of(file, _Cell), _language(file)
    if language and not any(map(_is_python, there)):
        raise SubmissionError(f"it is a notebook in {language[:40]}, not in Python")
    cells: list[Cell] = []
    notes: list[str] = []
    room = _CODE_LIMIT
    above = ""
    for number, cell in enumerate(there, 1):
        if number > _CELL_LIMIT:
            notes.append(f"only the first {_CELL_LIMIT} cells were read")
            break
        if cell is None:
            notes.append(f"cell {number} was left out: it is not what a notebook's cell is")
            continue
        source = _text(cell.source)
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
    blocks: list[Block] = []
    room = 4 * _CODE_LIMIT  # texts too
    for cell in _cells_of(file, _Marked)[:_CELL_LIMIT]:
        if cell is None or cell.cell_type not in ("code", "markdown", "raw"):
            continue
        source = _text(cell.source)
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


def _cells_of(file: _File, type_: type[_C]) -> list[_C | None]:
    """All cells as format 4 has them, whatever the format.

    Raises:
        SubmissionError: it is no notebook, or of a format that nobody knows.
    """
    try:
        version = msgspec.json.decode(file.nbformat, type=_Version)
    except _BROKEN:
        raise SubmissionError("it is not a notebook: it names no format") from None
    if version == _FORMAT:
        return _cells(file.cells, type_)
    if not 0 < version < _FORMAT:
        raise SubmissionError(
            f"it is in notebook format {version}; formats 1 to {_FORMAT} are read"
        )
    if version == 1:
        return [_newer(cell) for cell in _cells(file.cells, type_)]
    try:
        sheets = msgspec.json.decode(file.worksheets, type=list[_Sheet])
    except _BROKEN:
        raise SubmissionError("it is not a notebook: it has no list of cells") from None
    return [_newer(cell) for sheet in sheets for cell in _cells(sheet.cells, type_)]


def _newer(cell: _C | None) -> _C | None:
    """A cell of an older format as format 4 has it."""
    if cell is None:
        return None
    if cell.cell_type == "code":
        return msgspec.structs.replace(cell, source=cell.input or cell.code)
    if cell.cell_type == "heading":
        title = " ".join(_text(cell.source).split())
        marks = "#" * max(1, min(cell.level, 6))
        return msgspec.structs.replace(cell, cell_type="markdown", source=f"{marks} {title}")
    if cell.cell_type in ("text", "html"):
        return msgspec.structs.replace(cell, cell_type="markdown", source=cell.source or cell.text)
    return cell


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def _language(file: _File) -> str:
    """The language that a notebook says it is in, where that is not Python; else ""."""
    try:
        language = msgspec.json.decode(file.metadata, type=_Metadata).language_info.name
    except _BROKEN:
        return ""
    return "" if "python" in language.lower() else language


def _is_python(cell: _Cell | None) -> bool:
    """Whether a cell defines something in Python, whatever kernel it was opened with last."""
    if cell is None or cell.cell_type != "code":
        return False
    return _PYTHON.search(_text(cell.source)[:_CELL_CHARACTERS]) is not None
