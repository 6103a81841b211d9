"""From files to texts: a folder, module or notebook, read within bounds.

No link is followed: one could point at the solutions. What is not read is named.
"""

from __future__ import annotations

import codecs
import io
import os
import re
import stat
import tokenize
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from grader.course.text import has_towers, plain_lines
from grader.errors import SubmissionError
from grader.handin.beside import named_in
from grader.handin.text import printable

__all__ = [
    "FILE_LIMIT",
    "SUFFIXES",
    "TOWERS",
    "Read",
    "read_beside",
    "read_folder",
    "read_module",
]


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
#: What stands in every text that opens a file.
_OPENS = re.compile(r"\b(?:open|\w*load\w*|\w*read\w*|from\w+)\b\s*\(")
#: Bytes of all data files together, and how many: the weights of a small network, some tables.
_DATA_LIMIT, _DATA_COUNT_LIMIT = 4 << 20, 100
#: Encodings that a module may declare: with others, decoding can take minutes or yield no text.
_ENCODINGS = frozenset({"ascii", "cp1252", "iso8859-1", "iso8859-15", "utf-8", "utf-8-sig"})
#: What is read: modules and notebooks.
SUFFIXES = (".py", ".ipynb")
#: Folders that others filled, not the student.
_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages", "venv", "__MACOSX"})


class Read(NamedTuple):
    """What was read of a folder.

    Args:
        sources: the texts, by their paths in it (with `/`).
        notes: sentences on what was not read.
        data: the data files that the texts name, by their paths.
    """

    sources: dict[str, str]
    notes: list[str]
    data: dict[str, bytes]


def read_folder(root: Path) -> Read:
    """The texts in a folder, and the data files that these name."""
    sources: dict[str, str] = {}
    notes: list[str] = []
    others: list[Path] = []
    total = notebooks = 0
    for count, path in enumerate(_modules(root, notes, others)):
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
    data = _read_data(root, others, sources, notes) if others and sources else {}
    more = len(notes) - _NOTE_LIMIT
    notes = notes[:_NOTE_LIMIT] + ([f"{more:,} more of these."] if more > 0 else [])
    return Read(sources, notes, data)


def read_beside(folder: Path, sources: dict[str, str]) -> dict[str, bytes]:
    """The data files in a folder that some texts name; no text of the folder is read."""
    if not any(_OPENS.search(text) for text in sources.values()):
        return {}
    others: list[Path] = []
    for _ in _modules(folder, [], others):
        pass
    return _read_data(folder, others, sources, [])


def _read_data(
    root: Path, others: list[Path], sources: dict[str, str], notes: list[str]
) -> dict[str, bytes]:
    """Those of the other files that the texts name."""
    named = named_in(sources.values())
    data: dict[str, bytes] = {}
    left = _DATA_LIMIT
    for path in others:
        name = path.relative_to(root).as_posix()
        if not named.has(path.name):
            continue
        if path.is_symlink():
            notes.append(f"{name} was not read: it is a link.")
        elif len(data) >= _DATA_COUNT_LIMIT:
            notes.append(f"{name} was not read: only {_DATA_COUNT_LIMIT} data files are.")
        else:
            try:
                data[name] = _bytes(path, left)
                left -= len(data[name])
            except SubmissionError as error:
                is_large = str(error).startswith("it is larger")
                why = f"data files are larger than {_DATA_LIMIT >> 20} MiB together"
                notes.append(f"{name} was not read: {why if is_large else error}.")
    return data


def _modules(root: Path, notes: list[str], others: list[Path]) -> Iterator[Path]:
    """Python files below `root` in a fixed order, shallow ones first; links are not followed.

    Args:
        others: other files are added to it; of a whole course only those in its exercises/.
    """
    folders, left = [(root, 0)], _ENTRY_LIMIT
    closed: set[Path] = set()  # the course's own data and suites are no part of a submission
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
        is_of_course = any(entry.name == "course.yaml" for entry in entries)
        for entry in entries:
            if entry.name.startswith(".") or entry.name in _SKIPPED:
                continue
            path = Path(entry.path)
            if entry.is_symlink():
                if path.suffix not in SUFFIXES and not entry.is_dir():
                    others.append(path)
                else:
                    notes.append(f"{path.relative_to(root).as_posix()} was not read: it is a link.")
            elif entry.is_dir():
                if (is_of_course and entry.name != "exercises") or folder in closed:
                    closed.add(path)
                if depth < _DEPTH_LIMIT and not os.path.exists(path / "pyvenv.cfg"):
                    folders.append((path, depth + 1))
            elif entry.is_file() and path.suffix in SUFFIXES:
                yield path
            elif entry.is_file() and not is_of_course and folder not in closed:
                others.append(path)


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
