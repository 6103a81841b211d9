"""A plain `assert` that does not hold, in words: the values it compared, never its own code."""

from __future__ import annotations

import ast
import re
from contextlib import suppress
from typing import Any

from grader.judge.comparing.compare import Difference, difference
from grader.judge.comparing.statement import MISSING, Statement
from grader.judge.comparing.wording import array_of, describe, short

__all__ = ["WIDEST", "arguments_of", "broken_rule", "tidied"]

#: Longest line of a message, in characters: two lines of a terminal.
WIDEST = 160
#: Longest expression of a suite that is quoted to say what was measured.
_QUOTED = 60

_OBJECT = re.compile(r"<[^<>]* at 0x[0-9a-f]+>")
_MODULE = re.compile(r"<module '([\w.]+)'[^<>]*>")
_NUMBER = re.compile(r"\bnp\.(?:float|int|uint|complex|longdouble)\d*\(([^()]*)\)")
_TRUTH = re.compile(r"\bnp\.(True|False)_?\b")
_WHERE = re.compile(r"\s*\+\s+(?:where|and)\s+(<[^<>]*(?:<[^<>]*>[^<>]*)*>|.*?) = (.*)")
#: What pytest writes where the student's own call stands: the message has it on a line of its own.
_CALL = re.compile(r"student(\.\w+)+\(|<[^<>]* in the student's process>")

#: A comparison -> what it asks of its left side, and what it asks of its right one.
_RULES = {
    "<": ("less than", "more than"),
    "<=": ("at most", "at least"),
    ">": ("more than", "less than"),
    ">=": ("at least", "at most"),
    "!=": ("something other than", "something other than"),
    "in": ("one of", ""),
    "not in": ("none of", ""),
}
_SYMBOLS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.NotEq: "!=",
    ast.In: "in",
    ast.NotIn: "not in",
}
#: Functions and methods that measure an array -> what they give.
_MEASURES = {
    **dict.fromkeys(("min", "amin"), "the smallest entry"),
    **dict.fromkeys(("max", "amax"), "the largest entry"),
    **dict.fromkeys(("size", "numel", "len"), "the number of entries"),
    "mean": "the mean",
    "sum": "the sum",
    "std": "the standard deviation",
}
#: Functions that say whether two values are alike -> (rtol, atol) that they allow.
_ALIKE = {
    "array_equal": (0.0, 0.0),
    "equal": (0.0, 0.0),
    "allclose": (1e-5, 1e-8),
    "isclose": (1e-9, 0.0),
}


def broken_rule(
    op: str, left: Any, right: Any, statement: Statement | None = None
) -> Difference | None:
    """What a failed `left op right` asks for, in words; None if there are none for it.

    Args:
        statement: the assert, for what it measures and which side is the answer.
    """
    if op not in _RULES:
        return None
    measured, bound = _operands(op, left, right, statement)
    is_turned = _is_fixed(measured) and bound is not None and not _is_fixed(bound)
    if op in ("in", "not in") and is_turned:
        holds = "with" if op == "in" else "without"
        told = f"Wrong answer: expected something {holds} {short(left)}, got {short(right)}."
        return Difference("values", told)
    if is_turned:
        measured, left, right = bound, right, left
    rule = f"{_RULES[op][is_turned]} {short(right)}"
    subject = _subject(measured, statement)
    if not subject:
        return Difference("values", f"Wrong value: expected {rule}, got {short(left)}.")
    return Difference("values", f"Wrong value: {subject} must be {rule}, but it is {short(left)}.")


def _subject(measured: ast.expr | None, statement: Statement | None) -> str:
    """What was measured, in words; the code of a suite only where it calls the student's."""
    if measured is None or isinstance(measured, ast.Name | ast.Constant):
        return ""
    words = _measure(measured)
    text = ast.unparse(measured)
    asks = statement is None or statement.asks or "student" in statement.names
    return words or (text if asks and len(text) <= _QUOTED else "")


def _measure(node: ast.expr) -> str:
    """`share.min()` in words: the smallest entry; "" for what is no usual measure."""
    if isinstance(node, ast.Attribute) and node.attr == "size":
        name, inner = "size", node.value
    elif isinstance(node, ast.Call) and len(node.args) == 1:
        name, inner = _last(node), node.args[0]
    elif isinstance(node, ast.Call) and not node.args and isinstance(node.func, ast.Attribute):
        name, inner = node.func.attr, node.func.value
    else:
        return ""
    if name in ("double", "float", "item"):
        return _measure(inner)
    words = _MEASURES.get(name, "")
    within = _last(inner) if isinstance(inner, ast.Call) else ""
    if words == "the mean" and any(isinstance(part, ast.Compare) for part in ast.walk(inner)):
        return "the share of entries in the range"
    if words == "the number of entries" and within == "unique":
        return "the number of different entries"
    return f"{words} without its sign" if words.endswith("entry") and within == "abs" else words


def _operands(
    op: str, left: Any, right: Any, statement: Statement | None
) -> tuple[ast.expr | None, ast.expr | None]:
    """The expressions on both sides of the comparison that failed, if it can be found."""
    test = _tested(statement)
    inner = ast.walk(test) if test and not isinstance(test, ast.Compare) else [test]
    compares = [node for node in inner if isinstance(node, ast.Compare)]
    found: list[tuple[ast.expr, ast.expr]] = []
    for node in compares:
        sides = [node.left, *node.comparators]
        for i, operator in enumerate(node.ops):
            pair = sides[i], sides[i + 1]
            if _SYMBOLS.get(type(operator)) == op and _may_be(pair, (left, right)):
                found.append(pair)
    return found[0] if len(found) == 1 else (None, None)


def _may_be(pair: tuple[ast.expr, ast.expr], values: tuple[Any, Any]) -> bool:
    """Whether two expressions may have come to these values: fixed ones say what they are."""
    for node, value in zip(pair, values, strict=True):
        if _is_fixed(node):
            fixed = ast.literal_eval(node)
            if type(fixed) is not type(value) or fixed != value:
                return False
    return True


def _is_fixed(node: ast.expr | None) -> bool:
    """Whether an expression is a number or a text as it stands."""
    node = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(node, ast.Constant)


def tidied(
    lines: list[str], statement: Statement | None = None, answer: Any = MISSING
) -> Difference | list[str]:
    """An assert without a comparison: a difference, or at most two lines of what pytest made of it.

    Args:
        lines: the text of the exception, from `assert` on.
        answer: what the student's code returned last.
    """
    test = _tested(statement)
    if isinstance(test, ast.Call) and statement is not None:
        with suppress(Exception):  # a suite may compare anything
            found = _called(test, statement, answer)
            if found is not None:
                return found
    return _plain(lines)


def arguments_of(statement: Statement | None) -> list[Any]:
    """The values of the two that an `assert isinstance(…)` or `assert np.allclose(…)` is about."""
    test = _tested(statement)
    if not isinstance(test, ast.Call) or len(test.args) != 2 or statement is None:
        return []
    known = _last(test) in ("isinstance", *_ALIKE)
    return [statement.value(node) for node in test.args] if known else []


def _tested(statement: Statement | None) -> ast.expr | None:
    node = statement.node if statement is not None else None
    return node.test if isinstance(node, ast.Assert) else None


def _last(test: ast.Call) -> str:
    return ast.unparse(test.func).rpartition(".")[2]


def _called(test: ast.Call, statement: Statement, answer: Any) -> Difference | None:
    """What a failed `isinstance(…)`, `np.array_equal(…)` or one of its relatives asks for."""
    values = arguments_of(statement)
    if not values:
        return None
    name = _last(test)
    got, expected = values
    if got is MISSING and isinstance(test.args[0], ast.Call) and statement.asks:
        got = answer
    if got is MISSING and name == "isinstance":
        got = statement.remote(test.args[0]) or MISSING
    if got is MISSING:
        return None
    if name == "isinstance":
        wanted = ast.unparse(test.args[1]).strip("()").replace(", ", " or ").replace(" | ", " or ")
        return Difference("type", f"Wrong type: expected {wanted}, got {describe(got)}.")
    if expected is MISSING:
        return None
    if ast.unparse(test.func).startswith(("np.", "numpy.")):
        got, expected = array_of(got), array_of(expected)
    rtol, atol = _ALIKE[name]
    return difference(got, expected, rtol=rtol, atol=atol, kinds=False)


def _plain(lines: list[str]) -> list[str]:
    """At most two lines out of what pytest's rewriting made of an assert."""
    headline = _tidy(lines[0].removeprefix("assert "))
    names: dict[str, str] = {}
    where: list[tuple[str, str]] = []
    for line in lines[1:]:
        match = _WHERE.fullmatch(line)
        if match is None:
            continue
        value, text = _tidy(match[1]), _tidy(match[2])
        is_object = value.startswith("<") and not _CALL.match(value)
        if is_object or text.endswith(f".{value}"):
            names[value] = text
        else:
            where.append((value, text))
    named = [(value, _named(text, names)) for value, text in where]
    bare = headline.removeprefix("not ")
    if named and named[0][0] == bare:
        whole = f"This must hold: {headline.removesuffix(bare)}{named[0][1]}"
        said = [whole if bare in ("True", "False") else f"{whole}, but it is {bare}"]
    else:
        said = [f"This must hold: {_named(headline, names)}"]
        said += [f"where {value} = {text}" for value, text in named if not _CALL.match(text)]
    return [line[:WIDEST] for line in said[:2]]


def _named(text: str, names: dict[str, str]) -> str:
    """A text with functions by their names; a name may hold another."""
    for _ in range(3):
        for value, name in names.items():
            text = re.sub(rf"(?<![\w.]){re.escape(value)}(?!\w)", name.replace("\\", "\\\\"), text)
    return _OBJECT.sub("<object>", text)


def _tidy(text: str) -> str:
    text = _TRUTH.sub(r"\1", _NUMBER.sub(r"\1", _MODULE.sub(r"\1", text)))
    return " ".join(text.replace("\\n", " ").split())
