"""One worker at a time: started when it is asked, given the texts, ended, replaced.

Whatever goes wrong on the way ends the test it happens in, as a `Stopped` with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from grader.errors import IsolationError, ProcessGone
from grader.sandbox.ends import SENT, of_answer, of_end
from grader.sandbox.exchange import Bounds
from grader.sandbox.line import Line
from grader.sandbox.patience import Account
from grader.sandbox.processes.control import FORK_FAILED, LOCK_FAILED, Exit
from grader.sandbox.processes.launch import Launcher
from grader.sandbox.stopped import (
    CutShort,
    Died,
    ExerciseTime,
    Memory,
    Reason,
    SlowCall,
    SlowLoading,
    SlowReading,
    Stopped,
    TooMuchPrinted,
    Unreadable,
)
from grader.sandbox.wire.channel import Closed, DeadlinePassed, Interrupted
from grader.sandbox.wire.nodes import Malformed
from grader.sandbox.wire.protocol import Answer, Begin, Do, Facts, Reply, Several, Start, Started

__all__ = ["NO_ROOM", "Attendant"]

#: Reading the texts is our own work; it gets its own time.
_START_SECONDS = 20.0
#: How often as long the second attempt at loading may take on a busy machine, and from which share
#: of the first one's time on, spent in waiting for a processor, a machine is that.
_PATIENT, _BUSY = 4, 0.1
#: Workers that are started where one after the other is killed before it has read the texts.
_STARTS = 3
NO_ROOM = "there is no room in memory for it"
_LOAD = Do("load", "", 0, (), {}, False)


class Attendant:
    """The worker of one submission, which is started when it is needed, and replaced after a death.

    It asks, and knows nothing of what tests make of the answers: that is `Session`'s.

    Args:
        launcher: where workers come from.
        sources: module name -> text.
        forbidden: module name -> dotted names its code must not call.
        interrupt: a descriptor; once it can be read, each answer waited for is CutShort.
        files: module name -> the data files that it may open: name -> what is in it.
        facts: what another one found in the same texts: they are not read anew.

    Attributes:
        stopped: what ended the current test, if something did.
        disturbed: whether that may be nobody's doing: a busy machine, a kill from outside.
        facts: what the texts say, by module, once a worker has read them.
        asked: the module that the worker was asked about last and still has; "" without a worker.
    """

    def __init__(
        self,
        launcher: Launcher,
        bounds: Bounds,
        sources: Mapping[str, str],
        forbidden: Mapping[str, tuple[str, ...]],
        interrupt: int | None = None,
        files: Mapping[str, Mapping[str, bytes]] | None = None,
        facts: Mapping[str, Facts] | None = None,
    ) -> None:
        self._files = files or {}
        self.bounds = bounds
        self._interrupt = interrupt
        self.sources = dict(sources)
        self.stopped: Stopped | None = None
        self.disturbed = False
        self._forbidden = {m: tuple(names) for m, names in forbidden.items() if m in sources}
        self._launcher = launcher
        self.facts: Mapping[str, Facts] = facts or {}
        self._worker: tuple[int, Line] | None = None
        self._cpu, self._received, self.asked = 0.0, 0, ""
        self._begun = self._loaded = self._was_loaded = False
        self._account = Account(bounds.call, bounds.loading, bounds.libraries)
        self._module, self._seed, self._waited = "", 0, 0.0
        self._unreadable: Stopped | None = None

    @property
    def loading(self) -> float:
        """Seconds that loading the module of the current test may still take, at its first time."""
        most, account = (1 + _PATIENT) * self.bounds.call, self._account
        return 0.0 if self._was_loaded else min(most, account.loading) + account.libraries

    def close(self) -> None:
        """End the worker, if there is one."""
        if self._worker is not None:
            number, line = self._worker
            self._worker, self.asked = None, ""
            self._launcher.drop(number, line.channel)

    def _ready(self) -> None:
        """A worker that knows the texts and the test."""
        if self._account.left <= 0:
            raise self._stop(ExerciseTime())
        if self._unreadable is not None:
            raise self._stop(self._unreadable.reason)
        for again in reversed(range(_STARTS)):
            if self._worker is not None:
                break
            number, channel = self._launcher.spawn(self.bounds.memory, self.bounds.cpu)
            channel.interrupt = self._interrupt
            self._worker = number, Line(channel)
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
            if self._account.loading <= 0:
                raise self._stop(ExerciseTime())
            self._ready()
            try:
                what = self._ask(_LOAD, limit=min(limit, self._account.loading))[0].what
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
        what: Start | Do | Several,
        sizes: tuple[int, ...] = (),
        body: bytes = b"",
        limit: float | None = None,
    ) -> tuple[Reply, bytearray]:
        """Send one request and read its reply, before one deadline."""
        assert self._worker is not None
        line, reading = self._worker[1], isinstance(what, Start)
        begin = None if self._begun or reading else Begin(self._module, self._seed)
        allowed, patience = self._account.patience(limit)
        before = line.received
        try:
            reply, replied = line.ask(what, sizes, body, begin, patience)
            if not reading:
                self._begun, self.asked = True, self._module
        except DeadlinePassed:
            raise self._late(allowed, reading) from None
        except Interrupted:
            self._end()
            raise CutShort from None
        except Closed:
            raise self._died(reading) from None
        except (Malformed, msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise self._broken(str(error)) from None
        except MemoryError:
            raise self._broken(NO_ROOM) from None
        finally:
            self._received += line.received - before
            kind = "call" if limit is None else "loading" if what is _LOAD else "reading"
            self._account.charge(patience, kind)
        return reply, replied

    def _end(self) -> Exit:
        assert self._worker is not None
        number, line = self._worker
        self._worker, self.asked = None, ""
        line.channel.close()
        return self._launcher.end(number)

    # --- how it ends ------------------------------------------------------------------------

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
