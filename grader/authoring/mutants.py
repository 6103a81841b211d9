"""Mutants: a reference, changed in one small place, to ask whether its suite would notice.

Each mutant is a whole module's text. Its change is one that people make by mistake (`operators`
has the rules). A mutant that a suite lets pass is either a hole in the suite or equivalent to the
reference; equivalents are listed with a reason in `tests/equivalents/UNIT/EXERCISE.yaml`, which
`equivalents` reads.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import msgspec

from grader.authoring.operators import RULES, Change
from grader.course.text import Cut, Text, plain_lines

__all__ = ["Mutant", "mutants"]


class Mutant(msgspec.Struct, frozen=True):
    """A reference with one change.

    Args:
        function: the function, or Class.method, that was changed; empty at module level.
        line: 1-based line of the change.
        before, after: that line in the reference and in the mutant.
        text: the whole changed module.
    """

    function: str
    line: int
    before: str
    after: str
    text: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What an entry in the list of equivalents names."""
        return self.function, self.before, self.after


def mutants(source: str) -> list[Mutant]:
    """All mutants of a reference, in the order of its lines.

    Raises:
        SyntaxError: the text is not Python.
    """
    source = plain_lines(source)
    tree = ast.parse(source)
    text = Text(source)
    found: dict[str, Mutant] = {}
    for function, node, parent in _expressions(tree, "", None):
        for rule in RULES:
            for change in rule(node):
                start, end = text.start(change.node), text.end(change.node)
                bracketed = source[start - 1 : start] + source[end : end + 1] == "()"
                new = text.edited([Cut(start, end, _fitted(change, parent, bracketed))])
                if new != source and new not in found:
                    found[new] = _mutant(function, source, new)
    return sorted(found.values(), key=lambda mutant: mutant.line)


def _mutant(function: str, source: str, new: str) -> Mutant:
    old_lines, new_lines = source.split("\n"), new.split("\n")
    pairs = enumerate(zip(old_lines, new_lines, strict=False))
    at = next(i for i, (old, other) in pairs if old != other)
    return Mutant(function, at + 1, old_lines[at].strip(), new_lines[at].strip(), new)


def _fitted(change: Change, parent: ast.AST | None, bracketed: bool) -> str:
    """The new text, in brackets where its surroundings would read it otherwise."""
    if isinstance(change.instead, str):
        return change.instead
    text = ast.unparse(change.instead)
    loose = ast.BinOp | ast.BoolOp | ast.Compare | ast.IfExp | ast.UnaryOp | ast.Lambda
    if bracketed or not isinstance(change.instead, loose):
        return text
    same = _operator(change.instead) == _operator(change.node)
    held = change.node in (getattr(parent, "value", None), getattr(parent, "func", None))
    tight = isinstance(parent, ast.BinOp | ast.UnaryOp | ast.Compare) or (
        isinstance(parent, ast.Attribute | ast.Subscript | ast.Call) and held
    )
    return f"({text})" if tight and not same else text


def _operator(node: ast.AST) -> object:
    return type(node), type(getattr(node, "op", None))


def _expressions(
    node: ast.AST, function: str, parent: ast.AST | None
) -> Iterator[tuple[str, ast.AST, ast.AST | None]]:
    """Nodes that may be changed: no docstrings, no annotations, no messages of exceptions."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        name = f"{function}.{node.name}" if function else node.name
        if not isinstance(node, ast.ClassDef):
            for default in [*node.args.defaults, *node.args.kw_defaults]:
                if default is not None:
                    yield from _expressions(default, name, node)
        for statement in node.body:
            yield from _expressions(statement, name, node)
        return
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Raise | ast.JoinedStr):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    yield function, node, parent
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "ctx"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.expr_context):
                yield from _expressions(child, function, node)
