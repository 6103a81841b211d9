"""Mutants: a reference, changed in one small place, to ask whether its suite would notice.

Each mutant is a whole module's text. The changes are those that people make by mistake: another
operator, a constant off by one, another axis, indices or arguments in another order, a term that
is missing, the edge of a comparison, a conversion left out. A mutant that a suite lets pass is
either a hole in the suite or equivalent to the reference; equivalents are listed with a reason in
`tests/equivalents/UNIT/EXERCISE.yaml`, which `equivalents` reads.

The rules follow the classical mutation operators of DeMillo, Lipton & Sayward (1978) and the
ones that mutmut and cosmic-ray use, with those of array programs added.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import msgspec

from grader.course.text import plain_lines

__all__ = ["Mutant", "mutants"]

_BINARY: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
}
_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_NAMES = {
    "sum": "prod",
    "prod": "sum",
    "max": "min",
    "min": "max",
    "maximum": "minimum",
    "minimum": "maximum",
    "argmax": "argmin",
    "argmin": "argmax",
    "zeros": "ones",
    "ones": "zeros",
    "zeros_like": "ones_like",
    "ones_like": "zeros_like",
    "sin": "cos",
    "cos": "sin",
    "any": "all",
    "all": "any",
    "tril": "triu",
    "triu": "tril",
    "float64": "float32",
    "float32": "float64",
}
#: Calls of one argument that turn into that argument. Conversions to Python numbers are left out:
#: a NumPy scalar is as good an answer everywhere.
_UNWRAPPED = {"sqrt", "abs", "fabs", "exp", "log", "square", "sorted", "reversed", "len"}
#: Methods, and the attribute T, that are dropped: `x.copy()` becomes `x`.
_DROPPED = {
    "abs",
    "astype",
    "clone",
    "contiguous",
    "copy",
    "detach",
    "double",
    "exp",
    "float",
    "item",
    "numpy",
    "ravel",
    "sqrt",
    "square",
    "t",
    "transpose",
    "unsqueeze",
}
_SHAPING = {"axis", "dim", "dtype", "keepdims", "keepdim", "copy", "strict", "start", "stop"}


class Mutant(msgspec.Struct, frozen=True):
    """A reference with one change.

    Args:
        function: the function, or Class.method, that was changed; empty at module level.
        line: 1-based line of the change.
        before, after: that line in the reference and in the mutant.
        text: the whole changed module.
    """

    function: str
    line: int
    before: str
    after: str
    text: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What an entry in the list of equivalents names."""
        return self.function, self.before, self.after


def mutants(source: str) -> list[Mutant]:
    """All mutants of a reference, in the order of its lines.

    Raises:
        SyntaxError: the text is not Python.
    """
    source = plain_lines(source)
    tree = ast.parse(source)
    text = _Text(source)
    found: dict[str, Mutant] = {}
    for function, node, parent in _expressions(tree, "", None):
        for rule in _RULES:
            for change in rule(node):
                start, end = text.span(change.node)
                bracketed = source[start - 1 : start] + source[end : end + 1] == "()"
                new = source[:start] + _fitted(change, parent, bracketed) + source[end:]
                if new != source and new not in found:
                    found[new] = _mutant(function, source, new)
    return sorted(found.values(), key=lambda mutant: mutant.line)


def _mutant(function: str, source: str, new: str) -> Mutant:
    old_lines, new_lines = source.split("\n"), new.split("\n")
    pairs = enumerate(zip(old_lines, new_lines, strict=False))
    at = next(i for i, (old, other) in pairs if old != other)
    return Mutant(function, at + 1, old_lines[at].strip(), new_lines[at].strip(), new)


class _Text:
    """Offsets into a text for the positions that the parser gives (lines, UTF-8 columns)."""

    def __init__(self, source: str) -> None:
        self._lines = source.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Where a node begins and ends."""
        return (
            self._offset(node.lineno, node.col_offset),  # type: ignore[attr-defined]
            self._offset(node.end_lineno, node.end_col_offset),  # type: ignore[attr-defined]
        )

    def _offset(self, line: int, column: int) -> int:
        before = self._lines[line - 1].encode()[:column].decode()
        return self._starts[line - 1] + len(before)


class _Change(msgspec.Struct, frozen=True):
    """A node, and what takes its place."""

    node: ast.AST
    instead: ast.AST | str


def _fitted(change: _Change, parent: ast.AST | None, bracketed: bool) -> str:
    """The new text, in brackets where its surroundings would read it otherwise."""
    if isinstance(change.instead, str):
        return change.instead
    text = ast.unparse(change.instead)
    loose = ast.BinOp | ast.BoolOp | ast.Compare | ast.IfExp | ast.UnaryOp | ast.Lambda
    if bracketed or not isinstance(change.instead, loose):
        return text
    same = _operator(change.instead) == _operator(change.node)
    held = change.node in (getattr(parent, "value", None), getattr(parent, "func", None))
    tight = isinstance(parent, ast.BinOp | ast.UnaryOp | ast.Compare) or (
        isinstance(parent, ast.Attribute | ast.Subscript | ast.Call) and held
    )
    return f"({text})" if tight and not same else text


def _operator(node: ast.AST) -> object:
    return type(node), type(getattr(node, "op", None))


def _expressions(
    node: ast.AST, function: str, parent: ast.AST | None
) -> Iterator[tuple[str, ast.AST, ast.AST | None]]:
    """Nodes that may be changed: no docstrings, no annotations, no messages of exceptions."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        name = f"{function}.{node.name}" if function else node.name
        if not isinstance(node, ast.ClassDef):
            for default in [*node.args.defaults, *node.args.kw_defaults]:
                if default is not None:
                    yield from _expressions(default, name, node)
        for statement in node.body:
            yield from _expressions(statement, name, node)
        return
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Raise | ast.JoinedStr):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    yield function, node, parent
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "ctx"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.expr_context):
                yield from _expressions(child, function, node)


# --- the rules --------------------------------------------------------------------------------


def _operators(node: ast.AST) -> Iterator[_Change]:
    """Another operator, operands in the other order, an operand left out."""
    if not isinstance(node, ast.BinOp):
        return
    for other in _BINARY.get(type(node.op), ()):
        yield _Change(node, ast.BinOp(node.left, other(), node.right))
    if isinstance(node.op, ast.Sub | ast.Div | ast.MatMult | ast.Pow):
        yield _Change(node, ast.BinOp(node.right, node.op, node.left))
    if isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
        yield _Change(node, node.left)
    if isinstance(node.op, ast.Add | ast.Mult):
        yield _Change(node, node.right)


def _signs(node: ast.AST) -> Iterator[_Change]:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not | ast.Invert):
        yield _Change(node, node.operand)


def _comparisons(node: ast.AST) -> Iterator[_Change]:
    """The edge of a comparison, and its direction."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in _COMPARED.get(type(node.ops[0]), ()):
            yield _Change(node, ast.Compare(node.left, [other()], node.comparators))
    if isinstance(node, ast.BoolOp):
        other_op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield _Change(node, ast.BoolOp(other_op, node.values))
        for value in node.values:
            rest = [v for v in node.values if v is not value]
            yield _Change(node, rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest))


def _constants(node: ast.AST) -> Iterator[_Change]:
    """Numbers off by one, truth values the other way round, words changed."""
    if not isinstance(node, ast.Constant):
        return
    value = node.value
    if isinstance(value, bool):
        yield _Change(node, str(not value))
    elif isinstance(value, int):
        for other in (value + 1, value - 1):
            yield _Change(node, str(other) if other >= 0 else f"({other})")
    elif isinstance(value, float):
        yield _Change(node, repr(value + 1))
        if value:
            yield _Change(node, repr(2 * value))
    elif isinstance(value, str) and value:
        yield _Change(node, repr(value[1:] if len(value) > 1 else "?"))
    elif value is None:
        return


def _subscripts(node: ast.AST) -> Iterator[_Change]:
    """Indices in another order, a bound of a slice left out."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        elements = node.slice.elts
        if len(elements) == 2:
            swapped = ast.Tuple(elements[::-1], node.slice.ctx)
            yield _Change(node, ast.Subscript(node.value, swapped, node.ctx))
    if isinstance(node, ast.Slice):
        for field in ("lower", "upper", "step"):
            if getattr(node, field) is not None:
                other = ast.Slice(node.lower, node.upper, node.step)
                setattr(other, field, None)
                yield _Change(node, other)


def _calls(node: ast.AST) -> Iterator[_Change]:
    """Arguments in another order, a keyword left out, another function of the same kind."""
    if not isinstance(node, ast.Call):
        return
    for first, second in zip(range(len(node.args)), range(1, len(node.args)), strict=False):
        args = list(node.args)
        args[first], args[second] = args[second], args[first]
        yield _Change(node, ast.Call(node.func, args, node.keywords))
    for keyword in node.keywords:
        if keyword.arg in _SHAPING:
            rest = [k for k in node.keywords if k is not keyword]
            yield _Change(node, ast.Call(node.func, node.args, rest))
            if keyword.arg in ("axis", "dim") and isinstance(keyword.value, ast.UnaryOp):
                yield _Change(keyword.value, "0")
    name = _called(node)
    if name == "range" and node.args:
        last = ast.BinOp(node.args[-1], ast.Sub(), ast.Constant(1))
        yield _Change(node, ast.Call(node.func, [*node.args[:-1], last], node.keywords))
    if name in _UNWRAPPED and len(node.args) == 1 and not node.keywords:
        yield _Change(node, node.args[0])
    if (
        isinstance(node.func, ast.Attribute)
        and node.func.attr in _DROPPED
        and not _is_library(node)
    ):
        yield _Change(node, node.func.value)


def _called(node: ast.Call) -> str:
    return str(getattr(node.func, "attr", None) or getattr(node.func, "id", ""))


def _is_library(node: ast.Call) -> bool:
    """Whether a call is a library's function, like np.sqrt(x), and no method of a value."""
    value = getattr(node.func, "value", None)
    while isinstance(value, ast.Attribute):
        value = value.value
    return isinstance(value, ast.Name) and value.id in ("np", "torch", "math", "F")


def _names(node: ast.AST) -> Iterator[_Change]:
    """Another function or dtype of the same kind; a transpose left out."""
    if isinstance(node, ast.Attribute):
        if node.attr in _NAMES:
            yield _Change(node, ast.Attribute(node.value, _NAMES[node.attr], node.ctx))
        if node.attr in ("T", "mT", "real"):
            yield _Change(node, node.value)
    if isinstance(node, ast.Name) and node.id in ("sum", "max", "min", "any", "all"):
        other = {"sum": "max"}.get(node.id) or _NAMES[node.id]
        yield _Change(node, other)


def _branches(node: ast.AST) -> Iterator[_Change]:
    """A condition that always holds, or never; a choice that is always the same."""
    if isinstance(node, ast.If | ast.While):
        yield _Change(node.test, "False")
        if isinstance(node, ast.If):
            yield _Change(node.test, "True")
    if isinstance(node, ast.IfExp):
        yield _Change(node, node.body)
        yield _Change(node, node.orelse)


def _statements(node: ast.AST) -> Iterator[_Change]:
    """A statement left out; an update that replaces, or goes the other way."""
    if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Yield):
        yield _Change(node, "pass")
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript | ast.Attribute):
        yield _Change(node, "pass")
    if isinstance(node, ast.AugAssign):
        yield _Change(node, "pass")
        yield _Change(node, ast.Assign([node.target], node.value, lineno=node.lineno))
        for other in _BINARY.get(type(node.op), ()):
            yield _Change(node, ast.AugAssign(node.target, other(), node.value))


_RULES: tuple[Callable[[ast.AST], Iterator[_Change]], ...] = (
    _operators,
    _signs,
    _comparisons,
    _constants,
    _subscripts,
    _calls,
    _names,
    _branches,
    _statements,
)
