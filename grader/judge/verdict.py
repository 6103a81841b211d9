"""From how a test ended to what it is called, and the lines a student reads."""

from __future__ import annotations

import logging
from contextlib import suppress

import msgspec
import pytest

from grader.handin.cells.module import is_from_notebook, still_to_come
from grader.handin.text import encodable
from grader.judge.bound import TookTooLong, at_most
from grader.judge.calls import about, asked_text, call_line, part_of
from grader.judge.comparing.libraries import failure, library_difference, sides_of
from grader.judge.comparing.statement import statement_of
from grader.judge.comparing.wording import describe, short
from grader.judge.ends import end_of
from grader.judge.raised import TYPO, look_alike, near, raised_lines
from grader.judge.suite import Ending
from grader.judge.transcript import Call, Transcript
from grader.report.model import Outcome
from grader.sandbox.proxy import UnkeptError
from grader.sandbox.stopped import NotReached, SlowLoading, Stopped
from grader.sandbox.wire.protocol import UNUSABLE, Raised

__all__ = ["Verdict", "empty", "given_up", "last_asked", "untold", "verdict"]

logger = logging.getLogger(__name__)

#: Most seconds for the words about one run; answers are bounded, and no honest one takes a tenth.
_SECONDS = 10.0
_UNSPEAKABLE = "The test does not hold, and what your code answered cannot be written out here."
#: Most characters of one line of a message.
_WIDEST = 400
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
    """Name the end of one run; nothing that an answer holds can keep it from having a verdict.

    Args:
        ending: what pytest saw.
        transcript: what the test asked, and what came back.
        stopped: what the session recorded; it stands, whatever the test made of it.
    """
    try:
        with at_most(_SECONDS):
            found = _verdict(ending, transcript, stopped)
    except (Exception, TookTooLong):
        logger.exception("no words for how a test ended")
        found = _without_words(ending, transcript, stopped)
    return _sendable(found)


def _sendable(found: Verdict) -> Verdict:
    """A verdict whose message is text: a suite may put anything into its own."""
    return msgspec.structs.replace(found, message=encodable(found.message))


def _without_words(ending: Ending, transcript: Transcript, stopped: Stopped | None) -> Verdict:
    """The verdict where the answer cannot be written out."""
    if stopped is not None:
        return Verdict(*end_of(stopped.reason, transcript.sources))
    if ending.error is not None and ending.phase != "call":
        return Verdict("grader_fault", "The test itself could not be run.")
    return Verdict("failed", _UNSPEAKABLE)


def _verdict(ending: Ending, transcript: Transcript, stopped: Stopped | None) -> Verdict:
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
    if not calls:  # no code of the student's has run
        return Verdict("grader_fault", _fault(ending))
    mine = _students(error, calls)
    if mine is not None:
        assert mine.exchange.raised is not None
        if _is_still_to_come(mine.exchange.raised, transcript):
            name = mine.exchange.raised.text
            return Verdict("not_attempted", _lines(still_to_come(name)))
        at = statement_of(error)
        told = raised_lines(
            mine.exchange.raised,
            sources,
            call_line(mine, calls),
            transcript.asked_for,
            at.expected_error if at is not None else "",
        )
        return Verdict("error", _lines(*told))
    answers = transcript.answers
    expected = isinstance(error, AssertionError | pytest.fail.Exception)
    if expected or library_difference(error, answers) is not None:
        message = _failed(ending, calls)
    elif isinstance(error, UnkeptError):  # what a call returned is no value that can be used
        message = _unusable(calls)
    else:
        told_of = f"The test could not use the answer: {_told(error)}."
        message = _lines(told_of, *_answer(ending, calls))
    is_sure = expected and ending.phase == "call"  # a fixture may assert what no student decides
    return Verdict("failed", message, "" if is_sure else _fault(ending))


def given_up(skipped: Verdict, transcript: Transcript) -> Verdict:
    """The verdict on a test that was skipped after answers with which the reference passes."""
    told = skipped.message.removeprefix("Not run: ")
    call = call_line(transcript.calls[-1], transcript.calls)
    return Verdict("failed", _lines(f"The test could not go on with the answer: {told}", call))


def untold(error: Exception) -> Verdict:
    """The verdict on a test whose end could not be put into words: what is left to say of it.

    If the reference passes, the answer is at fault.
    """
    told = f"could not be put into words: {_told(error)}"
    return Verdict("failed", f"What the test found {told}.", f"What the test found {told}")


def empty(told: str, call: Call, calls: list[Call]) -> Verdict:
    """The verdict on a test that passed with an empty answer: the one of `call` among `calls`."""
    try:
        with at_most(_SECONDS):
            return _sendable(Verdict("failed", _lines(told, call_line(call, calls))))
    except (Exception, TookTooLong):
        logger.exception("no words for an empty answer")
        return Verdict("failed", _UNSPEAKABLE)


def _untouched(calls: list[Call]) -> Verdict:
    for call in calls:
        if call.changed:
            named = " and ".join(call.changed)
            return Verdict(
                "failed",
                _lines(
                    f"The {named} changed during the call: the caller still needs it as it was.",
                    call_line(call, calls),
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


def _is_still_to_come(raised: Raised, transcript: Transcript) -> bool:
    """A notebook grows function by function: one that is not there yet is not wrong."""
    session = transcript.session
    if raised.kind != "MissingFunction" or session is None:
        return False
    is_there = near(raised, transcript.asked_for, TYPO) or look_alike(raised)
    return is_from_notebook(session.source) and not is_there


def _failed(ending: Ending, calls: list[Call]) -> str:
    """The message of a test whose own assertion does not hold."""
    error = ending.error
    assert error is not None
    at = statement_of(error)
    answers = [call.exchange.value for call in calls]
    told, table = failure(error, ending.found, answers, at)
    headline, _, detail = told.partition("\n")
    is_raise = isinstance(error, pytest.fail.Exception)  # its `if` knows what it is about
    compared = () if is_raise else sides_of(error, ending.found, at)
    call = about(calls, compared, at.cause if is_raise and at is not None else at)
    part, is_gradient = part_of(call, compared, calls) if call is not None else ("", False)
    if is_gradient and any(value is None for value in compared):
        headline, detail = f"No gradient reaches {part}.", "Autograd finds no way back to it."
    elif is_gradient:
        headline = f"Gradient of {part}: {_small(headline)}"
    elif part:
        headline = f"{part}: {_small(headline)}"
    return _lines(headline, call_line(call, calls), detail, table=table)


def _small(sentence: str) -> str:
    """A sentence as it goes on after a colon."""
    return sentence[:1].lower() + sentence[1:]


def _unusable(calls: list[Call]) -> str:
    """The message about an answer that a suite takes for data, and that is an object."""
    call = next((call for call in reversed(calls) if call.exchange.do.verb == "call"), None)
    what = describe(call.exchange.value) if call is not None else "an object"
    return _lines(
        f"The test could not use the answer: it is {what}, {UNUSABLE}.", call_line(call, calls)
    )


def _answer(ending: Ending, calls: list[Call]) -> tuple[str, str]:
    """The call that a test could not use the answer of, and what it returned."""
    call = about(calls, (), statement_of(ending.error))
    return call_line(call, calls), f"It returned {short(call.exchange.value)}." if call else ""


def last_asked(transcript: Transcript) -> str:
    """The call that was made last, whether or not it came back; "" if there was none."""
    op = transcript.asked
    with suppress(Exception):  # an argument may be an answer of the student's
        return asked_text(op, transcript.calls) if op is not None else ""
    return ""


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
