"""What tests made of answers that they were given before.

A test asks, compares, and asks on. All that it can know of a student's code are the answers; its
own numbers come from its seed. So after the same answers it asks the same question, and comes to
the same end: a class gives the same right answers again and again. Here the way from answers to
the next question is kept. A test that was seen before is followed along it, question by question,
while the student's code answers each one; where the way ends with a verdict, the test itself need
not run. Where an answer is new, the test runs as ever, and is given what was heard so far.

Nothing is put to the student's code that the test would not have put, nor in another order, but
where the module keeps nothing from one call to the next: there all questions of a test that passes
are put at once. Where the answers lead to no known end the test begins anew, as if nothing had been
asked, and one thing is asked at a time.

Not followed are tests that may depend on more than answers: those with fixtures of their own, and
those of a suite in which a test has changed something.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np

from grader.judge.suite import Ending
from grader.judge.transcript import Call, Transcript, whose
from grader.judge.verdict import Verdict
from grader.judge.verdict import verdict as verdict_on
from grader.sandbox.exchange import Question, fingerprint_of, several_of
from grader.sandbox.wire.protocol import Several
from grader.sandbox.wire.values import is_tensor

__all__ = ["Recalled", "Recollection"]

#: Bytes of questions and answers that are kept; then all are forgotten. A course of 31 exercises
#: takes some three of them.
_MOST_BYTES = 1 << 26
#: What a call takes beside its arrays; and one that gave a handle, which holds on to the session
#: that it came from, with a submission's texts.
_CALL_BYTES, _HANDLE_BYTES = 1 << 11, 1 << 16

#: Most seconds for questions that the test would not have asked, with those that it would.
_LITTLE = 0.01

#: A test item, the seed of its numbers, and what has been answered so far.
_Key = tuple[Any, int, bytes]


class _Next(msgspec.Struct, frozen=True):
    """The question that comes next, and the functions whose time its answer takes."""

    question: Question
    whose: frozenset[str]


class Recalled(msgspec.Struct, frozen=True):
    """How a test ended after certain answers, and its calls."""

    verdict: Verdict
    calls: tuple[Call, ...]


class _Whole(msgspec.Struct, frozen=True):
    """All steps of a test that passes, to be taken at once.

    Args:
        body: the buffers of all questions in a row.
        whose: the functions whose time they take.
    """

    steps: tuple[_Next, ...]
    several: Several
    body: bytes
    whose: frozenset[str]


class Recollection:
    """The ways through the tests of one course."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._known: dict[_Key, _Next | Recalled] = {}
        self._whole: dict[tuple[Any, int], _Whole] = {}
        self._strange: set[Any] = set()
        self._most, self._bytes = most_bytes, 0

    def follow(
        self, item: Any, seed: int, transcript: Transcript, anew: Callable[[], None]
    ) -> Recalled | None:
        """Put the questions of a test as far as they are known; what it comes to, if that is.

        Otherwise the transcript's session keeps what was heard for the test to ask.

        Args:
            anew: begins the test again.
        """
        session, whole = transcript.session, self._whole.get((item, seed))
        if whole is not None and session is not None and session.may_ask_several():
            found = self._at_once(item, seed, whole, transcript)
            if found is not None:
                return found
            session.ask_one_by_one()
            if transcript.pacing is not None:
                transcript.pacing.again()
            anew()
        before = b""
        while True:
            step = self._known.get((item, seed, before))
            if not isinstance(step, _Next):
                return step
            heard = transcript.put(step.question, step.whose)
            stop = session.ends_unwritten(heard) if not before and heard and session else None
            if stop is not None:  # that stands, whatever the test would make of it
                return Recalled(verdict_on(Ending("call", stop), transcript, stop), ())
            fingerprint = fingerprint_of(heard) if heard is not None else b""
            if not fingerprint:
                return None
            before = _after(before, fingerprint)

    def _at_once(
        self, item: Any, seed: int, whole: _Whole, transcript: Transcript
    ) -> Recalled | None:
        """What a test comes to whose questions are all put at once, if that is known."""
        session = transcript.session
        assert session is not None
        before, left = b"", session.left
        told = transcript.put_several(whole.several, whole.body, whole.whose)
        for number, fingerprint in enumerate(told, 1):
            before = _after(before, fingerprint)
            step = self._known.get((item, seed, before))
            if isinstance(step, Recalled):
                # The test would not have asked the rest, which is no function's to pay for.
                is_dear = number < len(told) and left - session.left > _LITTLE
                return None if is_dear else step
            if step is None or number == len(whole.steps):
                return None
            if step is not whole.steps[number] and not step.question.is_like(
                whole.steps[number].question
            ):
                return None  # after other answers it asks something else
        return None

    def learn(self, item: Any, seed: int, calls: list[Call], verdict: Verdict) -> None:
        """Keep the way to a verdict, if answers alone decided it.

        The message about an exception quotes the student's text, which others do not have.
        """
        raised = any(call.exchange.raised is not None for call in calls)
        is_told = verdict.outcome == "failed" and not raised
        if not (verdict.outcome == "passed" or is_told) or item in self._strange:
            return
        if not all(call.exchange.fingerprint for call in calls):
            return
        weight = sum(call.exchange.weight + _CALL_BYTES for call in calls) + _held(calls)
        if any(call.exchange.kept or call.exchange.inner for call in calls):
            weight += _HANDLE_BYTES
        if weight > self._most // 16:
            return
        self._bytes += weight
        if self._bytes > self._most:
            self._known.clear()
            self._whole.clear()
            self._bytes = weight
        before = b""
        steps = []
        for call in calls:
            exchange = call.exchange
            if call.error is not None:
                # These would keep all that the test had in its hands.
                call.error.__traceback__ = call.error.__context__ = None
            question = Question(exchange.do, exchange.sizes, exchange.body)
            functions = whose(exchange.do, call.functions)
            steps.append(_Next(question, functions))
            self._known[item, seed, before] = steps[-1]
            before = _after(before, exchange.fingerprint)
        self._known[item, seed, before] = Recalled(verdict, tuple(calls))
        whole = _whole(steps) if verdict.outcome == "passed" else None
        if whole is not None:
            self._whole.setdefault((item, seed), whole)

    def never(self, item: Any) -> None:
        """This test asks otherwise after the same answers: it is not followed any more."""
        self._strange.add(item)
        self._known = {key: step for key, step in self._known.items() if key[0] is not item}
        self._whole = {key: whole for key, whole in self._whole.items() if key[0] is not item}


def _whole(steps: Sequence[_Next]) -> _Whole | None:
    """Steps to be taken at once; None where they are too many, or an attribute is set."""
    together = several_of([step.question for step in steps])
    if together is None or any(step.question.do.verb == "setattr" for step in steps):
        return None
    return _Whole(tuple(steps), *together, frozenset().union(*(step.whose for step in steps)))


def _held(calls: Sequence[Call]) -> int:
    """Bytes that the arguments of some calls keep: a view keeps all that it is a part of."""
    owners: dict[int, int] = {}
    for call in calls:
        for value in _leaves((call.args, call.kwargs)):
            if is_tensor(value):
                storage = value.untyped_storage()
                owners[storage.data_ptr()] = storage.nbytes()
            elif isinstance(value, np.ndarray):
                while isinstance(value.base, np.ndarray):
                    value = value.base
                owners[id(value)] = value.nbytes
    return sum(owners.values())


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, list | tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _leaves(item)
    else:
        yield value


def _after(before: bytes, fingerprint: bytes) -> bytes:
    return hashlib.blake2b(before + fingerprint, digest_size=16).digest()
