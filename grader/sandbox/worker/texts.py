"""The texts of a submission as trees, read before any of them runs, and what stands in a tree.

A text that Python may run and that is nested too deeply to be read here is an `Unread`: what an
exercise forbids could not be looked for in it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

__all__ = ["Texts", "Unread", "is_stored", "last_name", "place", "walk"]

#: What stands in a tree and is no node to be looked at: contexts, operators, and plain values.
_NO_NODES = frozenset(
    (
        *ast.expr_context.__subclasses__(),
        *ast.boolop.__subclasses__(),
        *ast.operator.__subclasses__(),
        *ast.unaryop.__subclasses__(),
        *ast.cmpop.__subclasses__(),
        *(type(None), bool, int, float, complex, str, bytes, type(Ellipsis)),
    )
)
#: What a name is for that nothing is put into, or that has no context.
_NOT_STORED = frozenset((ast.Load, type(None)))
#: Nodes that hold no others.
_LEAVES = frozenset((ast.Name, ast.Constant, ast.alias, ast.Pass))


class Unread(Exception):
    """A text that Python may run and that is nested too deeply to be read here."""

    def __init__(self, module: str) -> None:
        super().__init__(module)
        self.module = module


class Texts:
    """The modules of a submission, each parsed at most once."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.sources = sources
        self._trees: dict[str, ast.Module | None] = {}
        self._nodes: dict[str, list[ast.AST]] = {}

    def tree(self, module: str) -> ast.Module | None:
        """A module's tree; None if it does not parse: loading it will tell.

        Raises:
            Unread: it is nested too deeply.
        """
        if module not in self._trees:
            try:
                self._trees[module] = ast.parse(self.sources[module])
            except (SyntaxError, ValueError):
                self._trees[module] = None
            except (RecursionError, MemoryError):
                raise Unread(module) from None
        return self._trees[module]

    def nodes(self, module: str) -> list[ast.AST]:
        """All nodes of a module's tree, as `walk` gives them; none if it does not parse.

        Raises:
            Unread: it is nested too deeply.
        """
        if module not in self._nodes:
            tree = self.tree(module)
            self._nodes[module] = list(walk(tree)) if tree is not None else []
        return self._nodes[module]


def walk(root: ast.AST) -> Iterator[ast.AST]:
    """All nodes from `root` down but contexts and operators, in no particular order.

    Many times as fast as `ast.walk`: most of what stands in a tree is no node, and half of the
    nodes hold none.
    """
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        if type(node) in _LEAVES:
            continue
        for value in node.__dict__.values():
            kind = type(value)
            if kind is list:
                if value:
                    stack += [item for item in value if isinstance(item, ast.AST)]
            elif kind not in _NO_NODES and isinstance(value, ast.AST):
                stack.append(value)


def place(node: ast.AST) -> tuple[int, int]:
    """Where a node stands in the text."""
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def last_name(function: ast.AST) -> str:
    """The last part of a name."""
    return getattr(function, "attr", "") or getattr(function, "id", "")


def is_stored(node: ast.AST) -> bool:
    return type(getattr(node, "ctx", None)) not in _NOT_STORED
