"""The worker: one submission's modules, and the loop that answers for them.

`serve` is a function of a channel. Forked and locked it is the inside of the border; the tests
also run it unlocked, in a thread, to count its lines.

Nothing in this process is trusted once a line of the submission has run. What is done before
(reading the texts, in `Start`) can be.
"""

from __future__ import annotations

import builtins
import functools
import gc
import importlib
import importlib.abc
import importlib.machinery
import resource
import sys
import time
import warnings
from collections.abc import Sequence
from contextlib import suppress
from types import ModuleType
from typing import Any, NamedTuple

import msgspec

from grader.sandbox.executor import Executor
from grader.sandbox.seeds import seed_generators, torch_here, warn_always
from grader.sandbox.wire.channel import Channel, Closed
from grader.sandbox.wire.decoder import Decoder
from grader.sandbox.wire.encoder import Encoder, kind_name
from grader.sandbox.wire.nodes import (
    HEADER_LIMIT,
    HandleNode,
    Node,
    TooLarge,
    keep_tensors,
    padded,
)
from grader.sandbox.wire.protocol import (
    AT_ONCE_BYTES,
    NAME_LIMIT,
    WARNING_LIMIT,
    Answer,
    Answers,
    Begin,
    Do,
    Importing,
    Op,
    Raised,
    Reply,
    Request,
    Several,
    Start,
    Started,
    Stop,
    is_usual,
    told,
)
from grader.sandbox.worker.absent import StandIns
from grader.sandbox.worker.analysis import facts
from grader.sandbox.worker.checked import TAKE, checked
from grader.sandbox.worker.compiled import Compiled
from grader.sandbox.worker.files import Files
from grader.sandbox.worker.forbidden import outside, own_names
from grader.sandbox.worker.guards import Guards, Place
from grader.sandbox.worker.left import NO_ARGUMENTS, left_of
from grader.sandbox.worker.libraries import announce
from grader.sandbox.worker.mentioned import may_mention
from grader.sandbox.worker.modules import Finder, Run, file_of
from grader.sandbox.worker.printed import Printed
from grader.sandbox.worker.raised import describe, is_memory
from grader.sandbox.worker.texts import Texts, Unread

__all__ = ["LOAD_SEED", "Guest", "serve"]

#: KiB from which on what a test leaves may be missing to the next one: a sixteenth of the limit by
#: default. To look for garbage takes as long as two questions.
_MUCH = 1 << 16

#: Modules are loaded with generators in this state, whichever test happens to load them.
LOAD_SEED = 0


def serve(
    channel: Channel, spots: dict[str, list[Place]] | None = None, alone: bool = False
) -> None:
    """Answer requests until the judge hangs up.

    Args:
        channel: the worker's end of the pair.
        spots: where the library offers the functions that may be forbidden (`guards.places`).
        alone: this process is the worker's and nobody else's: its files are the submission's.
    """
    guest: Guest | None = None
    decoder = msgspec.msgpack.Decoder(Request)
    while True:
        try:
            header, body = channel.receive()
        except Closed:
            return
        request = decoder.decode(header)
        pieces: Sequence[Any] = ()
        if isinstance(request.what, Start):
            guest = Guest(request.what, spots or {})
            guest.number = request.number
            guest.take_over()
            if alone:
                if sys.modules.get("torch") is None:  # a judge without it has no use for tensors
                    keep_tensors()
                Files(request.what.files).install()
            announce(request.what.sources.keys(), functools.partial(_tell, channel, guest))
            reply = msgspec.msgpack.encode(Reply(request.number, guest.read(request.what)))
        elif guest is None:
            return
        else:
            guest.number = request.number
            if request.begin is not None:
                guest.begin(request.begin)
            if isinstance(request.what, Several):
                reply, pieces = guest.several(request.number, request.what, body)
            else:
                reply, pieces = guest.do(request.number, request.what, request.sizes, body)
        try:
            channel.send(reply, pieces)
        except Closed:
            return


def _tell(channel: Channel, guest: Guest, begins: bool) -> None:
    """Say that a library is being loaded, or no longer."""
    if not begins:
        guest.greet()
    with suppress(Closed):
        channel.send(msgspec.msgpack.encode(Reply(guest.number, Importing(begins))))


class _Done(NamedTuple):
    """What came of an op: its value or exception, and the arguments as it left them."""

    decoder: Decoder
    value: Any
    raised: Raised | None
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    memory: bool


class Guest:
    """One submission, from its texts to the last answer; `number` is that of the question."""

    def __init__(self, start: Start, spots: dict[str, list[Place]]) -> None:
        self._files = frozenset(map(file_of, start.sources))
        self._sources = start.sources
        self._compiled = Compiled(start.sources)
        self._finder = Finder(start.sources, self._run_of)
        self._absent = StandIns(self._files)
        self._forbidden = start.forbidden
        self._guards = Guards(spots, self._files)
        self._printed = Printed(start.output)
        self._warnings: list[str] = []
        self._module = ""
        self._seed = self._state = 0  # of the test, and of the generators
        self._has_torch = False
        self._peak = _peak()
        self._failed: BaseException | None = None
        self.number = 0
        self.executor = Executor(self.load)

    def take_over(self) -> None:
        """Make this process the submission's: its imports, its prints, its warnings."""
        sys.meta_path[:] = [self._finder, *sys.meta_path, self._absent]
        sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = self._printed  # type: ignore[misc,assignment]
        warnings.simplefilter("always")
        warnings.showwarning = self._warn
        self.greet()

    def greet(self) -> None:
        """PyTorch, if it is there now: as if it had been there when the generators were seeded."""
        torch = torch_here()
        if torch is not None and not self._has_torch:
            self._has_torch = True
            warn_always()
            torch.default_generator.manual_seed(self._state)

    def read(self, start: Start) -> Started:
        """What the texts say, found out before any of them runs."""
        if not start.read:
            return Started({})
        spellings = self._guards.spellings
        return Started(facts(start.sources, start.forbidden, spellings, self._compiled))

    def begin(self, test: Begin) -> None:
        if test.module != self._module:
            self._forget()
            self._module = test.module
            self._guards.activate(self._forbidden.get(test.module, ()))
        self.executor.begin()
        self._failed = None
        self._printed.reset()
        self._warnings.clear()
        self._guards.called = None
        if _peak() - self._peak > _MUCH:
            gc.collect()  # what a test may use of memory is not less for what others left
        self._seed = test.seed
        self._start_generators(test.seed)

    def _forget(self) -> None:
        """Unload the submission: the next module finds the others as if nobody had used them."""
        if self._module:
            self.executor.begin()
            for name in self._sources:
                sys.modules.pop(name, None)
            gc.collect()  # a module and its functions hold each other

    def load(self) -> ModuleType:
        """The module of the current test, loaded at the first call."""
        loaded = sys.modules.get(self._module)
        if loaded is not None:
            return loaded
        if self._failed is not None:
            raise self._failed
        self._start_generators(LOAD_SEED)
        self._absent.loading = self._guards.loading = True
        try:
            module = importlib.import_module(self._module)
        finally:
            self._absent.loading = self._guards.loading = False
        self._start_generators(self._seed)
        return module

    def _start_generators(self, seed: int) -> None:
        self._state = seed
        seed_generators(seed)

    def _run_of(self, name: str, text: str) -> Run:
        """What is run of a module: its text, or its tree where methods are asked for at a guard."""
        active, methods = self._guards.active, self._guards.methods
        if not active:
            return self._compiled.code(name) or text
        try:
            if not self._guards.loading:  # what runs in the middle of a call belongs to the call
                hit = outside(text, active, at_once=True)
                if hit is not None:
                    self._guards.stop(hit.name, file_of(name), hit.line)
            if not methods or not may_mention(self._compiled.mentioned(name), methods):
                return self._compiled.code(name) or text
            own = own_names(Texts(self._sources), self._module, active)
            tree = Texts({name: text}).tree(name)
        except (Unread, RecursionError, MemoryError):
            return text  # its functions are refused
        setattr(builtins, TAKE, self._guards.take)
        return text if tree is None else checked(tree, own & methods.keys())

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
        done = self._done(do, sizes, body)
        encoder = Encoder(self.executor.keep)
        try:
            answer = self._answer(do, done, encoder, time.process_time())
            reply, pieces = _reply(number, answer, encoder)
        except (TooLarge, MemoryError, RecursionError):
            reply, pieces = b"", ()
        if reply and len(reply) <= HEADER_LIMIT:
            return reply, pieces
        kind = f"{kind_name(done.value)[:150]} too large to bring back"

        def stay(what: Any) -> Node:
            return HandleNode(self.executor.keep(what), kind)

        here: Node = None if do.verb == "setattr" else stay(done.value)
        named = {key: stay(item) for key, item in done.kwargs.items()}
        cpu = time.process_time()
        answer = Answer(here, args=tuple([stay(arg) for arg in done.args]), kwargs=named, cpu=cpu)
        return _reply(number, answer, Encoder())

    def several(
        self, number: int, several: Several, body: bytearray
    ) -> tuple[bytes, Sequence[Any]]:
        """Carry out ops up to the first whose answer is not usual, or more than is sent at once.

        A module that does not load has no answers here: that is told when it is loaded by itself.
        """
        answers: list[bytes] = []
        bodies: list[bytes] = []
        start, room = 0, AT_ONCE_BYTES
        for do, sizes in several.questions:
            end = start + sum(map(padded, sizes))
            done = self._done(do, sizes, body[start:end])
            start = end
            encoder = Encoder(self.executor.keep)
            try:
                answer = self._answer(do, done, encoder, 0.0)
            except (TooLarge, MemoryError, RecursionError):
                break
            has_failed = answer.raised is not None and self._module not in sys.modules
            if has_failed or not is_usual(answer):
                break
            its_sizes, pieces = encoder.body()
            text, buffers = told(answer, its_sizes), b"".join(pieces)  # the next op may change them
            room -= len(text) + len(buffers)
            if room < 0:
                break
            answers.append(text)
            bodies.append(buffers)
        what = Answers(tuple(answers), time.process_time())
        return msgspec.msgpack.encode(Reply(number, what, tuple(map(len, bodies)))), bodies

    def _done(self, do: Do, sizes: tuple[int, ...], body: bytearray) -> _Done:
        """Carry out one op."""
        raised: Raised | None = None
        memory = False
        value: Any = None
        args: tuple[Any, ...] = ()
        kwargs: dict[str, Any] = {}
        decoder = Decoder(sizes, body, lambda node: self.executor.handles[node.id])
        try:
            args = tuple([decoder.value(node) for node in do.args])
            if do.kwargs:
                kwargs = {key: decoder.value(node) for key, node in do.kwargs.items()}
            value = self.executor.run(Op(do.verb, do.name, do.target, args, kwargs))
        except BaseException as error:
            if do.verb == "load":  # whoever calls a function hears of it
                self._failed = error
            memory = is_memory(error)
            raised = describe(error, self._files)
            del error
        return _Done(decoder, value, raised, args, kwargs, memory)

    def _answer(self, do: Do, done: _Done, encoder: Encoder, cpu: float) -> Answer:
        decoder, value, raised, args, kwargs, memory = done
        node: Node = None
        if raised is None:
            if do.keep:
                node = HandleNode(self.executor.keep(value), kind_name(value))
            else:
                node = encoder.node(value)
        stop: Stop | None = None
        if self._guards.called is not None:
            stop = "forbidden"
        elif self._printed.overflow:
            stop = "output"
        elif memory:
            stop = "memory"
        is_call = do.verb in ("call", "invoke")
        left = left_of(do, decoder, encoder, args, kwargs) if is_call else NO_ARGUMENTS
        return Answer(
            node,
            raised,
            *left,
            *(self._printed.take() if do.verb != "load" else ("", 0)),
            tuple(self._warnings),
            stop,
            self._guards.called,
            cpu,
        )


def _peak() -> int:
    """The most memory that this process has had, in KiB (getrusage(2))."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _reply(number: int, answer: Answer, encoder: Encoder) -> tuple[bytes, Sequence[Any]]:
    """A reply as it is sent: its header, and the pieces of its body."""
    sizes, pieces = encoder.body()
    return msgspec.msgpack.encode(Reply(number, answer, tuple(sizes))), pieces
