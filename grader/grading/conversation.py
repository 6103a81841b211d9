"""One judge, seen from the caller: it takes a course, and then judges one submission at a time."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import msgspec

from grader.course.digest import exercise_digests
from grader.course.outline import Course
from grader.errors import CourseError, GraderFault, IsolationError, ProcessGone
from grader.grading.talk import (
    Done,
    FromJudge,
    Job,
    Refused,
    Rehearse,
    Rehearsed,
    Review,
    Reviewed,
    Stop,
    Take,
    Taken,
    TestDone,
    Tried,
    Try,
    receive,
    send,
)
from grader.sandbox.processes.caller import Base
from grader.sandbox.wire.channel import Closed, DeadlinePassed

__all__ = ["Abandoned", "Claim", "Conversation", "TestHeard"]

logger = logging.getLogger(__name__)
T = TypeVar("T")

#: Called as (exercise, test, outcome) after each test.
TestHeard = Callable[[str, str, str], None]

#: Seconds for starting to judge: the base may still be importing PyTorch from a cold disk.
_START_SECONDS = 180.0
#: Seconds of the judge's own work for one submission, for one exercise of it, for one test: what
#: `grader.judge.marking` allows itself, with as much again for a machine that has much to do.
_JUDGE_SECONDS, _DIAGNOSIS_SECONDS, _TEST_SECONDS = 120.0, 20.0, 30.0
#: Seconds of the judge's own work for one call that is tried.
_TRY_SECONDS = 10.0
#: Seconds for reading one exercise and trying its examples.
_REVIEW_SECONDS = 60.0
#: Seconds for all situations of all misconceptions of one exercise: some hundreds of them.
_REHEARSAL_SECONDS = 600.0


class Abandoned(Exception):
    """The report on this submission is wanted no longer."""


class Claim:
    """Somebody's wish for results; once it is dropped, work for it raises Abandoned.

    Args:
        within: claims that this one ends with.
    """

    def __init__(self, *within: Claim) -> None:
        self._within = within
        self._dropped = False

    def drop(self) -> None:
        """From any thread: the results are wanted no longer."""
        self._dropped = True

    @property
    def dropped(self) -> bool:
        return self._dropped or any(claim.dropped for claim in self._within)


class Conversation:
    """One judge that has taken a course. Only `abandon` may be called from another thread.

    Args:
        base: where judges come from.
        exercises: ids of the exercises whose suites it holds.
        audit: have it note which files of the course its own code opens.
        processor: where it runs with its workers; -1: whichever is at hand.

    Attributes:
        digests: exercise -> digest of what it judges by, which it has read once and for all.

    Raises:
        CourseError: the suites of the course are broken.
        ProcessGone, GraderFault: it does not start.
    """

    def __init__(
        self,
        base: Base,
        course: Course,
        exercises: tuple[str, ...],
        audit: bool = False,
        processor: int = -1,
    ) -> None:
        self._base = base
        self._course = course
        self._speaking = threading.Lock()
        self._claim: Claim | None = None  # of the job under way
        self._owes = False
        self.processor = processor
        self._number, self._channel = base.open_judge(processor)
        logger.debug("judge %d is asked to take %d exercises", self._number, len(exercises))
        try:
            named = msgspec.structs.replace(course, root="")
            self._say(Take(named, exercises, audit, os.fsencode(course.root)))
            # While it reads the same files, or its base is still importing.
            self.digests = exercise_digests(course)
            self._hear(Taken, _START_SECONDS)
        except BaseException:
            self.close(by_force=True)  # it may be stuck in a suite, and would never hear of it
            raise
        self._base.relay()

    def judge(self, job: Job, claim: Claim, progress: TestHeard | None = None) -> Done:
        """What the exercises of one submission came to; `results` is there.

        Raises:
            Abandoned: the claim was dropped, be it before this began.
            ProcessGone: the judge has ended.
            IsolationError, GraderFault: it cannot go on.
        """
        # No submission outlasts its limits, with the judge's own work on top: past that the judge
        # itself is stuck.
        patience = _JUDGE_SECONDS + sum(map(self._longest, job.exercises))
        logger.debug("judge %d gets %d exercises to mark", self._number, len(job.exercises))
        with self._speaking:
            # Whoever drops it after this look finds the job under way.
            if claim.dropped:
                raise Abandoned
            self._say(job)
            self._claim = claim
        try:
            done = self._hear(Done, patience, progress)
        finally:
            with self._speaking:
                self._claim = None
        self._base.relay()
        if done.results is None:
            raise Abandoned
        return done

    def _longest(self, name: str) -> float:
        """Most seconds for judging one exercise."""
        exercise = self._course.exercise(name)
        tests = len(exercise.tests) if exercise is not None else 0
        return self._course.limits.longest(tests) + _DIAGNOSIS_SECONDS + _TEST_SECONDS * tests

    def review(self, exercise: str, contract: bool = False) -> Reviewed:
        """Read one exercise as its author wrote it; as `Review`.

        Raises:
            ProcessGone, GraderFault: as `judge`.
        """
        self._say(Review(exercise, contract))
        return self._hear(Reviewed, _REVIEW_SECONDS)

    def rehearse(self, exercise: str, lost: dict[str, tuple[str, ...]]) -> Rehearsed:
        """What is named where misconceptions are met in part, or beside other work.

        Raises:
            ProcessGone, GraderFault: as `judge`.
        """
        self._say(Rehearse(exercise, lost))
        return self._hear(Rehearsed, _REHEARSAL_SECONDS)

    def attempt(self, request: Try) -> Tried:
        """What functions of a submission say; as `Try`.

        Raises:
            ProcessGone, IsolationError, GraderFault: as `judge`.
        """
        self._say(request)
        each = self._course.limits.call + _TRY_SECONDS
        return self._hear(Tried, _JUDGE_SECONDS + each * len(request.calls))

    def is_alive(self) -> bool:
        """Whether the judge is still there, as far as can be seen while it has nothing to do."""
        return self._channel.quiet()  # it speaks only when asked: what can be read is its end

    @property
    def owes(self) -> bool:
        """Whether an answer to something that was said is still to come."""
        return self._owes

    def abandon(self) -> None:
        """From another thread: have the `judge` under way stop if its claim was dropped."""
        with self._speaking, suppress(Closed, OSError):
            if self._claim is not None and self._claim.dropped:
                send(self._channel, Stop())

    def close(self, by_force: bool = False) -> None:
        """Hang up; the judge ends by itself, or is ended if it cannot hear."""
        with self._speaking:
            self._claim = None
            self._channel.close()
        if by_force:
            self._base.end_judge(self._number)

    def _say(self, message: Take | Review | Rehearse | Job | Try) -> None:
        self._owes = True
        try:
            send(self._channel, message)
        except (Closed, OSError):
            raise self._gone() from None

    def _hear(self, kind: type[T], seconds: float, progress: TestHeard | None = None) -> T:
        """The judge's next answer of a kind; refusals become errors."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                message = receive(self._channel, FromJudge, deadline)
            except DeadlinePassed:
                raise GraderFault("the judge did not answer in time") from None
            except Closed:
                raise self._gone() from None
            if isinstance(message, Refused):
                raise self._error(message)
            if isinstance(message, TestDone):
                if progress is not None:
                    progress(message.exercise, message.test, message.outcome)
            elif isinstance(message, kind):
                self._owes = False
                return message

    def _gone(self) -> ProcessGone:
        fate = self._base.fate(self._number)
        logger.info("judge %d is gone: %s", self._number, fate)
        return ProcessGone(f"the judge is gone: {fate}")

    def _error(self, refused: Refused) -> Exception:
        match refused.kind:
            case "course":
                return CourseError(list(refused.faults))
            case "isolation":
                return IsolationError(refused.text)
            case "gone":
                return ProcessGone(f"{refused.text} {self._base.fate(self._number)}")
        return GraderFault(f"the judge failed: {refused.text}")
