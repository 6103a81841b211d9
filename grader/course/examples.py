"""The examples in docstrings: the tests that a student can see.

An example is read from the text, never from a module that was run. What it should come to is read
in the judge (`literals.value_of`), as data.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import msgspec

__all__ = ["Example", "examples_of"]


class Example(msgspec.Struct, frozen=True, omit_defaults=True):
    """One `>>>` statement and what it should come to.

    Args:
        source: the statement.
        want: what should be printed; empty where nothing is.
        error: the class of the exception that should be raised, or "".
        line: 1-based line of the statement in its file.
    """

    source: str
    want: str = ""
    error: str = ""
    line: int = 0


def examples_of(source: str) -> dict[str, tuple[Example, ...]]:
    """The examples of each public function, class and method, in the order of the text.

    Raises:
        SyntaxError: the text is not Python.
        ValueError: an example is not written as doctest has it; the message names the line.
    """
    return {name: found for name, node in _public(ast.parse(source)) if (found := _read(node))}


def _public(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        yield node.name, node
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield f"{node.name}.{inner.name}", inner


def _read(node: ast.FunctionDef | ast.ClassDef) -> tuple[Example, ...]:
    doc = ast.get_docstring(node, clean=False)
    if not doc or ">>>" not in doc:
        return ()
    import doctest  # which drags in a debugger: only authors pay for it

    first = node.body[0].lineno
    found = doctest.DocTestParser().get_examples(doc)
    return tuple(
        Example(
            example.source.rstrip("\n"),
            example.want.rstrip("\n"),
            (example.exc_msg or "").partition(":")[0].strip().rpartition(".")[2],
            first + example.lineno,
        )
        for example in found
    )
