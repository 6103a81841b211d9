"""The worker: one submission's modules, and the loop that answers for them.

`serve` is a function of a channel. Forked and locked it is the inside of the border; the tests
also run it unlocked, in a thread, to count its lines.

Nothing in this process is trusted once a line of the submission has run. What is done before
(reading the texts, in `Start`) can be.
"""

from __future__ import annotations

import errno
import functools
import importlib
import importlib.abc
import importlib.machinery
import io
import linecache
import random
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from types import ModuleType, TracebackType
from typing import Any

import msgspec
import numpy as np

from grader.sandbox.analysis import facts
from grader.sandbox.channel import Channel, Closed
from grader.sandbox.decoder import Decoder
from grader.sandbox.encoder import Encoder, kind_name
from grader.sandbox.executor import Executor, MissingFunction
from grader.sandbox.guards import ForbiddenCall, Guards, Place
from grader.sandbox.protocol import (
    BUILTIN_ERRORS,
    FRAME_LIMIT,
    NAME_LIMIT,
    TEXT_LIMIT,
    WARNING_LIMIT,
    Answer,
    Begin,
    Do,
    Op,
    Raised,
    Reply,
    Request,
    Start,
    Started,
)
from grader.sandbox.wire import HEADER_LIMIT, HandleNode, Node, TooLarge

__all__ = ["file_of", "seed_generators", "serve"]

#: Modules are loaded with generators in this state, whichever test happens to load them.
_LOAD_SEED = 0


def serve(channel: Channel, spots: dict[str, list[Place]] | None = None) -> None:
    """Answer requests until the judge hangs up.

    Args:
        channel: the worker's end of the pair.
        spots: where the library offers the functions that may be forbidden (`guards.places`).
    """
    session: _Session | None = None
    decoder = msgspec.msgpack.Decoder(Request)
    while True:
        try:
            header, body = channel.receive()
        except Closed:
            return
        request = decoder.decode(header)
        pieces: Sequence[Any] = ()
        if isinstance(request.what, Start):
            session = _Session(request.what, spots or {})
            session.take_over()
            reply = msgspec.msgpack.encode(Reply(request.number, session.read(request.what)))
        elif session is None:
            return
        else:
            if request.begin is not None:
                session.begin(request.begin)
            reply, pieces = session.do(request.number, request.what, request.sizes, body)
        try:
            channel.send(reply, pieces)
        except Closed:
            return


_REHEARSAL = """
import numpy as np
from math import sqrt as root

EPSILON = 1e-12


def answer(v, *rest, unit=1.0):
    if unit < 0:
        raise ValueError(f"no unit {unit}")
    return v


class Layer:
    def forward(self, x: np.ndarray) -> np.ndarray:
        if not len(x):
            raise NotImplementedError
        return np.stack([row @ x for row in np.eye(len(x))])[::-1] ** 2
"""


def rehearse(rounds: int = 12) -> None:
    """Read, load and call a module of our own as a worker does, before anybody is locked.

    What Python works out in the first runs of a piece of code (specialised instructions, caches of
    attributes and of regular expressions) is then there in every fork: 15 ms less for each.
    """
    torch = sys.modules.get("torch")
    values: list[Any] = [1.5, -2, True, "text", None, [1, 2.5], (3,), {"Z": 1.0}]
    values += [np.arange(6.0).reshape(2, 3), np.ones(3, "float32"), np.float64(2), np.eye(2).T]
    if torch is not None:
        values += [torch.ones(2, 3), torch.tensor(2.0, requires_grad=True)]
    start = Start({"rehearsal": _REHEARSAL}, {"rehearsal": ("numpy.dot", "operator.matmul")}, 1024)
    for _ in range(rounds):
        session = _Session(start, {})
        session.read(start)
        session.begin(Begin("rehearsal", 0))
        module = ModuleType("rehearsal")
        exec(compile(_REHEARSAL, "rehearsal.py", "exec", dont_inherit=True), vars(module))
        session.executor = Executor(functools.partial(_same, module))
        for value in values:
            _rehearse_call(session, value, {})
        _rehearse_call(session, values[0], {"unit": -1})
    seed_generators(_LOAD_SEED)


def _same(module: ModuleType) -> ModuleType:
    return module


def _rehearse_call(session: _Session, value: Any, kwargs: dict[str, Any]) -> None:
    encoder = Encoder()
    nodes = (encoder.node(value),)
    sizes, pieces = encoder.body()
    body = bytearray(b"".join(pieces))
    do = Do("call", "answer", 0, nodes, kwargs, False)
    data = msgspec.msgpack.encode(Request(1, do, tuple(sizes)))
    request = msgspec.msgpack.decode(data, type=Request)
    assert isinstance(request.what, Do)
    session.do(request.number, request.what, request.sizes, body)


def file_of(module: str) -> str:
    """The name a module's code carries in tracebacks."""
    return f"{module}.py"


class _Printed(io.TextIOBase):
    """What the submission prints: kept up to a bound, then stopped."""

    class Overflow(BaseException):
        """More was printed than the limit allows."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pieces: list[str] = []
        self._size = 0
        self.overflow = False

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        room = self._limit - self._size
        self._pieces.append(text[:room])
        self._size += len(text)
        if self._size > self._limit:
            self.overflow = True
            raise self.Overflow
        return len(text)

    def take(self) -> str:
        """What was printed since the last call, as text that can be sent."""
        text = "".join(self._pieces).encode("utf-8", "replace").decode()
        self._pieces.clear()
        return text

    def reset(self) -> None:
        self._pieces.clear()
        self._size = 0
        self.overflow = False


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the submission's modules by name, from the texts that came over the channel."""

    def __init__(self, sources: dict[str, str]) -> None:
        self._sources = {
            name: text
            for name, text in sources.items()
            if name not in sys.stdlib_module_names and name not in sys.modules
        }

    def find_spec(
        self, name: str, path: Any = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name not in self._sources:
            return None
        return importlib.machinery.ModuleSpec(name, self, origin=file_of(name))

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        text, file = self._sources[name], file_of(name)
        module.__file__ = file
        linecache.cache[file] = (len(text), None, text.splitlines(True), file)
        exec(compile(text, file, "exec", dont_inherit=True), module.__dict__)


class _Session:
    """One submission, from its texts to the last answer."""

    def __init__(self, start: Start, spots: dict[str, list[Place]]) -> None:
        self._files = frozenset(map(file_of, start.sources))
        self._finder = _Finder(start.sources)
        self._forbidden = start.forbidden
        self._guards = Guards(spots, self._files)
        self._printed = _Printed(start.output)
        self._warnings: list[str] = []
        self._module = ""
        self._seed = 0
        self.executor = Executor(self.load)

    def take_over(self) -> None:
        """Make this process the submission's: its imports, its prints, its warnings."""
        sys.meta_path.insert(0, self._finder)
        sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = self._printed  # type: ignore[misc,assignment]
        warnings.simplefilter("always")
        warnings.showwarning = self._warn

    def read(self, start: Start) -> Started:
        """What the texts say, found out before any of them runs."""
        if not start.read:
            return Started({})
        return Started(
            {
                name: facts(text, start.forbidden.get(name, ()))
                for name, text in start.sources.items()
            }
        )

    def begin(self, test: Begin) -> None:
        if test.module != self._module:
            self._module = test.module
            self._guards.activate(self._forbidden.get(test.module, ()))
        self.executor.begin()
        self._printed.reset()
        self._warnings.clear()
        self._guards.called = ""
        self._seed = test.seed
        seed_generators(test.seed)

    def load(self) -> ModuleType:
        """The module of the current test, loaded at the first call."""
        loaded = sys.modules.get(self._module)
        if loaded is not None:
            return loaded
        seed_generators(_LOAD_SEED)
        module = importlib.import_module(self._module)
        seed_generators(self._seed)
        return module

    def _warn(self, message: Any, category: type[Warning], *args: Any, **kwargs: Any) -> None:
        if len(self._warnings) < WARNING_LIMIT:
            self._warnings.append(f"{category.__name__}: {message}"[:NAME_LIMIT])

    def do(
        self, number: int, do: Do, sizes: tuple[int, ...], body: bytearray
    ) -> tuple[bytes, Sequence[Any]]:
        """Carry out one op; every limit that is passed on the way ends up in the answer.

        Returns:
            The reply as it is sent, and the pieces of its body.
        """
        raised: Raised | None = None
        memory = False
        value: Any = None
        args: tuple[Any, ...] = ()
        kwargs: dict[str, Any] = {}
        decoder = Decoder(sizes, body, lambda node: self.executor.handles[node.id])
        try:
            args = tuple([decoder.value(node) for node in do.args])
            kwargs = {key: decoder.value(node) for key, node in do.kwargs.items()}
            value = self.executor.run(Op(do.verb, do.name, do.target, args, kwargs))
        except BaseException as error:
            memory = _is_memory(error)
            raised = _describe(error, self._files)
            del error
        encoder = Encoder(self.executor.keep)
        try:
            answer = self._answer(do, decoder, encoder, value, raised, args, kwargs, memory)
            reply, pieces = _reply(number, answer, encoder)
        except (TooLarge, MemoryError, RecursionError):
            reply, pieces = b"", ()
        if reply and len(reply) <= HEADER_LIMIT:
            return reply, pieces
        stay = HandleNode(0, f"{kind_name(value)[:150]} too large to bring back")
        named: dict[str, Node] = dict.fromkeys(kwargs, stay)
        answer = Answer(
            stay, args=tuple([stay for _ in args]), kwargs=named, cpu=time.process_time()
        )
        return _reply(number, answer, Encoder())

    def _answer(
        self,
        do: Do,
        decoder: Decoder,
        encoder: Encoder,
        value: Any,
        raised: Raised | None,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        memory: bool,
    ) -> Answer:
        node: Node = None
        if raised is None:
            if do.keep:
                node = HandleNode(self.executor.keep(value), kind_name(value))
            else:
                node = encoder.node(value)
        stop, detail = None, ""
        if self._guards.called:
            stop, detail = "forbidden", self._guards.called
        elif self._printed.overflow:
            stop = "output"
        elif memory:
            stop = "memory"
        same = False
        after: tuple[Node, ...] = ()
        kwafter: dict[str, Node] = {}
        if do.verb in ("call", "invoke"):
            same = _are_same(do, decoder, encoder, args, kwargs)
            if not same:
                after = tuple([_after(encoder, n, v) for n, v in zip(do.args, args, strict=False)])
                kwafter = {key: _after(encoder, do.kwargs[key], v) for key, v in kwargs.items()}
        return Answer(
            node,
            raised,
            same,
            after,
            kwafter,
            self._printed.take(),
            tuple(self._warnings),
            stop,  # type: ignore[arg-type]
            detail,
            time.process_time(),
        )


def _reply(number: int, answer: Answer, encoder: Encoder) -> tuple[bytes, Sequence[Any]]:
    """A reply as it is sent: its header, and the pieces of its body."""
    sizes, pieces = encoder.body()
    return msgspec.msgpack.encode(Reply(number, answer, tuple(sizes))), pieces


def _are_same(
    do: Do, decoder: Decoder, encoder: Encoder, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> bool:
    """Whether the arguments need not travel back: untouched, and no part of the result."""
    if len(args) != len(do.args) or kwargs.keys() != do.kwargs.keys():
        return False  # they could not be read
    if encoder.reaches(decoder.memory()):
        return False
    named = decoder.untouched(do.kwargs.values(), kwargs.values())
    return named and decoder.untouched(do.args, args)


def _after(encoder: Encoder, before: Node, value: Any) -> Node:
    """An argument as the call left it; what was a handle stays one."""
    return before if isinstance(before, HandleNode) else encoder.node(value)


def _is_memory(error: BaseException) -> bool:
    """Out of memory: a MemoryError, the system's own word, or torch's, which is only a text."""
    if isinstance(error, MemoryError):
        return True
    if type(error) is OSError:
        return error.errno == errno.ENOMEM
    return type(error) is RuntimeError and "DefaultCPUAllocator" in str(error)


def _describe(error: BaseException, files: frozenset[str]) -> Raised:
    """An exception as it crosses; nothing an exception does about itself can stop this."""
    cls = type(error)
    if isinstance(error, MissingFunction):
        names = ",".join([name for name in error.defined if type(name) is str][:50])
        return Raised("", "MissingFunction", f"{error.name}\n{names}"[:TEXT_LIMIT])
    if isinstance(error, ForbiddenCall | _Printed.Overflow):
        return Raised("", cls.__name__, "")
    try:
        text = str(error)
        text = text[:TEXT_LIMIT].encode("utf-8", "replace").decode()
    except BaseException:
        text = ""
    frames, own = _frames(error.__traceback__, files)
    column = 0
    if isinstance(error, SyntaxError) and error.filename in files:
        frames = [(str(error.filename)[:NAME_LIMIT], _int(error.lineno), "")]
        own, column = True, _int(error.offset)
        text = str(error.msg)[:TEXT_LIMIT]
    return Raised(_builtin(cls), cls.__name__[:NAME_LIMIT], text, tuple(frames), own, column)


def _int(value: object) -> int:
    return value if type(value) is int and 0 <= value < 1 << 31 else 0


def _frames(
    traceback: TracebackType | None, files: frozenset[str]
) -> tuple[list[tuple[str, int, str]], bool]:
    frames: list[tuple[str, int, str]] = []
    own, steps = False, 0
    while traceback is not None and steps < 20_000:
        code = traceback.tb_frame.f_code
        own = code.co_filename in files
        if own:
            line = _int(traceback.tb_lineno)
            frames.append((code.co_filename[:NAME_LIMIT], line, code.co_name[:NAME_LIMIT]))
        traceback, steps = traceback.tb_next, steps + 1
    return frames[-FRAME_LIMIT:], own


def _builtin(cls: type[BaseException]) -> str:
    for base in cls.__mro__:
        if BUILTIN_ERRORS.get(base.__name__) is base:
            return base.__name__
        if base is np.linalg.LinAlgError:
            return "LinAlgError"
    return ""


def _torch_seed() -> Callable[[int], object] | None:
    torch = sys.modules.get("torch")
    return torch.default_generator.manual_seed if torch is not None else None


def seed_generators(seed: int) -> None:
    """Seed Python's, NumPy's and PyTorch's global generators."""
    random.seed(seed)
    np.random.seed(seed % (1 << 32))
    torch_seed = _torch_seed()
    if torch_seed is not None:
        torch_seed(seed)
