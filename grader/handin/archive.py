"""A zip that was handed in: unpacked within bounds into a folder of its own, and read from there.

Bounds and refusals are `unpacking`'s; an archive inside the archive is left out as well, and
each is named. `grade pack` puts a word about the work into it (`Packed`).
"""

from __future__ import annotations

import io
import tempfile
import zipfile
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
from grader.handin.unpacking import DAMAGED, Bounds, TooManyFiles, entries, open_zip, write

__all__ = ["MANIFEST", "SUFFIX", "Packed", "is_archive", "read_archive", "work_of"]

SUFFIX = ".zip"
#: The entry in which `grade pack` says what it packed.
MANIFEST = "handin.json"

#: Bytes of a zip, and of all that comes out of it: a course's notebooks with their pictures.
_ARCHIVE_LIMIT, _TOTAL_LIMIT = 64 << 20, 64 << 20
#: Notes that are kept.
_NOTE_LIMIT = 50
_BOUNDS = Bounds(entries=5000)
_MANIFEST_LIMIT = 8 << 10
#: Suffixes of what work may be packed in; a wheel is no such thing, and releases bring one along.
_ARCHIVES = frozenset({".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar"})


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
            with open_zip(io.BytesIO(_bytes(path)), _BOUNDS) as archive:
                notes = list(_unpack(archive, place))
        except TooManyFiles:
            raise SubmissionError(
                f"{path}: it holds too many files; pack your work alone, without libraries"
            ) from None
        except DAMAGED:
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
    for entry in entries(archive, _BOUNDS):
        reason = entry.reason
        if not reason and is_archive(entry.parts[-1]):
            reason = "it is an archive inside the archive"
        if not reason:
            target, most = place.joinpath(*entry.parts), min(left, NOTEBOOK_LIMIT)
            size, reason = write(archive, entry.info, target, most, _BOUNDS)
            left -= size
        if reason and "__MACOSX" not in entry.parts:
            yield f"{entry.name} was not read: {reason}."
    if len(archive.infolist()) > _BOUNDS.entries:
        yield f"Only the first {_BOUNDS.entries:,} entries were looked at."


def _manifest(place: Path) -> Packed | None:
    """What the archive says of itself; it may lie in one folder that holds everything."""
    for path in (place / MANIFEST, *sorted(place.glob(f"*/{MANIFEST}"))):
        with suppress(OSError, msgspec.MsgspecError):
            if path.stat().st_size <= _MANIFEST_LIMIT:
                return msgspec.json.decode(path.read_bytes(), type=Packed)
    return None
