"""The public way to grade: hand over submissions, get reports.

The caller imports none of NumPy, PyTorch and pytest; it talks to judges over sockets. Everything
it starts ends when it does, in whichever way that happens: the base sees its socket close.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Generator, Iterable
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Literal, TypeVar

import msgspec

from grader.course.digest import together
from grader.course.outline import Course
from grader.errors import Fault, ProcessGone, UsageError
from grader.grading.conversation import Abandoned, Claim, Conversation, TestHeard
from grader.grading.pool import Pool, in_parallel
from grader.grading.readings import best_reading, explained
from grader.grading.talk import Asked, Done, Job, Rehearsed, Reviewed, Tried, Try
from grader.handin.digest import files_of, source_digests
from grader.handin.matching import Matched, match
from grader.handin.submission import Submission
from grader.report.model import ExerciseResult, Isolation, Report
from grader.sandbox.processes.caller import Base
from grader.version import __version__

__all__ = ["Abandoned", "Grader"]

T = TypeVar("T")


class Grader:
    """Grades submissions of one course.

    Args:
        course: the course, loaded.
        exercises: ids of the exercises that will be graded; all by default.
        isolation: "full" insists on the lock around student code, "none" does without it;
            None takes the lock where the machine has it (for one's own work).
        start: "fork" (Linux) or "spawn": how workers come to be; by default what fits.
        protected: further paths that no worker may be able to read, e.g. a gradebook.
        jobs: how many submissions are judged at a time, each by a judge of its own.
        torch: False leaves PyTorch out, as if it were not installed: it starts sooner.
        audit: whether judges note which files of the course its own code opens, for `audited`.
        base: a base that was started early; one is started when it is needed by default.
        alone: whether the machine's processors are for these judges, so that each can have one.

    Use it as a context manager, or call `close`. It may be shared by threads.
    """

    def __init__(
        self,
        course: Course,
        *,
        exercises: Iterable[str] | None = None,
        isolation: Isolation | None = None,
        start: Literal["fork", "spawn"] | None = None,
        protected: Iterable[str | Path] = (),
        jobs: int = 1,
        torch: bool = True,
        audit: bool = False,
        base: Base | None = None,
        alone: bool = True,
    ) -> None:
        self.course = course
        self._opened: dict[str, dict[Fault, None]] = {}
        self._all = Claim()
        self._here = threading.local()  # its `claim`: of the `in_parallel` that a thread works for
        if jobs < 1:
            raise UsageError(f"jobs={jobs}: expected at least 1")
        self._exercises = tuple(exercises) if exercises is not None else None
        self._check_exercises(self._exercises or ())
        self._pool = Pool(
            course,
            self._exercises or tuple(e.id for e in course.exercises),
            isolation=isolation,
            start=start,
            protected=protected,
            base=base,
            torch=torch,
            audit=audit,
            jobs=jobs,
            alone=alone,
        )

    @property
    def jobs(self) -> int:
        """How many submissions are judged at a time."""
        return self._pool.jobs

    @property
    def isolation(self) -> Isolation:
        """Whether student code runs in the lock; known once a judge was started."""
        return self._pool.isolation

    @property
    def missing(self) -> tuple[str, ...]:
        """What the machine lacks for the lock, a sentence each; known like `isolation`."""
        return self._pool.missing

    def __enter__(self) -> Grader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every process that was started; the next `grade` would start anew."""
        self._pool.close()

    def cancel(self) -> None:
        """From another thread: make each `start` and `grade` under way end with a GraderFault."""
        self._pool.cancel()

    def claim(self) -> Claim:
        """A claim to what is graded next, which `abandon` drops.

        For who reads a submission first: what is asked meanwhile is not missed then.
        """
        return Claim(self._all, *self._claims())

    def abandon(self) -> None:
        """From another thread: have each `grade` under way raise Abandoned."""
        under_way, self._all = self._all, Claim()
        under_way.drop()
        self._pool.abandon()

    def start(self) -> None:
        """Start the processes now rather than at the first submission.

        Raises:
            CourseError: the suites of the course are broken.
            IsolationError: the lock was asked for and cannot be had, or would leak.
            GraderFault: they do not start.
        """
        self._pool.start()

    def grade(
        self,
        submission: Submission,
        exercises: Iterable[str] = (),
        progress: TestHeard | None = None,
        seed: int = 0,
        until_lost: bool = False,
        claim: Claim | None = None,
        matched: Matched | None = None,
    ) -> Report:
        """Judge one submission.

        Args:
            submission: what was handed in.
            exercises: ids to grade; by default all, or the one that a single module belongs to.
            progress: called as (exercise, test, outcome) after each test.
            seed: varies all random inputs together; marks are given with 0.
            until_lost: end each exercise at its first test that loses points, without a
                diagnosis: enough to know whether everything is right.
            claim: of `claim`, if the submission was read after that.
            matched: the submission sorted for these exercises, where the caller has it already.

        Raises:
            CourseError, IsolationError, GraderFault: as `start`.
            Abandoned: `abandon` was called since, or since `claim`.
        """
        claim = claim or self.claim()
        matched = self._matched(submission, tuple(exercises), matched)
        attempt = _Attempt(_job(matched, seed, until_lost, progress is not None), claim, progress)
        done, digests = self._pool.run(attempt, claim)
        for name, faults in done.opened.items():
            self._opened.setdefault(name, {}).update(dict.fromkeys(faults))

        def again(read: Matched) -> tuple[ExerciseResult, ...]:
            other = _Attempt(_job(read, seed, until_lost), claim, None)
            return self._pool.run(other, claim)[0].results or ()

        matched, results = best_reading(matched, done.results or (), again)
        results = tuple(explained(matched, result) for result in results)
        return self._report(submission, matched, results, digests, seed)

    def grade_all(
        self,
        submissions: Iterable[Submission],
        exercises: Iterable[str] = (),
        *,
        in_order: bool = True,
        seed: int = 0,
    ) -> Generator[Report, None, None]:
        """Judge many submissions, `jobs` at a time.

        Args:
            submissions: read a few ahead, so that they need not all be in memory.
            in_order: whether reports come in the order of the submissions, or each when it is
                there.

        Raises:
            What `grade` raises, at the turn of the submission that it concerns; what was not
            judged by then is left.
        """
        wanted = tuple(exercises)
        return self.in_parallel(
            (partial(self.grade, each, wanted, seed=seed) for each in submissions), in_order
        )

    def in_parallel(
        self, calls: Iterable[Callable[[], T]], in_order: bool = True
    ) -> Generator[T, None, None]:
        """The results of calls that use this grader, `jobs` at a time; as `grade_all`.

        When it ends early, the calls under way raise Abandoned, and nobody else's.
        """
        claim = Claim(*self._claims())

        def abandon() -> None:
            claim.drop()
            self._pool.abandon()
            if isinstance(sys.exc_info()[1], KeyboardInterrupt | SystemExit):
                self.cancel()  # the program ends: it waits for no judge that is only starting

        begin = partial(setattr, self._here, "claim", claim)
        return in_parallel(calls, self.jobs, in_order, abandon, begin)

    def _claims(self) -> list[Claim]:
        """What the work of this thread is for, if that may end early."""
        claim: Claim | None = getattr(self._here, "claim", None)
        return [] if claim is None else [claim]

    def review(self, exercise: str, contract: bool = False) -> Reviewed:
        """Read one exercise as its author wrote it, and try its examples.

        Args:
            contract: ask only which inputs its docstrings let in and its suite never tries.

        Raises:
            CourseError, IsolationError, GraderFault: as `start`.
        """
        return self._pool.run(lambda judge: judge.review(exercise, contract))

    def rehearse(self, exercise: str, lost: dict[str, tuple[str, ...]]) -> Rehearsed:
        """What is named where misconceptions are met in part, or beside other work.

        Args:
            lost: misconception -> the tests that the whole of it loses.

        Raises:
            CourseError, IsolationError, GraderFault: as `start`.
        """
        return self._pool.run(lambda judge: judge.rehearse(exercise, lost))

    def attempt(
        self, submission: Submission, calls: Iterable[Asked], named: Iterable[str] = ()
    ) -> Tried:
        """What functions of a submission say to some calls; nothing is marked.

        Args:
            named: wrong ideas that a verdict on it has named.

        Raises:
            CourseError, IsolationError, GraderFault: as `start`.
        """
        wanted = tuple(calls)
        matched = self._matched(submission, tuple(dict.fromkeys(c.exercise for c in wanted)))
        request = Try(_job(matched, 0, False), wanted, tuple(named))
        return self._pool.run(lambda judge: judge.attempt(request))

    def audited(self, exercise: str) -> tuple[Fault, ...]:
        """A fault for each file that the code of an exercise opened and that its digest leaves out.

        It covers what was graded so far, by a grader made with `audit=True`; most surely what was
        graded for this exercise alone.
        """
        return tuple(self._opened.get(exercise, ()))

    def _matched(
        self, submission: Submission, wanted: tuple[str, ...], known: Matched | None = None
    ) -> Matched:
        """The submission sorted by exercise, and no exercise that was not asked for."""
        self._check_exercises(wanted)
        matched = known or match(self.course, submission, wanted)
        if self._exercises is not None:
            ours = tuple(name for name in matched.exercises if name in self._exercises)
            matched = msgspec.structs.replace(matched, exercises=ours)
        if not matched.exercises:
            first = next(iter(self._exercises or (e.id for e in self.course.exercises)))
            raise UsageError(
                f"{next(iter(submission.sources))}: neither the name nor the functions of this "
                f"file belong to an exercise. Name it as its exercise is named, e.g. {first}.py."
            )
        return matched

    def _check_exercises(self, names: Iterable[str]) -> None:
        for name in names:
            if self.course.exercise(name) is None:
                raise UsageError(f"{self.course.title} has no exercise {name}")
            if self._exercises is not None and name not in self._exercises:
                known = ", ".join(self._exercises)
                raise UsageError(f"this grader was made for {known}, not for {name}")

    def _report(
        self,
        submission: Submission,
        matched: Matched,
        results: tuple[ExerciseResult, ...],
        digests: dict[str, str],
        seed: int,
    ) -> Report:
        sources = source_digests(matched)
        results = tuple(
            msgspec.structs.replace(e, suite=digests[e.id], sources=sources[e.id]) for e in results
        )
        return Report(
            course=self.course.title,
            suite=together(digests),
            grader=__version__,
            isolation=self.isolation,
            student=submission.student,
            submission=submission.digest,
            earned=sum((e.earned for e in results), Decimal(0)),
            possible=sum((e.possible for e in results), Decimal(0)),
            exercises=results,
            notes=matched.notes,
            seed=seed,
        )


def _job(matched: Matched, seed: int, until_lost: bool, progress: bool = False) -> Job:
    """What a judge is asked; a reading of its own opens data files of its own."""
    return Job(
        matched.modules,
        matched.exercises,
        seed,
        until_lost,
        progress,
        matched.data,
        files_of(matched),
    )


class _Attempt:
    """One submission before one judge, and before a second one if the first dies over it.

    Each test is told once, though the second judge begins anew; and it tells its tests in any
    case, so that a suite that ends its process can be found.
    """

    def __init__(self, job: Job, claim: Claim, progress: TestHeard | None) -> None:
        self._job, self._claim, self._progress = job, claim, progress
        self._seen: set[tuple[str, str]] = set()
        self._last = ""
        self._is_second = False

    def __call__(self, judge: Conversation) -> tuple[Done, dict[str, str]]:
        """What the judge makes of it, and the digests of what it judges by."""
        job = self._job
        if self._is_second:
            job = msgspec.structs.replace(job, progress=True)
        self._last = ""
        try:
            return judge.judge(job, self._claim, self._heard), judge.digests
        except ProcessGone as error:
            where = f"test {self._last} had just ended" if self._last else "no test had ended yet"
            if self._is_second:
                raise ProcessGone(f"twice over the same submission, {where}: {error}") from None
            self._is_second = True
            raise

    def _heard(self, exercise: str, test: str, outcome: str) -> None:
        self._last = f"{test} of {exercise}"
        if self._progress is not None and (exercise, test) not in self._seen:
            self._seen.add((exercise, test))
            self._progress(exercise, test, outcome)
