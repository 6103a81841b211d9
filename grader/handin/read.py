"""One file that was handed in: its bytes as a text, or as a notebook, whatever its name says.

A text in another encoding than UTF-8 is read where it can be known, and told; what cannot be read
is named, with what to do about it.
"""

from __future__ import annotations

import codecs
import io
import re
import tokenize
from pathlib import Path

import msgspec

from grader.course.text import has_towers, open_regular, plain_lines
from grader.errors import SubmissionError
from grader.handin.cells.file import NOTEBOOK_LIMIT
from grader.handin.cells.notebook import Notebook
from grader.handin.names import kind_of
from grader.handin.text import TOWERS, printable

__all__ = ["FILE_LIMIT", "Read", "read_bytes", "read_file"]

#: Largest module that is read, in bytes: some thousand lines, where an exercise asks for tens.
FILE_LIMIT = 256 << 10
#: Encodings that a module may declare: with others, decoding can take minutes or yield no text.
_ENCODINGS = frozenset({"ascii", "cp1252", "iso8859-1", "iso8859-15", "utf-8", "utf-8-sig"})
#: Marks at the beginning of a text, the longer first: one begins like another.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_NOT_TEXT = "it is not UTF-8 text"
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.MULTILINE)
#: Bytes that no text holds: another file's, renamed.
_BINARY = re.compile(rb"[\x01-\x08\x0e-\x19\x1b-\x1f\x7f]")
_PYTHON = re.compile(r"^(?:def|class|import|from|@|#|async)\b|^['\"#@]|^\w+ *=", re.MULTILINE)


class Read(msgspec.Struct, frozen=True):
    """What a file came to.

    Args:
        text: of the module, or of all functions of the notebook; None where there is none.
        notes: what is to be said of it, or why there is no text; the file is not named in them.
        notebook: where it is one.
    """

    text: str | None
    notes: list[str]
    notebook: Notebook | None = None


def read_file(path: Path) -> Read:
    """Read a module or a notebook."""
    is_named_notebook = kind_of(path.name) == "ipynb"
    try:
        limit = NOTEBOOK_LIMIT if is_named_notebook else FILE_LIMIT
        data = read_bytes(path, limit, NOTEBOOK_LIMIT)
        data, notes = _in_utf8(data)
        head = _head(data)
        if head == b"<":
            what = "a notebook" if is_named_notebook else "Python"
            raise SubmissionError(f"it is a web page, not {what}; download the file itself")
        if data.startswith(b"{\\rtf"):
            raise SubmissionError("it is a word processor's file; save it as plain text")
        if is_named_notebook:
            is_notebook = head in (b"", b"{", b"[") or not _is_python(data)
            if not is_notebook:
                notes.append("it is not a notebook but a Python module, and was read as one")
        else:
            is_notebook = head == b"{" and b'"cells"' in data and b'"nbformat"' in data
            if is_notebook:
                notes.append("it is a notebook, and was read as one")
        if is_notebook:
            return _read_notebook(path, data, notes)
        if len(data) > FILE_LIMIT:
            raise SubmissionError(f"it is larger than {FILE_LIMIT >> 10} KiB")
        text, more = _decoded(data)
        if has_towers(text):
            raise SubmissionError(TOWERS)
    except SubmissionError as error:
        return Read(None, str(error).splitlines())
    return Read(plain_lines(text), notes + more)


def _read_notebook(path: Path, data: bytes, notes: list[str]) -> Read:
    if not data.strip():
        raise SubmissionError("it is empty: save the notebook, and hand it in again")
    notebook, more = Notebook.read(data, printable(path.name))
    text = notebook.module().text
    if len(text) > FILE_LIMIT:
        raise SubmissionError(f"what it defines is larger than {FILE_LIMIT >> 10} KiB")
    return Read(text, notes + more, notebook)


def read_bytes(path: Path, limit: int, notebook_limit: int = 0) -> bytes:
    """What a file holds.

    Args:
        limit: most bytes of it.
        notebook_limit: most bytes if it begins like a notebook, whatever its name.

    Raises:
        SubmissionError: it cannot be read, or is too large; the message does not name it.
    """
    try:
        with open_regular(path) as file:
            data = file.read(limit + 1)
            if len(data) > limit and limit < notebook_limit and _head(data) == b"{":
                limit = notebook_limit
                data += file.read(limit + 1 - len(data))
    except OSError as error:
        raise SubmissionError(error.strerror or "it cannot be opened") from None
    if len(data) > limit:
        raise SubmissionError(f"it is larger than {limit >> 10} KiB")
    return data


def _head(data: bytes) -> bytes:
    """The first byte that says something."""
    return data[:1000].removeprefix(codecs.BOM_UTF8).lstrip()[:1]


def _in_utf8(data: bytes) -> tuple[bytes, list[str]]:
    """A file without the mark that it begins with; UTF-16 and UTF-32 as UTF-8.

    Raises:
        SubmissionError: it is no text.
    """
    encoding = name = ""
    for mark, each, told in _MARKS:
        if data.startswith(mark):
            encoding, name = each, told
            break
    else:
        if b"\0" not in data:
            return data, []
        even, odd = data[::2].count(0), data[1::2].count(0)
        if max(even, odd) * 4 < len(data):  # fewer than half of the letters are Latin ones
            line = data.count(b"\n", 0, data.index(0)) + 1
            what = "it is no text: it holds NUL bytes"
            raise SubmissionError(f"{what}, the first in line {line}; save it again as UTF-8 text")
        encoding, name = ("utf-16-le" if odd > even else "utf-16-be"), "UTF-16"
    try:
        text = data.decode(encoding)
    except UnicodeError:
        raise SubmissionError(_NOT_TEXT) from None
    if not text.strip():
        raise SubmissionError(_NOT_TEXT)
    if "\0" in text:
        raise SubmissionError("it is no text: it holds NUL bytes; save it again as UTF-8 text")
    return text.encode(), [f"it is {name} text, and was read as such; save it as UTF-8"]


def _decoded(data: bytes) -> tuple[str, list[str]]:
    """A module's text, and what is to be said of its encoding.

    Raises:
        SubmissionError: it is no text, or in an encoding that is not read.
    """
    data = data.rstrip(b"\x1a")  # the end of a file, as old programs for Windows write it
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except (SyntaxError, LookupError):
        encoding = "utf-8"
        named = _COOKIE.search(b"\n".join(data.split(b"\n", 2)[:2]))
        if named and not _is_known(named[1].decode()):
            what = f"it declares the encoding {named[1].decode()[:40]}"
            raise SubmissionError(f"{what}, which is not known here; save it as UTF-8") from None
    if codecs.lookup(encoding).name not in _ENCODINGS:
        raise SubmissionError(f"it is written in {encoding}, not in UTF-8")
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        if _BINARY.search(data) or not _PYTHON.search(data.decode("latin-1")):
            raise SubmissionError(_NOT_TEXT) from None
        line = data.count(b"\n", 0, error.start) + 1
    told = f"{_NOT_TEXT} (line {line}), and was read as Windows-1252; save it as UTF-8"
    try:
        return data.decode("cp1252"), [told]
    except UnicodeDecodeError:
        return data.decode("latin-1"), [told.replace("Windows-1252", "Latin-1")]


def _is_known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except (LookupError, ValueError):
        return False
    return True


def _is_python(data: bytes) -> bool:
    """Whether a file that should be a notebook looks like a module instead."""
    try:
        text, _ = _decoded(data)
    except SubmissionError:
        return False
    return _PYTHON.search(text) is not None
