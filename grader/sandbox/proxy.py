"""The `student` fixture: a student's module, as a test sees it from the other side.

    student.matvec(W, x)          one call; its result as data
    student.keep.f(x)             one call; its result stays there, as a handle
    student.keep.Layer(3, 2)      an object, there; `.forward(x)` calls its method
    student.Layer.from_file(x)    one call of a class's own method
    student.keep(x)               a value, put there
    student.inplace.f(x)          (result, arguments afterwards): f may change its inputs
    student.vjp("f", (x,), g)     (result, gradients)
    student.source("lambda …")    a helper function, made there

What a call returned without `keep` may be an object of a class that the student wrote. It can be
looked at (`repr`, attributes, `len`, places in it) and fetched, not called or changed: whatever a
suite hands to it, the student's code sees: `answer.equal(expected)` would show what is expected.
What is kept was asked for as an object: it and its methods can be called, their results cannot.

After each call the arguments come back and are compared: inputs that changed fail the test. They
are never written into the test's own arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from grader.sandbox.wire.nodes import HandleNode, Remote, node_of
from grader.sandbox.wire.protocol import Op, Verb

__all__ = ["Asker", "Handle", "Student", "UnkeptError"]

#: How far from what was kept something may be called: the object itself, and its methods.
_CALLED = 1


class UnkeptError(TypeError):
    """A suite hands something to an object that a student's call returned."""


class Asker(Protocol):
    """Who carries questions to the student's process."""

    def ask(self, op: Op, free: bool = False, of: Handle | None = None) -> Any:
        """The answer, or the exception of the student's; as `Transcript.ask`."""

    def warnings(self) -> tuple[str, ...]:
        """Warnings of the student's code so far in this test."""


class Handle(Remote):
    """Something in the student's process: call it, index it, read its attributes.

    `fetch()` brings it over as data, `shares_memory(other)` compares two of them.

    Args:
        keep: what it is asked for stays there, too.
        distance: steps from something that was kept: 0 for that itself, 1 for its attributes.
    """

    def __init__(
        self, asker: Asker, node: HandleNode, keep: bool = False, distance: int = _CALLED + 1
    ) -> None:
        super().__init__(node)
        object.__setattr__(self, "_wxb", (asker, keep))
        self.wxb_place(distance)

    def wxb_place(self, distance: int) -> None:
        """Say how far it is from something that was kept."""
        object.__setattr__(self, "_wxb_distance", distance)

    def wxb_distance(self) -> int:
        """How far it is from something that was kept."""
        distance: int = object.__getattribute__(self, "_wxb_distance")
        return distance

    def _hand(self, verb: Verb, name: str = "", *args: Any, **kwargs: Any) -> Any:
        """Ask with something that the student's code gets to see."""
        if self.wxb_distance() > _CALLED:
            raise UnkeptError(
                "what a call returned can be looked at and fetched, not called: "
                "ask for it with student.keep"
            )
        return self._ask(verb, name, *args, **kwargs)

    def _ask(self, verb: Verb, name: str = "", *args: Any, **kwargs: Any) -> Any:
        asker, keep = object.__getattribute__(self, "_wxb")
        return asker.ask(Op(verb, name, node_of(self).id, args, kwargs, keep), of=self)

    def fetch(self) -> Any:
        """Its value, as data."""
        asker, _ = object.__getattribute__(self, "_wxb")
        return asker.ask(Op("fetch", target=node_of(self).id), of=self)

    def shares_memory(self, other: Handle) -> bool:
        """Whether two arrays or tensors there overlap in memory."""
        asker, _ = object.__getattribute__(self, "_wxb")
        return bool(asker.ask(Op("shares", args=(self, other))))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._ask("getattr", name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._hand("setattr", name, value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._hand("invoke", "", *args, **kwargs)

    def __getitem__(self, key: Any) -> Any:
        return (self._ask if _is_position(key) else self._hand)("getitem", "", key)

    def __len__(self) -> int:
        return int(self._ask("len"))

    def __bool__(self) -> bool:
        return True

    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        """For NumPy: its value, brought over at once and not item by item."""
        value = self.fetch()
        if isinstance(value, Handle):
            raise TypeError(f"{node_of(self).kind}: no array of numbers or text")
        return np.array(value, *args, **kwargs)

    def __repr__(self) -> str:
        return f"<{node_of(self).kind} in the student's process>"


def _is_position(key: Any) -> bool:
    """Whether a key only says where to look."""
    if isinstance(key, tuple):
        return all(map(_is_position, key))
    return key is None or key is Ellipsis or type(key) in (int, str)


class _Function:
    """One function of the student's; calling it is one exchange."""

    def __init__(self, asker: Asker, name: str, keep: bool = False, free: bool = False) -> None:
        self._asker, self._name, self._keep, self._free = asker, name, keep, free

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._asker.ask(Op("call", self._name, 0, args, kwargs, self._keep), self._free)

    def __getattr__(self, name: str) -> _Function:
        if name.startswith("_"):
            raise AttributeError(name)
        return _Function(self._asker, f"{self._name}.{name}", self._keep, self._free)

    def __repr__(self) -> str:
        return f"<the student's {self._name}>"


class _Keep:
    """`student.keep`: results stay in the student's process."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    def __getattr__(self, name: str) -> _Function:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Function(self._asker, name, keep=True)

    def __call__(self, value: Any) -> Handle:
        if isinstance(value, Handle):
            return Handle(self._asker, node_of(value), True, value.wxb_distance())
        handle: Handle = self._asker.ask(Op("keep", args=(value,), keep=True))
        return handle


class _InPlace:
    """`student.inplace`: calls that may change their inputs."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    def __getattr__(self, name: str) -> Callable[..., tuple[Any, tuple[Any, ...]]]:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Function(self._asker, name, free=True)


class Student:
    """A student's module: every attribute is one of its functions."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self.keep = _Keep(asker)
        self.inplace = _InPlace(asker)

    def __getattr__(self, name: str) -> _Function:
        if name.startswith("_"):
            raise AttributeError(name)
        return _Function(self._asker, name)

    def __repr__(self) -> str:
        return "student"

    def vjp(self, function: str, args: tuple[Any, ...], cotangent: Any) -> Any:
        """(value, gradients) of `function` at `args`, contracted with `cotangent`.

        The gradients are one per argument, None where it is no floating-point tensor or the
        result does not depend on it through autograd.
        """
        return self._asker.ask(Op("vjp", function, args=(*args, cotangent)))

    def source(self, text: str) -> Handle:
        """A helper function made from `text` in the student's process, to pass as an argument.

        `text` is a lambda, or a function definition; `np` and `torch` are at hand.
        """
        handle: Handle = self._asker.ask(Op("source", text, keep=True))
        return handle

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings raised so far in this test, as `Category: message`."""
        return self._asker.warnings()
