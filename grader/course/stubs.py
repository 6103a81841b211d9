"""A stub's text: the solution's own, with the body of each public function left out.

A function whose signature names a module that the file does not import, as `torch.Tensor` does,
begins with that import, whether or not the solution needed it. Left out too are private functions,
classes and constants with the comments above them, and the sections `Hints` and `Why it works` of
the module's docstring.
"""

from __future__ import annotations

import ast
import bisect
import io
import re
import tokenize
from collections.abc import Iterator, Sequence

import msgspec

from grader.course.faults import UNREADABLE
from grader.course.text import Cut, Text, first_line, has_towers, plain_lines

__all__ = [
    "Function",
    "Sections",
    "is_docstring",
    "is_private",
    "is_unfilled",
    "kept_in",
    "sections",
    "stub",
    "unfilled",
]

_SECTION = re.compile(r"^(Hints|Why it works)\n-{3,}\n", re.MULTILINE)
_RAISE = "raise NotImplementedError"

Function = ast.FunctionDef | ast.AsyncFunctionDef
_Import = ast.Import | ast.ImportFrom


def stub(source: str) -> str:
    """The stub for a solution's text; a stub's own text comes out as it went in.

    Raises:
        SyntaxError: the text is not Python, or cannot be emptied without showing the solution.
    """
    return _stub(source, True)


def _stub(source: str, with_imports: bool) -> str:
    """The stub; without imports, functions begin with no others than in the source."""
    text = plain_lines(source)
    tree = ast.parse(text)
    known = _bound(tree) if with_imports else None
    editor = _Editor(text if text.endswith("\n") else text + "\n", known)
    if tree.body and is_docstring(tree.body[0]):
        editor.cut_sections(tree.body[0])
    editor.empty(tree.body, 0)
    result = editor.result().strip("\n") + "\n"
    for node in ast.walk(ast.parse(result)):
        if isinstance(node, ast.Name) and node.id in editor.gone:
            what = f"the stub needs {node.id}, which it leaves out; expected a public name"
            raise _refusal(editor.gone[node.id], what)
    return result


class _Editor:
    """Collects what to cut from a text; `gone` are the names that go, with their lines.

    Args:
        known: the names that the module has for itself; None for all.
    """

    def __init__(self, text: str, known: set[str] | None = None) -> None:
        self.text = text
        self._known = known
        self.gone: dict[str, int] = {}
        self._source = Text(text)
        self._tokens: list[tokenize.TokenInfo] = []
        self._cuts: list[Cut] = []

    def result(self) -> str:
        return self._source.edited(self._cuts)

    def empty(self, body: Sequence[ast.stmt], done: int) -> None:
        """Take out what a stub does not show of a module's or a class's body."""
        blank = 0
        for node in body:
            first = self._source.line_start(first_line(node))
            gap = self.text[done:first]
            leading = len(gap) - len(gap.lstrip("\n"))
            if is_private(node):
                self.gone |= dict.fromkeys(_names(node), node.lineno)
                blank = max(blank, leading) if done else 0
                self._cut(done, self._source.line_end(node), "")
            else:
                # What stands on both sides of a private helper stays as far apart as it was.
                self._cut(done, done, "\n" * (blank - leading))
                self._drop_comments(done, first, node.col_offset)
                blank = 0
                self._visit(node)
            done = self._source.line_end(node)
        if body and not body[0].col_offset:
            self._drop_comments(done, len(self.text), 0)

    def _visit(self, node: ast.stmt) -> None:
        if isinstance(node, Function):
            self._function(node)
        elif isinstance(node, ast.ClassDef):
            self._class(node)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            raise _refusal(node.lineno, "a lambda shows the solution; expected def")
        else:
            for inner in ast.walk(node):
                if isinstance(inner, Function | ast.ClassDef):
                    what = f"{inner.name} is defined inside another statement"
                    raise _refusal(inner.lineno, f"{what}; expected it at the left margin")

    def _class(self, node: ast.ClassDef) -> None:
        if node.body[0].lineno > self._source.line_at(self._colon(node)):
            first = self._source.line_start(first_line(node.body[0]))
            self.empty(node.body, first)
            if all(map(is_private, node.body)):
                self._cut(first, first, " " * node.body[0].col_offset + "pass\n")

    def _function(self, node: Function) -> None:
        """Keep decorators, signature, docstring, and the imports that open the body."""
        kept = kept_in(node)
        colon, indent = self._colon(node), "\n" + " " * (node.col_offset + 4)
        added = "".join(f"{indent}import {name}" for name in self._not_imported(node, kept))
        rest = node.body[len(kept) :]
        if node.body[0].lineno == self._source.line_at(colon):
            start = colon
            opening = "".join(indent + self._source.segment(s) for s in kept)
        else:
            start = self._source.end(kept[-1]) if kept else colon
            if not rest or rest[0].lineno > self._source.line_at(start):
                start = self.text.index("\n", start)
            opening = ""
        gap = "\n" if added or (kept and isinstance(kept[-1], _Import)) else ""
        body = f"{opening}{added}{gap}{indent}{_RAISE}\n"
        self._cut(start, self._source.line_end(node), body)

    def _not_imported(self, node: Function, kept: Sequence[ast.stmt]) -> list[str]:
        """Modules that a signature names and that neither the file nor these statements import."""
        if self._known is None:
            return []
        known = set[str]().union(*(_imported(s) for s in kept if isinstance(s, _Import)))
        notes = [n.annotation for n in ast.walk(node.args) if isinstance(n, ast.arg)]
        inside = [n for note in (*notes, node.returns) if note is not None for n in ast.walk(note)]
        owners = [n.value for n in inside if isinstance(n, ast.Attribute)]
        named = {n.id for n in owners if isinstance(n, ast.Name)}
        return sorted(name for name in named if name not in known and name not in self._known)

    def cut_sections(self, docstring: ast.stmt) -> None:
        start = self._source.start(docstring)
        match = _SECTION.search(self.text, start, self._source.end(docstring))
        if match is not None:
            before = len(self.text[: match.start()].rstrip())
            end = "\n" if "\n" in self.text[start:before] else ""
            self._cut(before, self._source.end(docstring) - 3, end)

    def _cut(self, start: int, end: int, instead: str) -> None:
        if start != end or instead:
            self._cuts.append(Cut(start, end, instead))

    def _drop_comments(self, start: int, end: int, column: int) -> None:
        """Comments between statements that stand further in belong to a body that is gone."""
        deeper = re.compile(rf"^[ \t]{{{column + 1},}}#.*\n", re.MULTILINE)
        for match in deeper.finditer(self.text, start, end):
            self._cut(*match.span(), "")

    def _colon(self, node: Function | ast.ClassDef) -> int:
        """The offset behind the colon that ends a signature or a class's first line."""
        if not self._tokens:
            tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
            self._tokens = [token for token in tokens if token.type == tokenize.OP]
        depth = 0
        first = bisect.bisect_left(self._tokens, node.lineno, key=lambda token: token.start[0])
        for token in map(self._tokens.__getitem__, range(first, len(self._tokens))):
            depth += (token.string in "([{") - (token.string in ")]}")
            if token.string == ":" and not depth:
                return self._source.line_start(token.end[0]) + token.end[1]
        raise _refusal(node.lineno, f"{node.name} has no colon")


def _refusal(line: int, what: str) -> SyntaxError:
    return SyntaxError(what, ("", line, 0, ""))


def kept_in(node: Function) -> list[ast.stmt]:
    """What a stub keeps of a function's body: its docstring, and the imports that open it."""
    kept = [s for i, s in enumerate(node.body) if i == 0 and is_docstring(s)]
    for statement in node.body[len(kept) :]:
        if not isinstance(statement, _Import):
            break
        kept.append(statement)
    return kept


def is_private(node: ast.stmt) -> bool:
    """Whether a statement defines nothing but private names."""
    names = _names(node)
    return bool(names) and all(n.startswith("_") and not n.endswith("__") for n in names)


def _names(node: ast.stmt) -> list[str]:
    """What a statement binds, as far as it is a definition."""
    if isinstance(node, Function | ast.ClassDef):
        return [node.name]
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AnnAssign | ast.AugAssign):
        targets = [node.target]
    return [n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]


def _imported(statement: _Import) -> set[str]:
    return {(alias.asname or alias.name).partition(".")[0] for alias in statement.names}


def _bound(tree: ast.Module) -> set[str]:
    """The names that a module's own statements bind."""
    imports = [_imported(node) for node in tree.body if isinstance(node, _Import)]
    return {name for node in tree.body for name in _names(node)}.union(*imports)


def is_docstring(node: ast.stmt) -> bool:
    """Whether a statement is a text alone."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


# --- what a solution says beside its code, and whether a stub has been begun -----------------


class Sections(msgspec.Struct, frozen=True):
    """The parts of a solution's docstring that a stub leaves out."""

    hints: tuple[str, ...] = ()
    why: str = ""


def is_unfilled(text: str) -> bool:
    """Whether a stub holds nobody's work: its functions only raise NotImplementedError."""
    if has_towers(text):
        return False
    try:
        tree = ast.parse(text)
        functions = [n for _, n in _definitions(tree.body) if isinstance(n, Function)]
        if not all(map(_is_empty, functions)) or _only_brings(tree):
            return False  # the usual case; the rest takes several times as long
        # A stub of an older handout has not all of the imports.
        return any(_stub(text, with_imports) == text for with_imports in (True, False))
    except UNREADABLE:
        return False


def _only_brings(tree: ast.Module) -> bool:
    """Whether a module defines nothing and brings what it has: `from mylib.lengths import *`."""
    brings = any(isinstance(node, ast.ImportFrom | ast.Assign) for node in tree.body)
    return brings and not any(isinstance(n, Function | ast.ClassDef) for n in tree.body)


def unfilled(text: str) -> tuple[str, ...]:
    """The public functions and methods of a module that are as a stub has them, in its order.

    Their bodies hold nothing but a docstring, imports, and `raise NotImplementedError`.
    """
    try:
        tree = ast.parse(text if not has_towers(text) else "")
    except UNREADABLE:
        return ()
    found = {}
    for within, node in _definitions(tree.body):
        if isinstance(node, Function) and not is_private(node):
            found[f"{within}{node.name}"] = _is_empty(node)  # the last of several counts
    return tuple(name for name, is_empty in found.items() if is_empty)


def _definitions(body: Sequence[ast.stmt]) -> Iterator[tuple[str, ast.stmt]]:
    """A module's statements, and those of its classes behind the class's name and a dot."""
    for node in body:
        yield "", node
        if isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.", inner) for inner in node.body)


def _is_empty(node: Function) -> bool:
    rest = [s for s in node.body if not (is_docstring(s) or isinstance(s, _Import))]
    if len(rest) != 1 or not isinstance(rest[0], ast.Raise):
        return False
    raised = rest[0].exc
    name = raised.func if isinstance(raised, ast.Call) else raised
    return isinstance(name, ast.Name) and name.id == "NotImplementedError"


def sections(source: str) -> Sections:
    """Hints (a numbered list) and the reason why it works, from a solution's docstring."""
    parts = _SECTION.split(ast.get_docstring(ast.parse(source)) or "")
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    hints = re.split(r"(?m)^\d+\.\s+", found.get("Hints", ""))[1:]
    return Sections(
        tuple(" ".join(hint.split()) for hint in hints),
        " ".join(found.get("Why it works", "").split()),
    )
