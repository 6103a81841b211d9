"""The `student` fixture: a student's module, as a test sees it from the other side.

    student.matvec(W, x)          one call; its result as data
    student.keep.f(x)             one call; its result stays there, as a handle
    student.keep.Layer(3, 2)      an object, there; `.forward(x)` calls its method
    student.Layer.from_file(x)    one call of a class's own method
    student.keep(x)               a value, put there
    student.inplace.f(x)          (result, arguments afterwards): f may change its inputs
    student.vjp("f", (x,), g)     (result, gradients)
    student.source("lambda …")    a helper function, made there

After each call the arguments come back and are compared: inputs that changed fail the test. They
are never written into the test's own arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from grader.sandbox.exchange import Exchange, student_exception
from grader.sandbox.session import Session
from grader.sandbox.wire.nodes import HandleNode
from grader.sandbox.wire.protocol import Op, Verb
from grader.sandbox.wire.values import identical

__all__ = ["Call", "Handle", "Student"]


class Call:
    """One exchange as the judge records it: what was asked, and what was made of it.

    Args:
        exchange: the exchange itself.
        args, kwargs: the arguments as the test gave them.
        changed: names of the arguments that the call changed, though it must not.
        name: what was called, as a student would say it: "forward"; "" for a helper.
        functions: names of the module's functions and classes whose work it shows: the one that was
            called, and those that the handles in it came from.
        error: the exception that was raised in the test, if one was.
    """

    def __init__(
        self,
        exchange: Exchange,
        op: Op,
        changed: list[str],
        name: str = "",
        functions: frozenset[str] = frozenset(),
    ) -> None:
        self.exchange, self.changed = exchange, changed
        self.args, self.kwargs = op.args, op.kwargs
        self.name, self.functions = name, functions
        self.error: Exception | None = None


class Handle:
    """Something in the student's process: call it, index it, read its attributes.

    `fetch()` brings it over as data, `shares_memory(other)` compares two of them.
    """

    def __init__(self, student: Student, node: HandleNode, keep: bool = False) -> None:
        object.__setattr__(self, "_wxb", (student, node, keep))
        object.__setattr__(self, "_wxb_origin", _Origin())

    def wxb_node(self) -> HandleNode:
        return _node(self)

    def _ask(self, verb: Verb, name: str = "", *args: Any, **kwargs: Any) -> Any:
        student, node, keep = object.__getattribute__(self, "_wxb")
        return student.wxb_ask(Op(verb, name, node.id, args, kwargs, keep), of=self)

    def fetch(self) -> Any:
        """Its value, as data."""
        student, node, _ = object.__getattribute__(self, "_wxb")
        return student.wxb_ask(Op("fetch", target=node.id), of=self)

    def shares_memory(self, other: Handle) -> bool:
        """Whether two arrays or tensors there overlap in memory."""
        return bool(
            object.__getattribute__(self, "_wxb")[0].wxb_ask(Op("shares", args=(self, other)))
        )

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._ask("getattr", name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._ask("setattr", name, value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("invoke", "", *args, **kwargs)

    def __getitem__(self, key: Any) -> Any:
        return self._ask("getitem", "", key)

    def __len__(self) -> int:
        return int(self._ask("len"))

    def __bool__(self) -> bool:
        return True

    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        """For NumPy: its value, brought over at once and not item by item."""
        value = self.fetch()
        if isinstance(value, Handle):
            raise TypeError(f"{self!r} is no array")
        return np.array(value, *args, **kwargs)

    def __repr__(self) -> str:
        return f"<{_node(self).kind} in the student's process>"


def _node(handle: Handle) -> HandleNode:
    node: HandleNode = object.__getattribute__(handle, "_wxb")[1]
    return node


class _Origin(NamedTuple):
    """Where a handle came from: the name it would be called by, and the functions behind it."""

    name: str = ""
    functions: frozenset[str] = frozenset()


def _origin(handle: Handle) -> _Origin:
    found: _Origin = object.__getattribute__(handle, "_wxb_origin")
    return found


def _origin_of(op: Op, of: Handle | None) -> _Origin:
    """The origin of what an op comes to; `of` is the handle it acts on."""
    behind = [of, *op.args, *op.kwargs.values()]
    functions = frozenset().union(*(_origin(h).functions for h in behind if isinstance(h, Handle)))
    if op.verb in ("call", "vjp"):
        return _Origin(op.name, functions | {op.name.partition(".")[0]})
    if op.verb == "getattr":
        return _Origin(op.name, functions)
    return _Origin(_origin(of).name if of is not None else "", functions)


class _Function:
    """One function of the student's; calling it is one exchange."""

    def __init__(self, student: Student, name: str, keep: bool = False, free: bool = False) -> None:
        self._student, self._name, self._keep, self._free = student, name, keep, free

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        op = Op("call", self._name, 0, args, kwargs, self._keep)
        return self._student.wxb_ask(op, self._free)

    def __getattr__(self, name: str) -> _Function:
        if name.startswith("_"):
            raise AttributeError(name)
        return _Function(self._student, f"{self._name}.{name}", self._keep, self._free)

    def __repr__(self) -> str:
        return f"<the student's {self._name}>"


class _Keep:
    """`student.keep`: results stay in the student's process."""

    def __init__(self, student: Student) -> None:
        self._student = student

    def __getattr__(self, name: str) -> _Function:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Function(self._student, name, keep=True)

    def __call__(self, value: Any) -> Handle:
        if isinstance(value, Handle):
            kept = Handle(self._student, _node(value), keep=True)
            object.__setattr__(kept, "_wxb_origin", _origin(value))
            return kept
        handle: Handle = self._student.wxb_ask(Op("keep", args=(value,), keep=True))
        return handle


class _InPlace:
    """`student.inplace`: calls that may change their inputs."""

    def __init__(self, student: Student) -> None:
        self._student = student

    def __getattr__(self, name: str) -> Callable[..., tuple[Any, tuple[Any, ...]]]:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Function(self._student, name, free=True)


class Student:
    """A student's module: every attribute is one of its functions.

    The fixture gives one to each test; `wxb_session` is the judge's own.
    """

    def __init__(self) -> None:
        self.wxb_session: Session | None = None
        self.wxb_calls: list[Call] = []
        self.wxb_asked: Op | None = None
        self.keep = _Keep(self)
        self.inplace = _InPlace(self)

    def __getattr__(self, name: str) -> _Function:
        if name.startswith("_"):
            raise AttributeError(name)
        return _Function(self, name)

    def __repr__(self) -> str:
        return "student"

    def vjp(self, function: str, args: tuple[Any, ...], cotangent: Any) -> Any:
        """(value, gradients) of `function` at `args`, contracted with `cotangent`.

        The gradients are one per argument, None where it is no floating-point tensor or the
        result does not depend on it through autograd.
        """
        return self.wxb_ask(Op("vjp", function, args=(*args, cotangent)))

    def source(self, text: str) -> Handle:
        """A helper function made from `text` in the student's process, to pass as an argument.

        `text` is a lambda, or a function definition; `np` and `torch` are at hand.
        """
        handle: Handle = self.wxb_ask(Op("source", text, keep=True))
        return handle

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings raised so far in this test, as `Category: message`."""
        return self.wxb_calls[-1].exchange.warnings if self.wxb_calls else ()

    def wxb_ask(self, op: Op, free: bool = False, of: Handle | None = None) -> Any:
        """Ask one thing, record it, and give its value or raise its exception."""
        session = self.wxb_session
        if session is None:
            raise RuntimeError("the student fixture was used outside its test")
        self.wxb_asked = op
        exchange = session.do(op)
        changed = [] if free else _changed(op, exchange)
        origin = _origin_of(op, of)
        call = Call(exchange, op, changed, *origin)
        self.wxb_calls.append(call)
        if isinstance(exchange.value, Handle):
            object.__setattr__(exchange.value, "_wxb_origin", origin)
        if exchange.raised is not None:
            call.error = student_exception(exchange.raised)
            raise call.error
        if free:
            return exchange.value, exchange.args
        return exchange.value

    def wxb_handle(self, node: HandleNode) -> Handle:
        """What a handle node becomes on this side."""
        return Handle(self, node)


def _changed(op: Op, exchange: Exchange) -> list[str]:
    """Names of the arguments that came back different ("1st argument", "x")."""
    if op.verb not in ("call", "invoke") or exchange.after is None:
        return []
    args, kwargs = exchange.after
    ordinals = ("1st", "2nd", "3rd")
    pairs = [
        (f"{ordinals[i] if i < 3 else f'{i + 1}th'} argument", before, after)
        for i, (before, after) in enumerate(zip(op.args, args, strict=True))
    ]
    pairs += [(f"argument {key}", op.kwargs[key], after) for key, after in kwargs.items()]
    return [
        name
        for name, before, after in pairs
        if not isinstance(before, Handle) and not identical(before, after)
    ]
