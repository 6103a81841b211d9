"""Who judges a class: hand-ins go in, what each came to comes out as soon as it is there.

`grade batch` knows no more of judging than this. `LocalJudges` are this machine's processors;
`grader.classroom.cluster` has those of others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import msgspec

from grader.classroom.plan import Options, Stop, check_loaded
from grader.course.outline import Course
from grader.errors import GraderFault
from grader.grading.engine import Grader
from grader.handin.matching import Matched
from grader.handin.submission import Submission
from grader.report.model import ExerciseResult

__all__ = ["Answer", "Asked", "Judges", "LocalJudges", "Setup"]

T = TypeVar("T")


class Asked(msgspec.Struct, Generic[T], frozen=True):
    """A hand-in that is to be judged.

    Args:
        tag: the asker's own word for it; it comes back with the answer.
        exercises: ids of those to judge.
        matched: the submission, sorted for these exercises.
    """

    tag: T
    submission: Submission
    exercises: tuple[str, ...]
    matched: Matched


class Answer(msgspec.Struct, Generic[T], frozen=True):
    """What became of it: results, a fault of the grader's own, or neither where it was stopped."""

    tag: T
    results: tuple[ExerciseResult, ...] | None = None
    fault: str = ""


class Setup(msgspec.Struct, frozen=True):
    """What judges are made for.

    Args:
        exercises: ids of all exercises that will be asked for; empty: of any.
        protected: paths of this machine that no student's code may be able to read.
        stop: once it is asked, nothing more is begun, and what is not begun is answered as stopped.
    """

    course: Course
    exercises: tuple[str, ...]
    options: Options
    protected: tuple[Path, ...]
    stop: Stop


class Judges(Protocol):
    """Judges of one course, for one run."""

    @property
    def jobs(self) -> int:
        """How many hand-ins are judged at a time."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of how it was judged, a sentence each."""

    def start(self) -> None:
        """Have them ready; called before the first hand-in is given out, perhaps never.

        Raises:
            UsageError, CourseError, IsolationError, GraderFault: they cannot be had.
        """

    def judge(self, asked: Iterable[Asked[T]]) -> Iterator[Answer[T]]:
        """An answer for each hand-in, in any order.

        Args:
            asked: taken a few ahead, in the caller's thread, so that a class need not be in memory.

        Raises:
            UsageError, CourseError, IsolationError, GraderFault: judging cannot go on.
        """

    def close(self) -> None:
        """End all that was started; what is under way is left."""


class LocalJudges:
    """This machine's processors, `options.jobs` of them at work."""

    notes = ()

    def __init__(self, setup: Setup) -> None:
        options = setup.options
        self._stop, self._torch = setup.stop, options.torch
        self._grader = Grader(
            setup.course,
            exercises=setup.exercises or None,
            isolation=options.isolation,
            protected=setup.protected,
            jobs=options.jobs,
            torch=options.torch,
        )

    @property
    def jobs(self) -> int:
        return self._grader.jobs

    def start(self) -> None:
        self._grader.start()

    def judge(self, asked: Iterable[Asked[T]]) -> Iterator[Answer[T]]:
        calls: Iterator[Callable[[], Answer[T]]] = (partial(self._one, each) for each in asked)
        return self._grader.in_parallel(calls, in_order=False)

    def close(self) -> None:
        self._grader.close()

    def _one(self, asked: Asked[T]) -> Answer[T]:
        """In a thread of its own."""
        if self._stop.asked:
            return Answer(asked.tag)
        try:
            report = self._grader.grade(asked.submission, asked.exercises, matched=asked.matched)
        except GraderFault as error:
            return Answer(asked.tag, fault=str(error))
        if self._torch:
            check_loaded(report.exercises)
        return Answer(asked.tag, report.exercises)
