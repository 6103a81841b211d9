"""What a statement of a cell changes without giving it a new value.

`W[0] = 1`, `rows.append(3)`, `random.shuffle(order)`, `fill(W)`: in each of them a name keeps its
object, and the object is another one afterwards. Python's own tables of symbols know nothing of
that. It cannot be told for certain from a text, so this errs on the side of more, with two
exceptions: methods of arrays that only compute, and libraries, of which only settings are changed
(`np.random.seed(0)`), or every plot would be a part of everything.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import msgspec

__all__ = ["RANDOM", "Changes", "Shared", "at_once", "base", "changes", "shares"]

#: Stands for the state of the libraries' own random generators.
RANDOM = "<random>"

#: Parts of an expression that are looked at; each is asked again for what is around it.
_DEPTH, _PARTS = 50, 500
#: Calls in calls that are looked through for what a value may share.
_CALLS = 3

#: Methods of arrays, texts and containers that only compute.
_COMPUTES = frozenset({
    "sum", "mean", "std", "var", "min", "max", "argmin", "argmax", "argsort", "item", "tolist",
    "numpy", "astype", "reshape", "copy", "clone", "detach", "keys", "values", "items", "get",
    "index", "count", "join", "split", "format", "strip", "lower", "upper", "startswith",
    "endswith", "replace", "dot", "matmul", "mm", "norm", "head", "tail", "describe", "size",
    "dim", "any", "all", "round", "view", "float", "double", "long", "int", "cpu", "to",
    "transpose", "flatten", "ravel", "squeeze", "unsqueeze", "nonzero", "cumsum", "prod", "abs",
    "sqrt", "exp", "log", "pow", "clip",
})  # fmt: skip
#: Methods and functions whose answer is the same memory, or holds it.
_SHARES = frozenset({
    "reshape", "view", "ravel", "transpose", "squeeze", "unsqueeze", "detach", "numpy",
    "swapaxes", "diagonal", "expand", "permute", "items", "values", "get", "setdefault", "pop",
    "asarray", "asanyarray", "from_numpy", "as_tensor", "atleast_1d", "atleast_2d",
    "broadcast_to", "moveaxis", "iter", "enumerate", "zip", "reversed", "map", "filter",
    "parameters", "requires_grad_", "dict",
    "list", "tuple", "sorted", "deque", "defaultdict", "chain",
})  # fmt: skip
#: Functions that change what they are given.
_CHANGES = frozenset({
    "shuffle", "fill_diagonal", "put", "place", "copyto", "put_along_axis", "putmask",
    "setattr", "delattr", "next", "heappush", "heappop", "heapify", "insort", "insort_left",
    "insort_right",
})  # fmt: skip
#: Functions of a library that change a setting of it; those named `set…` do as well.
_SETTINGS = frozenset({
    "seed", "manual_seed", "simplefilter", "filterwarnings", "use_deterministic_algorithms",
    "append", "extend", "insert", "update", "add", "remove", "pop", "clear", "register",
})  # fmt: skip
_SEEDS = frozenset({"seed", "manual_seed"})
_DRAWS = frozenset({"rand", "randn", "randint", "randperm", "normal", "bernoulli", "multinomial"})


class Changes(msgspec.Struct):
    """What a piece of code changes.

    Args:
        names: of what it changes itself.
        called: functions that it calls by their names.
        given: `fill(0)`, for the first argument of a call of `fill`, or `fill(W)`, for the one
            named so -> the names that it hands to it there.
        always: whether it changes a setting that everything may depend on.
    """

    names: set[str] = msgspec.field(default_factory=set)
    called: set[str] = msgspec.field(default_factory=set)
    given: dict[str, set[str]] = msgspec.field(default_factory=dict)
    always: bool = False


def at_once(node: ast.AST) -> Iterator[ast.AST]:
    """All parts of a statement that run where it stands: no function's and no class's body."""
    todo = [node]
    while todo:
        part = todo.pop()
        yield part
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            todo += [*part.decorator_list, *part.args.defaults]
            todo += [default for default in part.args.kw_defaults if default is not None]
        elif isinstance(part, ast.ClassDef):
            todo += [*part.decorator_list, *part.bases]
        elif not isinstance(part, ast.Lambda):
            todo += ast.iter_child_nodes(part)


def changes(parts: Iterable[ast.AST], libraries: set[str]) -> Changes:
    """What some parts of a program change.

    Args:
        libraries: names that an import gave.
    """
    found = Changes()
    for part in parts:
        if isinstance(part, ast.Subscript | ast.Attribute):
            if not isinstance(part.ctx, ast.Load):
                found.names.add(base(part))
            elif _is_random(part, libraries):
                found.names.add(RANDOM)
        elif isinstance(part, ast.Call):
            _call(part, libraries, found)
        elif isinstance(part, ast.AugAssign):
            found.names.add(base(part.target))
        elif isinstance(part, ast.With | ast.AsyncWith):
            found.names |= {base(item.context_expr) for item in part.items} - libraries
        elif isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            registers = (d.func if isinstance(d, ast.Call) else d for d in part.decorator_list)
            owners = {base(d) for d in registers if isinstance(d, ast.Attribute)}
            found.names |= owners - libraries
    found.names.discard("")
    return found


def _call(call: ast.Call, libraries: set[str], found: Changes) -> None:
    handed = [*call.args, *(word.value for word in call.keywords)]
    shared = [shares(value, libraries) for value in handed]
    names = set().union(*shared)
    for word in call.keywords:
        if word.arg == "out":
            found.names |= shares(word.value, libraries)
    if isinstance(call.func, ast.Attribute):
        owner, method = base(call.func), call.func.attr
        if owner in libraries:
            if method.startswith("set") or method in _SETTINGS:
                found.names.add(owner)
        elif method not in _COMPUTES:
            found.names |= {owner} | shares(call.func.value, libraries)
    elif isinstance(call.func, ast.Name):
        method = call.func.id
        found.called.add(method)
        places = [*range(len(call.args)), *(word.arg for word in call.keywords)]
        for place, given in zip(places, shared, strict=True):
            if given:
                found.given.setdefault(f"{method}({place})", set()).update(given)
        found.always |= method in _SEEDS and method in libraries
    else:
        found.called.add(base(call.func))  # `trials[0]()`
        return
    if method in _CHANGES or (method.endswith("_") and not method.endswith("__")):
        found.names |= names


def _is_random(part: ast.Attribute | ast.Subscript, libraries: set[str]) -> bool:
    """Whether it is a random generator that a library keeps: `np.random`, `torch.randn`."""
    if not isinstance(part, ast.Attribute) or not isinstance(part.value, ast.Name):
        return False
    owner = part.value.id
    is_draw = part.attr == "random" or owner == "random"
    return owner in libraries and (is_draw or (owner == "torch" and part.attr in _DRAWS))


def base(part: ast.AST) -> str:
    """`W` of `W`, `W[0]`, `W.x`, `W.T[0].copy()`; "" where no name is at the bottom of it."""
    for _ in range(_DEPTH):
        if isinstance(part, ast.Subscript | ast.Attribute | ast.Starred):
            part = part.value
        elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            part = part.func
        else:
            return part.id if isinstance(part, ast.Name) else ""
    return ""


def shares(value: ast.AST, libraries: set[str]) -> set[str]:
    """Names whose objects the value of an expression may be, hold, or share memory with.

    What a function `f` returns is `f()` among them.
    """
    found: set[str] = set()
    todo = [(value, 0)]
    for _ in range(_PARTS):
        if not todo:
            break
        part, calls = todo.pop()
        inner: list[ast.expr | None] = []
        if isinstance(part, ast.Name | ast.Subscript | ast.Attribute | ast.Starred):
            found.add(base(part))
        elif isinstance(part, ast.Tuple | ast.List | ast.Set):
            inner += part.elts
        elif isinstance(part, ast.Dict | ast.BoolOp):
            inner += part.values
        elif isinstance(part, ast.IfExp):
            inner += [part.body, part.orelse]
        elif isinstance(part, ast.NamedExpr):
            inner.append(part.value)
        elif isinstance(part, ast.ListComp | ast.SetComp | ast.GeneratorExp):
            if isinstance(part.elt, ast.Name | ast.Subscript | ast.Attribute | ast.Tuple):
                inner += [generator.iter for generator in part.generators]
        elif isinstance(part, ast.Call) and calls < _CALLS:
            name = getattr(part.func, "attr", getattr(part.func, "id", ""))
            if isinstance(part.func, ast.Name):
                found.add(f"{name}()")  # what it returns may be somebody's
            if name in _SHARES or name[:1].isupper():  # a class's object keeps what it is given
                inner += [*part.args, *(word.value for word in part.keywords)]
                found.add(base(part))
            calls += 1
        todo += [(each, calls) for each in inner if each is not None]
    return found - libraries - {""}


class Shared:
    """Which names may stand for the same object, or one inside the other, as cells go on."""

    def __init__(self) -> None:
        self._beside: dict[str, set[str]] = {}
        self._gone = 0

    def read(self, parts: Iterable[ast.AST], libraries: set[str], whole: Iterable[str]) -> None:
        """Go on by one statement; `whole` are names that it gives new values."""
        links: list[tuple[set[str], set[str]]] = []
        for part in parts:
            if isinstance(part, ast.Assign):
                names = _targets(part.targets)
                others = names if len(part.targets) > 1 else set()  # a = b = []
                links.append((names, shares(part.value, libraries) | others))
            elif isinstance(part, ast.AnnAssign | ast.NamedExpr) and part.value is not None:
                links.append((_targets([part.target]), shares(part.value, libraries)))
            elif isinstance(part, ast.For | ast.comprehension):
                links.append((_targets([part.target]), shares(part.iter, libraries)))
            elif isinstance(part, ast.withitem) and part.optional_vars is not None:
                links.append((_targets([part.optional_vars]), {base(part.context_expr)} - {""}))
            elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
                owner = {base(part.func)} | shares(part.func.value, libraries)
                owner -= libraries | {""}
                if owner and part.func.attr not in _COMPUTES:  # `rows.append(row)` keeps the row
                    given = [*part.args, *(word.value for word in part.keywords)]
                    links += [(owner, shares(value, libraries)) for value in given]
        for name in whole:
            beside = self._beside.pop(name, set())
            for other in beside:
                self._beside[other].discard(name)
            if len(beside) > 1:  # what they share is still there, without this name
                self._gone += 1
                self.link(f"#{self._gone}", beside)
        for names, others in links:
            for name in names:
                self.link(name, others - {name})

    def link(self, name: str, others: Iterable[str]) -> None:
        """Let a name stand for what others stand for, too."""
        for other in others:
            if other.endswith("()") and other not in self._beside:
                continue  # it returns what is nobody else's
            self._beside.setdefault(name, set()).add(other)
            self._beside.setdefault(other, set()).add(name)

    def all_of(self, names: Iterable[str]) -> set[str]:
        """Names that may stand for what these stand for."""
        found = set(names)
        todo = list(found)
        while todo:
            new = self._beside.get(todo.pop(), set()) - found
            found |= new
            todo += new
        return found


def _targets(parts: Iterable[ast.AST]) -> set[str]:
    found: set[str] = set()
    todo = list(parts)
    while todo:
        part = todo.pop()
        if isinstance(part, ast.Tuple | ast.List):
            todo += part.elts
        else:
            found.add(base(part))
    return found - {""}
