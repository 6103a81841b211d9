"""What a student's text says before any of it runs: stubs left, forbidden names reached.

The judge never parses a student's text: a hostile one can crash the parser. The worker does it,
before it has run a line of the submission, so that its findings can still be trusted.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.sandbox.wire.protocol import Facts

__all__ = ["OPERATORS", "facts"]

#: Operators that are another spelling of a function of the `operator` module.
OPERATORS: dict[type[ast.operator], str] = {
    ast.MatMult: "operator.matmul",
    ast.Pow: "operator.pow",
}

_METHOD_OWNERS = ("numpy.ndarray.", "torch.Tensor.")


def facts(source: str, forbidden: tuple[str, ...]) -> Facts:
    """Read one module's text; a text that does not parse has no facts (loading it will tell)."""
    if not _worth_parsing(source, forbidden):
        return Facts()
    try:
        tree = ast.parse(source)
        nodes = list(_walk(tree))
        return Facts(_stubs(nodes), _reached(tree, nodes, forbidden), _unfinished(nodes))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Facts()


def _worth_parsing(source: str, forbidden: tuple[str, ...]) -> bool:
    """Parsing costs more than a call: do it only where a telling word occurs."""
    words = {name.rpartition(".")[2] for name in forbidden}
    signs = {"operator.matmul": "@", "operator.pow": "**"}
    words |= {signs[name] for name in forbidden if name in signs}
    return "NotImplementedError" in source or any(word in source for word in words)


def _walk(root: ast.AST) -> Iterator[ast.AST]:
    """All nodes from `root` down, in no particular order; several times as fast as `ast.walk`."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        for value in node.__dict__.values():
            if isinstance(value, ast.AST):
                stack.append(value)
            elif type(value) is list:
                stack.extend([item for item in value if isinstance(item, ast.AST)])


def _place(node: ast.AST) -> tuple[int, int]:
    """Where a node stands in the text."""
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


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


def _reached(
    tree: ast.Module, nodes: list[ast.AST], forbidden: tuple[str, ...]
) -> dict[str, tuple[str, int]]:
    """Which top-level functions use a forbidden name, themselves or through one another."""
    if not forbidden:
        return {}
    scopes: dict[str, list[ast.AST]] = {}
    for name, roots in _scopes(tree):  # a name may be defined twice, and the first kept elsewhere
        scopes.setdefault(name, []).extend(roots)
    names = _Names(nodes, forbidden)
    found: dict[str, tuple[str, int]] = {}
    users: dict[str, set[str]] = {}
    for scope, roots in scopes.items():
        inside = [node for root in roots for node in _walk(root)]
        hit = names.first_use(inside)
        if hit is not None:
            found[scope] = hit
        for node in inside:
            if isinstance(node, ast.Name):
                users.setdefault(node.id, set()).add(scope)
    spreading = list(found)
    for reached in spreading:  # grows as it goes: each name spreads once
        for scope in sorted(users.get(reached, ())):
            if scope not in found:
                found[scope] = found[reached]
                spreading.append(scope)
    return found


def _scopes(tree: ast.Module) -> Iterator[tuple[str, list[ast.AST]]]:
    """Each top-level function, class or assigned name with its code; "" for all other code."""
    rest: list[ast.AST] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, [node]
        elif isinstance(node, ast.Assign) and all(isinstance(t, ast.Name) for t in node.targets):
            for target in node.targets:
                assert isinstance(target, ast.Name)
                yield target.id, [node.value]
        elif not _is_main_guard(node):
            rest.append(node)
    yield "", rest


def _is_main_guard(node: ast.stmt) -> bool:
    """`if __name__ == "__main__":` never runs here, whatever it calls."""
    return (
        isinstance(node, ast.If)
        and isinstance(node.test, ast.Compare)
        and isinstance(node.test.left, ast.Name)
        and node.test.left.id == "__name__"
    )


class _Names:
    """Resolves the names of one module to dotted library names."""

    def __init__(self, nodes: list[ast.AST], forbidden: tuple[str, ...]) -> None:
        self._forbidden = frozenset(forbidden)
        self._methods = {
            name.rpartition(".")[2]: name for name in forbidden if name.startswith(_METHOD_OWNERS)
        }
        self._bound: dict[str, str] = {}
        for node in nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    top = alias.name.partition(".")[0]
                    self._bound[alias.asname or top] = alias.name if alias.asname else top
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for alias in node.names:
                    if alias.name == "*":
                        self._bind_star(node.module)
                    else:
                        self._bound[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        # Second spellings, `norm = np.linalg.norm`, in the order of the text: one may use another.
        assigned = [n for n in nodes if isinstance(n, ast.Assign) and len(n.targets) == 1]
        for node in sorted(assigned, key=_place):
            target, dotted = node.targets[0], self._dotted(node.value)
            if isinstance(target, ast.Name) and dotted:
                self._bound.setdefault(target.id, dotted)

    def _bind_star(self, module: str) -> None:
        for name in self._forbidden:
            owner, _, last = name.rpartition(".")
            if owner == module:
                self._bound[last] = name

    def _dotted(self, node: ast.AST) -> str:
        """The library name an expression stands for, or ""."""
        if isinstance(node, ast.Name):
            return self._bound.get(node.id, "")
        if isinstance(node, ast.Attribute):
            owner = self._dotted(node.value)
            return f"{owner}.{node.attr}" if owner else ""
        if isinstance(node, ast.Call):
            owner = self._dotted(node.args[0]) if _is_constant_getattr(node) else ""
            return f"{owner}.{ast.literal_eval(node.args[1])}" if owner else ""
        return ""

    def first_use(self, nodes: list[ast.AST]) -> tuple[str, int] | None:
        """The forbidden name that stands first in the text among some nodes, with its line."""
        hits = [(node, name) for node in nodes if (name := self._use(node))]
        if not hits:
            return None
        node, name = min(hits, key=lambda hit: _place(hit[0]))
        return name, _place(node)[0]

    def _use(self, node: ast.AST) -> str:
        if isinstance(node, ast.BinOp | ast.AugAssign):
            name = OPERATORS.get(type(node.op), "")
            return name if name in self._forbidden else ""
        if isinstance(node, ast.Name | ast.Attribute | ast.Call):
            dotted = self._dotted(node)
            if dotted in self._forbidden:
                return dotted
            if isinstance(node, ast.Attribute) and not dotted:
                return self._methods.get(node.attr, "")
        return ""


def _is_constant_getattr(node: ast.Call) -> bool:
    return (
        isinstance(node.func, ast.Name)
        and node.func.id == "getattr"
        and len(node.args) >= 2
        and isinstance(node.args[1], ast.Constant)
        and isinstance(node.args[1].value, str)
    )
