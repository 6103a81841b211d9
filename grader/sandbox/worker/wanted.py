"""What an exercise forbids: by its dotted names, by what they stand for, and as methods."""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any

from grader.sandbox.worker.scopes import FUNCTIONS
from grader.sandbox.worker.texts import is_stored, last_name, walk

__all__ = ["METHOD_OWNERS", "OPERATORS", "Wanted", "ambiguous", "methods_of", "words_of"]

#: Operators that are another spelling of a function of the `operator` module.
OPERATORS: dict[type[ast.operator], str] = {
    ast.MatMult: "operator.matmul",
    ast.Pow: "operator.pow",
}
#: Their methods, by the function.
_OPERATOR_METHODS = {
    "operator.matmul": ("__matmul__", "__rmatmul__", "__imatmul__"),
    "operator.pow": ("__pow__", "__rpow__", "__ipow__"),
}
#: What owns the methods that are forbidden, whatever they are taken from.
METHOD_OWNERS = ("numpy.ndarray.", "torch.Tensor.")


#: Where PyTorch has its operations in the open, by the names that they have inside of it.
_OPERATIONS = ("ops",)


def _inside_names(forbidden: Sequence[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """What forbidden functions are called inside of their library: (library, name) -> each."""
    for name in forbidden:
        top, *rest = name.split(".")
        for i in range(len(rest)):
            if rest[-1][:1].islower():
                yield (top, "_".join(rest[i:])), name


def words_of(forbidden: Sequence[str]) -> set[str]:
    """The names by which something forbidden is asked for."""
    words = {name.rpartition(".")[2] for name in forbidden}
    words |= {inner for (_, inner), _ in _inside_names(forbidden)}
    for function in _OPERATOR_METHODS.keys() & set(forbidden):
        words |= set(_OPERATOR_METHODS[function])
    return words


def methods_of(forbidden: Collection[str]) -> dict[str, str]:
    """The names of methods that are forbidden, whatever they are taken from: each with its own."""
    found = {name.rpartition(".")[2]: name for name in forbidden if name.startswith(METHOD_OWNERS)}
    for function, methods in _OPERATOR_METHODS.items():
        if function in forbidden:
            found |= dict.fromkeys(methods, function)
    return found


class Wanted:
    """What is forbidden: by its dotted name, by what it is, and as a method of anything."""

    def __init__(self, forbidden: Sequence[str]) -> None:
        self.names = frozenset(forbidden)
        self.methods = methods_of(forbidden)
        self.last = {name.rpartition(".")[2]: name for name in forbidden}
        self.own: frozenset[str] = frozenset()
        self._inside = dict(_inside_names(forbidden))
        self._found: dict[str, Any] = {}
        self._objects = {
            id(thing): name for name in forbidden if (thing := self._thing(name)) is not None
        }

    def name(self, dotted: str) -> str:
        """The forbidden name that a dotted name stands for, or ""."""
        if dotted in self.names:
            return dotted
        if dotted.count(".") == 0:
            return ""
        return self._objects.get(id(self._thing(dotted)), "") or self._inner(dotted)

    def _inner(self, dotted: str) -> str:
        """The forbidden name that something inside of its library does the work of, or "".

        `torch._VF.norm` and `torch.ops.aten.linalg_vector_norm` are other functions than those
        that PyTorch documents, and compute the same.
        """
        top, *rest = dotted.split(".")
        for i, part in enumerate(rest):
            if part in _OPERATIONS or (part.startswith("_") and not part.startswith("__")):
                found = (self._inside.get((top, inner), "") for inner in rest[i + 1 :])
                return next((name for name in found if name), "")
        return ""

    def _thing(self, dotted: str) -> Any:
        """What a dotted name stands for in the libraries that are loaded, or None."""
        if dotted not in self._found:
            owner, _, last = dotted.rpartition(".")
            holder = self._thing(owner) if owner else None
            found = sys.modules.get(dotted) if not owner else None
            if isinstance(holder, ModuleType):
                found = vars(holder).get(last)
            elif isinstance(holder, type):
                found = next((vars(c)[last] for c in holder.__mro__ if last in vars(c)), None)
            self._found[dotted] = found
        return self._found[dotted]


def ambiguous(modules: Iterable[Sequence[ast.AST]], wanted: Wanted) -> frozenset[str]:
    """Names of forbidden methods that modules have for methods or fields of their own.

    Args:
        modules: all nodes of each.
    """
    if not wanted.methods:
        return frozenset()
    return frozenset(name for nodes in modules for name in _own(nodes, wanted.methods))


def _own(nodes: Sequence[ast.AST], names: Mapping[str, str]) -> Iterator[str]:
    """Which of these names a module gives to methods or fields of its own."""
    for node in nodes:
        if isinstance(node, ast.ClassDef):
            for statement in node.body:
                if isinstance(statement, FUNCTIONS) and statement.name in names:
                    yield statement.name
                targets = getattr(statement, "targets", [getattr(statement, "target", None)])
                yield from [t.id for t in targets if isinstance(t, ast.Name) and t.id in names]
        elif isinstance(node, ast.Attribute) and is_stored(node):
            if node.attr in names:
                yield node.attr
        elif isinstance(node, ast.keyword):
            if node.arg in names:
                yield str(node.arg)
        elif isinstance(node, ast.Call) and last_name(node.func) in (
            "namedtuple",
            "make_dataclass",
        ):
            texts = [
                n.value for each in node.args for n in walk(each) if isinstance(n, ast.Constant)
            ]
            words = [w for t in texts if type(t) is str for w in t.replace(",", " ").split()]
            yield from [word for word in words if word in names]
