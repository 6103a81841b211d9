"""The judge's side of one submission: workers come and go, the submission stays.

A worker is started at the first call, replaced after a death, and asked one thing at a time.
Whatever goes wrong on the way ends the test it happens in, as a `Stopped` with its reason; a
stopped test stays stopped, whatever the test catches.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

import msgspec

from grader.errors import IsolationError, ProcessGone
from grader.sandbox.ends import SENT, of_answer, of_end, of_question
from grader.sandbox.exchange import Bounds, Exchange, exchange_of, question_of
from grader.sandbox.patience import Patience
from grader.sandbox.processes.control import FORK_FAILED, LOCK_FAILED, Exit
from grader.sandbox.processes.launch import Launcher
from grader.sandbox.stopped import (
    CutShort,
    Died,
    ExerciseTime,
    Memory,
    NoModule,
    Reason,
    SlowCall,
    SlowLoading,
    SlowReading,
    Stopped,
    TooLongAnswers,
    TooMuchPrinted,
    Unreadable,
)
from grader.sandbox.wire.channel import Channel, Closed, DeadlinePassed, Interrupted
from grader.sandbox.wire.decoder import Decoder
from grader.sandbox.wire.nodes import HandleNode, Malformed
from grader.sandbox.wire.protocol import (
    Answer,
    Begin,
    Do,
    Facts,
    Importing,
    Op,
    Reply,
    Request,
    Start,
    Started,
)

__all__ = ["Session"]

#: Reading the texts is our own work; it gets its own time.
_START_SECONDS = 20.0
#: Bytes that the answers of one test may come to together: they are all kept.
_ANSWER_LIMIT = 1 << 28
#: How often as long the second attempt at loading may take on a busy machine, and from which share
#: of the first one's time on, spent in waiting for a processor, a machine is that.
_PATIENT, _BUSY = 4, 0.1
#: What is asked of a module, so that it must be there.
_OF_THE_MODULE = frozenset({"call", "vjp", "example"})
#: What a byte of a header may come to as Python objects, and what is kept of any exchange.
_UNPACKED, _KEPT = 16, 2048
_NO_ROOM = "there is no room in memory for it"
#: Workers that are started where one after the other is killed before it has read the texts.
_STARTS = 3
_LOAD = Do("load", "", 0, (), {}, False)


class Session:
    """One submission behind the border.

    Args:
        launcher: where workers come from.
        sources: module name -> text.
        forbidden: module name -> dotted names its code must not call.
        handle: what a handle becomes on this side.
        files: module name -> the data files that it may open: name -> what is in it.
        interrupt: a descriptor; once it can be read, each answer waited for is CutShort.
        facts: what another session found in the same texts: they are not read anew.

    Attributes:
        stopped: what ended the current test, if something did.
        disturbed: whether that may be nobody's doing: a busy machine, a kill from outside.
        facts: what the texts say, by module, once a worker has read them.
        failed: what kept the current test from being asked, which neither student nor test did.
    """

    def __init__(
        self,
        launcher: Launcher,
        bounds: Bounds,
        sources: Mapping[str, str],
        forbidden: Mapping[str, tuple[str, ...]],
        handle: Callable[[HandleNode], object],
        interrupt: int | None = None,
        files: Mapping[str, Mapping[str, bytes]] | None = None,
        facts: Mapping[str, Facts] | None = None,
    ) -> None:
        self._files = files or {}
        self.bounds = bounds
        self._interrupt = interrupt
        self.sources = dict(sources)
        self.handle = handle
        self.stopped: Stopped | None = None
        self.disturbed = False
        self.failed: BaseException | None = None
        self._forbidden = {m: tuple(names) for m, names in forbidden.items() if m in sources}
        self._launcher = launcher
        self.facts: Mapping[str, Facts] = facts or {}
        self._worker: tuple[int, Channel] | None = None
        self._number = 0
        self._cpu = 0.0
        self._begun = self._loaded = self._was_loaded = False
        self._loading, self._libraries, self._waited = bounds.loading, bounds.libraries, 0.0
        self._module, self._seed, self._left = "", 0, math.inf
        self._most = math.inf
        self._received = 0
        self._handles: set[int] = set()
        self._unreadable: Stopped | None = None
        self._replies = msgspec.msgpack.Decoder(Reply)

    def begin(self, module: str, seed: int, seconds: float) -> None:
        """A test of `module` begins; all its calls together may take `seconds`.

        Modules have a worker each: one that puts its own `numpy.sum` into the library would change
        what others come to, and a verdict would depend on more than its digests cover. Those that
        cannot (`Facts.plain`) share one.
        """
        if module != self._module:
            if not (self._is_plain(self._module) and self._is_plain(module)):
                self.close()
            self._loaded = self._was_loaded = False
            self._loading, self._libraries = self.bounds.loading, self.bounds.libraries
        self._module, self._seed, self._left = module, seed, seconds
        self._begun = False
        self._received = 0
        self._handles.clear()
        self.stopped, self.disturbed, self.failed = None, False, None

    def _is_plain(self, module: str) -> bool:
        return self.facts.get(module, Facts()).plain and not self._files.get(module)

    @property
    def source(self) -> str:
        """The text of the module that is tested, or ""."""
        return self.sources.get(self._module, "")

    @property
    def left(self) -> float:
        """Seconds that the calls of the current test still have."""
        return self._left

    @property
    def loading(self) -> float:
        """Seconds that loading the module of the current test may still take, at its first time."""
        if self._was_loaded:
            return 0.0
        return min((1 + _PATIENT) * self.bounds.call, self._loading) + self._libraries

    def settle(self, module: str = "") -> None:
        """Tests are over: nothing that they left is there when `module` is asked next."""
        if self._module == module or not self._is_plain(self._module):
            self.close()
            self._module = ""

    def close(self) -> None:
        """End the worker, if there is one."""
        if self._worker is not None:
            number, channel = self._worker
            self._worker = None
            channel.close()
            self._launcher.drop(number)

    def refuse(self, reason: Reason) -> Stopped:
        """End the test before anything more is asked: what to raise."""
        return self._stop(reason)

    def do(self, op: Op, seconds: float = math.inf) -> Exchange:
        """Ask one thing; exceptions of the student's are in the result, not raised.

        Args:
            seconds: most that it may take, besides the limits on a call and on the test.

        Raises:
            Stopped: the test is over, with its reason.
            CutShort: the whole grading is.
            TypeError, TooLarge: an argument cannot be sent.
            IsolationError, ProcessGone, OSError: no worker can be asked; kept as `failed`.
        """
        self._most = seconds
        if self.failed is not None:
            raise self.failed
        if self.stopped is not None:
            raise self.stopped
        if self._module not in self.sources:
            raise self._stop(NoModule(self._module))
        do, sizes, body = question_of(op)  # what cannot be sent is the suite's mistake
        try:
            return self._do(do, sizes, body)
        except Stopped:
            raise
        except BaseException as failure:
            self.failed = failure
            raise

    def _do(self, do: Do, sizes: tuple[int, ...], body: bytes) -> Exchange:
        self._ready()
        forbidden = of_question(do, self.facts.get(self._module, Facts()))
        if forbidden is not None:
            raise self._stop(forbidden)
        if not self._loaded and do.verb in _OF_THE_MODULE:
            self._load()
        before = self._received
        reply, replied = self._ask(do, sizes, body)
        answer = reply.what
        if not isinstance(answer, Answer):
            raise self._broken("an answer to another question")
        self._cpu = answer.cpu
        if self._received > _ANSWER_LIMIT:
            self._end()
            raise self._stop(TooLongAnswers(_ANSWER_LIMIT))
        self._heed(answer)
        try:
            weight = len(body) + self._received - before
            decoder = Decoder(reply.sizes, replied, self._admit)
            question = do, sizes, body
            return exchange_of(question, answer, decoder, weight, self.bounds.output)
        except Malformed as error:
            raise self._broken(str(error)) from None
        except MemoryError:
            raise self._broken(_NO_ROOM) from None

    def _admit(self, node: HandleNode) -> object:
        """What a handle becomes on this side; two things never have one number in a test."""
        if node.id <= 0 or node.id in self._handles:
            raise Malformed("a handle that is not new")
        self._handles.add(node.id)
        return self.handle(node)

    # --- the worker's life ------------------------------------------------------------------

    def _ready(self) -> None:
        """A worker that knows the texts and the test."""
        if self._left <= 0:
            raise self._stop(ExerciseTime())
        if self._unreadable is not None:
            raise self._stop(self._unreadable.reason)
        for again in reversed(range(_STARTS)):
            if self._worker is not None:
                break
            self._worker = self._launcher.spawn(self.bounds.memory, self.bounds.cpu)
            self._worker[1].interrupt = self._interrupt
            self._cpu = 0.0
            self._begun = self._loaded = False
            try:
                self._start()
            except Stopped as stop:
                # A text is read, not run: no code in it has killed this worker.
                if not (again and self.disturbed and isinstance(stop.reason, Died)):
                    raise
                self.stopped, self.disturbed = None, False

    def _load(self) -> None:
        """Have the module loaded, which has its own time; an exception of it is the next call's."""
        for limit in (self.bounds.call, _PATIENT * self.bounds.call):
            if self._loading <= 0:
                raise self._stop(ExerciseTime())
            self._ready()
            try:
                what = self._ask(_LOAD, limit=min(limit, self._loading))[0].what
                break
            except Stopped as stop:
                if not isinstance(stop.reason, SlowCall):
                    raise
                if self._waited < _BUSY * stop.reason.seconds or limit != self.bounds.call:
                    raise self._stop(SlowLoading(self._module, self.bounds.call)) from None
                self.stopped, self.disturbed = None, False
        if not isinstance(what, Answer):
            raise self._broken("an answer to another question")
        self._cpu = what.cpu
        self._heed(what)
        self._loaded = what.raised is None
        self._was_loaded = True

    def _start(self) -> None:
        """Give a new worker the texts; the first one also says what is in them."""
        files = dict(self._files.get(self._module, {}))
        start = Start(self.sources, self._forbidden, self.bounds.output, not self.facts, files)
        try:
            what = self._ask(start, limit=_START_SECONDS)[0].what
        except Stopped as stop:
            if not self.disturbed:
                self._unreadable = stop  # it would be the same again in every test
            raise
        if not isinstance(what, Started):
            raise self._broken("an answer to another question")
        self.facts = self.facts or what.facts

    def _ask(
        self,
        what: Start | Do,
        sizes: tuple[int, ...] = (),
        body: bytes = b"",
        limit: float | None = None,
    ) -> tuple[Reply, bytearray]:
        """Send one request and read its reply, before one deadline."""
        assert self._worker is not None
        channel = self._worker[1]
        self._number += 1
        begin = None if self._begun or isinstance(what, Start) else Begin(self._module, self._seed)
        request = msgspec.msgpack.encode(Request(self._number, what, sizes, begin))
        allowed = limit if limit is not None else min(self.bounds.call, self._left, self._most)
        patience = Patience(allowed, self._libraries)
        try:
            if not channel.quiet():
                with suppress(DeadlinePassed):
                    channel.receive(time.monotonic())  # it may be its end: then it is Closed
                raise Malformed("it spoke without being asked")
            channel.send(request, (body,), patience.deadline)
            reply, replied = self._hear(channel, patience)
            while isinstance(reply.what, Importing):
                patience.turn(reply.what.begins)
                reply, replied = self._hear(channel, patience)
            self._begun = not isinstance(what, Start)
        except DeadlinePassed:
            raise self._late(allowed, isinstance(what, Start)) from None
        except Interrupted:
            self._end()
            raise CutShort from None
        except Closed:
            raise self._died(isinstance(what, Start)) from None
        except (Malformed, msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise self._broken(str(error)) from None
        except MemoryError:
            raise self._broken(_NO_ROOM) from None
        finally:
            used, self._libraries = patience.used(), patience.libraries
            if limit is None:
                self._left -= used
            elif what is _LOAD:
                self._loading -= used
        return reply, replied

    def _hear(self, channel: Channel, patience: Patience) -> tuple[Reply, bytearray]:
        """The next reply to the question that was asked last."""
        header, replied = channel.receive(patience.deadline)
        self._received += len(replied) + _UNPACKED * len(header) + _KEPT
        reply = self._replies.decode(header)
        if reply.number != self._number:
            raise Malformed("an answer out of turn")
        return reply, replied

    def _end(self) -> Exit:
        assert self._worker is not None
        number, channel = self._worker
        self._worker = None
        channel.close()
        return self._launcher.end(number)

    # --- what can end a test ----------------------------------------------------------------

    def _stop(self, reason: Reason) -> Stopped:
        self.stopped = Stopped(reason)
        return self.stopped

    def _late(self, allowed: float, reading: bool) -> Stopped:
        end = self._end()
        used, self._waited = end.cpu - self._cpu, end.waited
        self.disturbed = used < 0.5 * allowed
        return self._stop(SlowReading(allowed) if reading else SlowCall(allowed))

    def _died(self, reading: bool) -> Stopped:
        end = self._end()
        if reading and end.code == LOCK_FAILED:
            raise IsolationError("the lock around student code could not be put on a worker")
        if reading and end.code == FORK_FAILED:
            raise ProcessGone("this machine has no room for another process; nothing can be run:")
        reason = of_end(end, self.bounds)
        self.disturbed = isinstance(reason, Died) and end.signal in SENT
        return self._stop(reason)

    def _broken(self, why: str) -> Stopped:
        if self._worker is not None:
            self._end()
        return self._stop(Unreadable(why))

    def _heed(self, answer: Answer) -> None:
        """Stop the test where the worker met a limit, a forbidden call or an unwritten stub."""
        reason = of_answer(answer, self.bounds, self.facts)
        if isinstance(reason, TooMuchPrinted | Memory):
            self._end()
        if reason is not None:
            raise self._stop(reason)
