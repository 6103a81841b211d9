"""A program without what tells whose it is: comments, docstrings, and the words of texts.

What is left are the functions and classes alone. A text's own words become an ellipsis; names stay,
since they are the program.
"""

from __future__ import annotations

import ast
import textwrap

__all__ = ["bare"]

_MOST = 8000


def bare(source: str, functions: frozenset[str] | None = None) -> str:
    """The functions and classes of a module, bare; "" where it is not Python.

    Args:
        functions: only these, where any of them is there.
    """
    try:
        tree = ast.parse(source)
        parts = [node for node in tree.body if isinstance(node, _KINDS)]
        chosen = [node for node in parts if functions is None or node.name in functions]
        bared = [ast.unparse(ast.fix_missing_locations(_Bare().visit(n))) for n in chosen or parts]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    text = "\n\n\n".join(bared)
    if len(text) > _MOST:
        return textwrap.dedent(text[:_MOST]).rpartition("\n")[0] + "\n…"
    return text


_KINDS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class _Bare(ast.NodeTransformer):
    """Leaves out docstrings, and the words of texts."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._plain(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._plain(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._plain(node)

    def _plain(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> ast.AST:
        kept = [each for each in node.body if not _is_text(each)]
        node.body = kept or [ast.Pass()]
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, str) and node.value:
            return ast.copy_location(ast.Constant("…"), node)
        if isinstance(node.value, bytes) and node.value:
            return ast.copy_location(ast.Constant(b"..."), node)
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return ast.copy_location(ast.Constant("…"), node)


def _is_text(node: ast.stmt) -> bool:
    """A statement that is nothing but a text, as docstrings are."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant | ast.JoinedStr)
