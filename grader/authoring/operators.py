"""Mutation operators: the small mistakes that people make, one rule for each kind.

They follow the classical operators of DeMillo, Lipton & Sayward (1978) and those of mutmut and
cosmic-ray, with the ones of array programs added: another axis, indices in another order.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import msgspec

from grader.course.text import Located

__all__ = ["RULES", "Change"]

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


class Change(msgspec.Struct, frozen=True):
    """A node of a reference, and what takes its place."""

    node: Located
    instead: Located | str


def _operators(node: ast.AST) -> Iterator[Change]:
    """Another operator, operands in the other order, an operand left out."""
    if not isinstance(node, ast.BinOp):
        return
    for other in _BINARY.get(type(node.op), ()):
        yield Change(node, ast.BinOp(node.left, other(), node.right))
    if isinstance(node.op, ast.Sub | ast.Div | ast.MatMult | ast.Pow):
        yield Change(node, ast.BinOp(node.right, node.op, node.left))
    if isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
        yield Change(node, node.left)
    if isinstance(node.op, ast.Add | ast.Mult):
        yield Change(node, node.right)


def _signs(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not | ast.Invert):
        yield Change(node, node.operand)


def _comparisons(node: ast.AST) -> Iterator[Change]:
    """The edge of a comparison, and its direction."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in _COMPARED.get(type(node.ops[0]), ()):
            yield Change(node, ast.Compare(node.left, [other()], node.comparators))
    if isinstance(node, ast.BoolOp):
        other_op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield Change(node, ast.BoolOp(other_op, node.values))
        for value in node.values:
            rest = [v for v in node.values if v is not value]
            yield Change(node, rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest))


def _constants(node: ast.AST) -> Iterator[Change]:
    """Numbers off by one, truth values the other way round, words changed."""
    if not isinstance(node, ast.Constant):
        return
    value = node.value
    if isinstance(value, bool):
        yield Change(node, str(not value))
    elif isinstance(value, int):
        for other in (value + 1, value - 1):
            yield Change(node, str(other) if other >= 0 else f"({other})")
    elif isinstance(value, float):
        yield Change(node, repr(value + 1))
        if value:
            yield Change(node, repr(2 * value))
    elif isinstance(value, str) and value:
        yield Change(node, repr(value[1:] if len(value) > 1 else "?"))


def _subscripts(node: ast.AST) -> Iterator[Change]:
    """Indices in another order, a bound of a slice left out."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        elements = node.slice.elts
        if len(elements) == 2:
            swapped = ast.Tuple(elements[::-1], node.slice.ctx)
            yield Change(node, ast.Subscript(node.value, swapped, node.ctx))
    if isinstance(node, ast.Slice):
        for field in ("lower", "upper", "step"):
            if getattr(node, field) is not None:
                other = ast.Slice(node.lower, node.upper, node.step)
                setattr(other, field, None)
                yield Change(node, other)


def _calls(node: ast.AST) -> Iterator[Change]:
    """Arguments in another order, a keyword left out, another function of the same kind."""
    if not isinstance(node, ast.Call):
        return
    for first, second in zip(range(len(node.args)), range(1, len(node.args)), strict=False):
        args = list(node.args)
        args[first], args[second] = args[second], args[first]
        yield Change(node, ast.Call(node.func, args, node.keywords))
    for keyword in node.keywords:
        if keyword.arg in _SHAPING:
            rest = [k for k in node.keywords if k is not keyword]
            yield Change(node, ast.Call(node.func, node.args, rest))
            if keyword.arg in ("axis", "dim") and isinstance(keyword.value, ast.UnaryOp):
                yield Change(keyword.value, "0")
    name = _called(node)
    if name == "range" and node.args:
        last = ast.BinOp(node.args[-1], ast.Sub(), ast.Constant(1))
        yield Change(node, ast.Call(node.func, [*node.args[:-1], last], node.keywords))
    if name in _UNWRAPPED and len(node.args) == 1 and not node.keywords:
        yield Change(node, node.args[0])
    if (
        isinstance(node.func, ast.Attribute)
        and node.func.attr in _DROPPED
        and not _is_library(node)
    ):
        yield Change(node, node.func.value)


def _called(node: ast.Call) -> str:
    return str(getattr(node.func, "attr", None) or getattr(node.func, "id", ""))


def _is_library(node: ast.Call) -> bool:
    """Whether a call is a library's function, like np.sqrt(x), and no method of a value."""
    value = getattr(node.func, "value", None)
    while isinstance(value, ast.Attribute):
        value = value.value
    return isinstance(value, ast.Name) and value.id in ("np", "torch", "math", "F")


def _names(node: ast.AST) -> Iterator[Change]:
    """Another function or dtype of the same kind; a transpose left out."""
    if isinstance(node, ast.Attribute):
        if node.attr in _NAMES:
            yield Change(node, ast.Attribute(node.value, _NAMES[node.attr], node.ctx))
        if node.attr in ("T", "mT", "real"):
            yield Change(node, node.value)
    if isinstance(node, ast.Name) and node.id in ("sum", "max", "min", "any", "all"):
        other = {"sum": "max"}.get(node.id) or _NAMES[node.id]
        yield Change(node, other)


def _branches(node: ast.AST) -> Iterator[Change]:
    """A condition that always holds, or never; a choice that is always the same."""
    if isinstance(node, ast.If | ast.While):
        yield Change(node.test, "False")
        if isinstance(node, ast.If):
            yield Change(node.test, "True")
    if isinstance(node, ast.IfExp):
        yield Change(node, node.body)
        yield Change(node, node.orelse)


def _statements(node: ast.AST) -> Iterator[Change]:
    """A statement left out; an update that replaces, or goes the other way."""
    if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Yield):
        yield Change(node, "pass")
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript | ast.Attribute):
        yield Change(node, "pass")
    if isinstance(node, ast.AugAssign):
        yield Change(node, "pass")
        yield Change(node, ast.Assign([node.target], node.value, lineno=node.lineno))
        for other in _BINARY.get(type(node.op), ()):
            yield Change(node, ast.AugAssign(node.target, other(), node.value))


#: Each looks at one node and yields its changes.
RULES: tuple[Callable[[ast.AST], Iterator[Change]], ...] = (
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
