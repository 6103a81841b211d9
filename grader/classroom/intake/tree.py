"""A source as a list of files, whether it is a zip, a folder or a single file.

Nothing is unpacked to find out what is there; bytes are copied one file at a time. No link is
followed. What must not be copied stays in the list, with its reason, so that it can be told whose
it was.
"""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from grader.errors import UsageError
from grader.handin.unpacking import (
    DAMAGED,
    Bounds,
    TooManyFiles,
    entries,
    is_about_name,
    open_zip,
    write,
)

__all__ = ["FILE_LIMIT", "Item", "Tree", "open_tree"]

#: Largest file that is kept, in bytes: a notebook full of pictures, a zip of a whole course.
FILE_LIMIT = 64 << 20
#: Files of a source: twenty thousand students with ten files each, and as many again.
BOUNDS = Bounds(entries=400_000, depth=24)
#: What systems leave beside people's files, and folders that no student wrote.
_JUNK = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX"})
_MADE = frozenset(
    {".git", "__pycache__", ".venv", "venv", "node_modules", ".ipynb_checkpoints", "__MACOSX"}
)
_CHUNK = 1 << 16


class Item(NamedTuple):
    """A file of a source.

    Args:
        parts: its path there; empty where it leads out of the source.
        name: the same, as it is written there.
        handle: where its bytes are.
        reason: why it must not be copied, or "".
    """

    parts: tuple[str, ...]
    name: str
    handle: zipfile.ZipInfo | str
    reason: str = ""


class Tree:
    """The files of a source.

    Args:
        path: the source.
        items: its files, in its own order.
        clones: folders in it that are clones of git repositories.
        too_many: not all of its files were looked at.
        odd: names in it whose encoding is a guess.
    """

    def __init__(
        self,
        path: Path,
        items: list[Item],
        archive: zipfile.ZipFile | None = None,
        clones: tuple[tuple[str, ...], ...] = (),
        too_many: bool = False,
    ) -> None:
        self.path, self.items, self.clones, self.too_many = path, items, clones, too_many
        self.odd: tuple[str, ...] = ()
        self._archive = archive

    @property
    def name(self) -> str:
        """The source's name, without where it lies."""
        return self.path.resolve().name

    @property
    def is_folder(self) -> bool:
        return self._archive is None and self.path.is_dir()

    def whole(self) -> Item:
        """The source itself as one file."""
        return Item((self.name,), self.name, str(self.path))

    def origin(self, item: str) -> str:
        """Where something stands, for a person who wants to look."""
        return f"{self.name}: {item}" if item else self.name

    def copy(self, item: Item, target: Path, limit: int = FILE_LIMIT) -> tuple[int, str]:
        """Copy a file's bytes to a place where nothing is yet.

        Returns:
            How many bytes, and why it was not copied, or "".
        """
        if item.reason:
            return 0, item.reason
        if isinstance(item.handle, zipfile.ZipInfo):
            assert self._archive is not None
            return write(self._archive, item.handle, target, limit, BOUNDS)
        return _copy(item.handle, target, limit)

    def read(self, item: Item, limit: int) -> bytes | None:
        """A small file's bytes; None where it is larger, or cannot be read."""
        if item.reason:
            return None
        try:
            if isinstance(item.handle, zipfile.ZipInfo):
                assert self._archive is not None
                with self._archive.open(item.handle) as packed:
                    data = packed.read(limit + 1)
            else:
                with open(_opened(item.handle), "rb") as file:
                    data = file.read(limit + 1)
        except (*DAMAGED, OSError):
            return None
        return data if len(data) <= limit else None


@contextmanager
def open_tree(path: Path) -> Iterator[Tree]:
    """The files of a zip, a folder, or the one that `path` is.

    Raises:
        UsageError: there is no such file or folder, or it is a zip that cannot be read.
    """
    if path.is_dir():
        items, clones, too_many = _walk(path)
        yield Tree(path, items, clones=clones, too_many=too_many)
    elif path.is_file() and path.suffix.lower() == ".zip":
        with path.open("rb") as file:
            try:
                archive = open_zip(file, BOUNDS)
            except TooManyFiles:
                raise UsageError(f"{path}: it holds too many files; unpack it first") from None
            except DAMAGED as error:
                why = str(error).strip() or "it is damaged"
                raise UsageError(
                    f"{path}: it is no zip, or it was cut off ({why}); download it again"
                ) from None
            with archive:
                every = [e for e in entries(archive, BOUNDS) if not _is_junk(e.parts)]
                found = [Item(e.parts, e.name, e.info, e.reason) for e in every]
                tree = Tree(path, found, archive)
                tree.too_many = len(archive.infolist()) > BOUNDS.entries
                tree.odd = tuple(entry.name for entry in every if entry.is_odd)
                yield tree
    elif path.is_file():
        yield Tree(path, [Item((path.name,), path.name, str(path))])
    else:
        raise UsageError(f"{path}: there is no such file or folder")


def _is_junk(parts: tuple[str, ...]) -> bool:
    if not parts:
        return False
    return bool(_MADE.intersection(parts[:-1])) or parts[-1] in _JUNK or parts[-1].startswith("._")


def _walk(root: Path) -> tuple[list[Item], tuple[tuple[str, ...], ...], bool]:
    """Files below a folder in the order of their names; clones; whether that was not all."""
    items: list[Item] = []
    clones = []
    folders: list[tuple[str, ...]] = [()]
    while folders:
        parts = folders.pop()
        below = []
        try:
            with os.scandir(root.joinpath(*parts)) as found:
                here = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            items.append(Item(parts, "/".join(parts), "", error.strerror or "it cannot be read"))
            continue
        for entry in here:
            inside = (*parts, entry.name)
            if entry.is_symlink():
                items.append(Item(inside, "/".join(inside), entry.path, "it is a link"))
            elif entry.is_dir(follow_symlinks=False):
                if entry.name == ".git":
                    clones.append(parts)
                elif entry.name not in _MADE:
                    below.append(inside)
            elif entry.name == ".git" or _is_junk(inside):
                continue
            elif len(items) >= BOUNDS.entries:
                return items, tuple(clones), True
            else:
                reason = "" if entry.is_file(follow_symlinks=False) else "it is no file"
                if len(inside) > BOUNDS.depth:
                    reason = "it lies in too many folders"
                items.append(Item(inside, "/".join(inside), entry.path, reason))
        folders += reversed(below)
    return items, tuple(clones), False


def _opened(path: str) -> int:
    """A descriptor of a regular file, which is no link and does not wait for a writer."""
    fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise OSError(0, "it is no file")
    return fd


def _copy(path: str, target: Path, limit: int) -> tuple[int, str]:
    size = 0
    try:
        fd = _opened(path)
    except OSError as error:
        return 0, error.strerror or "it cannot be opened"
    with open(fd, "rb") as source:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            new = target.open("xb")
        except FileExistsError:
            return 0, "another one has the same name"
        except (OSError, ValueError) as error:
            if not is_about_name(error):
                raise
            return 0, "its name cannot be a file's here"
        with new:
            while data := source.read(_CHUNK):
                size += len(data)
                if size > limit:
                    break
                new.write(data)
    if size > limit:
        target.unlink()
        return size, f"it is larger than {limit >> 10:,} KiB"
    return size, ""
