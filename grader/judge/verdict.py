"""From how a test ended to what it is called, and the lines a student reads."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

import msgspec
import pytest

from grader.handin.cells.module import is_from_notebook, place
from grader.judge.comparing.libraries import failure, library_difference
from grader.judge.comparing.wording import call_text, short
from grader.judge.ends import end_of
from grader.judge.suite import Ending
from grader.judge.transcript import Call, Transcript
from grader.report.model import Outcome
from grader.sandbox.stopped import NotReached, SlowLoading, Stopped
from grader.sandbox.wire.nodes import node_of
from grader.sandbox.wire.protocol import Op, Raised

__all__ = ["Verdict", "empty", "last_asked", "verdict"]

#: Most characters of one line of a message.
_WIDEST = 400
#: How alike two names must be for one to be the other renamed, or mistyped.
_ALIKE, _TYPO = 0.6, 0.9


#: Verbs that put something there for a later call.
_ASIDE = ("keep", "source")
#: Ends for which the call that was made last is not to blame, or was not made.
_ALONE = (NotReached, SlowLoading)


class Verdict(msgspec.Struct, frozen=True):
    """What one run of one test came to.

    Args:
        message: at most three lines, then a table.
        doubtful: what the suite itself raised, if it did: whether the student's answer made it
            do so is open.
    """

    outcome: Outcome
    message: str = ""
    doubtful: str = ""


def verdict(ending: Ending, transcript: Transcript, stopped: Stopped | None) -> Verdict:
    """Name the end of one run.

    Args:
        ending: what pytest saw.
        transcript: what the test asked, and what came back.
        stopped: what the session recorded; it stands, whatever the test made of it.
    """
    calls, sources = transcript.calls, transcript.sources
    if stopped is not None:
        outcome, sentence = end_of(stopped.reason, sources)
        call = last_asked(transcript)
        alone = outcome in ("not_attempted", "forbidden") or isinstance(stopped.reason, _ALONE)
        return Verdict(outcome, _lines(sentence, f"Call: {call}" if call and not alone else ""))
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
        if _is_still_to_come(mine.exchange.raised, transcript):
            name = mine.exchange.raised.text
            return Verdict("not_attempted", _lines(f"There is no {name} in your notebook yet."))
        asked = _call(mine, _names(calls))
        return Verdict("error", _lines(*_raised(mine.exchange.raised, sources, asked)))
    answers = transcript.answers
    expected = isinstance(error, AssertionError | pytest.fail.Exception)
    if expected or library_difference(error, answers) is not None:
        told, table = failure(error, ending.found, answers)
        headline, _, detail = told.partition("\n")
        message = _lines(headline, _where(calls), detail, table=table)
    else:
        message = _lines(f"The test could not use the answer: {_told(error)}.", *_answer(calls))
    return Verdict("failed", message, "" if expected else _fault(ending))


def empty(told: str, call: Call, calls: list[Call]) -> Verdict:
    """The verdict on a test that passed with an empty answer: the one of `call` among `calls`."""
    return Verdict("failed", _lines(told, f"Call: {_call(call, _names(calls))}"))


def _untouched(calls: list[Call]) -> Verdict:
    names = _names(calls)
    for call in calls:
        if call.changed:
            named = " and ".join(call.changed)
            return Verdict(
                "failed",
                _lines(
                    f"The {named} changed during the call: the caller still needs it as it was.",
                    f"Call: {_call(call, names)}",
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


def _raised(raised: Raised, sources: Mapping[str, str], call: str) -> tuple[str, str, str]:
    """Three lines about a student's exception: what, where, in which call."""
    if raised.kind == "MissingFunction":
        name, near = raised.text[:80], _near(raised, _ALIKE)
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


def _near(raised: Raised, alike: float) -> str:
    """A name that is there and is like the one that was looked for in vain, or ""."""
    last = raised.text[:80].rpartition(".")[2]
    close = difflib.get_close_matches(last, raised.defined, 1, alike)
    return close[0] if close else ""


def _is_still_to_come(raised: Raised, transcript: Transcript) -> bool:
    """A notebook grows function by function: one that is not there yet is not wrong."""
    session = transcript.session
    if raised.kind != "MissingFunction" or session is None:
        return False
    return is_from_notebook(session.source) and not _near(raised, _TYPO)


def _instead(raised: Raised) -> str:
    """What to do about a library that is not there."""
    if raised.kind != "ModuleNotFoundError" or not raised.text.endswith("'torch'"):
        return ""
    return "Import it inside the functions that use it: the others then run without it."


def _source_line(sources: Mapping[str, str], file: str, line: int) -> str:
    lines = sources.get(file.removesuffix(".py"), "").splitlines()
    return lines[line - 1][:120] if 0 < line <= len(lines) else ""


def _call(call: Call, names: dict[int, str]) -> str:
    """A call as a test would write it; `names` says where handles came from."""
    do = call.exchange.do
    return _written(Op(do.verb, do.name, do.target, call.args, call.kwargs), names)


def _written(op: Op, names: dict[int, str]) -> str:
    target = names.get(op.target, "it")
    match op.verb:
        case "call":
            return call_text(op.name, op.args, op.kwargs)
        case "vjp":  # the last argument is what the gradients are contracted with
            return f"gradients of {call_text(op.name, op.args[:-1], op.kwargs)}"
        case "invoke":
            return call_text(target, op.args, op.kwargs)
        case "getattr":
            return f"{target}.{op.name}"
        case "setattr":
            return f"{target}.{op.name} = {short(op.args[0])}"
        case "getitem":
            return f"{target}[{short(op.args[0])}]"
        case "len":
            return f"len({target})"
        case "fetch":
            return target
        case "example":
            return op.name.partition("\n")[0]
        case "shares":
            each = [names.get(node_of(arg).id, "it") for arg in op.args]
            return f"shares_memory({', '.join(each)})"
    return "helper" if op.verb == "source" else "kept"


def _names(calls: list[Call]) -> dict[int, str]:
    """What each handle is the result of, by its number."""
    names: dict[int, str] = {}
    for call in calls:
        if call.exchange.kept:
            names[call.exchange.kept] = _call(call, names)
    return names


def _where(calls: list[Call]) -> str:
    """The last thing that was asked."""
    asked = [(call.exchange.do, call) for call in calls]
    told = [call for do, call in asked if do.verb not in _ASIDE and do.name != "repr(_)"]
    return f"Call: {_call(told[-1], _names(calls))}" if told else ""


def _answer(calls: list[Call]) -> tuple[str, str]:
    """The last call, and what it returned."""
    return _where(calls), f"It returned {short(calls[-1].exchange.value)}." if calls else ""


def last_asked(transcript: Transcript) -> str:
    """The call that was made last, whether or not it came back; "" if there was none."""
    op = transcript.asked
    return _written(op, _names(transcript.calls)) if op is not None else ""


def _told(error: BaseException | None) -> str:
    text = (str(error).splitlines() or [""])[0][:200].rstrip(". ")
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _fault(ending: Ending) -> str:
    return f"The test itself raised {_told(ending.error)}{_suite_line(ending.error)}"


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
