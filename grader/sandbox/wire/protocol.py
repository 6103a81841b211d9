"""What judge and worker say to each other.

The judge opens with `Start` (the sources, before any of them runs), and then sends one `Do` for
each thing a test asks of the student's code, or `Several` at once; the first of a test carries its
`Begin`. The worker answers every request with one reply that carries the request's number: it never
speaks unasked. On the way to an answer it may say, any number of times, that a library is being
loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from grader.sandbox.wire.nodes import Node

__all__ = [
    "AT_ONCE",
    "AT_ONCE_BYTES",
    "BUILTIN_ERRORS",
    "DEFINED_LIMIT",
    "FLOOD_LIMIT",
    "FRAME_LIMIT",
    "NAME_LIMIT",
    "TEXT_LIMIT",
    "UNUSABLE",
    "WARNING_LIMIT",
    "Answer",
    "Answers",
    "Begin",
    "Do",
    "Facts",
    "ForbiddenName",
    "Importing",
    "Op",
    "Raised",
    "Refused",
    "Reply",
    "Request",
    "Several",
    "Start",
    "Started",
    "Verb",
    "is_usual",
    "told",
]

Verb = Literal[
    "call",
    "invoke",
    "getattr",
    "setattr",
    "getitem",
    "len",
    "fetch",
    "keep",
    "shares",
    "vjp",
    "source",
    "example",
    "load",
]

#: What the lock refused: to read, write or map a file, the network, another program, a pool of
#: processes, an event loop, one more thread, an answer to `input()`, or something else.
Refused = Literal[
    "",
    "read",
    "write",
    "map",
    "folder",
    "network",
    "process",
    "pool",
    "asyncio",
    "thread",
    "input",
    "other",
]

#: Most characters of a name and of a message, most frames of a traceback and most warnings. What a
#: worker says is decoded under these limits, so that nothing long reaches a report.
NAME_LIMIT, TEXT_LIMIT, FRAME_LIMIT, WARNING_LIMIT = 300, 2000, 8, 20
#: Most names of a module that are looked through for one that was mistyped.
DEFINED_LIMIT = 50

#: Most questions in one request, and bytes of their buffers or of those of the answers.
AT_ONCE, AT_ONCE_BYTES = 64, 1 << 15

#: Most characters that may be printed in one test; of them `limits.output` are kept.
FLOOD_LIMIT = 10_000_000

#: What is said to a student of such an answer, and looked for by `grade check`.
UNUSABLE = "which is no number, no text and no array of them"

_Name = Annotated[str, Meta(max_length=NAME_LIMIT)]
_Text = Annotated[str, Meta(max_length=TEXT_LIMIT)]
_Position = Annotated[int, Meta(ge=0, lt=1 << 31)]

#: Exceptions a student's exception may arrive as: the ones that one sentence can build. Not
#: StopIteration: to a suite's `zip(map(student.f, xs), expected)` it says that all went well.
BUILTIN_ERRORS: dict[str, type[Exception]] = {
    error.__name__: error
    for error in (
        ArithmeticError,
        AssertionError,
        AttributeError,
        BufferError,
        EOFError,
        FileExistsError,
        FileNotFoundError,
        FloatingPointError,
        ImportError,
        IndexError,
        IsADirectoryError,
        KeyError,
        LookupError,
        MemoryError,
        ModuleNotFoundError,
        NameError,
        NotADirectoryError,
        NotImplementedError,
        OSError,
        OverflowError,
        PermissionError,
        RecursionError,
        ReferenceError,
        RuntimeError,
        SyntaxError,
        TimeoutError,
        TypeError,
        UnboundLocalError,
        UnicodeError,
        ValueError,
        ZeroDivisionError,
    )
}


class Op(msgspec.Struct, frozen=True):
    """One thing asked of a student's code, with its arguments as values of this process.

    Args:
        name: function for `call` and `vjp`, attribute for `getattr` and `setattr`, the text
            for `source` and `example`.
        target: the handle's number, for the verbs that act on a handle.
        keep: leave the result in the worker and answer with a handle.
    """

    verb: Verb
    name: str = ""
    target: int = 0
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = {}
    keep: bool = False


class Start(msgspec.Struct, frozen=True, tag="start"):
    """The submission: module name to source, and what each module must not call.

    `files` are data files that the module of the current test may open.
    `read` asks for the facts of the texts: once is enough, later workers are told not to bother.
    """

    sources: dict[str, str]
    forbidden: dict[str, tuple[str, ...]]
    output: int
    read: bool = True
    files: dict[str, bytes] = {}


class Begin(msgspec.Struct, frozen=True):
    """A test of `module` begins: generators are seeded, handles and prints forgotten."""

    module: str
    seed: int


class Do(msgspec.Struct, frozen=True, tag="do"):
    """An `Op` whose arguments are nodes of the wire."""

    verb: Verb
    name: str
    target: int
    args: tuple[Node, ...]
    kwargs: dict[str, Node]
    keep: bool


class Several(msgspec.Struct, frozen=True, tag="several"):
    """Questions to a module that keeps nothing, one after another, each with its buffers' sizes.

    The first that is not answered with a value is the last to be put.
    """

    questions: tuple[tuple[Do, tuple[int, ...]], ...]


class Request(msgspec.Struct, frozen=True):
    """One question, or several.

    Args:
        begin: a test begins with it.
        sizes: sizes of the buffers in the frame's body.
    """

    number: int
    what: Start | Do | Several
    sizes: tuple[int, ...] = ()
    begin: Begin | None = None


class ForbiddenName(msgspec.Struct, frozen=True):
    """A call that is not allowed, and where it stands in the submission."""

    name: _Name
    file: _Name = ""
    line: _Position = 0


class Facts(msgspec.Struct, frozen=True):
    """What a module's text says, read before any of it runs.

    Args:
        stubs: lines that hold `raise NotImplementedError`.
        forbidden: function that reaches a forbidden name -> that name, and where it stands; ""
            for code outside functions.
        unread: the file in which forbidden names could not be looked for: it is nested too deeply.
        unfinished: the stubs' lines whose function has code of its own, and whether it is below.
        plain: the module, with all that it imports of the submission, cannot change a library.
        still: it keeps nothing from one call to the next, besides.
    """

    stubs: tuple[int, ...] = ()
    forbidden: dict[str, ForbiddenName] = {}
    unfinished: tuple[tuple[int, bool], ...] = ()
    unread: _Name = ""
    plain: bool = False
    still: bool = False


class Raised(msgspec.Struct, frozen=True):
    """An exception, as far as it crosses.

    Args:
        builtin: name of the nearest class in `BUILTIN_ERRORS`, "LinAlgError", or "".
        kind: the class's own name.
        text: the message, bounded.
        frames: (file, line, function) of the frames in the submission, outermost first. For a
            SyntaxError in it the place of that alone, with the outermost function.
        own: whether the innermost frame of all is one of them.
        column: for a SyntaxError, the 1-based column; else 0.
        defined: for a MissingFunction, whose text is the name that was looked for: the names that
            are there.
        name: for a NameError, the name that has no value.
        refused: what the lock refused, where that is what it comes from.
        file: the name of the file that was refused.
    """

    builtin: _Name
    kind: _Name
    text: _Text
    frames: Annotated[tuple[tuple[_Name, _Position, _Name], ...], Meta(max_length=FRAME_LIMIT)] = ()
    own: bool = False
    column: _Position = 0
    defined: Annotated[tuple[_Name, ...], Meta(max_length=DEFINED_LIMIT)] = ()
    name: _Name = ""
    refused: Refused = ""
    file: _Name = ""

    @property
    def is_of_loading(self) -> bool:
        """Whether it ended the module before a function of it was reached."""
        return bool(self.frames) and self.frames[0][2] == "<module>"


Stop = Literal["output", "memory", "forbidden"]


class Started(msgspec.Struct, frozen=True, tag="started"):
    facts: dict[str, Facts]


class Answer(msgspec.Struct, frozen=True, tag="answer"):
    """What came of a `Do`.

    Args:
        value: the result, if nothing was raised.
        same: the call left the arguments as they were sent; they do not travel back.
        args, kwargs: the arguments as the call left them, else.
        cut: characters that were printed besides, and not kept.
        stop: a limit that was passed, whatever the student's code made of it.
        forbidden: for the stop of that name, what was called.
        cpu: processor seconds of the worker so far.
    """

    value: Node = None
    raised: Raised | None = None
    same: bool = False
    args: tuple[Node, ...] = ()
    kwargs: dict[str, Node] = {}
    printed: str = ""
    cut: Annotated[int, Meta(ge=0, lt=1 << 31)] = 0
    warnings: Annotated[tuple[_Name, ...], Meta(max_length=WARNING_LIMIT)] = ()
    stop: Stop | None = None
    forbidden: ForbiddenName | None = None
    cpu: float = 0.0


class Answers(msgspec.Struct, frozen=True, tag="answers"):
    """What came of the first of `Several`; the reply's sizes are those of each answer's buffers.

    Args:
        told: each answer, as `told` writes it.
        cpu: processor seconds of the worker so far.
    """

    told: Annotated[tuple[bytes, ...], Meta(max_length=AT_ONCE)]
    cpu: float


def told(answer: Answer, sizes: Sequence[int]) -> bytes:
    """An answer and the sizes of its buffers, without what no test can tell apart.

    That is processor time, and where in a student's text an exception was raised.
    """
    raised = answer.raised
    if raised is not None:
        raised = msgspec.structs.replace(raised, frames=(), own=False, column=0)
    plain = msgspec.structs.replace(answer, raised=raised, cpu=0.0)
    return msgspec.msgpack.encode((plain, tuple(sizes)))


def is_usual(answer: Answer) -> bool:
    """Whether no more than its content counts: no limit was met, and no stub; the module is loaded.

    All these depend on the text.
    """
    raised = answer.raised
    is_of_text = raised is not None and (
        raised.kind == "NotImplementedError" or raised.is_of_loading
    )
    return answer.stop is None and not is_of_text


class Importing(msgspec.Struct, frozen=True, tag="importing"):
    """A library is being loaded from now on, or no longer; the answer is still to come."""

    begins: bool


class Reply(msgspec.Struct, frozen=True):
    number: int
    what: Started | Answer | Answers | Importing
    sizes: tuple[int, ...] = ()
