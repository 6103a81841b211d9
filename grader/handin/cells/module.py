"""A module made of a notebook's cells: its text, and the way back from its lines to theirs.

Each cell's statements stand below a line `# %% cell 3`, at the distance from it that they have
from the top of their cell. So a line of the module says by itself where it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

import msgspec

from grader.handin.cells.definitions import Statement, functions
from grader.handin.cells.file import Cell
from grader.handin.cells.needs import needed

__all__ = [
    "Made",
    "is_from_notebook",
    "labels",
    "make",
    "place",
    "source_name",
    "still_to_come",
]

_HEADER = "# From a notebook: its functions, and what they need."
_FUTURE = "from __future__ import annotations  "
#: IPython puts this function beside Python's own.
_DISPLAY = "display = print"
_MARKER = re.compile(r"# %% (.{1,120})")
_IN = " of "
#: Most names that are listed in one sentence.
_LISTED = 4


class Made(msgspec.Struct, frozen=True):
    """A module that was made of cells.

    Args:
        text: "" where there is nothing to make it of.
        notes: a sentence on each statement that it needs and that can be part of no module.
    """

    text: str
    notes: tuple[str, ...] = ()


def make(
    cells: list[Cell],
    statements: list[Statement],
    names: Collection[str] | None = None,
    notebook: str = "",
) -> Made:
    """The module that defines `names`; by default all functions, in every version there is.

    Args:
        notebook: its name, for messages.
    """
    roots = functions(statements) if names is None else set(names)
    kept = needed(statements, roots)
    if names is None:
        order = {id(s): i for i, s in enumerate(statements)}
        everything = {id(s): s for s in [*kept, *(s for s in statements if s.functions)]}
        kept = sorted(everything.values(), key=lambda s: order[id(s)])
    is_future = any(s.text.startswith("from __future__") for s in statements)
    head = _FUTURE + _HEADER if is_future else _HEADER
    text = _text(head, cells, [s for s in kept if not s.left_out], roots, notebook)
    return Made(text, tuple(_left_out(cells, kept)))


def _text(
    head: str, cells: list[Cell], kept: list[Statement], roots: set[str], notebook: str
) -> str:
    if not any(s.binds & (roots | {"*"}) for s in kept):
        return ""
    pieces = [head]
    needs = set().union(*(s.now | s.later for s in kept))
    pieces += [_DISPLAY] if "display" in needs.difference(*(s.binds for s in kept)) else []
    where = f"{_IN}{notebook[:60]}" if notebook else ""
    by_cell: dict[int, list[Statement]] = {}
    for s in kept:
        by_cell.setdefault(s.cell, []).append(s)
    for number, inside in sorted(by_cell.items()):
        lines = [""]
        for s in inside:
            if not s.text.startswith("from __future__"):
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


def _left_out(cells: list[Cell], kept: Iterable[Statement]) -> Iterator[str]:
    for s in kept:
        if s.left_out:
            bound = {name for name in s.binds if name.isidentifier()}
            names = sorted(bound - s.now) or sorted(bound)
            what = f", so {' and '.join(names[:_LISTED])} may be missing" if names else ""
            yield f"{cells[s.cell].label}: line {s.line} was left out: {s.left_out}{what}"


def is_from_notebook(text: str) -> bool:
    """Whether a module's text was made by `make`."""
    return text.startswith((_HEADER, _FUTURE + _HEADER))


def still_to_come(name: str) -> str:
    """What is said of a function that a notebook has not defined."""
    return f"There is no {name} in your notebook yet."


def source_name(text: str, file: str) -> str:
    """What a person calls the source of a module: its file, or the notebook."""
    if not is_from_notebook(text):
        return file
    _, _, notebook = next(iter(labels(text)), "").partition(_IN)
    return notebook or "Your notebook"


def labels(text: str) -> list[str]:
    """The cells that a module's text was made of, e.g. `In [3]`."""
    return [m[1] for m in re.finditer(rf"^{_MARKER.pattern}$", text, re.MULTILINE)]


def place(text: str, file: str, line: int) -> str:
    """How a person finds a line of a module: `magnitude.py, line 12`, or `cell 3, line 5`.

    Args:
        text: the module's.
        file: its name, of a module in a package with dots: `mylib.lengths.py`.
    """
    if is_from_notebook(text):
        lines = text.split("\n")
        for above in range(min(line, len(lines)) - 1, 0, -1):
            marker = _MARKER.fullmatch(lines[above])
            if marker:
                return _cell_place(marker[1], line - above - 1)
    return f"{file.removesuffix('.py').replace('.', '/')}.py, line {line}"


def _cell_place(marker: str, line: int) -> str:
    cell, _, notebook = marker.partition(_IN)
    return f"{notebook}, {cell}, line {line}" if notebook else f"{cell}, line {line}"
