"""One question to a worker, and its answer."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np

from grader.sandbox.wire.decoder import Decoder
from grader.sandbox.wire.encoder import Encoder
from grader.sandbox.wire.nodes import Dict, HandleNode, List, Malformed, Node, Tuple
from grader.sandbox.wire.protocol import (
    AT_ONCE,
    AT_ONCE_BYTES,
    BUILTIN_ERRORS,
    Answer,
    Answers,
    Do,
    Op,
    Raised,
    Several,
    is_usual,
    told,
)

__all__ = [
    "Bounds",
    "Exchange",
    "Heard",
    "Question",
    "StudentError",
    "each_of",
    "exchange_of",
    "fingerprint",
    "fingerprint_of",
    "heard_of",
    "inner_handles",
    "question_of",
    "several_of",
    "student_exception",
]

#: A position in a list or tuple, or a key of a dict.
Key = int | str
#: What `told` writes.
_TOLD = msgspec.msgpack.Decoder(tuple[Answer, tuple[int, ...]])


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


class Question(NamedTuple):
    """An op as it travels: what is asked, the sizes of its buffers, and these in a row."""

    do: Do
    sizes: tuple[int, ...]
    body: bytes

    def is_like(self, other: Question) -> bool:
        """Whether both are written alike: by their bytes, since nan is not equal to itself."""
        mine, theirs = ((q.do, q.sizes) for q in (self, other))
        encode = msgspec.msgpack.encode
        return self.body == other.body and encode(mine) == encode(theirs)


class Heard(NamedTuple):
    """An answer as it arrived, before anything in it is made a value of this process.

    Args:
        sizes, body: the sizes of its buffers, and these in a row.
        weight: bytes of question and answer, as they lie in memory.
    """

    answer: Answer
    sizes: tuple[int, ...]
    body: bytearray
    weight: int


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
        inner: the handles inside an answer that is a list, tuple or dict: the way to each, and its
            number.
        fingerprint: see `fingerprint_of`.
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
    inner: tuple[tuple[tuple[Key, ...], int], ...] = ()
    fingerprint: bytes = b""

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


def question_of(op: Op) -> Question:
    """An op as it travels."""
    encoder = Encoder()
    node = encoder.node
    args = tuple([node(value) for value in op.args])
    kwargs = {key: node(value) for key, value in op.kwargs.items()}
    sizes, pieces = encoder.body()
    do = Do(op.verb, op.name, op.target, args, kwargs, op.keep)
    return Question(do, tuple(sizes), b"".join(pieces))


def several_of(questions: Sequence[Question]) -> tuple[Several, bytes] | None:
    """Questions as they travel together, and their buffers in a row; None if they are too much."""
    body = b"".join([question.body for question in questions])
    if not 0 < len(questions) <= AT_ONCE or len(body) > AT_ONCE_BYTES:
        return None
    return Several(tuple([(do, sizes) for do, sizes, _ in questions])), body


def fingerprint_of(heard: Heard) -> bytes:
    """A digest of all that a test can learn from an answer.

    It is the same for answers that no test can tell apart (`told`); "" for one that is not usual.
    """
    if not is_usual(heard.answer):
        return b""
    return fingerprint(told(heard.answer, heard.sizes), heard.body)


def fingerprint(text: bytes, body: bytes | bytearray | memoryview) -> bytes:
    """The digest of an answer as it was told, and of its buffers in a row."""
    digest = hashlib.blake2b(text, digest_size=16)
    digest.update(body)
    return digest.digest()


def each_of(
    answers: Answers, sizes: Sequence[int], body: bytearray
) -> list[tuple[bytes, memoryview]]:
    """Each of several answers as it was told, and its buffers in a row.

    Args:
        sizes: of each answer's buffers.
        body: the buffers of all in a row.

    Raises:
        Malformed: they are no honest answers.
    """
    if len(sizes) != len(answers.told) or min(sizes, default=0) < 0 or sum(sizes) != len(body):
        raise Malformed("answers without their buffers")
    view, start, found = memoryview(body), 0, []
    for text, size in zip(answers.told, sizes, strict=True):
        found.append((text, view[start : start + size]))
        start += size
    return found


def heard_of(question: Question, text: bytes, body: memoryview) -> Heard:
    """An answer that was told with others.

    Raises:
        Malformed: it is no honest one.
    """
    try:
        answer, sizes = _TOLD.decode(text)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Malformed(str(error)) from None
    return Heard(answer, sizes, bytearray(body), len(question.body) + len(text) + len(body))


def exchange_of(
    question: Question, heard: Heard, handle: Callable[[HandleNode], object], output: int
) -> Exchange:
    """What came back, as values of this process.

    Args:
        handle: what a handle becomes.
        output: characters that are kept of what was printed.

    Raises:
        Malformed: it is no honest answer.
    """
    do, sizes, body = question
    answer, fingerprint = heard.answer, fingerprint_of(heard)
    decoder = Decoder(heard.sizes, heard.body, handle)
    if answer.raised is None and not _fits(do, answer.value):
        raise Malformed(f"no answer to {do.verb}")
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
        heard.weight,
        answer.cut,
        () if isinstance(answer.value, HandleNode) else inner_handles(answer.value),
        fingerprint,
    )


def _fits(do: Do, node: Node) -> bool:
    """Whether an answer is of the kind that was asked for."""
    if do.keep:
        return isinstance(node, HandleNode)
    if do.verb == "shares":
        return type(node) is bool
    if do.verb == "len":
        return type(node) is int and node >= 0
    return do.verb != "setattr" or node is None


def _plain(decoder: Decoder, node: Any) -> Any:
    """An argument that came back; what stayed in the worker is None."""
    return None if isinstance(node, HandleNode) else decoder.value(node)


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
