"""Notebooks as Jupyter writes them, and the modules that cells make."""

from __future__ import annotations

import json
from typing import Any

from grader.handin.cells.definitions import functions, read_statements
from grader.handin.cells.file import Cell
from grader.handin.cells.module import make


def notebook(*sources: Any, **changes: Any) -> bytes:
    """A notebook of code cells, as Jupyter writes one; a tuple is (cell type, source)."""
    cells = []
    for source in sources:
        kind, text = source if isinstance(source, tuple) else ("code", source)
        cell: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": text, "id": "same"}
        if kind == "code":
            cell |= {"outputs": [], "execution_count": None}
        cells.append(cell)
    metadata = {"language_info": {"name": "python"}}
    content = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content | changes).encode()


def module(*sources: str, names: set[str] | None = None) -> str:
    """The module that cells make."""
    cells = [Cell(f"cell {i}", source) for i, source in enumerate(sources, 1)]
    statements = read_statements(cells)[0]
    return make(cells, statements, functions(statements) if names is None else names).text


def code(*sources: str, names: set[str] | None = None) -> list[str]:
    """Its lines that hold code, without what says where they are from."""
    return [x for x in module(*sources, names=names).splitlines() if x and not x.startswith("#")]
