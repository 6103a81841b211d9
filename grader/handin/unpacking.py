"""A zip's entries, looked at and unpacked within bounds, whatever its table says.

A zip may be hostile, and a class's zip holds what many people called their files. Sizes are
counted while they are unpacked; what leads out of the folder, is a link or no file, or is locked,
is never written. One broken name or entry costs only itself.
"""

from __future__ import annotations

import errno
import io
import stat
import struct
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple

__all__ = [
    "DAMAGED",
    "Bounds",
    "Entry",
    "TooManyFiles",
    "entries",
    "is_about_name",
    "open_zip",
    "safe_parts",
    "write",
]

#: What reading a zip raises where it is damaged; an OSError is a full disk.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error,
    EOFError, LookupError, OverflowError, RuntimeError, ValueError,
)  # fmt: skip
#: Packings that Python undoes with little memory.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_CHUNK = 1 << 16
#: Bytes from which the ratio is asked: below, a file of zeros may be as small as it likes.
_RATIO_FROM = 4 << 20
#: The end of a zip's table (APPNOTE 4.3.16), and how far before the end it may stand.
_END, _END_SIZE, _COMMENT = b"PK\x05\x06", 22, 65535
#: Its 64-bit kind (4.3.14), and the record that says where that is (4.3.15).
_END64, _LOCATOR, _LOCATOR_SIZE = b"PK\x06\x06", b"PK\x06\x07", 20
#: One file's record in the table (4.3.12): the fixed part, and the flag "the name is UTF-8".
_RECORD, _RECORD_SIZE, _UTF8 = b"PK\x01\x02", 46, 0x800
#: What stands before a file's bytes (4.3.7).
_HEADER = b"PK\x03\x04"
#: Bytes of the table for each entry that may be looked at: a name, extra fields, a comment.
_RECORD_MEAN = 400
#: Extra field with the name in UTF-8, written by Info-ZIP beside one in another encoding (4.6.9).
_UNICODE_PATH = 0x7075


class Bounds(NamedTuple):
    """What may be unpacked of one archive.

    Args:
        entries: how many are looked at.
        depth: parts of a path.
        ratio: how many times its packed size a large file may be.
    """

    entries: int
    depth: int = 12
    ratio: int = 300


class Entry(NamedTuple):
    """A file in a zip.

    Args:
        info: what `zipfile` knows it by.
        name: its path there, in the encoding that it was written in.
        parts: the same, fit to be joined to a folder.
        reason: why it is not to be unpacked, or "".
        is_odd: its name is in no encoding that the zip tells, so that it may be another.
    """

    info: zipfile.ZipInfo
    name: str
    parts: tuple[str, ...]
    reason: str
    is_odd: bool = False


class TooManyFiles(zipfile.BadZipFile):
    """A zip lists more files than may be looked at; its table is not even read."""


def open_zip(file: IO[bytes], bounds: Bounds) -> zipfile.ZipFile:
    """A zip, ready to be read; a name that is not in the encoding that it claims spoils no other.

    Raises:
        TooManyFiles: it lists more than may be looked at.
        zipfile.BadZipFile: it is none, or it is damaged.
    """
    start, table = _table(file, bounds.entries * _RECORD_MEAN + (1 << 20))
    patches = _mended(file, start, table)
    source = io.BufferedReader(_Patched(file, patches)) if patches else file
    try:
        return zipfile.ZipFile(source)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise zipfile.BadZipFile("its table lies nowhere") from None


def entries(archive: zipfile.ZipFile, bounds: Bounds) -> Iterator[Entry]:
    """The files in a zip, at most `bounds.entries` of them, in its own order."""
    for count, info in enumerate(archive.infolist()):
        if count >= bounds.entries:
            return
        name, is_odd = _name(info)
        if not name.endswith(("/", "\\")):  # a folder
            parts = safe_parts(name)
            yield Entry(info, name, parts or (), _unfit(info, parts, bounds), is_odd)


def safe_parts(name: str) -> tuple[str, ...] | None:
    """A path's parts; None where it is empty or leads out of the folder that it is joined to."""
    parts = tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", "."))
    is_outside = ".." in parts or name.startswith(("/", "\\"))
    if not parts or is_outside or parts[0].endswith(":"):  # a drive, or the root
        return None
    return parts


def write(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, limit: int, bounds: Bounds
) -> tuple[int, str]:
    """Unpack one entry into a file that is not there yet.

    Returns:
        How many bytes came out, and why there is no file, or "".
    """
    size = 0
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.open("xb")
    except FileExistsError:
        return 0, "another one has the same name"
    except (OSError, ValueError) as error:
        if not is_about_name(error):
            raise
        return 0, "its name cannot be a file's here"
    reason = ""
    most = max(_RATIO_FROM, info.compress_size * bounds.ratio)
    with new:
        try:
            for data in _unpacked(archive, info):
                size += len(data)
                new.write(data)
                if size > limit:
                    reason = f"it is larger than {limit >> 10:,} KiB"
                elif size > most:
                    reason = f"it unpacks to more than {bounds.ratio} times its size"
                if reason:
                    break
        except DAMAGED:
            reason = "it is damaged"
    if reason:
        target.unlink()
    return size, reason


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """What is in an entry, piece by piece.

    Raises:
        zipfile.BadZipFile: its place is none, which a file tells by EINVAL.
    """
    try:
        with archive.open(info) as packed:
            while data := packed.read(_CHUNK):
                yield data
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise zipfile.BadZipFile("an entry lies nowhere") from None


def is_about_name(error: OSError | ValueError) -> bool:
    """Whether a file could not be made for its name; a full disk is another matter."""
    known = (errno.ENAMETOOLONG, errno.ENOTDIR, errno.EILSEQ, errno.EINVAL, errno.EISDIR)
    return isinstance(error, ValueError) or error.errno in known


# --- names and kinds ----------------------------------------------------------------------------


def _unfit(info: zipfile.ZipInfo, parts: tuple[str, ...] | None, bounds: Bounds) -> str:
    mode = info.external_attr >> 16
    if not info.filename:
        return "it has no name"
    if parts is None:
        return "its path leads out of the archive"
    if len(parts) > bounds.depth:
        return "it lies in too many folders"
    if stat.S_ISLNK(mode):
        return "it is a link"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "it is no file"
    if info.flag_bits & 1:
        return "it is locked with a password"
    if info.compress_type not in _METHODS:
        return "it is packed in a way that is not known here"
    return ""


def _name(info: zipfile.ZipInfo) -> tuple[str, bool]:
    """An entry's path, and whether its encoding is a guess.

    Many tools write UTF-8 without saying so; text in another encoding that happens to be UTF-8
    hardly exists.
    """
    if info.flag_bits & _UTF8 or info.filename.isascii():
        return info.filename, False
    with suppress(UnicodeError):
        raw = info.filename.encode("cp437")
        return _unicode_path(info.extra, raw) or raw.decode("utf-8"), False
    return info.filename, True


def _unicode_path(extra: bytes, raw: bytes) -> str:
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        data, extra = extra[4 : 4 + size], extra[4 + size :]
        is_path = kind == _UNICODE_PATH and data[:1] == b"\x01"
        if is_path and data[1:5] == zlib.crc32(raw).to_bytes(4, "little"):
            return data[5:].decode("utf-8")
    return ""


# --- the table at the end -----------------------------------------------------------------------


def _table(file: IO[bytes], most: int) -> tuple[int, bytes]:
    """Where a zip's table begins, and its bytes."""
    length = file.seek(0, io.SEEK_END)
    begin = max(0, length - _END_SIZE - _COMMENT)
    file.seek(begin)
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise zipfile.BadZipFile("there is no table at its end")
    size, end = struct.unpack_from("<L", tail, at + 12)[0], begin + at
    if tail[max(0, at - _LOCATOR_SIZE) :][:4] == _LOCATOR and size == 0xFFFFFFFF:
        file.seek(max(0, end - _LOCATOR_SIZE - 56))  # the record lies before the locator
        record = file.read(56)
        if record[:4] != _END64:
            raise zipfile.BadZipFile("its table is not where it should be")
        size, end = struct.unpack_from("<Q", record, 40)[0], end - _LOCATOR_SIZE - 56
    if size > end:
        raise zipfile.BadZipFile("its table is longer than itself")
    if size > most:
        raise TooManyFiles("it lists too many files")
    file.seek(end - size)
    return end - size, file.read(size)


def _mended(file: IO[bytes], start: int, table: bytes) -> dict[int, bytes]:
    """What has to stand where so that no name claims to be UTF-8 that is not: `zipfile` would
    stop at it, and nobody's file could be read.
    """
    patches: dict[int, bytes] = {}
    at = 0
    while at + _RECORD_SIZE <= len(table) and table[at : at + 4] == _RECORD:
        flags = struct.unpack_from("<H", table, at + 8)[0]
        name, extra, comment = struct.unpack_from("<HHH", table, at + 28)
        begin = at + _RECORD_SIZE
        if flags & _UTF8 and not _is_utf8(table[begin : begin + name]):
            patches[start + at + 8] = struct.pack("<H", flags & ~_UTF8)
            patches |= _mended_header(file, struct.unpack_from("<L", table, at + 42)[0])
        at = begin + name + extra + comment
    return patches


def _mended_header(file: IO[bytes], at: int) -> dict[int, bytes]:
    """The same for the header before the file itself."""
    file.seek(at)
    header = file.read(8)
    if header[:4] != _HEADER or len(header) < 8:
        return {}  # the zip stands behind something else, or is damaged
    return {at + 6: struct.pack("<H", struct.unpack_from("<H", header, 6)[0] & ~_UTF8)}


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class _Patched(io.RawIOBase):
    """A file in which some bytes are others: place -> what stands there."""

    def __init__(self, file: IO[bytes], patches: dict[int, bytes]) -> None:
        self._file, self._patches = file, patches
        self._places = sorted(patches)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        at = self._file.tell()
        data = bytearray(self._file.read(len(view)))
        for place in self._places[bisect_left(self._places, at - 1) :]:
            if place >= at + len(data):
                break
            for offset, byte in enumerate(self._patches[place], place - at):
                if 0 <= offset < len(data):
                    data[offset] = byte
        view[: len(data)] = data
        return len(data)
