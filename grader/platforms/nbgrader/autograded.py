"""Notebooks as formgrader opens them: what was handed in, and the explanation in each marked cell.

    autograded/STUDENT/ASSIGNMENT/NOTEBOOK.ipynb      and timestamp.txt beside it

Metadata and locked cells are the database's, whatever was handed in; outputs of a student's are
left out, and their HTML cannot become a tag. A marked cell has one output, as `nbgrader autograde`
with wxb leaves it: the points as text/plain, the explanation as text/html. A hand-in without a
notebook becomes one, exercise by exercise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from grader.errors import SubmissionError
from grader.handin.cells.file import NOTEBOOK_LIMIT, Block, read_blocks
from grader.platforms.nbgrader.there import CODE, MARK, Book, Source

__all__ = ["Output", "notebook"]

#: Where a tag, a comment or the like begins in HTML.
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
#: Characters of a module that are shown.
_MODULE = 256 << 10


class Output(msgspec.Struct, frozen=True):
    """What a marked cell shows."""

    points: str
    html: str


def notebook(book: Book, folder: Path | None, outputs: Mapping[str, Output]) -> bytes:
    """The notebook, as JSON of format 4.

    Args:
        folder: what was handed in; None where it is gone.
        outputs: exercise -> what its cell shows.
    """
    blocks = [] if folder is None else _blocks(folder, book)
    cells = list(_sorted(book, blocks, outputs)) if blocks else list(_made(book, folder, outputs))
    kernel: Any = {"name": "python3", "display_name": "Python 3", "language": "python"}
    with suppress(msgspec.MsgspecError):
        kernel = msgspec.json.decode(book.kernel, type=dict[str, Any])
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    document = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


# --- what was handed in -------------------------------------------------------------------------


def _blocks(folder: Path, book: Book) -> list[Block]:
    """The cells of the notebook that is this one: by its name, else by its cells."""
    own = {source.name for source in book.sources}
    best: list[Block] = []
    rank = (False, 0)
    for path in sorted(folder.rglob("*.ipynb")):
        if path.is_symlink() or path.stat().st_size > NOTEBOOK_LIMIT:
            continue
        with suppress(SubmissionError, OSError):
            found = read_blocks(path.read_bytes())
            known = sum(block.grade_id in own for block in found)
            if found and (path.stem == book.name, known) >= rank:
                best, rank = found, (path.stem == book.name, known)
    return best


def _module(folder: Path | None, exercise: str) -> str:
    """The module that was handed in for an exercise, as text."""
    found = [] if folder is None else sorted(folder.rglob(f"{exercise}.py"))
    for path in found:
        if path.is_file() and not path.is_symlink():
            with suppress(OSError), path.open("rb") as file:
                return file.read(_MODULE).decode("utf-8", "replace").removeprefix("\ufeff")
    return "# There is no cell and no module of this name in what was handed in."


# --- cells --------------------------------------------------------------------------------------


def _sorted(
    book: Book, blocks: Sequence[Block], outputs: Mapping[str, Output]
) -> Iterator[dict[str, Any]]:
    """The student's cells in their order; what is nbgrader's as it is there; what is gone, added.

    The first cell of an id is that cell, a later one is a plain one. A locked cell that lost its
    id is known by its text.
    """
    sources = {source.name: source for source in book.sources}
    tagged = {block.grade_id for block in blocks}
    lost = {s.source.strip(): s for s in book.sources if s.locked and s.name not in tagged}
    seen: set[str] = set()
    for block in blocks:
        source = sources.get(block.grade_id) or lost.get(block.source.strip())
        if source is None or source.name in seen:
            yield _plain(block)
            continue
        seen.add(source.name)
        yield _known(book, source, source.source if source.locked else block.source, outputs)
    for source in book.sources:
        if source.name not in seen and source.name in (book.points | book.tasks):
            yield _known(book, source, source.source, outputs)


def _made(
    book: Book, folder: Path | None, outputs: Mapping[str, Output]
) -> Iterator[dict[str, Any]]:
    """A notebook of modules: each in the cell that a student would have written it in."""
    sources = {source.name: source for source in book.sources}
    for exercise in book.exercises:
        code = sources.get(f"{CODE}{exercise}")
        if code is not None:
            yield _known(book, code, _module(folder, exercise), outputs)
        else:
            yield _plain(Block("code", _module(folder, exercise)))
        mark = sources.get(f"{MARK}{exercise}")
        if mark is not None:
            yield _known(book, mark, mark.source, outputs)
    for source in book.sources:
        name = source.name
        if name in (book.points | book.tasks) and name.removeprefix(MARK) not in book.exercises:
            yield _known(book, source, source.source, outputs)


def _known(book: Book, source: Source, text: str, outputs: Mapping[str, Output]) -> dict[str, Any]:
    """A cell of nbgrader's, with the metadata that the database has."""
    points = book.points.get(source.name, book.tasks.get(source.name))
    mark: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": source.name,
        "grade": source.name in book.points,
        "solution": source.name in book.answers,
        "task": source.name in book.tasks,
        "locked": source.locked,
        "cell_type": source.kind,
        "checksum": source.checksum,
    }
    if points is not None:
        mark["points"] = float(points)
    metadata: dict[str, Any] = {"nbgrader": mark, "deletable": False}
    if source.locked:
        metadata["editable"] = False
    shown = outputs.get(source.name.removeprefix(MARK)) if source.name.startswith(MARK) else None
    return _cell(source.kind, text if source.locked else _tame(source.kind, text), metadata, shown)


def _plain(block: Block) -> dict[str, Any]:
    return _cell(block.kind, _tame(block.kind, block.source), {})


def _cell(
    kind: str, text: str, metadata: dict[str, Any], shown: Output | None = None
) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "metadata": metadata, "source": text}
    if kind != "code":
        return cell
    outputs = []
    if shown is not None:
        data = {"text/plain": shown.points, "text/html": shown.html}
        outputs.append(
            {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data}
        )
    return {**cell, "execution_count": 1 if shown is not None else None, "outputs": outputs}


def _tame(kind: str, text: str) -> str:
    """A text in which a browser finds no tag; it reads the same."""
    return text if kind == "code" else _TAG.sub("<\u200b", text)
