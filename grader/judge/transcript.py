"""What a test asked of a student and what came back: the judge's own record, call by call.

The suite holds the proxy (`transcript.student`); what is written down about it is here, out of its
sight.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from grader.judge.comparing.wording import nth
from grader.judge.pacing import Pacing
from grader.sandbox.exchange import Exchange, Heard, Question, student_exception
from grader.sandbox.proxy import Handle, Student
from grader.sandbox.session import Session
from grader.sandbox.stopped import Stopped
from grader.sandbox.wire.nodes import HandleNode, node_of
from grader.sandbox.wire.protocol import Do, Op, Several
from grader.sandbox.wire.values import identical

__all__ = ["Call", "Transcript", "whose"]


class Call:
    """One exchange as the judge records it: what was asked, and what was made of it.

    Args:
        exchange: the exchange itself.
        args, kwargs: the arguments as the test gave them.
        changed: names of the arguments that the call changed, though it must not.
        name: what was called, as a student would say it: "forward"; "" for a helper.
        functions: names of the module's functions and classes whose work it shows: the one that was
            called, and those that the handles in it came from or were given to.
        error: the exception that was raised in the test, if one was.
    """

    def __init__(
        self,
        exchange: Exchange,
        op: Op,
        changed: list[str],
        name: str = "",
        functions: frozenset[str] = frozenset(),
    ) -> None:
        self.exchange, self.changed = exchange, changed
        self.args, self.kwargs = op.args, op.kwargs
        self.name, self.functions = name, functions
        self.error: Exception | None = None


class _Origin(NamedTuple):
    """Where a handle came from: the name it would be called by, and the functions behind it."""

    name: str = ""
    functions: frozenset[str] = frozenset()


class Transcript:
    """The calls of one run of one test.

    Args:
        session: set once there is one; without it nothing can be asked.
        pacing: what each call may take; without it, what the session allows.

    `asked` is the last thing that was asked, whether or not an answer came; `asked_for` are the
    names that the exercise asks a student to define.
    """

    def __init__(self) -> None:
        self.session: Session | None = None
        self.pacing: Pacing | None = None
        self.calls: list[Call] = []
        self.asked: Op | None = None
        self.asked_for: frozenset[str] = frozenset()
        self.student = Student(self)
        self._origins: dict[int, _Origin] = {}

    def begin(self) -> None:
        """Another run begins: nothing is left of the last one."""
        self.calls, self.asked = [], None
        self._origins = {}

    @property
    def sources(self) -> Mapping[str, str]:
        """Module name -> text of the submission that is asked."""
        return self.session.sources if self.session is not None else {}

    @property
    def answers(self) -> list[Any]:
        """What came back, in order."""
        return [call.exchange.value for call in self.calls]

    def handle(self, node: HandleNode) -> Handle:
        """What a handle of the worker's becomes on this side."""
        return Handle(self, node)

    def warnings(self) -> tuple[str, ...]:
        """Warnings of the student's code so far, as `Category: message`."""
        return self.calls[-1].exchange.warnings if self.calls else ()

    def ask(self, op: Op, free: bool = False, of: Handle | None = None) -> Any:
        """Ask one thing, record it, and give its value or raise its exception.

        Args:
            free: the call may change its arguments; they are given too, as it left them.
            of: the handle that is asked.
        """
        if self.session is None:
            raise RuntimeError("the student fixture was used outside its test")
        self.asked = op
        origin = self._origin_of(op, of)
        exchange = self._do(self.session, op, origin)
        changed = [] if free else _changed(op, exchange)
        call = Call(exchange, op, changed, *origin)
        self.calls.append(call)
        self._mark(op, origin)
        if isinstance(exchange.value, Handle):
            self._origins[node_of(exchange.value).id] = origin
            exchange.value.wxb_place(_distance(op, of))
        if exchange.raised is not None:
            call.error = student_exception(exchange.raised)
            raise call.error
        return (exchange.value, exchange.args) if free else exchange.value

    def recall(self, calls: Sequence[Call]) -> None:
        """Take over the calls of a run with the same answers: these are what was asked."""
        self.calls = list(calls)
        for call in calls[-1:]:
            do = call.exchange.do
            self.asked = Op(do.verb, do.name, do.target, call.args, call.kwargs, do.keep)

    def put(self, question: Question, whose: frozenset[str]) -> Heard | None:
        """Put a question before the test asks it; None if it has no answer, or no time is left.

        Args:
            whose: the functions behind it.
        """
        assert self.session is not None
        if self.pacing is None:
            return _answered(self.session, question)
        granted = self.pacing.grant(whose)
        if not isinstance(granted, float):
            return None  # the test will hear why
        before = self.session.left
        try:
            return _answered(self.session, question, granted)
        finally:
            self.pacing.spend(before - self.session.left)

    def put_several(self, several: Several, body: bytes, whose: frozenset[str]) -> list[bytes]:
        """Put all questions of a test at once; the fingerprints of what was answered, if it was.

        Args:
            whose: the functions behind them.
        """
        assert self.session is not None
        granted = self.pacing.grant(whose) if self.pacing is not None else math.inf
        if not isinstance(granted, float):
            return []  # the test will hear why
        before = self.session.left
        try:
            return self.session.several(several, body, granted)
        finally:
            if self.pacing is not None:
                self.pacing.spend(before - self.session.left)

    def _do(self, session: Session, op: Op, origin: _Origin) -> Exchange:
        """Ask, in the time that the functions behind the op still have."""
        if self.pacing is None or session.foreseen or session.stopped is not None:
            return session.do(op)
        granted = self.pacing.grant(whose(op, origin.functions))
        if not isinstance(granted, float):
            raise session.refuse(granted)
        before = session.left
        try:
            return session.do(op, granted)
        finally:
            self.pacing.spend(before - session.left)

    def _origin_of(self, op: Op, of: Handle | None) -> _Origin:
        """The origin of what an op comes to; `of` is the handle it acts on."""
        behind = [of, *op.args, *op.kwargs.values()]
        known = [self._known(value) for value in behind if isinstance(value, Handle)]
        functions = frozenset().union(*(origin.functions for origin in known))
        if op.verb in ("call", "vjp"):
            return _Origin(op.name, functions | {op.name.partition(".")[0]})
        if op.verb == "getattr":
            return _Origin(op.name, functions)
        return _Origin(self._known(of).name if of is not None else "", functions)

    def _mark(self, op: Op, origin: _Origin) -> None:
        """What is given to a function shows that function's work from then on."""
        if op.verb == "call":
            for value in (*op.args, *op.kwargs.values()):
                if isinstance(value, Handle):
                    known = self._known(value)
                    functions = known.functions | origin.functions
                    self._origins[node_of(value).id] = _Origin(known.name, functions)

    def _known(self, handle: Handle) -> _Origin:
        return self._origins.get(node_of(handle).id, _Origin())


def whose(op: Op | Do, functions: frozenset[str]) -> frozenset[str]:
    """The functions whose time an op takes; `functions` are those that its handles came from."""
    return frozenset((op.name.partition(".")[0],)) if op.verb in ("call", "vjp") else functions


def _answered(session: Session, question: Question, seconds: float = math.inf) -> Heard | None:
    try:
        return session.put(question, seconds)
    except Stopped as stop:
        session.foreseen.add(question, stop)  # the test will hear it when it asks
        return None


def _distance(op: Op, of: Handle | None) -> int:
    """How far an answer is from something that was kept; a large number for what never was."""
    if op.keep:
        return 0
    known = of is not None and op.verb in ("getattr", "getitem")
    return of.wxb_distance() + 1 if known and of is not None else sys.maxsize


def _changed(op: Op, exchange: Exchange) -> list[str]:
    """Names of the arguments that came back different ("1st argument", "x")."""
    if op.verb not in ("call", "invoke") or exchange.after is None:
        return []
    args, kwargs = exchange.after
    pairs = [
        (f"{nth(i)} argument", before, after)
        for i, (before, after) in enumerate(zip(op.args, args, strict=True))
    ]
    pairs += [(f"argument {key}", op.kwargs[key], after) for key, after in kwargs.items()]
    return [
        name
        for name, before, after in pairs
        if not isinstance(before, Handle) and not identical(before, after)
    ]
