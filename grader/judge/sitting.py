"""What marking works with: tests, a submission before one exercise, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from grader.course.outline import Course, Exercise
from grader.course.text import read_draft
from grader.judge.diagnosis.replay import Run
from grader.judge.pacing import Pacing
from grader.judge.suite import Ending
from grader.judge.transcript import Call, Transcript
from grader.judge.verdict import Verdict
from grader.report.model import TestResult
from grader.sandbox.session import Session

__all__ = [
    "Files",
    "Marked",
    "Reference",
    "Sitting",
    "Tests",
    "Trial",
    "is_half_done",
    "is_of_loading",
    "text_of",
]

#: For each module, the data files that it may open: name -> what is in it.
Files = dict[str, dict[str, bytes]]


class Tests(Protocol):
    """What marks a submission: a `Suite`, or in a handout its `Examples`."""

    course: Course
    variation: int

    def items(self, exercise: str, test: str) -> list[Any]: ...
    def title(self, exercise: str, test: str) -> str: ...
    def seed(self, item: Any) -> int: ...

    def is_of_answers(self, item: Any) -> bool:
        """Whether nothing but its seed and the student's answers decides how an item ends."""

    def run(self, item: Any, transcript: Transcript) -> Ending: ...


class Sitting:
    """One submission before the tests of one exercise.

    Args:
        pacing: whose time is used; without it there is no end to it.
    """

    def __init__(
        self,
        exercise: Exercise,
        session: Session,
        transcript: Transcript,
        pacing: Pacing | None = None,
    ) -> None:
        self.exercise, self.session, self.transcript = exercise, session, transcript
        self.pacing = pacing


class Trial:
    """One test function with all its parameters, up to the first that does not pass."""

    def __init__(self, test: str, items: Sequence[Any]) -> None:
        self.test, self.items = test, list(items)
        self.found = Verdict("passed")
        self.runs: list[Run] = []
        self.printed: list[str] = []
        self.cut = 0
        self.seconds = 0.0


class Marked(NamedTuple):
    """The marks of one exercise, the runs that may explain what was lost, and if it was loaded."""

    exercise: Exercise
    tests: list[TestResult]
    runs: list[Run]
    loaded: bool


class Reference(NamedTuple):
    """Whether the reference passes one item, and what it was asked there.

    `sound` is None where that is not known: its time ran out, or its worker was killed.
    """

    sound: bool | None
    calls: tuple[Call, ...]


def text_of(path: Path) -> str:
    """A file's text, or nothing."""
    try:
        return read_draft(path)
    except OSError:
        return ""


def is_half_done(tests: Sequence[TestResult], runs: Sequence[Run]) -> bool:
    """Whether tests ended at a stub, and another function is written that they would have asked."""
    return any(run.calls for run in runs) and any(t.outcome == "not_attempted" for t in tests)


def is_of_loading(run: Run) -> bool:
    """Whether the module could not be loaded: then no function is to blame."""
    raised = run.calls[0].exchange.raised if run.calls else None
    return raised is not None and raised.is_of_loading
