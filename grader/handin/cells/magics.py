"""What IPython understands and Python does not: magics, shell commands, questions for help."""

from __future__ import annotations

import re

__all__ = ["COMMAND", "without_magics"]

#: What stands for the answer of a command: no cell and no module can say that itself.
COMMAND = "(yield)"

#: Cell magics that run the cell below them here, names and all; what is below others is no code
#: of this notebook's (`%%bash`), or leaves no names behind (`%%timeit`).
_KEEPS = frozenset({"capture", "prun", "time"})
_CELL_MAGIC = re.compile(r"\s*%%\s*(\w*)")
_MAGIC = re.compile(
    r"""\s*(?: [%!?]                                     # %magic, !command, ?help
         | [\w.,*\[\]"' ]+ = \s* (?: %\w | ! )           # x = %magic, x = !command
         | %{0,2} [\w.*]+ (?: \[\w+\] )? \?{1,2} \s* (?: \#.* )? $   # help?
    )""",
    re.VERBOSE,
)
#: `x = %magic` and `x = !command`; magics that run the statement beside them; and the one that
#: runs a file.
_ANSWER = re.compile(r"\s*[\w.,*\[\]\"' ]+ = \s*(?=%\w|!)", re.VERBOSE)
_STATEMENT = re.compile(r"(\s*)%(?:time|prun)\s+(?=[^\W\d])")
_RUN = re.compile(r"(\s*)%run\s+(?:-i\s+)?([^\W\d]\w*)\.py\s*(?:\#.*)?", re.VERBOSE)
#: Cell magics whose cell says nothing to Python, or leaves nothing behind.
_OTHERS = frozenset({
    "bash", "cmd", "debug", "file", "html", "javascript", "js", "latex", "markdown", "perl",
    "pypy", "python", "python2", "python3", "ruby", "script", "sh", "svg", "sx", "system",
    "timeit", "writefile",
})  # fmt: skip
#: Commands that need no % where they are a cell's only line.
_BARE = re.compile(r"(?:pip|conda|mamba|uv|cd|ls|pwd|mkdir|cat|cp|mv|rm)(?:\s+[^\s=(\[.,:].*)?")
_PIECE = re.compile(
    r'''"""|\'\'\'|"(?:\\.|[^"\\])*+"?|'(?:\\.|[^'\\])*+'?|\#.*|[(\[{]|[)\]}]|\\$'''
)


def without_magics(source: str) -> str | None:
    """A cell's text without what is for IPython, each line in its place.

    Returns:
        The text, which need not be Python; None where nothing in the cell is.

    Raises:
        SyntaxError: what the cell's magic makes of it cannot be known.
    """
    lines = source.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    cell_magic = _CELL_MAGIC.match(lines[first])
    if cell_magic:
        if cell_magic[1] and cell_magic[1] not in _KEEPS | _OTHERS:
            told = f"%%{cell_magic[1]} is not possible where this is graded"
            raise SyntaxError(told, ("", first + 1, 0, ""))
        if cell_magic[1] not in _KEEPS:
            return None
        lines[first] = ""
    elif _BARE.fullmatch(source.strip()) and "\n" not in source.strip():
        return None
    inside = _Inside()
    skips = False
    for i, line in enumerate(lines):
        if skips or (not inside and _MAGIC.match(line)):
            lines[i] = "" if skips else _python(line)
            if lines[i].strip() not in ("", "pass"):
                inside.read(lines[i])
            skips = not inside and line.rstrip().endswith("\\")
        else:
            inside.read(line)
    return "\n".join(lines)


def _python(line: str) -> str:
    """What is left of a line that is for IPython."""
    run = _RUN.fullmatch(line)
    if run:
        return f"{run[1]}from {run[2]} import *"
    statement = _STATEMENT.match(line)
    if statement:
        return statement[1] + line[statement.end() :]
    answer = _ANSWER.match(line)
    if answer:
        return f"{answer[0]}{COMMAND}"
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}pass" if indent else ""


class _Inside:
    """Whether the next line goes on with a statement: in brackets, a long string, after `\\`."""

    def __init__(self) -> None:
        self._depth = 0
        self._quote = ""
        self._continued = False

    def __bool__(self) -> bool:
        return bool(self._depth or self._quote or self._continued)

    def read(self, line: str) -> None:
        """Go to the end of a line."""
        at = 0
        self._continued = False
        while at < len(line):
            if self._quote:
                at = self._closed(line, at)
                continue
            found = _PIECE.search(line, at)
            if found is None:
                return
            piece, at = found[0], found.end()
            if piece in ('"""', "'''"):
                self._quote = piece
            elif piece in "([{":
                self._depth += 1
            elif piece in ")]}":
                self._depth = max(0, self._depth - 1)
            elif piece == "\\":
                self._continued = True

    def _closed(self, line: str, at: int) -> int:
        """Past the end of the long string, or the end of the line."""
        while at < len(line):
            if line[at] == "\\":
                at += 2
            elif line.startswith(self._quote, at):
                at += 3
                self._quote = ""
                return at
            else:
                at += 1
        return at
