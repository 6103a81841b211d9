"""From files to texts: a folder with modules and notebooks, read within bounds.

No link is followed: one could point at the solutions. What is not read is named.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath

import msgspec

from grader.handin.cells.notebook import Notebook
from grader.handin.names import kind_of
from grader.handin.read import read_file

__all__ = ["Contents", "beside", "read_folder"]


#: Texts of a submission together, in characters: all of them cross to the judge at once.
_TOTAL_LIMIT = 4 << 20
#: Modules, and notebooks among them, which take far longer to read: a course has some dozens.
_COUNT_LIMIT, _NOTEBOOK_COUNT_LIMIT = 400, 40
#: Folders in folders: `course/exercises/01_vectors/` inside an archive's own is four.
_DEPTH_LIMIT = 6
#: Most entries of folders that are looked at (a fraction of a second), and most notes that are
#: kept, which is more than a person reads.
_ENTRY_LIMIT, _NOTE_LIMIT = 10_000, 50
#: Names of other files that are kept: one of them may be an exercise's under a wrong name.
_OTHERS_LIMIT = 200
#: Folders that others filled, not the student.
_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages", "venv", "__MACOSX"})


class Contents(msgspec.Struct):
    """What was found in a folder; paths are those in it, with `/`.

    Args:
        sources: path -> text.
        notebooks: path -> the notebook that the text is made of.
        notes: sentences on what was not read, and on how the rest was.
        others: paths of files that are neither modules nor notebooks.
    """

    sources: dict[str, str] = {}
    notebooks: dict[str, Notebook] = {}
    notes: list[str] = []
    others: list[str] = []


def read_folder(root: Path) -> Contents:
    """Read a folder."""
    found = Contents()
    notes = found.notes
    total = notebooks = 0
    written: dict[str, str] = {}
    for count, path in enumerate(_modules(root, found)):
        name = path.relative_to(root).as_posix()
        if count >= _COUNT_LIMIT:
            notes.append(f"Only the first {_COUNT_LIMIT} modules were read.")
            break
        notebooks += kind_of(name) == "ipynb"
        if kind_of(name) == "ipynb" and notebooks > _NOTEBOOK_COUNT_LIMIT:
            notes.append(f"{name} was not read: there are too many notebooks.")
            continue
        read = read_file(path)
        if read.text is None:
            notes += [f"{name} was not read: {note}." for note in read.notes]
            continue
        notes += [f"{name}: {note}." for note in read.notes]
        if total + len(read.text) > _TOTAL_LIMIT:
            notes.append(f"{name} was not read: the submission is larger than 4 MiB.")
        else:
            total += len(read.text)
            found.sources[name] = read.text
            if read.notebook is not None:
                found.notebooks[name] = read.notebook
                written |= beside(name, read.notebook)
    found.sources |= {name: text for name, text in written.items() if name not in found.sources}
    more = len(notes) - _NOTE_LIMIT
    found.notes = notes[:_NOTE_LIMIT] + ([f"{more:,} more of these."] if more > 0 else [])
    return found


def beside(path: str, notebook: Notebook) -> dict[str, str]:
    """The modules that a notebook's cells write: path -> text."""
    parent = PurePosixPath(path).parent
    return {(parent / name).as_posix(): text for name, text in notebook.files.items()}


def _modules(root: Path, found: Contents) -> Iterator[Path]:
    """Python files below `root` in a fixed order, shallow ones first; links are not followed."""
    folders, left = [(root, 0)], _ENTRY_LIMIT
    while folders:
        folder, depth = folders.pop(0)
        try:
            with os.scandir(folder) as inside:
                entries = sorted(islice(inside, left + 1), key=lambda entry: entry.name)
        except OSError as error:
            found.notes.append(f"{folder.name}/ was not read: {error.strerror}.")
            continue
        left -= len(entries)
        if left < 0:
            found.notes.append(f"Only {_ENTRY_LIMIT:,} files and folders were looked at.")
            return
        for entry in entries:
            if entry.name.startswith(".") or entry.name in _SKIPPED:
                continue
            path = Path(entry.path)
            if entry.is_symlink():
                if kind_of(entry.name) or entry.is_dir():
                    name = path.relative_to(root).as_posix()
                    found.notes.append(f"{name} was not read: it is a link.")
            elif entry.is_dir():
                if depth < _DEPTH_LIMIT and not os.path.exists(path / "pyvenv.cfg"):
                    folders.append((path, depth + 1))
            elif entry.is_file():
                if kind_of(entry.name):
                    yield path
                elif len(found.others) < _OTHERS_LIMIT:
                    found.others.append(path.relative_to(root).as_posix())
