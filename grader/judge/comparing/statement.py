"""The statement of a suite at which a test failed: its text, and the values behind its names."""

from __future__ import annotations

import ast
import functools
import linecache
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from grader.sandbox.wire.nodes import Remote

__all__ = ["MISSING", "Statement", "statement_of"]

#: What stands for a value that cannot be had without asking the student again.
MISSING = object()

#: The expressions whose value is there to be read, and costs nothing.
_PLAIN = (
    ast.Name,
    ast.Attribute,
    ast.Subscript,
    ast.Slice,
    ast.Constant,
    ast.Tuple,
    ast.List,
    ast.UnaryOp,
    ast.unaryop,
    ast.expr_context,
)

_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class Statement:
    """One statement of a suite, with the names that it knew when it failed.

    Args:
        node: the statement; of one that holds others, such as `with`, its first lines count.
        inside: the statements and functions that it stands in, outermost first.
        known: what each name stood for.
    """

    def __init__(self, node: ast.stmt, inside: tuple[ast.AST, ...], known: dict[str, Any]) -> None:
        self.node = node
        self._inside = inside
        self._known = known

    @property
    def names(self) -> list[str]:
        """The names that it reads, in the order of its text."""
        return [name for part in _header(self.node) for name in _read(part)]

    @property
    def asks(self) -> bool:
        """Whether it asks the student itself: through `student`, or through a handle."""
        return any(_is_asking(self._known.get(name)) for name in self.names)

    def values(self, names: list[str]) -> Iterator[Any]:
        """The values of those names that have one."""
        return (self._known[name] for name in names if name in self._known)

    def remote(self, node: ast.expr) -> Remote | None:
        """What a name stands for, if that lies in the student's process."""
        found = self._known.get(node.id) if isinstance(node, ast.Name) else None
        return found if isinstance(found, Remote) else None

    @property
    def is_comparison(self) -> bool:
        """Whether it is an assert, and a comparison as a whole."""
        return isinstance(self.node, ast.Assert) and isinstance(self.node.test, ast.Compare)

    @property
    def cause(self) -> Statement | None:
        """The innermost `if` that it stands below."""
        found = [at for at, node in enumerate(self._inside) if isinstance(node, ast.If)]
        if not found:
            return None
        node = self._inside[found[-1]]
        assert isinstance(node, ast.If)
        return Statement(node, self._inside[: found[-1]], self._known)

    def behind(self, names: list[str]) -> list[str]:
        """The names that these were made from, by assignments and loops of the same function."""
        functions = [node for node in self._inside if isinstance(node, _Function)]
        found: list[str] = []
        for node in ast.walk(functions[-1]) if functions else ():
            targets: list[ast.expr] = []
            if isinstance(node, ast.Assign):
                targets = node.targets
            elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.For):
                targets = [node.target]
            source = node.iter if isinstance(node, ast.For) else getattr(node, "value", None)
            if source is not None and _stored(targets) & set(names):
                found += _read(source)
        return found

    def value(self, node: ast.expr) -> Any:
        """What an expression comes to, or MISSING where that would take more than a look."""
        if not all(isinstance(inner, _PLAIN) for inner in ast.walk(node)):
            return MISSING
        if any(_is_asking(self._known.get(name)) for name in _read(node)):
            return MISSING
        with suppress(Exception):  # a suite's names may hold anything
            return eval(compile(ast.Expression(node), "<suite>", "eval"), self._known)
        return MISSING

    @property
    def expected_error(self) -> str:
        """`ValueError or TypeError` where it stands in a `with pytest.raises(...)`; else ""."""
        for node in (*self._inside, self.node):
            for item in node.items if isinstance(node, ast.With) else ():
                call = item.context_expr
                if isinstance(call, ast.Call) and _last(call.func) == "raises" and call.args:
                    classes = call.args[0]
                    each = classes.elts if isinstance(classes, ast.Tuple) else [classes]
                    return " or ".join(_last(cls) for cls in each)
        return ""


def statement_of(error: BaseException | None) -> Statement | None:
    """The innermost statement of a suite that an exception came through."""
    traceback = error.__traceback__ if error is not None else None
    found: Statement | None = None
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename.rpartition("/")[2].startswith("test_"):
            path = _path(code.co_filename, traceback.tb_lineno)
            at = next((i for i, n in reversed([*enumerate(path)]) if isinstance(n, ast.stmt)), -1)
            if at >= 0:
                node = path[at]
                assert isinstance(node, ast.stmt)
                frame = traceback.tb_frame
                known = {**frame.f_globals, **frame.f_locals}
                found = Statement(node, path[:at] + path[at + 1 :], known)
        traceback = traceback.tb_next
    return found


@functools.lru_cache(maxsize=64)
def _tree(file: str) -> ast.Module:
    """A suite's text; the suites of a judge stay as they were collected."""
    try:
        return ast.parse("".join(linecache.getlines(file)))
    except SyntaxError:
        return ast.Module([], [])


def _path(file: str, line: int) -> tuple[ast.AST, ...]:
    """The statements and functions that a line lies in, from the outermost to the innermost."""
    found: list[ast.AST] = []
    nodes: list[ast.AST] = [_tree(file)]
    while nodes:
        node = nodes.pop()
        first, last = getattr(node, "lineno", line), getattr(node, "end_lineno", line)
        if first <= line <= last:
            if isinstance(node, ast.stmt | _Function):
                found.append(node)
            nodes += ast.iter_child_nodes(node)
    return tuple(sorted(found, key=lambda node: (node.lineno, node.col_offset)))  # type: ignore[attr-defined]


def _header(node: ast.stmt) -> list[ast.AST]:
    """What a statement evaluates itself, without the statements in it."""
    bodies = ("body", "orelse", "finalbody", "handlers", "decorator_list")
    parts = [value for key, value in ast.iter_fields(node) if key not in bodies]
    return [
        part
        for value in parts
        for part in (value if isinstance(value, list) else [value])
        if isinstance(part, ast.AST)
    ]


def _read(node: ast.AST) -> list[str]:
    names = [n for n in ast.walk(node) if isinstance(n, ast.Name)]
    return [n.id for n in names if isinstance(n.ctx, ast.Load)]


def _stored(targets: list[ast.expr]) -> set[str]:
    return {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}


def _last(node: ast.expr) -> str:
    """The last part of a dotted name."""
    return ast.unparse(node).rpartition(".")[2]


def _is_asking(value: Any) -> bool:
    """Whether a value stands for the student's process."""
    return isinstance(value, Remote) or type(value).__module__ == "grader.sandbox.proxy"
