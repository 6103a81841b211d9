"""Why a test ends: from what a worker answered, or how it ended, to a reason."""

from __future__ import annotations

import re
import signal
from collections.abc import Mapping

from grader.sandbox.exchange import Bounds
from grader.sandbox.processes.control import Exit
from grader.sandbox.stopped import (
    Died,
    Forbidden,
    Memory,
    ProcessorTime,
    Reason,
    TooManyThreads,
    TooMuchPrinted,
    Unfinished,
    Unfollowed,
    Unwritten,
)
from grader.sandbox.wire.protocol import FLOOD_LIMIT, Answer, Do, Facts, ForbiddenName, Raised

__all__ = ["SENT", "of_answer", "of_end", "of_question"]

#: Signals that are sent by somebody: a machine without memory left, whoever ends processes. A
#: program that sends one to itself looks the same.
SENT = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def of_end(end: Exit, bounds: Bounds) -> Reason:
    """Why a worker is gone."""
    if end.threads:
        return TooManyThreads(end.threads)
    if end.signal in (signal.SIGXCPU, signal.SIGKILL) and end.cpu >= bounds.cpu:
        return ProcessorTime(bounds.cpu)
    if end.signal == signal.SIGABRT and end.peak >= 0.9 * bounds.memory:
        return Memory(bounds.memory)
    return Died(end)


def of_question(do: Do, facts: Facts) -> Reason | None:
    """Why something may not be asked: the module's text reaches a forbidden name, or may."""
    names: list[str] = []
    if do.verb in ("call", "vjp"):
        names = [do.name]
    elif do.verb == "example":
        names = re.findall(r"\w+", do.name)
    for name in names:
        reason = _of_call(name, facts)
        if reason is not None:
            return reason
    return None


def _of_call(function: str, facts: Facts) -> Reason | None:
    if facts.unread:
        return Unfollowed(facts.unread)
    own = facts.forbidden.get(function.partition(".")[0])
    hit = own or facts.forbidden.get("")
    return None if hit is None else Forbidden(hit.name, hit.file, hit.line, own is None)


def of_answer(answer: Answer, bounds: Bounds, facts: Mapping[str, Facts]) -> Reason | None:
    """The limit, the forbidden call or the unwritten stub that a worker met; None for an answer.

    Args:
        facts: module name -> what is in its text.
    """
    if answer.stop == "output":
        return TooMuchPrinted(max(bounds.output, FLOOD_LIMIT))
    if answer.stop == "memory":
        return Memory(bounds.memory)
    if answer.stop == "forbidden":
        met = answer.forbidden or ForbiddenName("")
        return Forbidden(met.name, met.file, met.line)
    raised = answer.raised
    if raised is not None and raised.kind == raised.builtin == "NotImplementedError":
        return _unwritten(raised, facts.get(_module_of(raised), Facts()))
    return None


def _unwritten(raised: Raised, facts: Facts) -> Reason | None:
    """A stub, and the function that called it, if one of the student's did."""
    if not (raised.own and raised.frames and raised.frames[-1][1] in facts.stubs):
        return None
    file, line, _ = raised.frames[-1]
    unfinished = dict(facts.unfinished)
    if line in unfinished:
        return Unfinished(file, line, unfinished[line])
    functions = [function for _, _, function in raised.frames]
    callers = [name for name in functions[:-1] if name != functions[-1] and name[0] not in "_<"]
    return Unwritten(functions[-1], callers[-1]) if callers else Unwritten()


def _module_of(raised: Raised) -> str:
    return raised.frames[-1][0].removesuffix(".py") if raised.frames else ""
