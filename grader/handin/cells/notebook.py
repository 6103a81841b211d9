"""A notebook that was handed in, as a value: its cells and their statements."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import msgspec

from grader.course.text import has_towers
from grader.errors import SubmissionError
from grader.handin.cells.definitions import Statement, functions, read_statements
from grader.handin.cells.file import Cell, read_cells
from grader.handin.cells.module import Made, make
from grader.handin.text import TOWERS

__all__ = ["Notebook"]

#: Sentences about cells of one notebook: who has more to mend begins with these.
_NOTES_LIMIT = 8
#: Statements of one notebook: sorting them out takes a tenth of a millisecond each.
_STATEMENTS_LIMIT = 8000


_WRITTEN = re.compile(r"\s*%%(?:writefile|file)[ \t]+(-a[ \t]+)?([^\W\d]\w*\.py)[ \t]*(?:\n|$)")


_DEFINED = re.compile(r"^[ \t>.]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)", re.MULTILINE)


class Notebook(msgspec.Struct, frozen=True):
    """A notebook.

    Args:
        name: of its file, as people read it.
        cells: its code cells.
        statements: what they say, in their order.
        files: modules that cells write beside it (`%%writefile mine.py`): name -> text.
        broken: function of a cell that cannot be read -> the sentence on that cell.
    """

    name: str
    cells: list[Cell]
    statements: list[Statement]
    files: dict[str, str] = {}
    broken: dict[str, str] = {}

    @classmethod
    def read(cls, data: bytes, name: str) -> tuple[Notebook, list[str]]:
        """A notebook from the bytes of its file, and sentences about cells that were left out.

        Raises:
            SubmissionError: it is none, or nothing in it defines a function; each line of the
                message is a sentence that does not name it.
        """
        cells, notes = read_cells(data)
        if any(has_towers(cell.source) for cell in cells):
            raise SubmissionError(TOWERS)
        statements, left_out = read_statements(cells, _STATEMENTS_LIMIT)
        notes += left_out
        broken = dict(_broken(cells, left_out))
        if len(notes) > _NOTES_LIMIT:
            more = f"{len(notes) - _NOTES_LIMIT} more cells were left out"
            notes = [*notes[:_NOTES_LIMIT], more]
        if not functions(statements):
            raise SubmissionError("\n".join(["its cells define no function", *notes]))
        files: dict[str, str] = {}
        for cell in cells:
            written = _WRITTEN.match(cell.source)
            if written:
                start = files.get(written[2], "") if written[1] else ""
                files[written[2]] = f"{start}{cell.source[written.end() :]}\n"
        return cls(name, cells, statements, files, broken), notes

    @property
    def functions(self) -> set[str]:
        """Names of all functions and classes that it defines."""
        return functions(self.statements)

    @property
    def bound(self) -> set[str]:
        """All names that it gives a value."""
        return {name for statement in self.statements for name in statement.binds}

    def module(self, names: Collection[str] | None = None, without: Collection[int] = ()) -> Made:
        """The module of it that defines `names`; by default all functions, in all versions.

        Args:
            without: statements that do not count, by their places in `statements`.
        """
        statements = self.statements
        if without:
            statements = [s for i, s in enumerate(statements) if i not in without]
        return make(self.cells, statements, names, self.name)


def _broken(cells: list[Cell], notes: list[str]) -> Iterator[tuple[str, str]]:
    """(function, sentence) for the functions in cells that were left out."""
    for cell in cells:
        begin = f"{cell.label} was left out: "
        for note in (note for note in notes if note.startswith(begin)):
            yield from ((name, note) for name in _DEFINED.findall(cell.source))
