"""What a student's text says before any of it runs: stubs left, forbidden names reached.

The judge never parses a student's text: a hostile one can crash the parser. The worker does it,
before it has run a line of the submission, so that its findings can still be trusted.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.sandbox.protocol import Facts

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
        return Facts(_stubs(tree), _reached(tree, forbidden))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Facts()


def _worth_parsing(source: str, forbidden: tuple[str, ...]) -> bool:
    """Parsing costs more than a call: do it only where a telling word occurs."""
    words = {name.rpartition(".")[2] for name in forbidden}
    signs = {"operator.matmul": "@", "operator.pow": "**"}
    words |= {signs[name] for name in forbidden if name in signs}
    return "NotImplementedError" in source or any(word in source for word in words)


def _stubs(tree: ast.Module) -> tuple[int, ...]:
    return tuple(
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and _is_not_implemented(node.exc)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    )


def _is_not_implemented(raised: ast.expr | None) -> bool:
    name = raised.func if isinstance(raised, ast.Call) else raised
    return isinstance(name, ast.Name) and name.id == "NotImplementedError"


def _reached(tree: ast.Module, forbidden: tuple[str, ...]) -> dict[str, tuple[str, int]]:
    """Which top-level functions use a forbidden name, themselves or through one another."""
    if not forbidden:
        return {}
    scopes: dict[str, list[ast.AST]] = {}
    for name, nodes in _scopes(tree):  # a name may be defined twice, and the first kept elsewhere
        scopes.setdefault(name, []).extend(nodes)
    names = _Names(tree, forbidden)
    found: dict[str, tuple[str, int]] = {}
    for scope, nodes in scopes.items():
        for node in nodes:
            hit = names.first_use(node)
            if hit and scope not in found:
                found[scope] = hit
    uses = {
        scope: {n.id for node in nodes for n in ast.walk(node) if isinstance(n, ast.Name)}
        for scope, nodes in scopes.items()
    }
    users: dict[str, list[str]] = {}
    for scope, used in uses.items():
        for name in used:
            users.setdefault(name, []).append(scope)
    spreading = list(found)
    for reached in spreading:  # grows as it goes: each name spreads once
        for scope in users.get(reached, ()):
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

    def __init__(self, tree: ast.Module, forbidden: tuple[str, ...]) -> None:
        self._forbidden = frozenset(forbidden)
        self._methods = {
            name.rpartition(".")[2]: name for name in forbidden if name.startswith(_METHOD_OWNERS)
        }
        self._bound: dict[str, str] = {}
        for node in ast.walk(tree):
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
        for node in ast.walk(tree):  # second spellings: `norm = np.linalg.norm`
            if isinstance(node, ast.Assign) and len(node.targets) == 1:
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

    def first_use(self, node: ast.AST) -> tuple[str, int] | None:
        """The first forbidden name below `node`, with its line."""
        for child in ast.walk(node):
            name = self._use(child)
            if name:
                return name, getattr(child, "lineno", 0)
        return None

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
