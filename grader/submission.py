"""A submission: a student's Python texts, read once and carried as a value.

Reading is bounded and follows no links: a link in a submission could point at the solutions.
What is skipped is named in `notes`; nothing in a submission stops the grader.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import tokenize
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec

from grader.errors import SubmissionError

__all__ = ["FILE_LIMIT", "Submission"]

#: Largest module that is read, in bytes.
FILE_LIMIT = 256 << 10
_TOTAL_LIMIT = 4 << 20
_COUNT_LIMIT = 400
_DEPTH_LIMIT = 6
#: Most entries of folders that are looked at, and most notes that are kept.
_ENTRY_LIMIT, _NOTE_LIMIT = 10_000, 50
#: Encodings that a module may declare: with others, decoding can take minutes or yield no text.
_ENCODINGS = frozenset({"ascii", "cp1252", "iso8859-1", "iso8859-15", "utf-8", "utf-8-sig"})
_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages", "venv", "__MACOSX"})


class Submission(msgspec.Struct, frozen=True):
    """What one student handed in.

    Args:
        student: a name or number; the folder's or file's name where nothing better is known.
        sources: path inside the submission (with `/`) -> text.
        digest: SHA-256 of paths and texts, in hexadecimal.
        notes: sentences about what was not read.
        single: whether it was given as one module, which is then all that is graded.
    """

    student: str
    sources: dict[str, str]
    digest: str
    notes: tuple[str, ...] = ()
    single: bool = False

    @classmethod
    def from_path(cls, path: str | Path, student: str | None = None) -> Submission:
        """Read a folder laid out like `exercises/`, a flat folder of modules, or one module.

        Raises:
            SubmissionError: there is nothing there, or nothing in it that could be read.
        """
        path = Path(path)
        if path.is_dir():
            sources, notes = _read_folder(path)
        elif path.is_file():
            if path.suffix != ".py":
                raise SubmissionError(
                    f"{path}: not a Python module; expected a folder or a .py file"
                )
            text, note = _read(path)
            if text is None:
                raise SubmissionError(f"{path}: {note}")
            sources, notes = {path.name: text}, []
        else:
            raise SubmissionError(f"{path}: there is no such file or folder")
        name = student or path.resolve().stem or "unknown"
        return cls.from_sources(sources, name, tuple(notes), single=path.is_file())

    @classmethod
    def from_sources(
        cls,
        sources: dict[str, str],
        student: str = "unknown",
        notes: tuple[str, ...] = (),
        *,
        single: bool = False,
    ) -> Submission:
        """A submission from texts that are in memory already: path -> text."""
        digest = hashlib.sha256()
        for name in sorted(sources):
            for part in (name, sources[name]):
                data = part.encode("utf-8", "surrogatepass")
                digest.update(len(data).to_bytes(8, "little") + data)
        texts = {_printable(name): _text(source) for name, source in sources.items()}
        told = tuple(map(_printable, notes))
        return cls(_printable(student), texts, digest.hexdigest(), told, single)


def _printable(name: str) -> str:
    """A name as it can be shown: a file's may hold line ends, or bytes that are no text."""
    return "".join(c if c.isprintable() else "?" for c in name)


def _text(source: str) -> str:
    """Without lone surrogates, which no encoding can carry."""
    return source.encode("utf-8", "replace").decode()


def _read_folder(root: Path) -> tuple[dict[str, str], list[str]]:
    sources: dict[str, str] = {}
    notes: list[str] = []
    total = 0
    for count, path in enumerate(_modules(root, notes)):
        name = path.relative_to(root).as_posix()
        if count >= _COUNT_LIMIT:
            notes.append(f"Only the first {_COUNT_LIMIT} modules were read.")
            break
        text, note = _read(path)
        if text is None:
            notes.append(f"{name} was not read: {note}.")
        elif total + len(text) > _TOTAL_LIMIT:
            notes.append(f"{name} was not read: the submission is larger than 4 MiB.")
        else:
            total += len(text)
            sources[name] = text
    more = len(notes) - _NOTE_LIMIT
    return sources, notes[:_NOTE_LIMIT] + ([f"{more:,} more of these."] if more > 0 else [])


def _modules(root: Path, notes: list[str]) -> Iterator[Path]:
    """Python files below `root` in a fixed order, shallow ones first; links are not followed."""
    folders, left = [(root, 0)], _ENTRY_LIMIT
    while folders:
        folder, depth = folders.pop(0)
        try:
            with os.scandir(folder) as found:
                entries = sorted(islice(found, left + 1), key=lambda entry: entry.name)
        except OSError as error:
            notes.append(f"{folder.name}/ was not read: {error.strerror}.")
            continue
        left -= len(entries)
        if left < 0:
            notes.append(f"Only {_ENTRY_LIMIT:,} files and folders were looked at.")
            return
        for entry in entries:
            if entry.name.startswith(".") or entry.name in _SKIPPED:
                continue
            path = Path(entry.path)
            if entry.is_symlink():
                if path.suffix == ".py" or entry.is_dir():
                    notes.append(f"{path.relative_to(root).as_posix()} was not read: it is a link.")
            elif entry.is_dir():
                if depth < _DEPTH_LIMIT and not (path / "pyvenv.cfg").exists():
                    folders.append((path, depth + 1))
            elif entry.is_file() and path.suffix == ".py":
                yield path


def _read(path: Path) -> tuple[str | None, str]:
    """A module's text, or None and why not."""
    try:
        with path.open("rb") as file:
            data = file.read(FILE_LIMIT + 1)
        if len(data) > FILE_LIMIT:
            return None, f"it is larger than {FILE_LIMIT >> 10} KiB"
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        if codecs.lookup(encoding).name not in _ENCODINGS:
            return None, f"it is written in {encoding}, not in UTF-8"
        text = data.decode(encoding)
    except OSError as error:
        return None, error.strerror or "it cannot be opened"
    except (SyntaxError, UnicodeError, LookupError):
        return None, "it is not UTF-8 text"
    return text.replace("\r\n", "\n").replace("\r", "\n"), ""
