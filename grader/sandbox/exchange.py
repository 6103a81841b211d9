"""One question to a worker, and its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import numpy as np

from grader.sandbox.wire.decoder import Decoder
from grader.sandbox.wire.nodes import Dict, HandleNode, List, Node, Tuple
from grader.sandbox.wire.protocol import (
    BUILTIN_ERRORS,
    Do,
    Op,
    Raised,
)

__all__ = ["Bounds", "Exchange", "StudentError", "inner_handles", "student_exception"]

#: A position in a list or tuple, or a key of a dict.
Key = int | str


class Bounds(msgspec.Struct, frozen=True):
    """What a session may use: seconds a call, bytes of memory and output, CPU seconds in all."""

    call: float
    memory: int
    output: int
    cpu: int


class StudentError(Exception):
    """An exception of the student's that is no builtin one."""


class Exchange(msgspec.Struct, frozen=True):
    """One thing that was asked and what came back, in a form that can be replayed.

    Args:
        do, sizes, body: the request as it was written.
        value: the answer as a value of this process; handles are what `Session.handle` made.
        raised: the exception instead, if there was one.
        after: the arguments as a call left them, positional and named (values, handles left out as
            None); None if they are as they were sent.
        kept: number of the handle the answer became, or 0.
        weight: bytes of request and answer, as they lie in memory.
        inner: the handles inside an answer that is a list, tuple or dict: the way to each, and its
            number.
    """

    do: Do
    sizes: tuple[int, ...]
    body: bytes
    value: Any
    raised: Raised | None
    after: tuple[tuple[Any, ...], dict[str, Any]] | None
    printed: str
    warnings: tuple[str, ...]
    kept: int
    weight: int = 0
    inner: tuple[tuple[tuple[Key, ...], int], ...] = ()

    @property
    def args(self) -> tuple[Any, ...]:
        """The positional arguments as the call left them, handles left out as None."""
        if self.after is not None:
            return self.after[0]
        decoder = Decoder(self.sizes, bytearray(self.body), lambda node: None)
        return tuple([decoder.value(node) for node in self.do.args])

    def again(self, handle: Callable[[HandleNode], object]) -> Op:
        """The op with fresh copies of its arguments."""
        decoder = Decoder(self.sizes, bytearray(self.body), handle)
        return Op(
            self.do.verb,
            self.do.name,
            self.do.target,
            tuple(decoder.value(node) for node in self.do.args),
            {key: decoder.value(node) for key, node in self.do.kwargs.items()},
            self.do.keep,
        )


def inner_handles(node: Node, way: tuple[Key, ...] = ()) -> tuple[tuple[tuple[Key, ...], int], ...]:
    """The handles in a list, tuple or dict that has been decoded: the way to each, its number."""
    if isinstance(node, HandleNode):
        return ((way, node.id),)
    pairs: Iterable[tuple[Any, Node]] = ()
    if isinstance(node, List | Tuple):
        pairs = enumerate(node.items)
    elif isinstance(node, Dict):
        pairs = [(key, item) for key, item in node.items if type(key) in (int, str)]
    return tuple([found for key, item in pairs for found in inner_handles(item, (*way, key))])


def student_exception(raised: Raised) -> Exception:
    """The exception a test sees: the nearest builtin class, else StudentError."""
    if raised.builtin == "LinAlgError":
        return np.linalg.LinAlgError(raised.text)
    cls = BUILTIN_ERRORS.get(raised.builtin, StudentError)
    return cls(raised.text if cls is not StudentError else f"{raised.kind}: {raised.text}")
