"""Calls that a student wants to see, asked of their module in a locked worker: nothing is marked.

What comes back is plain numbers, or an error in words; and where the reference would have answered
something else, the hint of the wrong idea that would have answered as the student's code did.
"""

from __future__ import annotations

import itertools
import logging
import math
import sys
from collections.abc import Mapping, Sequence
from numbers import Number
from typing import Any

import numpy as np

from grader.course.outline import Exercise
from grader.errors import WxbError
from grader.grading.talk import Asked, Said, Tried, Try
from grader.judge.bound import TookTooLong, at_most_work
from grader.judge.diagnosis.diagnose import diagnose
from grader.judge.diagnosis.replay import Run
from grader.judge.ends import end_of
from grader.judge.marking import Marking
from grader.judge.sitting import Tests
from grader.judge.transcript import Transcript
from grader.sandbox.seeds import seed_generators
from grader.sandbox.session import Session
from grader.sandbox.stopped import CutShort, Stopped, Unwritten
from grader.sandbox.wire.nodes import Remote
from grader.sandbox.wire.protocol import Facts, Op

__all__ = ["Trying"]

logger = logging.getLogger(__name__)

#: Most numbers in one answer: a picture has some hundreds.
_MOST_NUMBERS = 10_000
#: Most processor seconds for working out whether a wrong idea is behind the answers.
_HINT_SECONDS = 1.0
#: Calls that are looked at for it: the first ones are what a picture is about.
_HINT_CALLS = 12
#: All random numbers begin here, so that a picture stands still while nothing is changed.
_SEED = 0
_NOT_WRITTEN = "not written yet"


class Trying:
    """Answers what is tried. What the texts say is kept: a slider changes none of them."""

    def __init__(self, marking: Marking, tests: Tests) -> None:
        self._marking, self._tests = marking, tests
        self._known: tuple[dict[str, str], Mapping[str, Facts]] = {}, {}

    def answer(self, request: Try) -> Tried:
        """What the student's functions say, in the order of the calls; they are asked one by one.

        The calls of one exercise may take as long together as one call of a test.

        Raises:
            CutShort: the caller wants it no longer.
            IsolationError, ProcessGone: no worker can be asked.
        """
        modules = request.job.modules
        facts = self._known[1] if self._known[0] == modules else {}
        transcript = Transcript()
        files = request.job.beside()
        session = self._marking.session(modules, transcript, files, facts=facts)
        found = _tried(self._marking, self._tests, request, transcript, session)
        self._known = modules, session.facts
        return found


def _tried(
    marking: Marking, tests: Tests, request: Try, transcript: Transcript, session: Session
) -> Tried:
    said: list[Said] = []
    hints: list[str] = []
    try:
        for name, calls in itertools.groupby(request.calls, lambda call: call.exercise):
            exercise = tests.course.exercise(name)
            assert exercise is not None
            transcript.begin()
            session.begin(name, _SEED, tests.course.limits.call)
            seed_generators(_SEED)
            said += [_said(transcript, call) for call in calls]
            hints.append(_hint(marking, tests, exercise, transcript, request.named))
    finally:
        session.close()
    return Tried(tuple(said), next((hint for hint in hints if hint), ""))


def _said(transcript: Transcript, call: Asked) -> Said:
    session = transcript.session
    assert session is not None
    try:
        value = transcript.ask(
            Op("call", call.function, args=tuple(map(_argument, call.arguments)))
        )
    except (WxbError, CutShort):
        raise
    except Stopped as stop:
        if isinstance(stop.reason, Unwritten) and not stop.reason.caller:
            return Said(error=_NOT_WRITTEN)
        return Said(error=end_of(stop.reason, session.sources)[1] or _NOT_WRITTEN)
    except Exception as error:
        if session.failed is not None:
            raise session.failed from None
        raised = transcript.calls[-1].exchange.raised if transcript.calls else None
        if raised is not None and raised.kind == "MissingFunction":
            return Said(error=f"{call.exercise}.py defines no {call.function}")
        words = str(error).partition("\n")[0][:300]
        return Said(error=f"{type(error).__name__}: {words}" if words else type(error).__name__)
    return _plain(value)


def _argument(value: Any) -> Any:
    """A list of numbers is an array, as docs/visualizers.md has it; {"tuple": […]} a tuple."""
    if isinstance(value, dict):
        return tuple(value["tuple"])
    return np.array(value, dtype=float) if isinstance(value, list) else value


def _plain(value: Any) -> Said:
    """An answer as numbers in lists, or what it is instead."""
    if value is None:
        return Said(error="returned nothing")
    if isinstance(value, Remote):
        return Said(error="returned something that is no array of numbers")
    found = value.tolist() if hasattr(value, "tolist") else value
    flat = list(itertools.islice(_flat(found), _MOST_NUMBERS + 1))
    if len(flat) > _MOST_NUMBERS:
        return Said(error=f"returned more than {_MOST_NUMBERS} numbers")
    if not all(isinstance(x, (bool, int, float)) for x in flat):
        return Said(error=f"returned {type(value).__name__}, where numbers are expected")
    if not all(x == x and abs(x) != math.inf for x in flat):
        return Said(error="returned nan or inf")
    if not all(abs(x) <= sys.float_info.max for x in flat):  # an integer has no end
        return Said(error="returned a number too large to be drawn")
    return Said(value=_lists(found))


def _flat(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        for each in value:
            yield from _flat(each)
    elif isinstance(value, Number) and not isinstance(value, complex):
        yield value.item() if hasattr(value, "item") else value
    else:
        yield None


def _lists(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_lists(each) for each in value]
    return value.item() if hasattr(value, "item") else value


def _hint(
    marking: Marking,
    tests: Tests,
    exercise: Exercise,
    transcript: Transcript,
    named: Sequence[str],
) -> str:
    """The hint of the wrong idea that these answers come from, as far as a student may see it."""
    calls: Sequence[Any] = transcript.calls[:_HINT_CALLS]
    if tests.course.handout or tests.course.feedback.hidden != "everything" or not calls:
        return ""
    reference, wrong = marking.ideas(exercise)
    run = Run("tried", _SEED, True, tuple(calls))
    source = transcript.sources.get(exercise.id, "")
    try:
        with at_most_work(_HINT_SECONDS):
            # A memory of its own: nobody else is asked what a slider has been pulled to.
            found = diagnose([run], [], reference, wrong, None, source)
            if not found.diagnoses:  # or several that these few answers do not tell apart
                known = [idea for idea in wrong if idea.name in named]
                found = diagnose([run], [], reference, known, None, source)
    except (TookTooLong, MemoryError):
        return ""
    except WxbError:
        raise
    except Exception:
        logger.warning("no hint for what was tried in %s", exercise.id, exc_info=True)
        return ""
    return found.diagnoses[0].hint if found.diagnoses else ""
