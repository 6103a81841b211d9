"""A module made of a notebook's cells: its text, and the way back from its lines to theirs.

Each cell's statements stand below a line `# %% cell 3`, at the distance from it that they have
from the top of their cell. So a line of the module says by itself where it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from grader.handin.cells.definitions import Statement, functions, needed
from grader.handin.cells.file import Cell

__all__ = ["is_from_notebook", "labels", "module_text", "place"]

_HEADER = "# From a notebook: its functions, and what they need."
_FUTURE = "from __future__ import annotations  "
_MARKER = re.compile(r"# %% (.{1,120})")
_IN = " of "


def module_text(
    cells: list[Cell],
    statements: list[Statement],
    names: Collection[str] | None = None,
    notebook: str = "",
) -> str:
    """The text of a module that defines `names`, or all functions; "" if there are none.

    Args:
        notebook: its name, for messages.
    """
    roots = functions(statements) if names is None else set(names)
    kept = needed(statements, roots)
    if not any(s.binds & roots for s in kept):
        return ""
    is_future = any(s.text.startswith("from __future__") for s in statements)
    pieces = [_FUTURE + _HEADER if is_future else _HEADER]
    where = f"{_IN}{notebook[:60]}" if notebook else ""
    for number in sorted({s.cell for s in kept}):
        lines = [""]
        for s in kept:
            if s.cell == number and not s.text.startswith("from __future__"):
                _put(s, lines)
        if len(lines) > 1:
            pieces += [f"# %% {cells[number].label}{where}", *lines[1:]]
    return "\n".join(pieces) + "\n"


def _put(statement: Statement, lines: list[str]) -> None:
    """Write a statement at its place; what ends on the line on which it begins stays there."""
    first, *rest = statement.text.split("\n")
    lines += [""] * (statement.line + 1 - len(lines))
    lines[-1] = f"{lines[-1]}; {first}" if lines[-1] else first
    lines += rest


def is_from_notebook(text: str) -> bool:
    """Whether a module's text was made by `module_text`."""
    return text.startswith((_HEADER, _FUTURE + _HEADER))


def labels(text: str) -> list[str]:
    """The cells that a module's text was made of, e.g. `In [3]`."""
    return [m[1] for m in re.finditer(rf"^{_MARKER.pattern}$", text, re.MULTILINE)]


def place(text: str, file: str, line: int) -> str:
    """How a person finds a line of a module: `magnitude.py, line 12`, or `cell 3, line 5`.

    Args:
        text: the module's.
        file: its name.
    """
    if is_from_notebook(text):
        lines = text.split("\n")
        for above in range(min(line, len(lines)) - 1, 0, -1):
            marker = _MARKER.fullmatch(lines[above])
            if marker:
                return _cell_place(marker[1], line - above - 1)
    return f"{file}, line {line}"


def _cell_place(marker: str, line: int) -> str:
    cell, _, notebook = marker.partition(_IN)
    return f"{notebook}, {cell}, line {line}" if notebook else f"{cell}, line {line}"
