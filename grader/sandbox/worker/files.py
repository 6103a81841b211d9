"""Files in memory: what was handed in beside a module can be read, and nothing is written.

`open` and what Python's libraries look at files with are replaced in a process that is a worker and
nothing else. That is no part of the lock, which refuses all the same; it makes what is harmless
work, and marks an exception with what was refused (`refused.py` reads it).
"""

from __future__ import annotations

import builtins
import errno
import importlib
import io
import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any, Literal

import numpy as np

__all__ = ["Files", "Refusal", "mark"]

#: What is refused: to read or to write a file, to have it as anything but a stream, or to go to
#: another folder.
Refusal = Literal["read", "write", "map", "folder"]
#: Modules that have `open` as `_builtin_open`.
_KEEPERS = ("tokenize", "bz2", "lzma")
#: What opening a file is refused with.
_DENIED = (FileNotFoundError, PermissionError, NotADirectoryError)


def mark(error: OSError, refused: Refusal) -> OSError:
    """The exception, with a word on what was refused."""
    error.wxb_refused = refused  # type: ignore[attr-defined]
    return error


class Files:
    """The files of one module.

    Args:
        data: their names, as paths from the module's folder -> what is in them.
    """

    def __init__(self, data: Mapping[str, bytes]) -> None:
        self._data = dict(data)
        self._look = os.lstat
        self._named: dict[str, list[str]] = {}
        self._folders: dict[str, set[str]] = {".": set()}
        for path in self._data:
            self._named.setdefault(PurePosixPath(path).name, []).append(path)
            parts = [part for part in path.split("/") if part != ".."]
            for i, part in enumerate(parts):
                self._folders.setdefault("/".join(parts[:i]) or ".", set()).add(part)

    def install(self) -> None:
        """Have everything in this process read from here."""
        opened = self._opener(builtins.open)
        replaced: list[tuple[Any, str, Any]] = [
            (builtins, "open", opened),
            (io, "open", opened),
            (os, "stat", self._teller(os.stat)),
            (os, "lstat", self._teller(os.lstat)),
            (os, "listdir", self._lister(os.listdir, list)),
            (os, "scandir", self._lister(os.scandir, self._scan)),
            (os, "access", self._asker(os.access)),
            (os, "open", self._no_number(os.open)),
            (os, "chdir", _staying(os.chdir)),
            (np, "fromfile", self._from_file(np.fromfile)),
        ]
        # Some modules of the standard library keep the one that they found.
        keepers = [sys.modules[name] for name in _KEEPERS if name in sys.modules]
        replaced += [(module, "_builtin_open", opened) for module in keepers]
        for owner, name, function in replaced:
            setattr(owner, name, function)
        with suppress(ImportError, AttributeError):  # a place inside of NumPy, which may move
            openers = importlib.import_module("numpy.lib._datasource")._file_openers
            openers._file_openers[None] = opened

    def find(self, file: Any) -> str:
        """The file that somebody means by a path, or "".

        It need not be where the student's own machine has it: of those with its name, it is the
        one that has most of its folders.
        """
        wanted = _path(file)
        if not wanted or (wanted.startswith("/") and self._is_there(wanted)):
            return ""
        parts = PurePosixPath(wanted.replace("\\", "/")).parts[::-1]
        found, most = "", 0
        for path in self._named.get(parts[0] if parts else "", ()):
            same = 0
            for mine, theirs in zip(PurePosixPath(path).parts[::-1], parts, strict=False):
                if mine != theirs:
                    break
                same += 1
            if same > most:
                found, most = path, same
        return found

    def _is_there(self, path: str) -> bool:
        """Whether this machine has such a file: a library's own is no file of the submission."""
        try:
            self._look(path)
        except (OSError, ValueError):
            return False
        return True

    def _opener(self, opened: Callable[..., Any]) -> Callable[..., Any]:
        def open(  # noqa: A001
            file: Any,
            mode: str = "r",
            buffering: int = -1,
            encoding: str | None = None,
            errors: str | None = None,
            newline: str | None = None,
            closefd: bool = True,
            opener: Any = None,
        ) -> Any:
            options = (mode, buffering, encoding, errors, newline, closefd, opener)
            if isinstance(file, int) or opener is not None or not isinstance(mode, str):
                return opened(file, *options)
            if not set(mode).isdisjoint("wax+"):
                return _writing(file, *options[:5])
            path = self.find(file)
            if path:
                return _reading(path, self._data[path], mode, encoding, errors, newline)
            try:
                return opened(file, *options)
            except _DENIED as error:
                raise mark(error, "read") from None

        return open

    def _teller(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def tell(path: Any, *args: Any, **options: Any) -> Any:
            try:
                return real(path, *args, **options)
            except _DENIED:
                name = self.find(path)
                if name:
                    return _status(stat.S_IFREG | 0o444, len(self._data[name]))
                if self._folder(path):
                    return _status(stat.S_IFDIR | 0o555, 0)
                raise

        return tell

    def _lister(self, real: Callable[..., Any], made: Callable[..., Any]) -> Callable[..., Any]:
        def listed(path: Any = ".") -> Any:
            folder = self._folder(path)
            if not folder:
                try:
                    return real(path)
                except _DENIED as error:
                    raise mark(error, "read") from None
            names = sorted(self._folders[folder])
            return made(names) if made is list else made(names, _path(path))

        return listed

    def _scan(self, names: list[str], folder: str) -> _Scan:
        return _Scan([_Entry(name, os.path.join(folder, name)) for name in names])

    def _folder(self, path: Any) -> str:
        """The folder of the submission that a path means, or ""."""
        wanted = os.path.normpath(_path(path) or ".") if not isinstance(path, int) else "/dev"
        wanted = wanted.strip("/") or "."
        return wanted if wanted in self._folders and len(self._data) else ""

    def _asker(self, real: Callable[..., bool]) -> Callable[..., bool]:
        def access(path: Any, mode: int, **options: Any) -> bool:
            return bool(self.find(path) and not mode & os.W_OK) or real(path, mode, **options)

        return access

    def _no_number(self, real: Callable[..., int]) -> Callable[..., int]:
        def open(path: Any, flags: int, *args: Any, **options: Any) -> int:  # noqa: A001
            name = self.find(path)
            if name and not flags & (os.O_WRONLY | os.O_RDWR):
                raise _unmapped(name)
            return real(path, flags, *args, **options)

        return open

    def _from_file(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def fromfile(
            file: Any,
            dtype: Any = float,
            count: int = -1,
            sep: str = "",
            offset: int = 0,
            **rest: Any,
        ) -> Any:
            path = self.find(file)
            if not path:
                return real(file, dtype, count, sep, offset, **rest)
            if sep:
                text = self._data[path][offset:].decode("utf-8")
                return np.fromstring(text, dtype, count, sep=sep)
            return np.frombuffer(self._data[path], dtype, count, offset).copy()

        return fromfile


def _path(file: Any) -> str:
    """A path as text, or "" for what is none."""
    try:
        return os.fsdecode(file)
    except (TypeError, ValueError):
        return ""


def _status(mode: int, size: int) -> os.stat_result:
    return os.stat_result((mode, 0, 0, 1, 0, 0, size, 0, 0, 0))


class _Data(io.BytesIO):
    """A file in memory, opened for reading."""

    mode = "rb"

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(data)
        self.name = name

    def writable(self) -> bool:
        return False

    def fileno(self) -> int:
        raise _unmapped(self.name)

    def write(self, data: Any) -> int:
        raise io.UnsupportedOperation("not writable")


def _staying(real: Callable[..., None]) -> Callable[..., None]:
    def chdir(path: Any) -> None:
        try:
            real(path)
        except OSError as error:
            raise mark(error, "folder") from None

    return chdir


def _unmapped(name: str) -> OSError:
    """What a file in memory has no answer to."""
    error = io.UnsupportedOperation("a file in memory has no number")
    error.filename = name
    return mark(error, "map")


class _Nowhere(io.BytesIO):
    """/dev/null: what is written to it is gone."""

    def write(self, data: Any) -> int:
        return len(data)


def _reading(
    path: str,
    data: bytes,
    mode: str,
    encoding: str | None,
    errors: str | None,
    newline: str | None,
) -> Any:
    raw = _Data(path, data)
    if "b" in mode:
        return raw
    return io.TextIOWrapper(raw, encoding or "utf-8", errors, newline)


def _writing(
    file: Any,
    mode: str,
    buffering: int,
    encoding: str | None,
    errors: str | None,
    newline: str | None,
) -> Any:
    name = _path(file)
    if name == os.devnull:
        raw = _Nowhere()
        return raw if "b" in mode else io.TextIOWrapper(raw, "utf-8", errors, newline)
    raise mark(PermissionError(errno.EACCES, os.strerror(errno.EACCES), name), "write")


class _Entry:
    """What `os.scandir` gives for one file or folder."""

    def __init__(self, name: str, path: str) -> None:
        self.name, self.path = name, path

    def __fspath__(self) -> str:
        return self.path

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        return os.stat(self.path)

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        return stat.S_ISDIR(self.stat().st_mode)

    def is_file(self, *, follow_symlinks: bool = True) -> bool:
        return stat.S_ISREG(self.stat().st_mode)

    def is_symlink(self) -> bool:
        return False


class _Scan:
    """What `os.scandir` gives: an iterator, which is used in a `with`, too, and closed."""

    def __init__(self, entries: list[_Entry]) -> None:
        self._entries = iter(entries)

    def __iter__(self) -> Iterator[_Entry]:
        return self

    def __next__(self) -> _Entry:
        return next(self._entries)

    def __enter__(self) -> Iterator[_Entry]:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """There is nothing to close."""
