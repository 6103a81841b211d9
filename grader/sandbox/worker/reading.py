"""One module, read for the names that an exercise forbids: what its scopes use."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from grader.sandbox.worker.scopes import CHAIN, FUNCTIONS, Scope, is_long, names_in, scopes_of
from grader.sandbox.worker.texts import is_stored, last_name, place, walk
from grader.sandbox.worker.wanted import OPERATORS, Wanted

__all__ = ["ALL", "Hit", "Place", "Reading", "may_be_checked"]

#: Longest dotted name and longest text that stand for something.
_LONGEST = 200
#: Functions that import, by a text.
_IMPORTING = ("import_module", "__import__")
#: Functions that take an attribute by its name, and which of their arguments that is.
_TAKING = {"getattr": 1, "attrgetter": 0, "methodcaller": 0, "__getattribute__": 0}
#: Most things that one name may stand for.
_MEANINGS = 8
#: Functions that a check may hand a result to: they keep nothing.
_HARMLESS = frozenset(
    (
        *("abs", "all", "any", "bool", "enumerate", "float", "int", "isinstance", "len", "list"),
        *("max", "min", "print", "repr", "round", "sorted", "str", "sum", "tuple", "type", "zip"),
        *("allclose", "array", "array_equal", "asarray", "assert_allclose", "assert_almost_equal"),
        *("assert_array_almost_equal", "assert_array_equal", "assert_close", "equal", "isclose"),
        *("item", "tensor"),
    )
)
#: Names by which code reaches names that its text does not show.
_DYNAMIC = frozenset(("__builtins__", "__dict__", "exec", "globals", "locals", "setattr", "vars"))
#: What only looks at the parts of it: a result that passes through is kept by nobody.
_LOOKING = (
    *(ast.Assert, ast.Expr, ast.Compare, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.IfExp),
    *(ast.Tuple, ast.List, ast.JoinedStr, ast.FormattedValue, ast.ListComp, ast.Starred),
)


#: Instead of a scope: any of them.
ALL = "*"
#: A module and a scope of it.
Place = tuple[str, str]


class Hit(NamedTuple):
    """Where a forbidden name stands."""

    name: str
    line: int
    module: str


class Reading:
    """One module, read for one list of forbidden names.

    Args:
        nodes: all of the tree, as `walk` gives them.
        modules: the modules of the submission.
    """

    def __init__(
        self,
        module: str,
        tree: ast.Module,
        nodes: Sequence[ast.AST],
        wanted: Wanted,
        modules: frozenset[str],
    ) -> None:
        self.module, self._wanted, self._modules = module, wanted, modules
        self._bound: dict[str, list[str]] = {}
        self._stars: list[str] = []
        self._imported_at: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._names: dict[int, list[tuple[ast.AST, bool, bool]]] = {}
        self._stored = {n.id for n in nodes if isinstance(n, ast.Name) and is_stored(n)}
        self._defined = {n.name for n in nodes if isinstance(n, (*FUNCTIONS, ast.ClassDef))}
        self._stored |= self._defined
        self._bind_imports(nodes)
        for node in nodes:
            if isinstance(node, ast.Call) and last_name(node.func) in _IMPORTING and node.args:
                text = self._text(node.args[0])
                self._bind(text, text)
        # Second spellings, `la = np.linalg`, in the order of the text: one may use another.
        assigned = [n for n in nodes if isinstance(n, ast.Assign) and len(n.targets) == 1]
        for node in sorted(assigned, key=place):
            target = node.targets[0]
            if isinstance(target, ast.Name):
                for dotted in self._dotted(node.value):
                    self._bind(target.id, dotted)
                text = self._text(node.value)
                if text:
                    self._texts.setdefault(target.id, text)
        self.scopes = list(scopes_of(tree, "__name__" not in self._stored))

    @property
    def names(self) -> list[str]:
        """All names that the module has: its scopes and what it imports."""
        return [*dict.fromkeys(scope.name for scope in self.scopes), *self._imported_at]

    @property
    def stars(self) -> list[str]:
        """The modules of which it imports all names."""
        return self._stars

    @property
    def imported(self) -> list[str]:
        """The modules of the submission that are imported."""
        bound = [dotted for each in self._bound.values() for dotted in each]
        return sorted({m for dotted in [*bound, *self._stars] for m, _ in self._split(dotted)})

    def _split(self, dotted: str) -> Iterator[tuple[str, str]]:
        """A dotted name as a module of the submission and what is taken from it, in each way.

        Of `mylib.sums.total` these are `mylib.sums` and `mylib`: a package is run before what is
        in it, and may have a value of that name.
        """
        module, rest = dotted, ""
        while module:
            if module in self._modules:
                yield module, rest
            module, _, last = module.rpartition(".")
            rest = f"{last}.{rest}" if rest else last

    def _bind(self, name: str, dotted: str) -> None:
        known = self._bound.setdefault(name, [])
        if dotted not in known and len(known) < _MEANINGS and len(dotted) < _LONGEST:
            known.append(dotted)

    def _bind_imports(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    top = alias.name.partition(".")[0]
                    self._bind(alias.asname or top, alias.name if alias.asname else top)
                    if alias.name in self._modules:
                        self._bind(alias.name, alias.name)  # it is run, however it is called
            elif isinstance(node, ast.ImportFrom):
                base = self._package(node.level) if node.level else []
                module = ".".join([*base, *([node.module] if node.module else [])])
                for alias in node.names:
                    if node.level and not any(self._split(f"{module}.{alias.name}".strip("."))):
                        continue  # it is from no package, and not from a library
                    if alias.name == "*":
                        self._bind_star(module, node.lineno)
                    else:
                        self._bind(alias.asname or alias.name, f"{module}.{alias.name}".strip("."))
                        self._imported_at.setdefault(alias.asname or alias.name, node.lineno)

    def _package(self, level: int) -> list[str]:
        """The parts of the package that a relative import with so many dots begins in."""
        is_package = any(name.startswith(f"{self.module}.") for name in self._modules)
        parts = self.module.split(".")
        return parts[: len(parts) - level + is_package]

    def _bind_star(self, module: str, line: int) -> None:
        self._stars.append(module)
        for inside in self._modules:
            if inside.startswith(f"{module}."):  # its `__all__` may name it
                self._bind(inside.rpartition(".")[2], inside)
        for name in self._wanted.names:
            owner, _, last = name.rpartition(".")
            if owner == module:
                self._bind(last, name)
                self._imported_at.setdefault(last, line)

    # --- what an expression stands for ---------------------------------------------------------

    def _dotted(self, node: ast.AST) -> list[str]:
        """The library names that an expression may stand for."""
        way: list[str] = []
        while len(way) <= CHAIN:
            last = last_name(node.func) if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Attribute):
                way.append(node.attr)
                node = node.value
            elif last == "getattr" and isinstance(node, ast.Call) and len(node.args) > 1:
                way.append(self._text(node.args[1]) or "?")
                node = node.args[0]
            elif last in _IMPORTING and isinstance(node, ast.Call) and node.args:
                text = self._text(node.args[0])
                text = text.partition(".")[0] if last == "__import__" else text
                return [".".join([text, *reversed(way)])] if text else []
            elif isinstance(node, ast.Name):
                return [".".join([b, *reversed(way)]) for b in self._bound.get(node.id, ())]
            else:
                return []
        return []

    def _text(self, node: ast.AST, deep: int = 4) -> str:
        """The text that an expression is, as far as that is plain."""
        if isinstance(node, ast.Constant):
            return node.value[:_LONGEST] if type(node.value) is str else ""
        if isinstance(node, ast.Name):
            return self._texts.get(node.id, "")
        parts: list[ast.AST] = []
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            parts = [node.left, node.right]
        elif isinstance(node, ast.JoinedStr):
            parts = [v.value if isinstance(v, ast.FormattedValue) else v for v in node.values]
        if not deep or len(parts) > CHAIN:
            return ""
        found = [self._text(part, deep - 1) for part in parts]
        return "".join(found)[:_LONGEST] if all(found) else ""

    # --- forbidden names -------------------------------------------------------------------------

    def handed_on(self) -> Iterator[tuple[str, Hit | None, Place | None]]:
        """Names that are only imported, for other modules to take them from here.

        Each with the forbidden name that it is, or with the scope that it comes from.
        """
        for name, line in self._imported_at.items():
            for dotted in self._bound.get(name, ()):
                forbidden = self._wanted.name(dotted)
                if forbidden:
                    yield name, Hit(forbidden, line, self.module), None
                if dotted == f"{self.module}.{name}":
                    continue  # a package with a module of it: who takes that, names it
                for module, rest in self._split(dotted):
                    yield name, None, (module, rest.partition(".")[0] if rest else ALL)

    def first_use(self, scope: Scope) -> Hit | None:
        """The forbidden name that stands first in a scope, with its line."""
        best: tuple[tuple[int, int], str] | None = None
        for root in scope.roots:
            checked = self._checked(root) if scope.checking else frozenset()
            for node in walk(root):
                name = self._use(node)
                if name and not (id(node) in checked and may_be_checked(name)):
                    here = place(node), name
                    best = here if best is None or here < best else best
        return Hit(best[1], best[0][0], self.module) if best is not None else None

    def _use(self, node: ast.AST) -> str:
        """The forbidden name that a node is a use of, or ""."""
        if isinstance(node, ast.BinOp | ast.AugAssign):
            name = OPERATORS.get(type(node.op), "")
            return name if name in self._wanted.names else ""
        if isinstance(node, ast.Subscript):
            return self._wanted.last.get(self._text(node.slice), "") if _is_table(node) else ""
        if not isinstance(node, ast.Name | ast.Attribute | ast.Call) or is_stored(node):
            return ""
        dotted = self._dotted(node)
        found = next((name for d in dotted if (name := self._wanted.name(d))), "")
        return found if found or dotted else self._method(node)

    def _method(self, node: ast.AST) -> str:
        """The forbidden method that is taken from something unknown, or ""."""
        if isinstance(node, ast.Attribute):
            name = node.attr
            if name in self._wanted.last and is_long(node):
                return self._wanted.last[name]
        elif isinstance(node, ast.Call) and last_name(node.func) in _TAKING:
            at = _TAKING[last_name(node.func)]
            name = self._text(node.args[at]) if at < len(node.args) else ""
        else:
            return ""
        return "" if name in self._wanted.own else self._wanted.methods.get(name, "")

    # --- other scopes ----------------------------------------------------------------------------

    def uses(self, scope: Scope) -> Iterator[tuple[Place, bool]]:
        """The scopes of this module and of others that a scope uses, and whether only to check."""
        if scope.behind:
            yield (self.module, scope.behind), False
        for module in self.imported if not scope.name else ():
            yield (module, ""), False
        for module in self._stars if scope.name else ():
            yield (module, ALL), False
        for root in scope.roots:
            checked = self._checked(root) if scope.checking else frozenset()
            for node, is_local, is_whole in self._names_in(root):
                is_check = id(node) in checked
                if isinstance(node, ast.Name) and not is_local:
                    yield (self.module, node.id), is_check
                for dotted in self._dotted(node) if is_whole else ():
                    for module, rest in self._split(dotted):
                        yield (module, rest.partition(".")[0] if rest else ALL), is_check

    def stores(self, scope: Scope) -> Iterator[str]:
        """The top-level names into which a function puts something; "" where that is not plain."""
        for root in scope.roots if scope.name else ():
            local = {id(node) for node, is_local, _ in self._names_in(root) if is_local}
            for node in walk(root):
                if isinstance(node, ast.Name | ast.Attribute) and last_name(node) in _DYNAMIC:
                    yield ""
                is_target = isinstance(node, ast.Subscript | ast.Attribute) and is_stored(node)
                method = node.func if isinstance(node, ast.Call) else None
                holder = method.value if isinstance(method, ast.Attribute) else None
                into = _root(node if is_target else holder)
                if into is None or id(into) in local:
                    continue
                if into.id not in self._bound:
                    # `f.x()` of a function or class of its own is a call, and keeps nothing.
                    yield from [into.id] if is_target or into.id not in self._defined else []
                    yield from [into.id] if isinstance(holder, ast.Attribute) else []
                elif is_target:
                    yield ""

    def _names_in(self, root: ast.AST) -> list[tuple[ast.AST, bool, bool]]:
        """`names_in`, found out once for each part of the tree."""
        if id(root) not in self._names:
            self._names[id(root)] = list(names_in(root))
        return self._names[id(root)]

    def _checked(self, statement: ast.AST) -> frozenset[int]:
        """Nodes (by id) of a check whose results nobody keeps."""
        found: set[int] = set()
        stack = [statement]
        while stack:
            node = stack.pop()
            if isinstance(node, ast.Call):
                found |= {id(node), id(node.func)}
                stack += [node.func.value] if isinstance(node.func, ast.Attribute) else []
                if self._keeps_nothing(node):
                    stack += [*node.args, *(k.value for k in node.keywords)]
            elif isinstance(node, ast.Name | ast.BinOp):
                found.add(id(node))
            if isinstance(node, _LOOKING):
                stack += ast.iter_child_nodes(node)
            elif isinstance(node, ast.comprehension):
                stack += [node.iter, *node.ifs]
            elif isinstance(node, ast.Attribute | ast.Subscript):
                stack.append(node.value)
        return frozenset(found)

    def _keeps_nothing(self, call: ast.Call) -> bool:
        """Whether a function of a library is called that hands on nothing of what it is given."""
        if any(keyword.arg in (None, "key", "out", "file") for keyword in call.keywords):
            return False
        root: ast.AST = call.func
        for _ in range(CHAIN):
            root = root.value if isinstance(root, ast.Attribute) else root
        if not isinstance(root, ast.Name) or root.id in self._stored:
            return False
        is_library = not any(m for d in self._bound.get(root.id, ()) for m in self._split(d))
        is_plain = root is call.func or root.id in self._bound
        known = self._dotted(call.func)
        is_forbidden = any(self._wanted.name(dotted) for dotted in known)
        return is_library and is_plain and (is_forbidden or last_name(call.func) in _HARMLESS)


def _is_table(node: ast.Subscript) -> bool:
    """Whether it looks a name up in what a module or a class holds."""
    if isinstance(node.value, ast.Call):
        return last_name(node.value.func) in ("vars", "globals", "locals")
    return last_name(node.value) == "__dict__"


def _root(node: ast.AST | None) -> ast.Name | None:
    """The name at the beginning of a chain of attributes and items."""
    for _ in range(CHAIN):
        if not isinstance(node, ast.Attribute | ast.Subscript):
            break
        node = node.value
    return node if isinstance(node, ast.Name) else None


def may_be_checked(name: str) -> bool:
    """Whether the results are numbers: those of a class could do the exercise later."""
    return name.rpartition(".")[2][:1].islower() and name != "numpy.broadcast"
