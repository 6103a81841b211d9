"""Everything that can be read in a file: its text, and what is packed, encoded or compiled in it.

What cannot be read is told as such: nothing can be said of it. Bounds keep a broken or hostile
archive from filling the machine.
"""

from __future__ import annotations

import base64
import binascii
import bz2
import codecs
import gzip
import html
import importlib.util
import io
import json
import lzma
import marshal
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

__all__ = ["Piece", "contents", "functions_of"]

#: Layers that are taken off: a wheel in a zip, with a compressed table in it, has three.
_LAYERS = 5
#: Most bytes that one layer may come to: more than any handout holds, less than memory.
_UNPACKED_LIMIT = 1 << 28
#: Shortest run of base64 or hexadecimal digits that is decoded: shorter ones hold no statement.
_ENCODED = 40
_BASE64 = re.compile(rf"[A-Za-z0-9+/_-](?:[A-Za-z0-9+/_-]|\s){{{_ENCODED},}}={{0,2}}")
_HEXADECIMAL = re.compile(rf"(?:[0-9a-fA-F]{{2}}\s?){{{_ENCODED},}}")
#: What pictures, fonts and arrays begin with: they are shown or computed with, not read.
_SHOWN = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"wOFF", b"wOF2", b"\0\0\1\0")
_ARRAY = b"\x93NUMPY"
_BROKEN = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, MemoryError)


class Piece(NamedTuple):
    """Something that can be read in a file.

    Args:
        path: the file, with the way into it behind.
        text: what is to be read; "" where nothing is.
        functions: what identifies the functions of compiled code (`functions_of`).
        unread: why it cannot be looked into, or "".
    """

    path: Path
    text: str = ""
    functions: frozenset[tuple[Any, ...]] = frozenset()
    unread: str = ""


def contents(path: Path, data: bytes, layers: int = _LAYERS) -> Iterator[Piece]:
    """All that a file holds, whatever it is packed in.

    Args:
        path: its name, as it is told.
        layers: how deep to look.
    """
    if not layers:
        yield Piece(path, unread="it is packed too deep")
    elif zipfile.is_zipfile(io.BytesIO(data)):
        yield from _zipped(path, data, layers)
    elif _is_tar(data):
        yield from _tarred(path, data, layers)
    elif (unpack := _compression(data)) is not None:
        try:
            inner = unpack(data)
        except _BROKEN as error:
            yield Piece(path, unread=f"it cannot be unpacked ({error})")
        else:
            yield from contents(path / path.stem, inner, layers - 1)
    elif path.suffix in (".pyc", ".pyo"):
        yield _compiled(path, data)
    else:
        yield from _plain(path, data, layers)


def _bounded(file: Any) -> bytes:
    data: bytes = file.read(_UNPACKED_LIMIT + 1)
    if len(data) > _UNPACKED_LIMIT:
        raise ValueError(f"it holds more than {_UNPACKED_LIMIT >> 20} MiB")
    return data


def _ungzip(data: bytes) -> bytes:
    return _bounded(gzip.GzipFile(fileobj=io.BytesIO(data)))


def _unbzip(data: bytes) -> bytes:
    return _bounded(bz2.BZ2File(io.BytesIO(data)))


def _unxz(data: bytes) -> bytes:
    return _bounded(lzma.LZMAFile(io.BytesIO(data)))


#: What compressed data begins with (RFC 1952, bzip2, .xz and the older .lzma), and the way back.
_COMPRESSED = {b"\x1f\x8b": _ungzip, b"BZh": _unbzip, b"\xfd7zXZ\0": _unxz, b"\x5d\0\0": _unxz}


def _compression(data: bytes) -> Callable[[bytes], bytes] | None:
    return next((unpack for start, unpack in _COMPRESSED.items() if data.startswith(start)), None)


def _is_tar(data: bytes) -> bool:
    """Whether it is an archive of tar's, compressed or not (POSIX ustar: the magic at 257)."""
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            return archive.next() is not None
    except (tarfile.TarError, *_BROKEN):
        return False


def _zipped(path: Path, data: bytes, layers: int) -> Iterator[Piece]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if archive.comment:
            yield from contents(path / "(comment)", archive.comment, layers - 1)
        for member in archive.infolist():
            inside = path / member.filename
            if member.is_dir():
                continue
            try:
                with archive.open(member) as file:
                    inner = _bounded(file)
            except (*_BROKEN, RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
                yield Piece(inside, unread=f"it cannot be unpacked ({error})")
            else:
                yield from contents(inside, inner, layers - 1)


def _tarred(path: Path, data: bytes, layers: int) -> Iterator[Piece]:
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for entry in archive:
                file = archive.extractfile(entry) if entry.isfile() else None
                if file is not None:
                    yield from contents(path / entry.name, _bounded(file), layers - 1)
    except (tarfile.TarError, *_BROKEN) as error:
        yield Piece(path, unread=f"it cannot be unpacked ({error})")


# --- compiled code --------------------------------------------------------------------------------


def functions_of(code: CodeType) -> Iterator[tuple[Any, ...]]:
    """What identifies each function in a module's code, whatever file and line it stands in."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            plain = tuple(c for c in inner.co_consts if not isinstance(c, CodeType))
            yield (inner.co_name, inner.co_code, inner.co_names, inner.co_varnames, repr(plain))
            yield from functions_of(inner)


def _compiled(path: Path, data: bytes) -> Piece:
    """The functions and texts of a .pyc file: a header of 16 bytes (PEP 552), then its code."""
    if data[:4] != importlib.util.MAGIC_NUMBER:
        return Piece(path, unread="it was compiled by another Python")
    try:
        code = marshal.loads(data[16:])
    except (*_BROKEN, TypeError) as error:
        return Piece(path, unread=f"it is no compiled module ({error})")
    if not isinstance(code, CodeType):
        return Piece(path, unread="it is no compiled module")
    return Piece(path, "\n".join(_strings(code)), frozenset(functions_of(code)))


def _strings(code: CodeType) -> Iterator[str]:
    yield from (code.co_name, *code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _strings(constant)
        elif isinstance(constant, str):
            yield constant


# --- texts ----------------------------------------------------------------------------------------


def _plain(path: Path, data: bytes, layers: int) -> Iterator[Piece]:
    text = _decoded(data)
    if text is None:
        if not data.startswith((*_SHOWN, _ARRAY)):
            yield Piece(path, unread="it is no text, picture or archive that is known here")
            return
        text = data.decode("latin-1")
    yield Piece(path, text)
    for inner in _values(text):
        yield Piece(path, inner)
    if "&" in text:
        yield Piece(path, html.unescape(text))
    for found in _encoded(text):
        known = _decoded(found)
        looks_packed = _compression(found) is not None or zipfile.is_zipfile(io.BytesIO(found))
        if known is not None or looks_packed:
            yield from contents(path / "(encoded)", found, layers - 1)


def _decoded(data: bytes) -> str | None:
    """Bytes as text: UTF-8, or UTF-16 and UTF-32 with or without a mark; None if they are none."""
    marks = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    names = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
    for mark, name in zip(marks, names, strict=True):
        if data.startswith(mark):
            with suppress(UnicodeDecodeError):
                return data[len(mark) :].decode(name)
    if b"\0" not in data:
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8-sig")
        return None
    for name in names:  # letters of our alphabet have zeros beside them
        with suppress(UnicodeDecodeError):
            text = data.decode(name)
            readable = sum(c.isascii() and (c.isprintable() or c.isspace()) for c in text)
            if text and readable > 0.9 * len(text):
                return text
    return None


def _values(text: str) -> Iterator[str]:
    """The strings of a JSON document, such as a notebook: lines in a list are one text."""
    if not text.lstrip().startswith(("{", "[")):
        return
    try:
        todo = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while todo:
        value = todo.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            todo += [*value, *value.values()]
        elif isinstance(value, list):
            if value and all(isinstance(item, str) for item in value):
                yield "".join(value)
            todo += value


def _encoded(text: str) -> Iterator[bytes]:
    """What stands in a text in base64 or hexadecimal digits."""
    for match in _BASE64.finditer(text):
        digits = re.sub(r"\s", "", match[0]).rstrip("=").replace("-", "+").replace("_", "/")
        with suppress(binascii.Error, ValueError):
            yield base64.b64decode(digits + "=" * (-len(digits) % 4))
    for match in _HEXADECIMAL.finditer(text):
        with suppress(ValueError):
            yield bytes.fromhex(match[0])
