"""From files to texts: a folder with modules and notebooks, read within bounds.

No link is followed: one could point at the solutions. What is not read is named.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path, PurePosixPath

import msgspec

from grader.errors import SubmissionError
from grader.handin.beside import named_in
from grader.handin.cells.notebook import Notebook
from grader.handin.names import kind_of
from grader.handin.read import read_bytes, read_file

__all__ = ["Contents", "read_beside", "read_folder", "written_modules"]


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
#: What stands in every text that opens a file.
_OPENS = re.compile(r"\b(?:open|\w*load\w*|\w*read\w*|from\w+)\b\s*\(")
#: Bytes of all data files together, and how many: the weights of a small network, some tables.
_DATA_LIMIT, _DATA_COUNT_LIMIT = 4 << 20, 100
#: Folders that others filled, not the student.
_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages", "venv", "__MACOSX"})


class Contents(msgspec.Struct):
    """What was found in a folder; paths are those in it, with `/`.

    Args:
        sources: path -> text.
        notebooks: path -> the notebook that the text is made of.
        notes: sentences on what was not read, and on how the rest was.
        others: paths of files that are neither modules nor notebooks.
        data: path -> what is in it, for those of the other files that the texts name.
    """

    sources: dict[str, str] = {}
    notebooks: dict[str, Notebook] = {}
    notes: list[str] = []
    others: list[str] = []
    data: dict[str, bytes] = {}


def read_folder(root: Path) -> Contents:
    """The texts in a folder, and the data files that these name."""
    found = Contents()
    notes = found.notes
    total = notebooks = 0
    written: dict[str, str] = {}
    others: list[Path] = []
    for count, path in enumerate(_modules(root, found, others)):
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
                written |= written_modules(name, read.notebook)
    found.sources |= {name: text for name, text in written.items() if name not in found.sources}
    if others and found.sources:
        found.data = _read_data(root, others, found.sources, found.notebooks, notes)
    more = len(notes) - _NOTE_LIMIT
    found.notes = notes[:_NOTE_LIMIT] + ([f"{more:,} more of these."] if more > 0 else [])
    return found


def written_modules(path: str, notebook: Notebook) -> dict[str, str]:
    """The modules that a notebook's cells write: path -> text."""
    parent = PurePosixPath(path).parent
    return {(parent / name).as_posix(): text for name, text in notebook.files.items()}


def read_beside(folder: Path, sources: Mapping[str, str]) -> dict[str, bytes]:
    """The data files in a folder that some texts name; no text of the folder is read."""
    if not any(_OPENS.search(text) for text in sources.values()):
        return {}
    others: list[Path] = []
    for _ in _modules(folder, Contents(), others):
        pass
    return _read_data(folder, others, sources, {}, [])


def _read_data(
    root: Path,
    others: Iterable[Path],
    sources: Mapping[str, str],
    notebooks: Mapping[str, Notebook],
    notes: list[str],
) -> dict[str, bytes]:
    """Those of the other files that the texts name.

    What only another version of a notebook's cells names is read after that, where there is room.
    """
    named = named_in(sources.values())
    further = named_in(cell.source for book in notebooks.values() for cell in book.cells)
    data: dict[str, bytes] = {}
    left = _DATA_LIMIT
    wanted = [path for path in others if named.has(path.name)]
    maybe = [path for path in others if not named.has(path.name) and further.has(path.name)]
    for path in [*wanted, *maybe]:
        name = path.relative_to(root).as_posix()
        why = ""
        if path.is_symlink():
            why = "it is a link"
        elif len(data) >= _DATA_COUNT_LIMIT:
            why = f"only {_DATA_COUNT_LIMIT} data files are"
        else:
            try:
                data[name] = read_bytes(path, left)
                left -= len(data[name])
            except SubmissionError as error:
                is_large = str(error).startswith("it is larger")
                large = f"data files are larger than {_DATA_LIMIT >> 20} MiB together"
                why = large if is_large else str(error)
        if why and named.has(path.name):
            notes.append(f"{name} was not read: {why}.")
    return data


def _modules(root: Path, found: Contents, data: list[Path]) -> Iterator[Path]:
    """Python files below `root` in a fixed order, shallow ones first; links are not followed.

    Args:
        found: gets notes, and the names of other files.
        data: gets the other files that may be data; of a whole course only those in exercises/.
    """
    folders, left = [(root, 0)], _ENTRY_LIMIT
    closed: set[Path] = set()  # the course's own data and suites are no part of a submission
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
        is_of_course = any(entry.name == "course.yaml" for entry in entries)
        for entry in entries:
            if entry.name.startswith(".") or entry.name in _SKIPPED:
                continue
            path = Path(entry.path)
            if entry.is_symlink():
                if kind_of(entry.name) or entry.is_dir():
                    name = path.relative_to(root).as_posix()
                    found.notes.append(f"{name} was not read: it is a link.")
                elif not is_of_course and folder not in closed:
                    data.append(path)
            elif entry.is_dir():
                if (is_of_course and entry.name != "exercises") or folder in closed:
                    closed.add(path)
                if depth < _DEPTH_LIMIT and not os.path.exists(path / "pyvenv.cfg"):
                    folders.append((path, depth + 1))
            elif entry.is_file() and kind_of(entry.name):
                yield path
            elif entry.is_file():
                if len(found.others) < _OTHERS_LIMIT:
                    found.others.append(path.relative_to(root).as_posix())
                if not is_of_course and folder not in closed:
                    data.append(path)
            elif kind_of(entry.name):
                name = path.relative_to(root).as_posix()
                found.notes.append(f"{name} was not read: it is no ordinary file.")
