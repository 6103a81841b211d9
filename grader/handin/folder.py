"""From files to texts: a folder, module or notebook, read within bounds.

No link is followed: one could point at the solutions. What is not read is named.
"""

from __future__ import annotations

import codecs
import io
import os
import stat
import tokenize
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from grader.course.text import has_towers, plain_lines
from grader.errors import SubmissionError
from grader.handin.text import printable

__all__ = ["FILE_LIMIT", "SUFFIXES", "TOWERS", "read_folder", "read_module"]

#: What is said of a text that cannot be parsed in any time.
TOWERS = "it has more than a hundred accents on one letter"
#: Largest module that is read, in bytes: some thousand lines, where an exercise asks for tens.
FILE_LIMIT = 256 << 10
#: Texts of a submission together, in characters: all of them cross to the judge at once.
_TOTAL_LIMIT = 4 << 20
#: Modules, and notebooks among them, which take far longer to read: a course has some dozens.
_COUNT_LIMIT, _NOTEBOOK_COUNT_LIMIT = 400, 40
#: Folders in folders: `course/exercises/01_vectors/` inside an archive's own is four.
_DEPTH_LIMIT = 6
#: Sentences about cells of one notebook: who has more to mend begins with these.
_NOTES_LIMIT = 8
#: Statements of one notebook: sorting them out takes a tenth of a millisecond each.
_STATEMENTS_LIMIT = 8000
#: Most entries of folders that are looked at (a fraction of a second), and most notes that are
#: kept, which is more than a person reads.
_ENTRY_LIMIT, _NOTE_LIMIT = 10_000, 50
#: Encodings that a module may declare: with others, decoding can take minutes or yield no text.
_ENCODINGS = frozenset({"ascii", "cp1252", "iso8859-1", "iso8859-15", "utf-8", "utf-8-sig"})
#: What is read: modules and notebooks.
SUFFIXES = (".py", ".ipynb")
#: Folders that others filled, not the student.
_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages", "venv", "__MACOSX"})


def read_folder(root: Path) -> tuple[dict[str, str], list[str]]:
    """The texts in a folder by their paths in it (with `/`), and sentences on what was not read."""
    sources: dict[str, str] = {}
    notes: list[str] = []
    total = notebooks = 0
    for count, path in enumerate(_modules(root, notes)):
        name = path.relative_to(root).as_posix()
        if count >= _COUNT_LIMIT:
            notes.append(f"Only the first {_COUNT_LIMIT} modules were read.")
            break
        notebooks += path.suffix == ".ipynb"
        if path.suffix == ".ipynb" and notebooks > _NOTEBOOK_COUNT_LIMIT:
            notes.append(f"{name} was not read: there are too many notebooks.")
            continue
        text, remarks = read_module(path)
        if text is None:
            notes += [f"{name} was not read: {note}." for note in remarks]
            continue
        notes += [f"{name}: {note}." for note in remarks]
        if total + len(text) > _TOTAL_LIMIT:
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
                if path.suffix in SUFFIXES or entry.is_dir():
                    notes.append(f"{path.relative_to(root).as_posix()} was not read: it is a link.")
            elif entry.is_dir():
                if depth < _DEPTH_LIMIT and not os.path.exists(path / "pyvenv.cfg"):
                    folders.append((path, depth + 1))
            elif entry.is_file() and path.suffix in SUFFIXES:
                yield path


def read_module(path: Path) -> tuple[str | None, list[str]]:
    """A module's text and what is to be said of it, or None and why there is none."""
    if path.suffix == ".ipynb":
        return _read_notebook(path)
    try:
        data = _bytes(path, FILE_LIMIT)
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        if codecs.lookup(encoding).name not in _ENCODINGS:
            return None, [f"it is written in {encoding}, not in UTF-8"]
        text = data.decode(encoding)
    except SubmissionError as error:
        return None, [str(error)]
    except (SyntaxError, UnicodeError, LookupError):
        return None, ["it is not UTF-8 text"]
    return (None, [TOWERS]) if has_towers(text) else (plain_lines(text), [])


def _read_notebook(path: Path) -> tuple[str | None, list[str]]:
    from grader.handin.cells.definitions import read_statements
    from grader.handin.cells.file import NOTEBOOK_LIMIT, read_cells
    from grader.handin.cells.module import module_text

    try:
        cells, notes = read_cells(_bytes(path, NOTEBOOK_LIMIT))
    except SubmissionError as error:
        return None, [str(error)]
    if any(has_towers(cell.source) for cell in cells):
        return None, [TOWERS]
    statements, left_out = read_statements(cells, _STATEMENTS_LIMIT)
    notes += left_out
    if len(notes) > _NOTES_LIMIT:
        notes = [*notes[:_NOTES_LIMIT], f"{len(notes) - _NOTES_LIMIT} more cells were left out"]
    text = module_text(cells, statements, notebook=printable(path.name))
    if not text:
        return None, ["its cells define no function", *notes]
    if len(text) > FILE_LIMIT:
        return None, [f"what it defines is larger than {FILE_LIMIT >> 10} KiB"]
    return text, notes


def _bytes(path: Path, limit: int) -> bytes:
    """What a file holds.

    Raises:
        SubmissionError: it cannot be read, or is too large; the message does not name it.
    """
    try:
        # A pipe is not waited for, should one have taken the place of a file.
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise SubmissionError("it is no ordinary file")
            data = file.read(limit + 1)
    except OSError as error:
        raise SubmissionError(error.strerror or "it cannot be opened") from None
    if len(data) > limit:
        raise SubmissionError(f"it is larger than {limit >> 10} KiB")
    return data


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
