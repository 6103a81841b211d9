"""A folder or a zip of feedback: nothing is replaced that is not feedback, too."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

import msgspec

from grader.classroom.written import replace_file, replacing
from grader.errors import UsageError
from grader.report.page import GENERATOR

__all__ = ["File", "is_zip", "refuse_others", "write_files"]

_TIME = (1980, 1, 1, 0, 0, 0)
#: Bytes at a file's beginning in which it says what it is.
_HEAD = 400


class File(msgspec.Struct, frozen=True):
    """One document and its name, without a folder."""

    name: str
    data: bytes


def is_zip(out: Path) -> bool:
    """Whether a path means a zip: by its name, where there is no folder of that name."""
    return out.suffix.casefold() == ".zip" and not out.is_dir()


def refuse_others(out: Path, names: Iterable[str]) -> None:
    """See that nothing would be replaced that is not feedback.

    Args:
        names: of all files that will come.

    Raises:
        UsageError: something is there that is not feedback.
    """
    if is_zip(out):
        if os.path.lexists(out) and not _is_our_zip(out):
            raise UsageError(f"--out {out}: it is no feedback of `grade`; name another file.")
        return
    if out.exists() and not out.is_dir():
        raise UsageError(f"--out {out}: it is a file; name a folder, or a file that ends in .zip.")
    for name in names:
        path = out / name
        if os.path.lexists(path) and not _is_ours(path):
            raise UsageError(f"{path}: it is no feedback of `grade`; name another folder.")


def write_files(out: Path, files: Iterable[File]) -> None:
    """Write all files, as `refuse_others` allowed; a zip whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    if is_zip(out):
        _write_zip(out, files)
        return
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in files:
        replace_file(out / file.name, file.data, many=True)


def _is_ours(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return GENERATOR.encode() in file.read(_HEAD)


def _write_zip(out: Path, files: Iterable[File]) -> None:
    with replacing(out) as target, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = GENERATOR.encode()
        for file in files:
            entry = zipfile.ZipInfo(file.name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100600 << 16
            archive.writestr(entry, file.data)


def _is_our_zip(path: Path) -> bool:
    try:
        if path.is_symlink():
            return False
        with zipfile.ZipFile(path) as archive:
            return archive.comment == GENERATOR.encode()
    except (OSError, zipfile.BadZipFile):
        return False
