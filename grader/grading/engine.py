"""The caller's side: start what judges, hand over submissions, get reports.

The caller imports none of NumPy, PyTorch and pytest; it talks to a judge over a socket. Everything
it starts ends when it does, in whichever way that happens: the base sees the socket close.
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Literal, TypeVar

import msgspec

from grader.course.digest import exercise_digests, together
from grader.course.outline import Course
from grader.errors import CourseError, Fault, GraderFault, IsolationError, UsageError
from grader.grading.talk import (
    Audit,
    Audited,
    Done,
    FromJudge,
    Job,
    Progress,
    Refused,
    Review,
    Reviewed,
    Stop,
    Take,
    Taken,
    receive,
    send,
)
from grader.handin.digest import source_digests
from grader.handin.matching import Matched, match
from grader.handin.submission import Submission
from grader.report.model import ExerciseResult, Isolation, Report
from grader.sandbox.lock import lockdown
from grader.sandbox.processes.caller import Base
from grader.sandbox.processes.control import Config, Configure
from grader.version import __version__

__all__ = ["Abandoned", "Grader"]

T = TypeVar("T")


class Abandoned(Exception):
    """`Grader.abandon` was called while this submission was judged."""


class Grader:
    """Grades submissions of one course.

    Args:
        course: the course, loaded.
        exercises: ids of the exercises that will be graded; all by default.
        isolation: "full" insists on the lock around student code, "none" does without it;
            None takes the lock where the machine has it (for one's own work).
        start: "fork" (Linux) or "spawn": how workers come to be; by default what fits.
        protected: further paths that no worker may be able to read, e.g. a gradebook.
        base: a base that was started early; one is started when it is needed by default.
        audit: whether judges note which files of the course its own code opens, for `audited`.

    Use it as a context manager, or call `close`. It may be shared by threads: one submission is
    judged at a time.
    """

    def __init__(
        self,
        course: Course,
        *,
        exercises: Iterable[str] | None = None,
        isolation: Isolation | None = None,
        start: Literal["fork", "spawn"] | None = None,
        protected: Iterable[str | Path] = (),
        base: Base | None = None,
        audit: bool = False,
    ) -> None:
        self.course = course
        self._exercises = tuple(exercises) if exercises is not None else None
        self._wanted = isolation
        self._fork = (start or ("fork" if sys.platform == "linux" else "spawn")) == "fork"
        self._protected = [str(path) for path in protected]
        self._lock = threading.Lock()
        self._speaking = threading.Lock()
        self._judging = False
        self._base = base
        self._audit = audit
        self._judge: socket.socket | None = None
        self._digests: dict[str, str] = {}
        self.isolation: Isolation = "none"
        self.missing: tuple[str, ...] = ()
        self._check_exercises(self._exercises or ())

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
        if self._judge is not None:
            self._judge.close()
            self._judge = None
        if self._base is not None:
            self._base.close()
            self._base = None

    def cancel(self) -> None:
        """From another thread: make a `start` or `grade` under way end with a GraderFault."""
        if self._base is not None:
            self._base.kill()

    def abandon(self) -> None:
        """From another thread: have the `grade` under way, if there is one, raise Abandoned."""
        with self._speaking, suppress(OSError):
            if self._judging and self._judge is not None:
                send(self._judge, Stop())

    def start(self) -> None:
        """Start the processes now rather than at the first submission.

        Raises:
            CourseError: the suites of the course are broken.
            IsolationError: the lock was asked for and cannot be had, or would leak.
            GraderFault: they do not start.
        """
        with self._lock:
            self._ready()

    def grade(
        self,
        submission: Submission,
        exercises: Iterable[str] = (),
        progress: Callable[[str, str, str], None] | None = None,
        seed: int = 0,
        until_lost: bool = False,
    ) -> Report:
        """Judge one submission.

        Args:
            submission: what was handed in.
            exercises: ids to grade; by default all, or the one that a single module belongs to.
            progress: called as (exercise, test, outcome) after each test.
            seed: varies all random inputs together; marks are given with 0.
            until_lost: end each exercise at its first test that loses points, without a
                diagnosis: enough to know whether everything is right.

        Raises:
            CourseError, IsolationError, GraderFault: as `start`.
            Abandoned: `abandon` was called.
        """
        wanted = tuple(exercises)
        self._check_exercises(wanted)
        matched = match(self.course, submission, wanted)
        if self._exercises is not None:
            ours = tuple(name for name in matched.exercises if name in self._exercises)
            matched = msgspec.structs.replace(matched, exercises=ours)
        if not matched.exercises:
            first = next(iter(self._exercises or (e.id for e in self.course.exercises)))
            raise UsageError(
                f"{next(iter(submission.sources))}: neither the name nor the functions of this "
                f"file belong to an exercise. Name it as its exercise is named, e.g. {first}.py."
            )
        with self._lock:
            self._ready()
            try:
                job = Job(
                    matched.modules, matched.exercises, seed, until_lost, progress is not None
                )
                done = self._judged(job, progress)
            except BaseException:
                self.close()  # a conversation that broke off cannot be taken up again
                raise
        if done.results is None:
            raise Abandoned
        return self._report(submission, matched, done.results, seed)

    def review(self, exercise: str) -> Reviewed:
        """Read one exercise as its author wrote it, and try its examples.

        Raises:
            CourseError, IsolationError, GraderFault: as `start`.
        """
        return self._asked(Review(exercise), Reviewed)

    def audited(self, exercise: str) -> tuple[Fault, ...]:
        """A fault for each file that the code of an exercise opened and that its digest leaves out.

        It covers what was reviewed and graded so far, by a grader made with `audit=True`.

        Raises:
            CourseError, IsolationError, GraderFault: as `start`.
        """
        found = self._asked(Audit(exercise), Audited)
        return tuple(text.fault() for text in found.faults)

    def _asked(self, question: Review | Audit, kind: type[T]) -> T:
        with self._lock:
            self._ready()
            assert self._judge is not None
            self._judge.settimeout(60)
            try:
                self._say(question)
                return self._expect(kind)
            except BaseException:
                self.close()
                raise

    # --- the conversation ------------------------------------------------------------------------

    def _check_exercises(self, names: Iterable[str]) -> None:
        for name in names:
            if self.course.exercise(name) is None:
                raise UsageError(f"{self.course.title} has no exercise {name}")
            if self._exercises is not None and name not in self._exercises:
                known = ", ".join(self._exercises)
                raise UsageError(f"this grader was made for {known}, not for {name}")

    def _ready(self) -> None:
        if self._judge is not None:
            return
        try:
            self._open_judge(self._start_base())
        except BaseException:
            self.close()
            raise

    def _start_base(self) -> Base:
        base = self._base = self._base or Base()
        hello = base.hello()
        self.missing = hello.missing
        self.isolation = self._level(hello.missing)
        readable = lockdown.readable_paths(hello.sys_path, self._guarded())
        if self.isolation == "full":
            lockdown.refuse(readable, self._guarded())
        config = Config(readable, self.isolation == "full")
        base.configure(Configure(config, "grader.judge.main:main", self._fork))
        return base

    def _guarded(self) -> list[str]:
        """Paths that no worker may be able to read.

        A grader that is imported from a checkout may have a course lying beside it: that is
        somebody's, too.
        """
        checkout = Path(__file__).resolve().parents[2]
        beside = [str(checkout)] if (checkout / "course.yaml").is_file() else []
        return [self.course.root, *self._protected, *beside]

    def _level(self, missing: tuple[str, ...]) -> Isolation:
        if self._wanted == "full" and missing:
            raise IsolationError(
                "The lock around student code cannot be had here: " + " ".join(missing)
            )
        return "none" if missing or self._wanted == "none" else "full"

    def _open_judge(self, base: Base) -> None:
        self._judge = base.open_judge()
        exercises = self._exercises or tuple(e.id for e in self.course.exercises)
        self._say(Take(self.course, exercises, self._audit))
        # While the judge reads the same files: before anything is judged, and for no time at all.
        self._digests = exercise_digests(self.course)
        self._expect(Taken)

    def _say(self, message: Take | Review | Audit | Job) -> None:
        assert self._judge is not None
        try:
            send(self._judge, message)
        except OSError:
            raise GraderFault(f"the judge is gone{self._last_words()}") from None

    def _expect(self, kind: type[T], progress: Callable[[str, str, str], None] | None = None) -> T:
        """The judge's next answer of a kind; refusals become errors."""
        assert self._judge is not None
        while True:
            try:
                message: FromJudge | None = receive(self._judge, FromJudge)  # type: ignore[arg-type]
            except TimeoutError:
                raise GraderFault("the judge did not answer in time") from None
            if message is None:
                raise GraderFault(f"the judge ended without a word{self._last_words()}")
            if isinstance(message, Refused):
                raise _error(message)
            if isinstance(message, Progress):
                if progress is not None:
                    progress(message.exercise, message.test, message.outcome)
            elif isinstance(message, kind):
                return message

    def _last_words(self) -> str:
        return self._base.last_words() if self._base is not None else ""

    def _judged(self, job: Job, progress: Callable[[str, str, str], None] | None) -> Done:
        assert self._judge is not None
        # No honest submission outlasts its limits, each test tried twice, with the judge's own
        # work on top: past that the judge itself is stuck.
        self._judge.settimeout(60 + 3 * self.course.limits.exercise)
        with self._speaking:
            self._say(job)
            self._judging = True
        try:
            return self._expect(Done, progress)
        finally:
            with self._speaking:
                self._judging = False

    def _report(
        self,
        submission: Submission,
        matched: Matched,
        results: tuple[ExerciseResult, ...],
        seed: int,
    ) -> Report:
        sources = source_digests(matched)
        results = tuple(
            msgspec.structs.replace(e, suite=self._digests[e.id], sources=sources[e.id])
            for e in results
        )
        return Report(
            course=self.course.title,
            suite=together(self._digests),
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


def _error(refused: Refused) -> Exception:
    if refused.kind == "course":
        return CourseError([text.fault() for text in refused.faults])
    if refused.kind == "isolation":
        return IsolationError(refused.text)
    return GraderFault(f"the judge failed: {refused.text}")
