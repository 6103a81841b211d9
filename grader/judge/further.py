"""What a student's code would have answered to the rest of a failed test.

A test ends at its first wrong answer, and one wrong answer fits many wrong ideas. So, when all
marks are settled, the module is loaded afresh and asked everything that the reference was asked in
the same test: the reference passes, and its transcript has the questions to the end. What comes
back is evidence for the diagnosis and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.judge.diagnosis.replay import Run
from grader.judge.transcript import Call, Transcript
from grader.sandbox.exchange import question_of
from grader.sandbox.proxy import Handle
from grader.sandbox.stopped import Stopped, Unwritten
from grader.sandbox.wire.nodes import HandleNode, Malformed, node_of
from grader.sandbox.wire.protocol import Op

__all__ = ["Interview", "Questions"]


class Questions(msgspec.Struct, frozen=True):
    """What the reference was asked in one run of one test.

    Args:
        reached: how many of them the student has answered already.
    """

    test: str
    seed: int
    calls: tuple[Call, ...]
    reached: int = 0


class Interview:
    """One submission before further questions about one exercise.

    Args:
        transcript: of the submission's session, when all its marks are settled.
        seconds: for all questions together.
    """

    def __init__(self, exercise: str, transcript: Transcript, seconds: float) -> None:
        assert transcript.session is not None
        self._exercise, self._session, self._transcript = exercise, transcript.session, transcript
        transcript.pacing = None  # no function's time is used, but what is left of these seconds
        self._session.settle(exercise)
        self._left = seconds
        self._given_up: set[str] = set()

    def end(self) -> None:
        """Nothing more is asked; code that would work on unasked is stopped."""
        self._session.settle()

    def ask(self, questions: Questions) -> Run:
        """The student's answers to the questions of one test, as a run of it.

        A question about something that the student's code did not give is left out, and so is one
        to a function that is not written or that ended its worker before.
        """
        self._begin(questions.seed)
        if not self._foresee([c for c in questions.calls if c.name not in self._given_up]):
            self._begin(questions.seed)
        handles: dict[int, Handle] = {}
        reached = 0
        for number, question in enumerate(questions.calls):
            if question.name in self._given_up:
                continue
            if not self._put(question, handles):
                break
            if number < questions.reached:
                reached = len(self._transcript.calls)
        self._left = self._session.left
        return Run(questions.test, questions.seed, True, tuple(self._transcript.calls), reached)

    def _begin(self, seed: int) -> None:
        self._transcript.begin()
        self._session.begin(self._exercise, seed, self._left)

    def _foresee(self, calls: Sequence[Call]) -> bool:
        """Put questions at once that are asked next, if none is about what another one gave."""
        if any(map(_has_handles, calls)):
            return False
        ops = [op for call in calls if (op := _again(call, {})) is not None]
        return len(ops) == len(calls) and self._session.foresee([question_of(op) for op in ops])

    def _put(self, question: Call, handles: dict[int, Handle]) -> bool:
        """Put one question, if it can be put; whether the worker can be asked on."""
        op = _again(question, handles)
        if op is None:
            return True
        try:
            answer = self._transcript.ask(op, of=handles.get(question.exchange.do.target))
        except Stopped as stop:
            self._given_up.add(question.name)
            self._session.stopped = None
            self._session.foreseen.clear()
            return isinstance(stop.reason, Unwritten)
        except Exception as error:
            calls = self._transcript.calls
            if self._session.failed is not None or not calls or error is not calls[-1].error:
                raise
            return True  # the student's own, and written down
        if isinstance(answer, Handle) and question.exchange.kept:
            handles[question.exchange.kept] = answer
        return True


def _has_handles(question: Call) -> bool:
    """Whether it is about something that was kept, or keeps something."""
    do = question.exchange.do
    values = (*question.args, *question.kwargs.values())
    return bool(do.target) or do.keep or any(isinstance(value, Handle) for value in values)


def _again(question: Call, handles: dict[int, Handle]) -> Op | None:
    """A question of the reference's as one to the student; None if it cannot be put."""

    def mine(node: HandleNode) -> Handle:
        return handles[node.id]

    try:
        op = question.exchange.again(mine)
        target = node_of(handles[op.target]).id if op.target else 0
    except (KeyError, Malformed):
        return None
    return Op(op.verb, op.name, target, op.args, op.kwargs, op.keep)
