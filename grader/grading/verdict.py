"""From how a test ended to what it is called, and the lines a student reads."""

from __future__ import annotations

import difflib
from typing import Any

import msgspec
import pytest

from grader.grading.explain import failure
from grader.grading.suite import Ending
from grader.grading.wording import call_text
from grader.model import Outcome
from grader.notebooks.module import is_from_notebook, place
from grader.sandbox.protocol import Raised
from grader.sandbox.proxy import Call, Student
from grader.sandbox.session import Stopped

__all__ = ["Verdict", "empty", "verdict"]

#: Most characters of one line of a message.
_WIDEST = 400
#: How alike two names must be for one to be the other renamed, or mistyped.
_ALIKE, _TYPO = 0.6, 0.9


class Verdict(msgspec.Struct, frozen=True):
    """What one run of one test came to.

    Args:
        message: at most three lines, then a table.
        doubtful: the suite itself raised; whether the student's answer made it do so is open.
    """

    outcome: Outcome
    message: str = ""
    doubtful: bool = False


def verdict(ending: Ending, student: Student, stopped: Stopped | None) -> Verdict:
    """Name the end of one run.

    Args:
        ending: what pytest saw.
        student: the proxy that the test used, with its calls.
        stopped: what the session recorded; it stands, whatever the test made of it.
    """
    calls = student.wxb_calls
    sources = student.wxb_session.sources if student.wxb_session is not None else {}
    if stopped is not None:
        where = "" if stopped.outcome in ("not_attempted", "forbidden") else _asked(student)
        return Verdict(stopped.outcome, _lines(stopped.message, where))
    error = ending.error
    if error is None:
        return _untouched(calls)
    if isinstance(error, pytest.skip.Exception):
        return Verdict("skipped", _lines(f"Not run: {error.msg}."))
    if ending.phase != "call":
        return Verdict("grader_fault", _fault(ending))
    mine = _students(error, calls)
    if mine is not None:
        assert mine.exchange.raised is not None
        if _is_still_to_come(mine.exchange.raised, student):
            name = mine.exchange.raised.text.partition("\n")[0]
            return Verdict("not_attempted", _lines(f"There is no {name} in your notebook yet."))
        return Verdict("error", _lines(*_raised(mine.exchange.raised, sources, _call(mine))))
    if isinstance(error, AssertionError | pytest.fail.Exception):
        told, table = failure(error)
        headline, _, detail = told.partition("\n")
        return Verdict("failed", _lines(headline, _where(calls), detail, table=table))
    return Verdict("failed", _fault(ending), doubtful=True)


def empty(told: str, call: Call) -> Verdict:
    """The verdict on a test that passed with an empty answer."""
    return Verdict("failed", _lines(told, f"Call: {_call(call)}"))


def _untouched(calls: list[Call]) -> Verdict:
    for call in calls:
        if call.changed:
            named = " and ".join(call.changed)
            return Verdict(
                "failed",
                _lines(
                    f"The {named} changed during the call: the caller still needs it as it was.",
                    f"Call: {_call(call)}",
                ),
            )
    return Verdict("passed")


def _students(error: BaseException, calls: list[Call]) -> Call | None:
    """The call whose exception this is, also where the test wrapped it in another."""
    seen: BaseException | None = error
    while seen is not None:
        for call in reversed(calls):
            if call.error is seen:
                return call
        seen = seen.__cause__
    return None


def _raised(raised: Raised, sources: dict[str, str], call: str) -> tuple[str, str, str]:
    """Three lines about a student's exception: what, where, in which call."""
    if raised.kind == "MissingFunction":
        name, near = _missing(raised, _ALIKE)
        hint = f"Did you rename it to {near}?" if near else "Copy its first line from the stub."
        return f"There is no {name} in your file.", hint, ""
    text = raised.text.strip().splitlines() or [""]
    what = f"{raised.kind}: {text[0][:200]}" if text[0] else raised.kind
    if not raised.frames:
        return f"Your code raised {what}", f"Call: {call}", ""
    file, line, _ = raised.frames[-1]
    source = _source_line(sources, file, line)
    where = place(sources.get(file.removesuffix(".py"), ""), file, line)
    if raised.column:
        column = min(raised.column, len(source) + 1)
        caret = " " * max(0, column - 1 - (len(source) - len(source.lstrip()))) + "^"
        return f"{where}: {what}", f"    {source.strip()}", f"    {caret}"
    where = f"{where}: {source.strip()}"
    if raised.frames[0][2] == "<module>":  # no function was reached
        return f"Your file cannot be loaded: {what}", where, _instead(raised)
    return f"Your code raised {what}", where, f"Call: {call}"


def _missing(raised: Raised, alike: float) -> tuple[str, str]:
    """The function that was looked for in vain, and a name that is there and is like it, or ""."""
    name, _, defined = raised.text.partition("\n")
    last = name[:80].rpartition(".")[2]
    close = difflib.get_close_matches(last, defined.split(","), 1, alike)
    return name, close[0] if close else ""


def _is_still_to_come(raised: Raised, student: Student) -> bool:
    """A notebook grows function by function: one that is not there yet is not wrong."""
    session = student.wxb_session
    if raised.kind != "MissingFunction" or session is None:
        return False
    return is_from_notebook(session.source) and not _missing(raised, _TYPO)[1]


def _instead(raised: Raised) -> str:
    """What to do about a library that is not there."""
    if raised.kind != "ModuleNotFoundError" or not raised.text.endswith("'torch'"):
        return ""
    return "Import it inside the functions that use it: the others then run without it."


def _source_line(sources: dict[str, str], file: str, line: int) -> str:
    lines = sources.get(file.removesuffix(".py"), "").splitlines()
    return lines[line - 1][:120] if 0 < line <= len(lines) else ""


def _call(call: Call) -> str:
    do = call.exchange.do
    if do.verb == "example":
        return do.name.partition("\n")[0]
    kwargs: dict[str, Any] = dict(call.exchange.kwargs)
    return call_text(call.name or do.verb, call.args, kwargs)


def _where(calls: list[Call]) -> str:
    """The last call of a function; what was asked of its result afterwards says less."""
    verbs = ("call", "vjp", "invoke")
    told = [c for c in calls if c.name and c.exchange.do.verb in verbs]
    told = told or [c for c in calls if c.exchange.do.name != "repr(_)"]
    return f"Call: {_call(told[-1])}" if told else ""


def _asked(student: Student) -> str:
    """The call that never came back."""
    op = student.wxb_asked
    if op is not None and op.verb == "example":
        return f"Call: {op.name.partition(chr(10))[0]}"
    return f"Call: {call_text(op.name or op.verb, op.args, op.kwargs)}" if op is not None else ""


def _fault(ending: Ending) -> str:
    error = ending.error
    text = (str(error).splitlines() or [""])[0][:200]
    where = _suite_line(error)
    told = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return f"The test itself raised {told}{where}"


def _suite_line(error: BaseException | None) -> str:
    """` (test_x.py, line 12)`: the innermost frame that lies in a suite."""
    traceback = error.__traceback__ if error is not None else None
    place = ""
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename.rpartition("/")[2]
        if file.startswith("test_"):
            place = f" ({file}, line {traceback.tb_lineno})"
        traceback = traceback.tb_next
    return place


def _lines(*lines: str, table: str = "") -> str:
    kept = [line[:_WIDEST] for text in lines for line in text.splitlines() if line.strip()][:3]
    return "\n".join(kept) + (f"\n{table}" if table else "")
