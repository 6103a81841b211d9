"""What a student's text says before any of it runs: stubs left, forbidden names reached.

The judge never parses a student's text: a hostile one can crash the parser. The worker does it,
before it has run a line of the submission, so that its findings can still be trusted.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress

import msgspec

from grader.sandbox.wire.protocol import NAME_LIMIT, Facts, ForbiddenName
from grader.sandbox.worker.compiled import Compiled
from grader.sandbox.worker.forbidden import reached
from grader.sandbox.worker.mentioned import imported_from, may_mention
from grader.sandbox.worker.modules import file_of
from grader.sandbox.worker.plain import plain_modules
from grader.sandbox.worker.still import is_still
from grader.sandbox.worker.texts import Texts, Unread
from grader.sandbox.worker.wanted import words_of

__all__ = ["facts"]

_SIGNS = {"operator.matmul": "@", "operator.pow": "**"}


def facts(
    sources: Mapping[str, str],
    forbidden: Mapping[str, tuple[str, ...]],
    spellings: Mapping[str, Collection[str]] | None = None,
    compiled: Compiled | None = None,
) -> dict[str, Facts]:
    """Read the texts of a submission; one that does not parse has no facts: loading it will tell.

    Args:
        sources: module name -> text.
        forbidden: module name -> the names that are forbidden there and in all that it imports.
        spellings: forbidden name -> what else the library calls it.
        compiled: the texts, for whoever runs them afterwards.
    """
    texts = Texts(sources)
    compiled = compiled or Compiled(sources)
    names = {name: compiled.mentioned(name) for name in sources} if forbidden else {}
    plain = plain_modules(texts) if len(sources) > 1 else frozenset()
    found = {}
    for module in sources:
        wanted = forbidden.get(module, ())
        modules = imported_from(module, names) if wanted else ()
        words = words_of(wanted).union(*((spellings or {}).get(name, ()) for name in wanted))
        signs = [_SIGNS[name] for name in wanted if name in _SIGNS]
        is_read = any(may_mention(names[each], words) for each in modules) or any(
            sign in sources[each] for sign in signs for each in modules
        )
        what = _facts(texts, module, wanted if is_read else ())
        is_plain = module in plain
        still = is_plain and is_still(module, texts) and compiled.is_quiet(module)
        found[module] = msgspec.structs.replace(what, plain=is_plain, still=still)
    return found


def _facts(texts: Texts, module: str, forbidden: tuple[str, ...]) -> Facts:
    found = Facts()
    if "NotImplementedError" in texts.sources[module]:
        with suppress(Unread, RecursionError, MemoryError):
            nodes = texts.nodes(module)
            found = Facts(_stubs(nodes), {}, _unfinished(nodes))
    if not forbidden:
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
