"""Where in a student's files a verdict stands: by what its message says, and by function names.

Texts of students are searched by patterns and never parsed: nothing in them takes time or memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from grader.handin.cells.module import is_from_notebook
from grader.report.model import TestResult

__all__ = ["Place", "Work"]

#: A line that a message names: `magnitude.py, line 12`, `mylib/lengths.py, line 3`.
_NAMED = re.compile(r"([^\s:(]+)\.py, line (\d{1,6})\b")
#: A function of a call as a message writes it.
_CALLED = re.compile(r"\b([A-Za-z_]\w*)\(")
#: How a line begins that says which call a message is about.
_CALL = "Call: "


class Place(msgspec.Struct, frozen=True):
    """A line of a file.

    Args:
        file: its path from the repository's top; "" where it lies outside.
        line: counted from 1; 0 where no line can be named, as in a notebook.
    """

    file: str = ""
    line: int = 0


class Work(msgspec.Struct, frozen=True):
    """What a student handed in, as far as lines of it can be found.

    Args:
        files: module -> its path from the repository's top; modules in folders have dots.
        texts: module -> text.
    """

    files: Mapping[str, str]
    texts: Mapping[str, str]

    def place(self, exercise: str, test: TestResult | None = None) -> Place:
        """Where a test of an exercise went wrong; without a test, where its file begins."""
        text = self.texts.get(exercise, "")
        file = self.files.get(exercise, "")
        if is_from_notebook(text):  # its lines are not those of the file
            return Place(file)
        if test is not None:
            named = self._named(test.message)
            if named is not None:
                return named
            for name in (*_asked(test.message), test.id.rpartition(".")[2]):
                line = _defined(text, name)
                if line:
                    return Place(file, line)
        return Place(file, 1 if text else 0)

    def _named(self, message: str) -> Place | None:
        """The line that a message names, where it is one of the student's."""
        for found in _NAMED.finditer(message):
            module, line = found[1].replace("/", "."), int(found[2])
            lines = self.texts.get(module, "").count("\n") + 1
            if self.files.get(module) and 0 < line <= lines:
                return Place(self.files[module], line)
        return None


def _asked(message: str) -> Iterator[str]:
    """Names of functions in the call that a message is about, what was asked first."""
    for line in message.split("\n"):
        if line.startswith(_CALL):
            yield from _CALLED.findall(line)


def _defined(text: str, name: str) -> int:
    """The line at which a function or class begins, or 0: the last one, which counts."""
    if not name.isidentifier():
        return 0
    begun = rf"^[ \t]*(?:async[ \t]+def|def|class)[ \t]+{name}\b|^{name}[ \t]*="
    found = [match.start() for match in re.finditer(begun, text, re.MULTILINE)]
    return text.count("\n", 0, found[-1]) + 1 if found else 0
