"""A submission: a student's Python texts, read once and carried as a value.

A notebook is carried as the text of the module that its cells make. Reading is bounded and
follows no links: a link in a submission could point at the solutions. What is skipped is named in
`notes`; nothing in a submission stops the grader.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from grader.course.text import has_towers
from grader.errors import SubmissionError
from grader.handin.archive import SUFFIX, Packed, read_archive
from grader.handin.cells.notebook import Notebook
from grader.handin.folder import Contents, read_folder, written_modules
from grader.handin.names import kind_of, stem
from grader.handin.read import read_file
from grader.handin.text import TOWERS, encodable, printable

__all__ = ["Submission"]


class Submission(msgspec.Struct, frozen=True):
    """What one student handed in.

    Args:
        student: a name or number; the folder's or file's name where nothing better is known.
        sources: path inside the submission (with `/`) -> text.
        digest: SHA-256 of paths and texts, in hexadecimal.
        notes: sentences about what was not read.
        single: whether it was given as one module or notebook, which is then all that is graded.
        data: path inside the submission -> what is in it, for the data files that its texts name.
        packed: what `grade pack` said of it, where it was handed in as a zip.
        notebooks: path -> the notebook that a text of `sources` is made of.
        others: paths of files that are neither modules nor notebooks.
    """

    student: str
    sources: dict[str, str]
    digest: str
    notes: tuple[str, ...] = ()
    single: bool = False
    packed: Packed | None = None
    data: dict[str, bytes] = {}
    notebooks: dict[str, Notebook] = {}
    others: tuple[str, ...] = ()

    @classmethod
    def from_path(
        cls, path: str | Path, student: str | None = None, *, own: bool = False
    ) -> Submission:
        """Read a folder laid out like `exercises/`, a flat one, a zip, one module or notebook.

        Args:
            own: it is one's own work, and may be reached through a link.

        Raises:
            SubmissionError: there is no such path, a file that cannot be read, or a link.
        """
        path = Path(path)
        link = None if own else _link(path)
        if link is not None:
            raise SubmissionError(
                f"{link}: it is a link, and what it points at was not handed in; "
                "name the file or folder itself"
            )
        packed = None
        if path.is_dir():
            found = read_folder(path)
        elif path.is_file() and path.suffix.lower() == SUFFIX:
            found, packed = read_archive(path)
        elif path.is_file():
            found = _read_one(path)
        else:
            raise SubmissionError(f"{path}: {_missing(path)}")
        whole = path.resolve()
        name = student or (whole.name if path.is_dir() else stem(whole.name)) or "unknown"
        return cls.from_sources(
            found.sources,
            name,
            tuple(found.notes),
            single=path.is_file() and path.suffix.lower() != SUFFIX,
            packed=packed,
            data=found.data,
            notebooks=found.notebooks,
            others=found.others,
        )

    @classmethod
    def from_sources(
        cls,
        sources: dict[str, str],
        student: str = "unknown",
        notes: tuple[str, ...] = (),
        *,
        single: bool = False,
        packed: Packed | None = None,
        data: dict[str, bytes] | None = None,
        notebooks: Mapping[str, Notebook] | None = None,
        others: Iterable[str] = (),
    ) -> Submission:
        """A submission from texts that are in memory already: path -> text.

        Args:
            notebooks: path -> the notebook that a text of `sources` is made of. Without it such a
                text is a module like any other.
        """
        digest = hashlib.sha256()
        texts = {name: text.encode("utf-8", "surrogatepass") for name, text in sources.items()}
        for each in (texts, data or {}):
            for name in sorted(each):
                for part in (name.encode("utf-8", "surrogatepass"), each[name]):
                    digest.update(len(part).to_bytes(8, "little") + part)
        plain = {name: source for name, source in sources.items() if not has_towers(source)}
        read = {printable(name): encodable(source) for name, source in plain.items()}
        towers = [f"{name} was not read: {TOWERS}." for name in sources if name not in plain]
        files = {printable(name): content for name, content in (data or {}).items()}
        remarks = tuple(map(printable, (*notes, *towers)))
        return cls(
            printable(student),
            read,
            digest.hexdigest(),
            remarks,
            single,
            packed,
            files,
            {printable(name): book for name, book in (notebooks or {}).items()},
            tuple(map(printable, others)),
        )


def _read_one(path: Path) -> Contents:
    """A module or notebook that is a submission of its own.

    Raises:
        SubmissionError: it is neither, or cannot be read.
    """
    if not kind_of(path.name):
        raise SubmissionError(
            f"{path}: not a Python module or notebook; "
            "expected a folder, a .py, an .ipynb or a .zip file"
        )
    read = read_file(path)
    if read.text is None:
        raise SubmissionError("\n".join(f"{path}: {note}" for note in read.notes))
    found = Contents({path.name: read.text})
    found.notes = [f"{path.name}: {note}." for note in read.notes]
    if read.notebook is not None:
        found.notebooks[path.name] = read.notebook
        found.sources = written_modules(path.name, read.notebook) | found.sources
    return found


def _link(path: Path) -> Path | None:
    """The first link on the way to a path, from where we are; its last part wherever it lies.

    A pattern of the shell, `class/*/magnitude.py`, names what lies behind a link in the middle.
    """
    return next((each for each in _way(path) if each.is_symlink()), None)


def _way(path: Path) -> Iterator[Path]:
    here = Path(os.path.abspath(path))
    for folder in reversed(here.parents):
        if not path.is_absolute() and folder.is_relative_to(Path.cwd()) and folder != Path.cwd():
            yield folder
    yield path


def _missing(path: Path) -> str:
    """Why nothing can be read there: a pipe or a device is no file, but it is there."""
    is_there = os.path.lexists(path)
    return "it is no ordinary file" if is_there else "there is no such file or folder"
