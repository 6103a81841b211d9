"""The top-level names of a module with their code, and the names that code reads."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, NamedTuple

from grader.sandbox.worker.texts import is_stored, walk

__all__ = ["CHAIN", "FUNCTIONS", "Scope", "is_long", "is_main_guard", "names_in", "scopes_of"]

#: Longest chain of attributes that is followed; no library nests its modules half as deep.
CHAIN = 16
#: Scopes inside of each other that are looked through one by one.
_NESTED = 40
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Scope(NamedTuple):
    """A top-level name with its code; "" is all other code, of which some only checks.

    `behind` is the function that gives the name its value, with a `global` statement.
    """

    name: str
    roots: list[ast.AST]
    checking: bool = False
    behind: str = ""


def scopes_of(tree: ast.Module, has_name: bool) -> Iterator[Scope]:
    """Each top-level function, class or assigned name with its code; "" for all other code.

    Args:
        has_name: whether `__name__` is what Python makes it, so that `if __name__ == "__main__":`
            never runs here, whatever it calls.
    """
    rest: list[ast.AST] = []
    stack: list[ast.stmt] = list(reversed(tree.body))
    while stack:
        node = stack.pop()
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            yield Scope(node.name, [node])
            for inner in walk(node):
                if isinstance(inner, ast.Global):
                    yield from [Scope(name, [], behind=node.name) for name in inner.names]
        elif isinstance(node, ast.Assign) and all(isinstance(t, ast.Name) for t in node.targets):
            yield from [Scope(t.id, [node.value]) for t in node.targets if isinstance(t, ast.Name)]
        elif isinstance(node, ast.Assert) or _is_call(node):
            yield Scope("", [node], checking=True)
        else:
            runs = not (has_name and is_main_guard(node))
            for key, value in ast.iter_fields(node):
                parts = value if isinstance(value, list) else [value]
                if key in ("body", "orelse", "finalbody"):
                    stack += reversed(parts if runs or key != "body" else [])
                elif key == "handlers":
                    stack += [statement for handler in parts for statement in handler.body]
                    rest += [handler.type for handler in parts if handler.type is not None]
                elif key == "cases":
                    stack += [statement for case in parts for statement in case.body]
                    rest += [part for case in parts for part in (case.pattern, case.guard) if part]
                else:
                    rest += [part for part in parts if isinstance(part, ast.AST)]
            if isinstance(node, ast.AugAssign):
                rest.append(node)
    yield Scope("", rest)


def _is_call(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)


def is_main_guard(node: ast.stmt) -> bool:
    """Whether it is `if __name__ == "__main__":`, whatever stands on which side."""
    test = node.test if isinstance(node, ast.If) else None
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.Eq):
        return False
    sides = [test.left, *test.comparators]
    names = [side.id for side in sides if isinstance(side, ast.Name)]
    texts = [side.value for side in sides if isinstance(side, ast.Constant)]
    return len(sides) == 2 and names == ["__name__"] and texts == ["__main__"]


def names_in(root: ast.AST) -> Iterator[tuple[ast.AST, bool, bool]]:
    """The names that are read, longest first, as (node, whether it is local, whether it is whole).

    Of `a.b.c` that is `a.b.c`, which is whole, and `a`, which is not.
    """
    stack: list[tuple[ast.AST, tuple[frozenset[str], ...]]] = [(root, ())]
    while stack:
        node, bound = stack.pop()
        if isinstance(node, ast.Attribute):
            cut = is_long(node)
            yield node, False, not cut
            inner = node.value
            while isinstance(inner, ast.Attribute):
                inner = inner.value
            if isinstance(inner, ast.Name):
                yield inner, any(inner.id in names for names in bound), cut
            else:
                stack.append((inner, bound))
            continue
        if isinstance(node, ast.Name):
            yield node, any(node.id in names for names in bound), True
            continue
        inside = bound
        if isinstance(node, (*FUNCTIONS, ast.Lambda, *_COMPREHENSIONS)):
            inside = (*bound, _bound_in(node))
            if len(inside) > _NESTED:
                inside = (frozenset().union(*inside),)
        elif isinstance(node, ast.Call):
            yield node, False, True
        stack += [(child, inside) for child in ast.iter_child_nodes(node)]


def _bound_in(scope: Any) -> frozenset[str]:
    """The names that a function, lambda or comprehension binds for itself."""
    found: set[str] = set()
    others: set[str] = set()
    stack: list[ast.AST] = [generator.target for generator in getattr(scope, "generators", ())]
    if isinstance(scope, (*FUNCTIONS, ast.Lambda)):
        body = scope.body if isinstance(scope.body, list) else [scope.body]
        stack = [scope.args, *body]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Name) and is_stored(node):
            found.add(node.id)
        elif isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            found.add(node.name)
            continue
        elif isinstance(node, (ast.Lambda, *_COMPREHENSIONS)):
            continue
        elif isinstance(node, ast.Global):
            others.update(node.names)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            found.add(node.name)
        stack += ast.iter_child_nodes(node)
    return frozenset(found - others)


def is_long(node: ast.AST) -> bool:
    """Whether a chain of attributes is longer than any that is followed."""
    for _ in range(CHAIN):
        if not isinstance(node, ast.Attribute):
            return False
        node = node.value
    return True
