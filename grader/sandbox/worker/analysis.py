"""What a student's text says before any of it runs: stubs left, forbidden names reached.

The judge never parses a student's text: a hostile one can crash the parser. The worker does it,
before it has run a line of the submission, so that its findings can still be trusted.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from contextlib import suppress

import msgspec

from grader.sandbox.wire.protocol import NAME_LIMIT, Facts, ForbiddenName
from grader.sandbox.worker.forbidden import reached
from grader.sandbox.worker.modules import file_of
from grader.sandbox.worker.texts import Texts, Unread, walk

__all__ = ["facts"]

#: What a text has to hold for a forbidden name to be in it: a way to take something by its name,
#: or letters that are not written as they are read.
_TELLING = ("getattr", "attrgetter", "methodcaller", "import_module", "__", "\\")
_SIGNS = {"operator.matmul": "@", "operator.pow": "**"}


def facts(sources: Mapping[str, str], forbidden: Mapping[str, tuple[str, ...]]) -> dict[str, Facts]:
    """Read the texts of a submission; one that does not parse has no facts: loading it will tell.

    Args:
        sources: module name -> text.
        forbidden: module name -> the names that are forbidden there and in all that it imports.
    """
    texts = Texts(sources)
    return {name: _facts(texts, name, forbidden.get(name, ())) for name in sources}


def _facts(texts: Texts, module: str, forbidden: tuple[str, ...]) -> Facts:
    found = Facts()
    if "NotImplementedError" in texts.sources[module]:
        with suppress(Unread, RecursionError, MemoryError):
            tree = texts.tree(module)
            nodes = list(walk(tree)) if tree is not None else []
            found = Facts(_stubs(nodes), {}, _unfinished(nodes))
    if not forbidden or not any(_may_hold(text, forbidden) for text in texts.sources.values()):
        return found
    try:
        hits = reached(texts, module, forbidden)
    except Unread as error:
        return msgspec.structs.replace(found, unread=file_of(error.module)[-NAME_LIMIT:])
    except (RecursionError, MemoryError):
        return msgspec.structs.replace(found, unread=file_of(module))
    named = {
        scope: ForbiddenName(hit.name, file_of(hit.module), hit.line) for scope, hit in hits.items()
    }
    return msgspec.structs.replace(found, forbidden=named)


def _may_hold(text: str, forbidden: tuple[str, ...]) -> bool:
    """Parsing costs more than a call: do it only where a telling word occurs."""
    words = {name.rpartition(".")[2] for name in forbidden}
    words |= {_SIGNS[name] for name in forbidden if name in _SIGNS}
    return not text.isascii() or any(word in text for word in (*words, *_TELLING))


def _stubs(nodes: list[ast.AST]) -> tuple[int, ...]:
    raised = [n for n in nodes if isinstance(n, ast.Raise) and _is_not_implemented(n.exc)]
    lines = {n for node in raised for n in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    return tuple(sorted(lines))


def _unfinished(nodes: list[ast.AST]) -> tuple[tuple[int, bool], ...]:
    """Lines of `raise NotImplementedError` in functions with other code; whether that is below."""
    found: dict[int, bool] = {}
    for function in nodes:
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        inside = list(_own(function))
        raised = [n for n in inside if isinstance(n, ast.Raise) and _is_not_implemented(n.exc)]
        code = [n for n in function.body if n not in raised and not _does_nothing(n)]
        if code:
            for node in raised:
                is_first = node in function.body and node.lineno < code[0].lineno
                lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
                found |= dict.fromkeys(lines, is_first)
    return tuple(sorted(found.items()))


def _own(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.stmt]:
    """The statements of a function, without those of functions and classes in it."""
    stack: list[ast.AST] = list(function.body)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.stmt):
            yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.expr):
            stack += ast.iter_child_nodes(node)


def _does_nothing(node: ast.stmt) -> bool:
    """Whether a statement may stand in a stub: a docstring, an import, `pass`, `...`."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Import | ast.ImportFrom | ast.Pass)


def _is_not_implemented(raised: ast.expr | None) -> bool:
    name = raised.func if isinstance(raised, ast.Call) else raised
    return isinstance(name, ast.Name) and name.id == "NotImplementedError"
