"""`Tidy`: a submitted notebook with the cells that were given out, whatever became of them.

It stands in the place of all of nbgrader's `sanitize_preprocessors`: what these look up cell by
cell is looked up once. What nbgrader says of a cell is taken from the gradebook, never from the
notebook: a student can write anything there. So every step behind it finds what it expects, and
one student's notebook cannot end the run for the others.

Each cell whose id was given out gets its kind and points back, and its text if it is locked. Cells
with other ids, and further copies, are plain cells: their code counts, as all code does, also that
which somebody wrote into a locked cell. Autograder
cells that are gone come back at the end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from grader.handin.text import encodable
from grader.platforms.nbgrader.once import once

__all__ = ["Tidy"]

_SCHEMA = 3
_PYTHON = {"name": "python"}
#: Cell ids as notebooks of format 4.5 have them.
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
#: Characters of output that are kept of one cell: some plots.
_SEEN_LIMIT = 4 << 20


class _Given(msgspec.Struct, frozen=True):
    """A cell as it was given out.

    Args:
        graded: whether points belong to it, and nobody but a machine gives them.
        manual: whether points belong to what a student writes in it.
    """

    kind: str
    source: str
    metadata: dict[str, Any]
    graded: bool
    manual: bool
    task: bool


class Tidy(NbGraderPreprocessor):
    """Gives a submission's cells back what the gradebook says of them."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """The whole notebook, tidied in place."""
        where = resources["nbgrader"]
        given, kernel = once(self, _given, where)
        nb.metadata = _nodes({"kernelspec": kernel, "language_info": _PYTHON})
        handed_in = nb.get("cells")
        cells = handed_in if isinstance(handed_in, list) else []
        left = dict(given)
        nb.cells = [
            made for cell in cells if isinstance(cell, dict) for made in _tidied(cell, left)
        ]
        gone = [name for name, cell in left.items() if cell.graded or cell.task]
        if gone:
            self.log.warning("Cells that were gone are back at the end: %s", ", ".join(gone))
        nb.cells += [_fresh(left[name]) for name in gone]
        ids: set[str] = set()
        for number, cell in enumerate(nb.cells):
            if cell.get("id") in ids or not _is_id(cell.get("id")):
                cell["id"] = f"cell-{number}-{len(ids)}"
            ids.add(cell["id"])
        nb.nbformat, nb.nbformat_minor = 4, 5
        return nb, resources


def _given(url: str, notebook: str, assignment: str) -> tuple[dict[str, _Given], dict[str, Any]]:
    """The cells of a notebook as they were given out, by their ids, in its order; its kernel."""
    with Gradebook(url) as gradebook:
        book = gradebook.find_notebook(notebook, assignment)
        points = {cell.name: cell.max_score for cell in (*book.grade_cells, *book.task_cells)}
        grades = {cell.name for cell in book.grade_cells}
        solutions = {cell.name for cell in book.solution_cells}
        tasks = {cell.name for cell in book.task_cells}
        kernel = json.loads(book.kernelspec or "{}") or {}
        found = {}
        for cell in book.source_cells:
            name = cell.name
            grade, solution = name in grades, name in solutions
            marks = {
                "schema_version": _SCHEMA,
                "grade_id": name,
                "grade": grade,
                "solution": solution,
                "locked": bool(cell.locked),
                "task": name in tasks,
                "cell_type": cell.cell_type,
            }
            if name in points:
                marks["points"] = points[name]
            if cell.checksum:
                marks["checksum"] = cell.checksum
            source = cell.source or ""
            found[name] = _Given(
                cell.cell_type,
                source,
                marks,
                grade and not solution,
                grade and solution,
                name in tasks,
            )
        return found, kernel


def _tidied(cell: Mapping[str, Any], left: dict[str, _Given]) -> Iterator[NotebookNode]:
    """A cell that nothing behind this step can stumble over; what it was is taken out of `left`.

    Code that somebody wrote into a locked cell counts: it stands above it in a cell of its own.
    """
    name = _name_of(cell)
    known = left.pop(name) if name in left else None
    source = cell.get("source")
    kind = cell.get("cell_type")
    if known is not None:
        kind = known.kind
    text = encodable(source) if isinstance(source, str) else ""
    if known is not None and known.metadata["locked"]:
        if kind == "code" and text.strip() not in ("", known.source.strip()):
            yield from _tidied({"cell_type": "code", "source": text}, {})
        text = known.source
    if known is None and kind not in ("code", "markdown"):
        kind, text = "markdown", _fenced(text)
    made: dict[str, Any] = {
        "cell_type": kind,
        "metadata": {} if known is None else _metadata(known),
        "source": text,
    }
    if _is_id(cell.get("id")):
        made["id"] = cell["id"]
    if kind == "code":
        seen = cell.get("outputs") if known is not None and known.manual else []
        made |= {"outputs": list(_seen(seen)), "execution_count": None}
    elif kind == "markdown" and isinstance(cell.get("attachments"), dict):
        made["attachments"] = dict(_pictures(cell["attachments"]))
    yield _nodes(made)


def _fenced(text: str) -> str:
    """A raw cell's text as it stands: pages would take it for their own HTML."""
    fence = "`" * max(3, 1 + max(map(len, re.findall(r"`+", text)), default=0))
    return f"{fence}\n{text}\n{fence}"


def _fresh(known: _Given) -> NotebookNode:
    """A cell as it was given out."""
    made: dict[str, Any] = {
        "cell_type": known.kind,
        "metadata": _metadata(known),
        "source": known.source,
    }
    if known.kind == "code":
        made |= {"outputs": [], "execution_count": None}
    node: NotebookNode = _nodes(made)
    return node


def _metadata(known: _Given) -> dict[str, Any]:
    fixed = {"deletable": False}
    if known.metadata["locked"]:
        fixed["editable"] = False
    return {**fixed, "nbgrader": dict(known.metadata)}


def _name_of(cell: Mapping[str, Any]) -> str:
    """The nbgrader id that a cell claims, or ""."""
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) else ""


def _is_id(value: object) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


# --- what a student saw -----------------------------------------------------------------------


def _seen(outputs: object) -> Iterator[dict[str, Any]]:
    """Of a cell's outputs what nobody can hide a script in: pictures and plain text."""
    room = _SEEN_LIMIT
    for output in outputs if isinstance(outputs, list) else ():
        data = output.get("data") if isinstance(output, dict) else None
        kept = dict(_shown(data)) if isinstance(data, dict) else {}
        room -= sum(map(len, kept.values()))
        if kept and room >= 0:
            yield {"output_type": "display_data", "data": kept, "metadata": {}}


def _pictures(attachments: Mapping[Any, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    for name, data in attachments.items():
        kept = dict(_shown(data)) if isinstance(data, dict) else {}
        if isinstance(name, str) and "image/png" in kept:
            yield name, {"image/png": kept["image/png"]}


def _shown(data: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    picture, text = data.get("image/png"), data.get("text/plain")
    if isinstance(picture, str) and _BASE64.fullmatch(picture):
        yield "image/png", picture
    if isinstance(text, str):
        yield "text/plain", text


def _nodes(value: Any) -> Any:
    """The same as nbformat's own nodes, all the way down."""
    if isinstance(value, dict):
        return NotebookNode({key: _nodes(inner) for key, inner in value.items()})
    return [_nodes(inner) for inner in value] if isinstance(value, list) else value
