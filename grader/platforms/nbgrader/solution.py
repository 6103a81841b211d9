"""A solution as one cell, out of which nbgrader cuts what students do not get.

`generate_assignment` puts one line in the place of each region between `### BEGIN SOLUTION` and
`### END SOLUTION` (nbgrader's ClearSolutions). The cell is the exercise's stub with the solution's
bodies put back, each in a region of its own: so what is left after the cut is the stub, to the
letter. Private helpers, which no stub shows, stand at the end of the region before them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

import msgspec

from grader.course.stubs import Function, is_private, kept_in, stub
from grader.course.text import Text, first_line, plain_lines

__all__ = ["BEGIN", "END", "STUB", "solution_cell"]

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
#: What a region becomes: the line that stubs have.
STUB = "raise NotImplementedError"
_WORDS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN TESTS", "BEGIN MARK SCHEME", "AUTOTEST")


def solution_cell(source: str) -> str:
    """The cell for a solution's text, without a line break at the end.

    Raises:
        SyntaxError: it is not Python, no stub can be made of it, or it holds nbgrader's own marks.
    """
    text = plain_lines(source)
    emptied = stub(text)
    for word in _WORDS:
        if word in text:
            line = text[: text.index(word)].count("\n") + 1
            raise _refusal(line, f'"{word}" is a mark of nbgrader\'s; expected other words')
    regions = _Regions(text).all
    lines = emptied.rstrip("\n").split("\n")
    places = [node.body[-1] for node in _functions(ast.parse(emptied).body)]
    for place, region in reversed(list(zip(places, regions, strict=True))):
        indent = " " * place.col_offset
        inside = [*region.body, *region.helpers]
        lines[place.lineno - 1 : place.lineno] = [f"{indent}{BEGIN}", *inside, f"{indent}{END}"]
    return "\n".join(lines)


class _Region(msgspec.Struct):
    """The lines of one function's body, and of the private helpers behind it."""

    body: list[str]
    helpers: list[str]


class _Regions:
    """What is cut out of a solution, in its order."""

    def __init__(self, text: str) -> None:
        self._source = Text(text)
        self._lines = text.split("\n")
        self.all: list[_Region] = []
        self._read(ast.parse(text).body, 0)

    def _read(self, body: Sequence[ast.stmt], done: int) -> list[_Region]:
        """Collect the regions of a module's or a class's body.

        Returns:
            Those at whose end a statement of this body ends: what stands at its margin may follow.
        """
        ready: list[_Region] = []
        waiting: list[str] = []
        for node in body:
            if is_private(node):
                helper = self._source.text[done : self._source.line_end(node)].strip("\n")
                (ready[-1].helpers if ready else waiting).extend(("", *helper.split("\n")))
            else:
                ready += self._public(node)
                if ready:
                    ready[-1].helpers += waiting
                    waiting = []
            done = self._source.line_end(node)
        if waiting:
            raise _refusal(body[0].lineno, "private helpers without a public function beside them")
        return ready

    def _public(self, node: ast.stmt) -> list[_Region]:
        if isinstance(node, Function):
            self.all.append(_Region(self._body(node), []))
            return self.all[-1:]
        if isinstance(node, ast.ClassDef):
            inside = self._read(node.body, self._source.line_start(first_line(node.body[0])))
            last = next((n for n in reversed(node.body) if not is_private(n)), None)
            return inside[-1:] if isinstance(last, Function | ast.ClassDef) else []
        return []

    def _body(self, node: Function) -> list[str]:
        """The lines of a function that its stub leaves out."""
        rest = node.body[len(kept_in(node)) :]
        if not rest:
            return []
        first = first_line(rest[0])
        if self._lines[first - 1].encode()[: rest[0].col_offset].strip():  # `def f(): return 1`
            indent = " " * (node.col_offset + 4)
            return [indent + self._source.segment(statement) for statement in rest]
        while not (above := self._lines[first - 2].strip()) or above.startswith("#"):
            first -= 1
        lines = self._lines[first - 1 : node.end_lineno]
        blank = next(i for i, line in enumerate(lines) if line.strip())
        return lines[blank:]


def _functions(body: Sequence[ast.stmt]) -> Iterator[Function]:
    """The public functions and methods of a stub, in its order."""
    for node in body:
        if isinstance(node, Function):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node.body)


def _refusal(line: int, what: str) -> SyntaxError:
    return SyntaxError(what, ("", line, 0, ""))
