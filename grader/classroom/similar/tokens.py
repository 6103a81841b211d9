"""A program as its tokens: what people change so that it looks different is left out.

Comments, docstrings, blank lines, annotations and how it is laid out are no part of it. Names that
a program gives itself are one token, whatever they are; names behind a dot, of built-in functions
and of modules that it imports stay, since they are what it does. Numbers stay, texts are one token.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Token", "tokens"]

_BUILT_IN = frozenset(dir(builtins))
#: Names of one's own, and what is said of types.
_NO_MATTER = frozenset({"annotation", "returns", "type_comment", "name", "arg", "id", "kind"})
_NAME, _TEXT = "name", "text"


class Token(NamedTuple):
    """A token, and the line that it stands on."""

    text: str
    line: int


def tokens(source: str) -> list[Token]:
    """The tokens of a program, in the order of its syntax tree; none where it is no Python."""
    try:
        tree = ast.parse(source)
        return list(_Walk(_imported(tree)).statements(tree.body))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _imported(tree: ast.Module) -> set[str]:
    """The names that imports give."""
    return {
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


class _Walk:
    """The tokens of a syntax tree, node by node: its kind, its names, and what is in it."""

    def __init__(self, imported: set[str]) -> None:
        self._known = imported | _BUILT_IN

    def statements(self, body: list[ast.stmt]) -> Iterator[Token]:
        for node in body:
            if isinstance(node, ast.Import | ast.ImportFrom) or _is_text(node):
                continue
            yield from self._node(node, node.lineno)

    def _node(self, node: ast.AST, line: int) -> Iterator[Token]:
        line = getattr(node, "lineno", line)
        if isinstance(node, ast.expr_context):
            return
        if isinstance(node, ast.Name):
            yield Token(node.id if node.id in self._known else _NAME, line)
            return
        if isinstance(node, ast.Constant):
            is_text = isinstance(node.value, str | bytes)
            yield Token(_TEXT if is_text else repr(node.value), line)
            return
        if isinstance(node, ast.AnnAssign):  # without its annotation it is an assignment
            yield Token("Assign", line)
            yield from self._node(node.target, line)
            if node.value is not None:
                yield from self._node(node.value, line)
            return
        yield Token(_kind(node), line)
        for name, value in ast.iter_fields(node):
            if name in (
                "annotation",
                "returns",
                "type_comment",
                "ctx",
                "name",
                "arg",
                "id",
                "kind",
            ):
                continue  # names of one's own, and what is said of types
            yield from self._field(value, line)

    def _field(self, value: object, line: int) -> Iterator[Token]:
        if isinstance(value, list):
            if value and all(isinstance(each, ast.stmt) for each in value):
                yield from self.statements(value)
                return
            for each in value:
                yield from self._field(each, line)
        elif isinstance(value, ast.AST):
            yield from self._node(value, line)


def _kind(node: ast.AST) -> str:
    """What a node is; attributes and keywords with their names, which are others'."""
    if isinstance(node, ast.Attribute):
        return f".{node.attr}"
    if isinstance(node, ast.keyword):
        return f"{node.arg}="
    return type(node).__name__


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
