"""One question to a worker, and its answer."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from grader.sandbox.wire.decoder import Decoder
from grader.sandbox.wire.encoder import Encoder
from grader.sandbox.wire.nodes import HandleNode, Malformed
from grader.sandbox.wire.protocol import (
    BUILTIN_ERRORS,
    Answer,
    Do,
    Op,
    Raised,
)

__all__ = ["Bounds", "Exchange", "StudentError", "exchange_of", "question_of", "student_exception"]


class Bounds(msgspec.Struct, frozen=True):
    """What a session may use: seconds a call, bytes of memory, characters printed, CPU seconds.

    `loading`: seconds for all the times that one module is loaded, which is done anew in each
    worker, and takes no longer than a call; `libraries`: for what it loads of libraries.
    """

    call: float
    memory: int
    output: int
    cpu: int
    loading: float = math.inf
    libraries: float = math.inf


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
        cut: characters that were printed besides, and not kept.
        kept: number of the handle the answer became, or 0.
        weight: bytes of request and answer, as they lie in memory.
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
    cut: int = 0

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


def question_of(op: Op) -> tuple[Do, tuple[int, ...], bytes]:
    """An op as it travels: the question, the sizes of its buffers, and these in a row."""
    encoder = Encoder()
    node = encoder.node
    args = tuple([node(value) for value in op.args])
    kwargs = {key: node(value) for key, value in op.kwargs.items()}
    sizes, pieces = encoder.body()
    do = Do(op.verb, op.name, op.target, args, kwargs, op.keep)
    return do, tuple(sizes), b"".join(pieces)


def exchange_of(
    question: tuple[Do, tuple[int, ...], bytes],
    answer: Answer,
    decoder: Decoder,
    weight: int,
    output: int,
) -> Exchange:
    """What came back, as values of this process.

    Args:
        question: the request as it was written: the op, sizes and bytes of its buffers.
        decoder: has the buffers of the answer.
        weight: bytes of request and answer, as they lie in memory.
        output: characters that are kept of what was printed.

    Raises:
        Malformed: it is no honest answer.
    """
    do, sizes, body = question
    after: tuple[tuple[Any, ...], dict[str, Any]] | None = ((), {})
    if do.verb in ("call", "invoke"):
        after = None
    if after is None and not answer.same:
        if len(answer.args) != len(do.args) or answer.kwargs.keys() != do.kwargs.keys():
            raise Malformed("the arguments did not come back")
        after = (
            tuple([_plain(decoder, node) for node in answer.args]),
            {key: _plain(decoder, node) for key, node in answer.kwargs.items()},
        )
    return Exchange(
        do,
        sizes,
        body,
        decoder.value(answer.value),
        answer.raised,
        after,
        answer.printed[:output],
        answer.warnings,
        answer.value.id if isinstance(answer.value, HandleNode) else 0,
        weight,
        answer.cut,
    )


def _plain(decoder: Decoder, node: Any) -> Any:
    """An argument that came back; what stayed in the worker is None."""
    return None if isinstance(node, HandleNode) else decoder.value(node)


def student_exception(raised: Raised) -> Exception:
    """The exception a test sees: the nearest builtin class, else StudentError."""
    if raised.builtin == "LinAlgError":
        return np.linalg.LinAlgError(raised.text)
    cls = BUILTIN_ERRORS.get(raised.builtin, StudentError)
    return cls(raised.text if cls is not StudentError else f"{raised.kind}: {raised.text}")
