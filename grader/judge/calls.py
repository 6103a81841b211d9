"""How the calls of a test are written, and which of them a failure is about."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from grader.judge.comparing.statement import Statement
from grader.judge.comparing.typed import call_text, typed
from grader.judge.comparing.wording import nth
from grader.judge.transcript import Call
from grader.sandbox.wire.nodes import Remote, node_of
from grader.sandbox.wire.protocol import Op
from grader.sandbox.wire.values import is_tensor

__all__ = ["about", "asked_text", "call_line", "part_of", "written"]

#: Verbs that put something there for a later call.
_ASIDE = ("keep", "source")
#: Longest helper of a suite that is written out where it is used.
_HELPER = 70
#: Most characters of what is called the result of something: a line of a message has no more.
_LONGEST = 400


# --- how a call is written ----------------------------------------------------------------------


def call_line(call: Call | None, calls: Sequence[Call]) -> str:
    """`Call: …` for one of the calls of a test; "" for none."""
    return f"Call: {written(call, calls)}" if call is not None else ""


def asked_text(op: Op, calls: Sequence[Call]) -> str:
    """What was asked and has no answer, as a test would write it."""
    return _written(op, _names(calls))


def written(call: Call, calls: Sequence[Call]) -> str:
    """A call as a test would write it, after the calls that its handles came from."""
    return _written(_op(call), _names(calls))


def _op(call: Call) -> Op:
    do = call.exchange.do
    return Op(do.verb, do.name, do.target, call.args, call.kwargs)


def _written(op: Op, names: dict[int, str]) -> str:
    target = names.get(op.target, "it")
    match op.verb:
        case "call":
            return call_text(op.name, op.args, op.kwargs, _arguments(names))
        case "vjp":  # the last argument is what the gradients are contracted with
            return f"gradients of {call_text(op.name, op.args[:-1], op.kwargs, _arguments(names))}"
        case "invoke":
            target = f"({target})" if target.startswith("lambda") else target
            return call_text(target, op.args, op.kwargs, _arguments(names))
        case "getattr":
            return f"{target}.{op.name}"
        case "setattr":
            return f"{target}.{op.name} = {typed(op.args[0], _arguments(names))}"
        case "getitem":
            return f"{target}[{typed(op.args[0])}]"
        case "len":
            return f"len({target})"
        case "fetch":
            return target
        case "example":
            return op.name.partition("\n")[0]
        case "shares":
            each = [names.get(node_of(arg).id, "it") for arg in op.args]
            return f"shares_memory({', '.join(each)})"
        case "source":
            text = op.name.strip()
            is_short = text.startswith("lambda") and "\n" not in text and len(text) <= _HELPER
            return text if is_short else "helper"
    return "kept"


def _names(calls: Sequence[Call]) -> dict[int, str]:
    """What each handle is the result of, by its number."""
    names: dict[int, str] = {}
    for call in calls:
        if call.exchange.kept:
            # A name in a name in a name doubles each time.
            names[call.exchange.kept] = _written(_op(call), names)[:_LONGEST]
    return names


def _arguments(names: dict[int, str]) -> dict[int, str]:
    """Handles as arguments; those of the test's own things say what kind of thing they are."""
    return {number: name for number, name in names.items() if name not in ("helper", "kept")}


# --- which call it is about -----------------------------------------------------------------------


def about(calls: Sequence[Call], compared: Sequence[object], at: Statement | None) -> Call | None:
    """The call whose answer was compared when a test failed.

    It is the call that gave a compared value, or else what the failed statement asked itself, or
    else the call whose answer stands behind the names in the statement, or else the last one.

    Args:
        compared: the values that were compared.
        at: the statement that failed.
    """
    asked = [(call, call.exchange.do) for call in calls]
    told = [c for c, do in asked if do.verb not in _ASIDE and do.name != "repr(_)"]
    if not told:
        return None
    for value in compared:
        if not _is_common(value):
            found = _giving(told, value)
            if found is not None:
                return found
    if at is None or (at.asks and not _handles(at)):
        return told[-1]
    names = at.names
    seen: set[str] = set()
    while names:
        found = _behind(told, [*at.values(names)])
        if found is not None:
            return found
        seen |= set(names)
        names = [name for name in at.behind(names) if name not in seen]
    found = _giving(told, compared[0]) if compared else None
    return found or told[-1]


def _handles(at: Statement) -> list[Remote]:
    return [value for value in at.values(at.names) if isinstance(value, Remote)]


def _is_common(value: object) -> bool:
    """Whether another call may have the very same object for an answer, or a test for a bound."""
    is_empty = isinstance(value, tuple) and not value
    return value is None or is_empty or isinstance(value, bool | int | str | Remote)


def _giving(calls: Sequence[Call], value: object) -> Call | None:
    """The last call whose answer is this very value, or holds it, or is seen through it."""
    seen = (value, getattr(value, "base", None)) if isinstance(value, np.ndarray) else (value,)
    for call in reversed(calls):
        answer = call.exchange.value
        if any(answer is v or any(part is v for part in _parts(answer)) for v in seen):
            return call
    return None


def _parts(answer: object, deep: int = 2) -> Iterator[object]:
    """What is in a list, tuple or dictionary, and in those in it."""
    inner = answer.values() if isinstance(answer, dict) else answer
    if deep and isinstance(answer, list | tuple | dict):
        for part in inner:  # type: ignore[attr-defined]
            yield part
            yield from _parts(part, deep - 1)


def _behind(calls: Sequence[Call], values: list[Any]) -> Call | None:
    """The last call that gave one of these values, plain ones before those that anything may be."""
    telling = [value for value in values if _may_be_an_answer(value)]
    for plain in (True, False):
        found = [_giving(calls, v) for v in telling if _is_common(v) is not plain]
        known = [call for call in found if call is not None]
        if known:
            return max(known, key=calls.index)
        if plain:
            asked = [c for v in values if isinstance(v, Remote) for c in _asked_of(calls, v)]
            if asked:
                return max(asked, key=calls.index)
    return None


def _may_be_an_answer(value: object) -> bool:
    if isinstance(value, np.ndarray | np.generic | bool | int | float | complex | str):
        return True
    return isinstance(value, list | tuple | dict) or is_tensor(value)


def _asked_of(calls: Sequence[Call], handle: Remote) -> list[Call]:
    """What was asked of a handle, or of what came from it; first the call that made it."""
    numbers = {node_of(handle).id}
    found = []
    for call in calls:
        if call.exchange.do.target in numbers or call.exchange.kept in numbers:
            found.append(call)
            numbers |= {call.exchange.kept} - {0}
    return found


# --- which part of its answer ---------------------------------------------------------------------


def part_of(call: Call, compared: Sequence[object], calls: Sequence[Call]) -> tuple[str, bool]:
    """The part of an answer that was compared, in words, and whether it is a gradient.

    Of a vjp it is `the gradient of the 2nd argument`, of a helper that gives several things what
    its text calls the one, such as `layer.weight.grad`. "" where there is but one, or no telling.
    """
    answer, do = call.exchange.value, call.exchange.do
    if do.verb == "vjp" and isinstance(answer, tuple) and len(answer) == 2:
        which = _which(answer[1], compared, call.args)
        many = len(call.args) > 2
        each = " and ".join(nth(i) for i in which)
        return (f"the {each} argument" if many else "the argument") if which else "", bool(which)
    if do.verb == "invoke" and isinstance(answer, tuple | list):
        names = _returned(do.target, calls)
        which = _which(answer, compared, ())
        if len(which) == 1 and len(names) == len(answer):
            return names[which[0]], False
    return "", False


def _which(parts: Any, compared: Sequence[object], args: tuple[Any, ...]) -> list[int]:
    """The places of a compared value among the parts of an answer; of None, all where it is."""
    if not isinstance(parts, tuple | list):
        return []
    for value in compared:
        if value is not None:
            found = [i for i, part in enumerate(parts) if part is value]
            if found:
                return found[:1]
    if not any(value is None for value in compared):
        return []
    return [
        i
        for i, part in enumerate(parts)
        if part is None and (not args or (is_tensor(args[i]) and args[i].is_floating_point()))
    ]


def _returned(helper: int, calls: Sequence[Call]) -> list[str]:
    """What a suite's helper function gives, in the words of its text."""
    text = next((c.exchange.do.name for c in calls if c.exchange.kept == helper), "")
    with suppress(SyntaxError):
        for node in ast.walk(ast.parse(text.strip())):
            if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
                return [ast.unparse(item) for item in node.value.elts]
    return []
