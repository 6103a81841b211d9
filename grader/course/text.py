"""The text of the course's files, and the places in it that Python's parser names."""

from __future__ import annotations

import ast
import bisect
import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, NamedTuple

from grader.course.faults import not_utf8, short_path, unreadable
from grader.errors import CourseError

__all__ = [
    "Cut",
    "Located",
    "Text",
    "first_line",
    "has_towers",
    "open_regular",
    "plain_lines",
    "read_draft",
    "read_regular",
    "read_source",
    "without_docstrings",
]

#: Most marks that stand on one letter; no language has a tenth of it.
_MARKS = 100
_NOT_ASCII = re.compile(rf"[^\x00-\x7f]{{{_MARKS},}}")
#: Parts of a program that have a place in its text.
Located = ast.expr | ast.stmt


def plain_lines(text: str) -> str:
    """A text without a byte order mark, its lines ended by line feeds only."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@contextmanager
def open_regular(path: Path) -> Iterator[BinaryIO]:
    """An ordinary file, open while it is read; a pipe in its place is not waited for.

    Raises:
        OSError: it cannot be opened, or is no ordinary file.
    """
    with open(path, "rb", opener=_without_waiting) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
        yield file


def read_regular(path: Path) -> bytes:
    """What an ordinary file holds, as `open_regular` opens it."""
    with open_regular(path) as file:
        return file.read()


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def read_source(path: Path, root: str | Path, expected: str = "a file that can be read") -> str:
    """The text of a file that a course's author wrote: a solution, suite, misconception, lesson.

    Args:
        root: the course's folder, from which the message names the file.
        expected: what to say of a file that is not there.

    Raises:
        CourseError: there is no such file, or it is not UTF-8; with the line of the first such
            byte.
    """
    inside = short_path(path, root)
    try:
        data = read_regular(path)
    except OSError as error:
        raise CourseError([unreadable(inside, error, expected)]) from None
    try:
        return plain_lines(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise CourseError([not_utf8(inside, data, error)]) from None


def read_draft(path: Path) -> str:
    """The text of a stub that somebody may be working on: what is no UTF-8 in it is replaced.

    Raises:
        OSError: it cannot be read.
    """
    return plain_lines(read_regular(path).decode("utf-8", "replace"))


def has_towers(source: str) -> bool:
    """Whether marks stand on marks without end: sorting them takes Python's parser minutes."""
    for run in _NOT_ASCII.finditer(source):
        height = 0
        for letter in run[0]:
            height = height + 1 if unicodedata.combining(letter) else 0
            if height > _MARKS:
                return True
    return False


class Cut(NamedTuple):
    """What takes the place of a piece of a text; `start` and `end` are offsets."""

    start: int
    end: int
    instead: str


class Text:
    """A text of Python with the places that its parser names in it.

    Lines count from 1, their ends are line feeds; columns count bytes of UTF-8, as in `ast`;
    offsets count characters.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = text.split("\n")
        self._starts = list(accumulate((len(line) + 1 for line in self._lines), initial=0))

    @cached_property
    def _encoded(self) -> list[bytes]:
        return [line.encode() for line in self._lines]

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and a column in it."""
        return self._starts[line - 1] + len(self._encoded[line - 1][:column].decode())

    def line_start(self, line: int) -> int:
        """The offset at which a line begins."""
        return self._starts[line - 1]

    def line_at(self, offset: int) -> int:
        """The line that an offset lies in."""
        return bisect.bisect(self._starts, offset)

    def start(self, node: Located) -> int:
        """The offset at which a node begins; decorators stand before it."""
        return self.offset(node.lineno, node.col_offset)

    def end(self, node: Located) -> int:
        """The offset behind a node."""
        return self.offset(node.end_lineno or node.lineno, node.end_col_offset or 0)

    def line_end(self, node: Located) -> int:
        """The offset behind the last line of a node, its line feed included."""
        return self._starts[node.end_lineno or node.lineno]

    def segment(self, node: ast.stmt) -> str:
        """A statement's own text, decorators included, without what stands beside it."""
        first = first_line(node)
        # Only the statement itself is decoded: a line may hold thousands of others.
        lines = self._encoded[first - 1 : node.end_lineno or node.lineno]
        lines[-1] = lines[-1][: node.end_col_offset]
        if first == node.lineno:
            lines[0] = lines[0][node.col_offset :]
        return b"\n".join(lines).decode()

    def edited(self, cuts: Iterable[Cut]) -> str:
        """The text with all cuts made; of those that overlap, the first in the text."""
        pieces, done = [], 0
        for cut in sorted(cuts):
            if cut.start >= done:
                pieces += [self.text[done : cut.start], cut.instead]
                done = cut.end
        return "".join([*pieces, self.text[done:]])


def first_line(node: ast.stmt) -> int:
    """The line on which a statement begins, decorators included."""
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(int(d.lineno) for d in decorators)])


def without_docstrings(text: str) -> str:
    """A module without docstrings, and without blank lines at its ends: as students hand it in.

    Raises:
        SyntaxError: it is no Python.
    """
    lines: list[str | None] = list(text.splitlines())
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and len(node.body) > 1:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                for number in range(first.lineno - 1, first.end_lineno or first.lineno):
                    lines[number] = None
    return "\n".join(line for line in lines if line is not None).strip() + "\n"
