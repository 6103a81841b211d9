"""What a student's code would have answered to the rest of a failed test.

A test ends at its first wrong answer, and one wrong answer fits many wrong ideas. So, when all
marks are settled, fresh workers are asked everything that the reference was asked in the same test:
the reference passes, and its transcript has the questions to the end. What comes back is evidence
for the diagnosis and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from grader.judge.diagnosis.replay import Run
from grader.judge.transcript import Call, Transcript
from grader.sandbox.proxy import Handle
from grader.sandbox.session import Session
from grader.sandbox.stopped import Stopped, Unwritten
from grader.sandbox.wire.nodes import HandleNode, Malformed, node_of
from grader.sandbox.wire.protocol import Op

__all__ = ["Interview", "Questions", "Witness"]


class Questions(msgspec.Struct, frozen=True):
    """What the reference was asked in one run of one test.

    Args:
        reached: how many of them the student has answered already.
    """

    test: str
    seed: int
    calls: tuple[Call, ...]
    reached: int = 0


class Witness:
    """One submission that is asked further questions: in one session, if there are any.

    Args:
        session: makes it, a session of its own, so that nothing of the marking is touched.
    """

    def __init__(self, session: Callable[[Transcript], Session]) -> None:
        self._start = session
        self._session: Session | None = None
        self._transcript = Transcript()

    def interview(self, exercise: str, seconds: float) -> Interview:
        """It, before further questions about one exercise, for `seconds`."""
        if self._session is None:
            self._session = self._start(self._transcript)
        return Interview(exercise, self._session, self._transcript, seconds)

    def close(self) -> None:
        """End what was started."""
        if self._session is not None:
            self._session.close()


class Interview:
    """One submission before further questions about one exercise.

    Args:
        session: where it is asked; its calls are written into the transcript.
        seconds: for all questions together.
    """

    def __init__(
        self, exercise: str, session: Session, transcript: Transcript, seconds: float
    ) -> None:
        self._exercise, self._session, self._transcript = exercise, session, transcript
        self._left = seconds
        self._given_up: set[str] = set()

    def ask(self, questions: Questions) -> Run:
        """The student's answers to the questions of one test, as a run of it.

        A question about something that the student's code did not give is left out, and so is one
        to a function that is not written or that ended its worker before.
        """
        self._transcript.begin()
        self._session.begin(self._exercise, questions.seed, self._left)
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
            return isinstance(stop.reason, Unwritten)
        except Exception as error:
            calls = self._transcript.calls
            if self._session.failed is not None or not calls or error is not calls[-1].error:
                raise
            return True  # the student's own, and written down
        if isinstance(answer, Handle) and question.exchange.kept:
            handles[question.exchange.kept] = answer
        return True


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
