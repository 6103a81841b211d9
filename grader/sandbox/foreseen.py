"""Questions that are put before their test asks them, since what it will ask is known."""

from __future__ import annotations

from collections import deque

from grader.sandbox.exchange import Heard, Question
from grader.sandbox.stopped import Stopped

__all__ = ["Foreseen", "Unrepeated"]


class Unrepeated(Exception):
    """A test did not ask what it was foreseen to ask."""


class Foreseen:
    """The questions of the current test that have been put already, and what was heard.

    It is true as long as there are any.
    """

    def __init__(self) -> None:
        self._waiting: deque[tuple[Question, Heard | Stopped]] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, question: Question, heard: Heard | Stopped) -> None:
        """One more, after the others; the last one may have stopped the test."""
        self._waiting.append((question, heard))

    def answer(self, question: Question) -> Heard:
        """What was heard when the question was put that the test asks next.

        Raises:
            Stopped: it stopped the test.
            Unrepeated: that was another one.
        """
        known, heard = self._waiting.popleft()
        if not known.is_like(question):
            raise Unrepeated("a test asks something else after the same answers")
        if isinstance(heard, Stopped):
            raise heard
        return heard

    def clear(self) -> None:
        """Another test begins."""
        self._waiting.clear()
