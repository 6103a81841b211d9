"""The judge's side of one submission: workers come and go, the submission stays.

A worker is started at the first call, replaced after a death, and asked one thing at a time.
Whatever goes wrong on the way ends the test it happens in, as a `Stopped` with its reason; a
stopped test stays stopped, whatever the test catches.
"""

from __future__ import annotations

import math
import re
import signal
import time
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from grader.errors import IsolationError
from grader.sandbox.exchange import Bounds, Exchange
from grader.sandbox.processes.control import LOCK_FAILED, Exit
from grader.sandbox.processes.launch import Launcher
from grader.sandbox.stopped import (
    CutShort,
    Died,
    ExerciseTime,
    Forbidden,
    Memory,
    NoModule,
    ProcessorTime,
    Reason,
    SlowCall,
    SlowReading,
    Stopped,
    TooLongAnswers,
    TooMuchPrinted,
    Unfinished,
    Unreadable,
    Unwritten,
)
from grader.sandbox.wire.channel import Channel, Closed, DeadlinePassed, Interrupted
from grader.sandbox.wire.decoder import Decoder
from grader.sandbox.wire.encoder import Encoder
from grader.sandbox.wire.nodes import HandleNode, Malformed
from grader.sandbox.wire.protocol import (
    Answer,
    Begin,
    Do,
    Facts,
    ForbiddenName,
    Op,
    Raised,
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
#: What a byte of a header may come to as Python objects, and what is kept of any exchange.
_UNPACKED, _KEPT = 16, 2048


class Session:
    """One submission behind the border.

    Args:
        launcher: where workers come from.
        sources: module name -> text.
        forbidden: module name -> dotted names its code must not call.
        handle: what a handle becomes on this side.
        interrupt: a descriptor; once it can be read, every answer that is waited for is CutShort.
    """

    def __init__(
        self,
        launcher: Launcher,
        bounds: Bounds,
        sources: Mapping[str, str],
        forbidden: Mapping[str, tuple[str, ...]],
        handle: Callable[[HandleNode], object],
        interrupt: int | None = None,
    ) -> None:
        self.bounds = bounds
        self._interrupt = interrupt
        self.sources = dict(sources)
        self.handle = handle
        self.stopped: Stopped | None = None
        self.starved = False
        self._forbidden = {m: tuple(names) for m, names in forbidden.items() if m in sources}
        self._launcher = launcher
        self._facts: dict[str, Facts] = {}
        self._worker: tuple[int, Channel] | None = None
        self._number = 0
        self._cpu = 0.0
        self._begun = False
        self._module, self._seed, self._left = "", 0, math.inf
        self._most = math.inf
        self._received = 0
        self._unreadable: Stopped | None = None
        self._replies = msgspec.msgpack.Decoder(Reply)

    def begin(self, module: str, seed: int, seconds: float) -> None:
        """A test of `module` begins; all its calls together may take `seconds`.

        Each module is judged in a worker of its own: one that changes a library for all (it puts
        its own `numpy.sum` there) would otherwise change what the others come to, and a verdict
        would depend on more than the texts that its digests cover.
        """
        if module != self._module:
            self.close()
        self._module, self._seed, self._left = module, seed, seconds
        self._begun = False
        self._received = 0
        self.stopped, self.starved = None, False

    @property
    def source(self) -> str:
        """The text of the module that is tested, or ""."""
        return self.sources.get(self._module, "")

    @property
    def left(self) -> float:
        """Seconds that the calls of the current test still have."""
        return self._left

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
        """
        self._most = seconds
        if self.stopped is not None:
            raise self.stopped
        if self._module not in self.sources:
            raise self._stop(NoModule(self._module))
        try:
            return self._do(op)
        except Stopped as stop:
            self.stopped = stop
            raise

    def _do(self, op: Op) -> Exchange:
        self._ready()
        if op.verb in ("call", "vjp"):
            self._check_forbidden(op.name)
        elif op.verb == "example":
            for name in re.findall(r"\w+", op.name):
                self._check_forbidden(name)
        encoder = Encoder()
        node = encoder.node
        args = tuple([node(value) for value in op.args])
        kwargs = {key: node(value) for key, value in op.kwargs.items()}
        sizes, pieces = encoder.body()
        body = b"".join(pieces)
        do = Do(op.verb, op.name, op.target, args, kwargs, op.keep)
        before = self._received
        reply, replied = self._ask(do, tuple(sizes), body)
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
            return self._exchange(do, tuple(sizes), body, answer, reply.sizes, replied, weight)
        except Malformed as error:
            raise self._broken(str(error)) from None

    def _exchange(
        self,
        do: Do,
        sizes: tuple[int, ...],
        body: bytes,
        answer: Answer,
        reply_sizes: tuple[int, ...],
        replied: bytearray,
        weight: int,
    ) -> Exchange:
        decoder = Decoder(reply_sizes, replied, self.handle)
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
        kept = answer.value.id if isinstance(answer.value, HandleNode) else 0
        return Exchange(
            do,
            sizes,
            body,
            decoder.value(answer.value),
            answer.raised,
            after,
            answer.printed[: self.bounds.output],
            answer.warnings,
            kept,
            weight,
        )

    # --- the worker's life ------------------------------------------------------------------

    def _ready(self) -> None:
        """A worker that knows the texts and the test."""
        if self._left <= 0:
            raise self._stop(ExerciseTime())
        if self._unreadable is not None:
            raise self._stop(self._unreadable.reason)
        if self._worker is None:
            self._worker = self._launcher.spawn(self.bounds.memory, self.bounds.cpu)
            self._worker[1].interrupt = self._interrupt
            self._cpu = 0.0
            self._begun = False
            self._start()

    def _start(self) -> None:
        """Give a new worker the texts; the first one also says what is in them."""
        start = Start(self.sources, self._forbidden, self.bounds.output, not self._facts)
        try:
            what = self._ask(start, limit=_START_SECONDS)[0].what
        except Stopped as stop:
            if not self.starved:
                self._unreadable = stop  # it would be the same again in every test
            raise
        if not isinstance(what, Started):
            raise self._broken("an answer to another question")
        self._facts = self._facts or what.facts

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
        began = time.monotonic()
        try:
            if not channel.quiet():
                raise Malformed("it spoke without being asked")
            channel.send(request, (body,), began + allowed)
            header, replied = channel.receive(began + allowed)
            self._received += len(replied) + _UNPACKED * len(header) + _KEPT
            reply = self._replies.decode(header)
            if reply.number != self._number:
                raise Malformed("an answer out of turn")
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
        finally:
            if limit is None:
                self._left -= time.monotonic() - began
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
        used = self._end().cpu - self._cpu
        self.starved = used < 0.5 * allowed
        return self._stop(SlowReading(allowed) if reading else SlowCall(allowed))

    def _died(self, reading: bool) -> Stopped:
        end = self._end()
        if reading and end.code == LOCK_FAILED:
            raise IsolationError("the lock around student code could not be put on a worker")
        if end.signal in (signal.SIGXCPU, signal.SIGKILL) and end.cpu >= self.bounds.cpu:
            return self._stop(ProcessorTime(self.bounds.cpu))
        if end.signal == signal.SIGABRT and end.peak >= 0.9 * self.bounds.memory:
            return self._stop(Memory(self.bounds.memory))
        return self._stop(Died(end))

    def _broken(self, why: str) -> Stopped:
        if self._worker is not None:
            self._end()
        return self._stop(Unreadable(why))

    def _heed(self, answer: Answer) -> None:
        """Stop the test where the worker met a limit, a forbidden call or an unwritten stub."""
        if answer.stop == "output":
            self._end()
            raise self._stop(TooMuchPrinted(self.bounds.output))
        if answer.stop == "memory":
            self._end()
            raise self._stop(Memory(self.bounds.memory))
        if answer.stop == "forbidden":
            met = answer.forbidden or ForbiddenName("")
            raise self._stop(Forbidden(met.name, met.file, met.line))
        raised = answer.raised
        if raised is not None and raised.kind == raised.builtin == "NotImplementedError":
            facts = self._facts.get(_module_of(raised), Facts())
            if raised.own and raised.frames and raised.frames[-1][1] in facts.stubs:
                file, line, _ = raised.frames[-1]
                unfinished = dict(facts.unfinished)
                if line in unfinished:
                    raise self._stop(Unfinished(file, line, unfinished[line]))
                raise self._stop(_unwritten(raised))

    def _check_forbidden(self, function: str) -> None:
        """Stop a call to a function whose text reaches a forbidden name."""
        found = self._facts.get(self._module, Facts()).forbidden
        hit = found.get(function.partition(".")[0]) or found.get("")
        if hit is not None:
            raise self._stop(Forbidden(hit[0], f"{self._module}.py", hit[1]))


def _plain(decoder: Decoder, node: Any) -> Any:
    """An argument that came back; what stayed in the worker is None."""
    return None if isinstance(node, HandleNode) else decoder.value(node)


def _unwritten(raised: Raised) -> Unwritten:
    """A stub, and the function that called it, if one of the student's did."""
    functions = [function for _, _, function in raised.frames]
    callers = [name for name in functions[:-1] if name != functions[-1] and name[0] not in "_<"]
    return Unwritten(functions[-1], callers[-1]) if callers else Unwritten()


def _module_of(raised: Raised) -> str:
    return raised.frames[-1][0].removesuffix(".py") if raised.frames else ""
