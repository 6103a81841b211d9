"""The judge's side of one submission: workers come and go, the submission stays.

A worker is started at the first call, replaced after a death, and asked one thing at a time.
Whatever goes wrong on the way ends the test it happens in, as a `Stopped` with its reason; a
stopped test stays stopped, whatever the test catches.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec

from grader.errors import IsolationError, ProcessGone
from grader.sandbox.ends import SENT, of_answer, of_end, of_question
from grader.sandbox.exchange import Bounds, Exchange, Heard, Question, exchange_of, question_of
from grader.sandbox.foreseen import Foreseen
from grader.sandbox.line import Line
from grader.sandbox.patience import Account
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
from grader.sandbox.wire.channel import Closed, DeadlinePassed, Interrupted
from grader.sandbox.wire.nodes import HandleNode, Malformed
from grader.sandbox.wire.protocol import (
    Answer,
    Begin,
    Do,
    Facts,
    Op,
    Reply,
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
_NO_ROOM = "there is no room in memory for it"
#: Workers that are started where one after the other is killed before it has read the texts.
_STARTS = 3
_LOAD = Do("load", "", 0, (), {}, False)


T = TypeVar("T")


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
        asked: the module that the worker was asked about last and still has; "" without a worker.
        failed: what kept the current test from being asked, which neither student nor test did.
        foreseen: questions of the current test that have been put already, and what was heard: the
            next that are asked must be these.
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
        self._worker: tuple[int, Line] | None = None
        self._cpu, self._received, self.asked = 0.0, 0, ""
        self._begun = self._loaded = self._was_loaded = False
        self._account = Account(bounds.call, bounds.loading, bounds.libraries)
        self._module, self._seed, self._waited = "", 0, 0.0
        self._handles: set[int] = set()
        self._unreadable: Stopped | None = None
        self.foreseen = Foreseen()

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
            self._account.another_module()
        self._module, self._seed, self._account.left = module, seed, seconds
        self._begun = False
        self._received = 0
        self._handles.clear()
        self.foreseen.clear()
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
        return self._account.left

    @property
    def loading(self) -> float:
        """Seconds that loading the module of the current test may still take, at its first time."""
        most, account = (1 + _PATIENT) * self.bounds.call, self._account
        return 0.0 if self._was_loaded else min(most, account.loading) + account.libraries

    def settle(self, module: str = "") -> None:
        """Tests are over: nothing that they left is there when `module` is asked next."""
        if self.asked == module or not self._is_plain(self._module):
            self.close()
            self._module = ""

    def close(self) -> None:
        """End the worker, if there is one."""
        if self._worker is not None:
            number, line = self._worker
            self._worker, self.asked = None, ""
            line.close()
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
        if not self.foreseen:
            self._check()
        question = question_of(op)  # what cannot be sent is the suite's mistake
        return self._tried(self._answered, question, seconds)

    def put(self, question: Question, seconds: float = math.inf) -> Heard:
        """Put a question before the test does; `do` will find it among the foreseen ones.

        Raises:
            As `do`.
        """
        self._check()
        heard = self._tried(self._put, question, seconds)
        self.foreseen.add(question, heard)
        return heard

    def _check(self) -> None:
        """Whether anything may be asked in this test."""
        if self.failed is not None:
            raise self.failed
        if self.stopped is not None:
            raise self.stopped
        if self._module not in self.sources:
            raise self._stop(NoModule(self._module))

    def _tried(self, ask: Callable[[Question, float], T], question: Question, seconds: float) -> T:
        """Ask, and keep what went wrong, if that was neither the student's doing nor the test's."""
        try:
            return ask(question, seconds)
        except Stopped:
            raise
        except BaseException as failure:
            self.failed = failure
            raise

    def _answered(self, question: Question, seconds: float) -> Exchange:
        """What a question comes to, which may have been put already."""
        heard = self.foreseen.answer(question) if self.foreseen else self._put(question, seconds)
        self._heed(heard.answer)
        try:
            return exchange_of(question, heard, self._admit, self.bounds.output)
        except Malformed as error:
            raise self._broken(str(error)) from None
        except MemoryError:
            raise self._broken(_NO_ROOM) from None

    def _put(self, question: Question, seconds: float) -> Heard:
        self._account.most = seconds
        do, sizes, body = question
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
        return Heard(answer, reply.sizes, replied, len(body) + self._received - before)

    def _admit(self, node: HandleNode) -> object:
        """What a handle becomes on this side; two things never have one number in a test."""
        if node.id <= 0 or node.id in self._handles:
            raise Malformed("a handle that is not new")
        self._handles.add(node.id)
        return self.handle(node)

    # --- the worker's life ------------------------------------------------------------------

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
        what: Start | Do,
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
            raise self._broken(_NO_ROOM) from None
        finally:
            self._received += line.received - before
            kind = "call" if limit is None else "loading" if what is _LOAD else "reading"
            self._account.charge(patience, kind)
        return reply, replied

    def _end(self) -> Exit:
        assert self._worker is not None
        number, line = self._worker
        self._worker, self.asked = None, ""
        line.close()
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
