"""A zip that was handed in: unpacked within bounds into a folder of its own, and read from there.

A zip may be hostile. Sizes are counted while they are unpacked, whatever its table says; a path
leads nowhere but into that folder; a link, a special file, a locked entry and an archive inside
the archive are left out and named. `grade pack` puts a word about the work into it (`Packed`).
"""

from __future__ import annotations

import errno
import io
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

import msgspec

from grader.course.outline import Course
from grader.errors import SubmissionError
from grader.handin.cells.file import NOTEBOOK_LIMIT
from grader.handin.folder import Contents, read_folder
from grader.handin.text import printable

__all__ = ["MANIFEST", "SUFFIX", "Packed", "is_archive", "read_archive", "work_of"]

SUFFIX = ".zip"
#: The entry in which `grade pack` says what it packed.
MANIFEST = "handin.json"

#: Bytes of a zip, and of all that comes out of it: a course's notebooks with their pictures.
_ARCHIVE_LIMIT, _TOTAL_LIMIT = 64 << 20, 64 << 20
#: Entries that are looked at, parts of a path, and notes that are kept.
_ENTRY_LIMIT, _DEPTH_LIMIT, _NOTE_LIMIT = 5000, 12, 50
_MANIFEST_LIMIT = 8 << 10
_CHUNK = 1 << 16
_ARCHIVES = frozenset({".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".whl"})
#: Packings that Python undoes with little memory.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
#: What reading a zip in memory raises where it is damaged; an OSError is a full disk.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error,
    EOFError, LookupError, OverflowError, RuntimeError, ValueError,
)  # fmt: skip


class Packed(msgspec.Struct, frozen=True):
    """What `grade pack` says of the work: nothing of it is to be relied on, since anybody can zip.

    Args:
        course: the title of the course that it was packed in.
        suite: digest of what decided marks there, which tells its versions apart.
        unit: the only unit that is in it, or "" for all of them.
        grader: the version of wxb that packed it.
    """

    course: Annotated[str, msgspec.Meta(max_length=200)]
    suite: Annotated[str, msgspec.Meta(max_length=64)]
    unit: Annotated[str, msgspec.Meta(max_length=100)] = ""
    grader: Annotated[str, msgspec.Meta(max_length=50)] = ""
    format: Literal[1] = 1


def read_archive(path: Path) -> tuple[Contents, Packed | None]:
    """What is in a zip, and what `grade pack` said of it.

    Raises:
        SubmissionError: it cannot be read as a zip.
    """
    with tempfile.TemporaryDirectory(prefix="wxb-") as name:
        place = Path(name)
        try:
            with zipfile.ZipFile(io.BytesIO(_bytes(path))) as archive:
                notes = list(_unpack(archive, place))
        except _DAMAGED:
            raise SubmissionError(f"{path}: it is no zip, or it is damaged") from None
        found = read_folder(place)
        notes += found.notes
        left = len(notes) - _NOTE_LIMIT
        found.notes = notes[:_NOTE_LIMIT] + ([f"{left:,} more of these."] if left > 0 else [])
        return found, _manifest(place)


def is_archive(path: str) -> bool:
    """Whether a file's name is an archive's."""
    return PurePosixPath(path).suffix.lower() in _ARCHIVES


def _bytes(path: Path) -> bytes:
    """What a zip holds, as it is.

    Raises:
        SubmissionError: it cannot be read, or is too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_ARCHIVE_LIMIT + 1)
    except OSError as error:
        raise SubmissionError(f"{path}: {error.strerror or 'it cannot be opened'}") from None
    if len(data) > _ARCHIVE_LIMIT:
        raise SubmissionError(f"{path}: it is larger than {_ARCHIVE_LIMIT >> 20} MiB")
    return data


def work_of(packed: Packed | None, course: Course) -> tuple[tuple[str, ...], list[str]]:
    """The exercises that were packed, none meaning all, and sentences about that."""
    if packed is None:
        return (), []
    notes = []
    if packed.course != course.title:
        notes.append(f"It was packed in another course: {printable(packed.course)}.")
    unit = next((unit for unit in course.units if unit.id == packed.unit), None)
    if unit is None:
        return (), notes
    notes.append(f"It was packed as {unit.id}, so only the exercises of this unit were graded.")
    return tuple(exercise.id for exercise in unit.exercises), notes


def _unpack(archive: zipfile.ZipFile, place: Path) -> Iterator[str]:
    """Write a zip's files into `place`; a sentence on each that is left out."""
    left = _TOTAL_LIMIT
    for count, entry in enumerate(archive.infolist()):
        if count >= _ENTRY_LIMIT:
            yield f"Only the first {_ENTRY_LIMIT:,} entries were looked at."
            return
        if entry.is_dir():
            continue
        parts = _parts(entry.filename)
        reason = _unfit(entry, parts)
        if not reason:
            size, reason = _write(archive, entry, place.joinpath(*parts), min(left, NOTEBOOK_LIMIT))
            left -= size
        if reason and "__MACOSX" not in parts:
            yield f"{entry.filename} was not read: {reason}."


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", "."))


def _unfit(entry: zipfile.ZipInfo, parts: tuple[str, ...]) -> str:
    """Why an entry is not unpacked, or ""."""
    mode = entry.external_attr >> 16
    is_outside = ".." in parts or entry.filename.startswith(("/", "\\"))
    if not parts or is_outside or parts[0].endswith(":"):  # a drive, or the root
        return "its path leads out of the archive"
    if len(parts) > _DEPTH_LIMIT:
        return "it lies in too many folders"
    if stat.S_ISLNK(mode):
        return "it is a link"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "it is no file"
    if entry.flag_bits & 1:
        return "it is locked with a password"
    if entry.compress_type not in _METHODS:
        return "it is packed in a way that is not known here"
    if is_archive(parts[-1]):
        return "it is an archive inside the archive"
    return ""


def _write(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, limit: int
) -> tuple[int, str]:
    """Unpack one entry; how many bytes came out, and why it was left out, or ""."""
    size = 0
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.open("xb")
    except FileExistsError:
        return 0, "another one has the same name"
    except (OSError, ValueError) as error:
        if not _is_about_name(error):
            raise
        return 0, "its name cannot be a file's here"
    reason = ""
    with new:
        try:
            with archive.open(entry) as packed:
                while not reason and (data := packed.read(_CHUNK)):
                    size += len(data)
                    new.write(data)
                    if size > limit:
                        reason = f"it is larger than {limit >> 10:,} KiB"
        except _DAMAGED:
            reason = "it is damaged"
    if reason:
        target.unlink()
    return size, reason


def _is_about_name(error: OSError | ValueError) -> bool:
    """Whether a file could not be made for its name; a full disk is another matter."""
    known = (errno.ENAMETOOLONG, errno.ENOTDIR, errno.EILSEQ, errno.EINVAL, errno.EISDIR)
    return isinstance(error, ValueError) or error.errno in known


def _manifest(place: Path) -> Packed | None:
    """What the archive says of itself; it may lie in one folder that holds everything."""
    for path in (place / MANIFEST, *sorted(place.glob(f"*/{MANIFEST}"))):
        with suppress(OSError, msgspec.MsgspecError):
            if path.stat().st_size <= _MANIFEST_LIMIT:
                return msgspec.json.decode(path.read_bytes(), type=Packed)
    return None
