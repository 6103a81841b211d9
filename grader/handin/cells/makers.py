"""Functions that make functions, and what functions give back."""

from __future__ import annotations

import ast

from grader.handin.cells.effects import shares

__all__ = ["FUNCTIONS", "MAKERS", "makes_functions", "returned"]

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
#: Calls whose answer is a function.
MAKERS = frozenset({
    "partial", "vectorize", "frompyfunc", "lru_cache", "cache", "vmap", "jit", "njit",
    "compile", "grad", "value_and_grad", "itemgetter", "attrgetter", "methodcaller",
    "singledispatch", "wraps", "no_grad", "inference_mode",
})  # fmt: skip


def makes_functions(node: ast.AST, below: list[ast.AST]) -> bool:
    """Whether what a function returns, or an object of a class, may be called."""
    inner = [part for part in below if isinstance(part, FUNCTIONS) and part is not node]
    if isinstance(node, ast.ClassDef):
        return any(getattr(part, "name", "") == "__call__" for part in inner)
    return bool(inner) or (isinstance(node, ast.FunctionDef) and _returns_function(node))


def _returns_function(node: ast.FunctionDef) -> bool:
    """Whether it plainly returns what another maker makes, e.g. `return partial(f, 2)`."""
    for part in node.body:
        if isinstance(part, ast.Return) and isinstance(part.value, ast.Call):
            name = getattr(part.value.func, "attr", getattr(part.value.func, "id", ""))
            return name in MAKERS
    return False


def returned(node: ast.FunctionDef, libraries: set[str]) -> set[str]:
    """Names whose objects a function may return."""
    found: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Return) and part.value is not None:
            found |= shares(part.value, libraries)
    return found
