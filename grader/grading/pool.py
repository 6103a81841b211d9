"""One base and the judges that it forks: who is idle, who works, what becomes of one that dies."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Literal, TypeVar

from grader.course.libraries import names_torch
from grader.course.outline import Course
from grader.errors import GraderFault, IsolationError, ProcessGone
from grader.grading.conversation import Abandoned, Claim, Conversation
from grader.report.model import Isolation
from grader.sandbox.lock import lockdown
from grader.sandbox.processes.caller import Base
from grader.sandbox.processes.control import Config, Configure

__all__ = ["Pool", "in_parallel"]

logger = logging.getLogger(__name__)
T = TypeVar("T")

#: What judges run; by name, since nothing above the judge may be imported by what it judges for.
_JUDGE = "grader.judge.main:main"
#: Calls that are taken up ahead of the one whose result comes next, for each thread: one slow
#: submission should not leave the others idle, and a class of thousands should not lie in memory.
_AHEAD = 8


class Pool:
    """Judges for one course, all forked from one base; each is started when it is needed.

    Its methods may be called from any thread.

    Args:
        exercises: ids of the exercises whose suites the judges hold.
        isolation, start, protected, base, torch, audit, alone: as `Grader` has them.
        jobs: most judges at once.
    """

    def __init__(
        self,
        course: Course,
        exercises: tuple[str, ...],
        *,
        isolation: Isolation | None = None,
        start: Literal["fork", "spawn"] | None = None,
        protected: Iterable[str | Path] = (),
        base: Base | None = None,
        torch: bool = True,
        audit: bool = False,
        jobs: int = 1,
        alone: bool = True,
    ) -> None:
        self.jobs = jobs
        self.isolation: Isolation = "none"
        self.missing: tuple[str, ...] = ()
        self._course, self._exercises = course, exercises
        self._wanted = isolation
        self._fork = (start or ("fork" if sys.platform == "linux" else "spawn")) == "fork"
        self._protected = [str(path) for path in protected]
        self._torch, self._audit = torch, audit
        self._early = base
        self._bases: list[Base] = []
        self._starting = threading.Lock()
        self._change = threading.Condition()
        self._processors = _places(jobs) if alone else []
        self._idle: list[Conversation] = []
        self._busy: set[Conversation] = set()
        self._opening = 0
        self._cancelled = False
        self._term = 0  # `close` begins another; work ends with the one that it began in

    def run(self, work: Callable[[Conversation], T], claim: Claim | None = None) -> T:
        """Do a piece of work with the next judge that is idle.

        A judge that dies over it gets a successor, once: what killed it may have come from
        outside. Any other error ends the judge as well, since a conversation that broke off
        cannot be taken up again; a judge that was told to stop, and says that it has, goes on.

        Raises:
            CourseError, IsolationError, GraderFault: no judge can be had, or two have died.
            Abandoned: the claim was dropped before the work began, or the work says so.
        """
        claim, term = claim or Claim(), self._term
        conversation = self._take(term, claim)
        try:
            return self._attempt(work, conversation, term)
        except ProcessGone as error:
            if self._is_over(term):
                raise
            logger.info("once more with another judge: %s", error)
        return self._attempt(work, self._take(term, claim), term)

    def start(self) -> None:
        """Have a judge ready."""
        self.run(lambda conversation: None)

    def abandon(self) -> None:
        """Have judges stop whose claims were dropped; their work raises Abandoned."""
        with self._change:
            busy = list(self._busy)
        for conversation in busy:
            conversation.abandon()

    def cancel(self) -> None:
        """Have all work under way, and all starting, end with a GraderFault."""
        with self._change:
            self._cancelled = True
            bases = [*self._bases, *filter(None, [self._early])]
        for base in bases:
            base.kill()

    def close(self) -> None:
        """End every process that was started; the next `run` would start anew."""
        with self._change:
            self._term += 1
            self._cancelled = False
            idle, self._idle = self._idle, []
            bases = [*self._bases, *filter(None, [self._early])]
            self._bases, self._early = [], None
        for conversation in idle:
            self._free(conversation.processor)
            conversation.close()
        for base in bases:
            base.close()

    # --- judges ----------------------------------------------------------------------------------

    def _attempt(
        self, work: Callable[[Conversation], T], conversation: Conversation, term: int
    ) -> T:
        try:
            result = work(conversation)
        except Abandoned:
            self._part(conversation, term, keep=not conversation.owes)
            raise
        except BaseException:
            self._part(conversation, term, keep=False)
            raise
        self._part(conversation, term, keep=True)
        return result

    def _take(self, term: int, claim: Claim) -> Conversation:
        """A judge for work that is wanted."""
        if claim.dropped:
            raise Abandoned
        conversation = self._next(term)
        if claim.dropped:
            self._part(conversation, term, keep=True)  # it has heard of nothing: it is as new
            raise Abandoned
        return conversation

    def _next(self, term: int) -> Conversation:
        """An idle judge, or a new one where there may be more."""
        with self._change:
            while not self._idle and len(self._busy) + self._opening >= self.jobs:
                self._change.wait()
            while self._idle:
                conversation = self._idle.pop()
                if conversation.is_alive():
                    self._busy.add(conversation)
                    return conversation
                self._free(conversation.processor)
                conversation.close()
            self._opening += 1
        try:
            conversation = self._open(term)
        except BaseException:
            with self._change:
                self._opening -= 1
                self._change.notify()
            raise
        with self._change:
            self._opening -= 1
            self._busy.add(conversation)
        return conversation

    def _part(self, conversation: Conversation, term: int, keep: bool) -> None:
        with self._change:
            keep = keep and term == self._term
            self._busy.discard(conversation)
            if keep:
                self._idle.append(conversation)
            self._change.notify()
        if not keep:
            self._free(conversation.processor)
            with suppress(OSError):
                conversation.close(by_force=True)

    def _open(self, term: int) -> Conversation:
        try:
            return self._opened(self._base(term))
        except ProcessGone as error:
            if self._is_over(term):
                raise
            # Nobody's work has to do with it: that keeps its own second try.
            logger.info("once more from the start: %s", error)
        return self._opened(self._base(term))

    def _opened(self, base: Base) -> Conversation:
        with self._change:
            processor = self._processors.pop() if self._processors else -1
        try:
            return Conversation(base, self._course, self._exercises, self._audit, processor)
        except BaseException:
            self._free(processor)
            raise

    def _free(self, processor: int) -> None:
        if processor >= 0:
            with self._change:
                self._processors.append(processor)

    # --- the base --------------------------------------------------------------------------------

    def _base(self, term: int) -> Base:
        """The base that the next judge comes from, configured; a new one where it is gone."""
        with self._starting:
            with self._change:
                self._check(term)
                gone = [base for base in self._bases if base.is_gone()]
                self._bases = [base for base in self._bases if base not in gone]
                # Without fork a base becomes the one judge that it can have.
                base = self._bases[-1] if self._bases and self._fork else None
                early = self._early
            for each in gone:
                each.close()
            if base is not None:
                return base
            base = early or self._new_base()
            try:
                with self._change:
                    self._check(term)  # whoever ends all from now on finds it
                    self._early = None
                    self._bases.append(base)
                self._configure(base)
            except BaseException:
                with self._change:
                    if base in self._bases:
                        self._bases.remove(base)
                base.kill()
                base.close()
                raise
            return base

    def _is_over(self, term: int) -> bool:
        """Whether all work that began in a term was cancelled, or its processes closed."""
        return self._cancelled or term != self._term

    def _check(self, term: int) -> None:
        if self._is_over(term):
            raise GraderFault("grading was cancelled")

    def _new_base(self) -> Base:
        if not self._torch:
            return Base(torch=False)
        return Base(torch=names_torch(self._course.root) or None)

    def _configure(self, base: Base) -> None:
        hello = base.hello()
        self.missing = hello.missing
        self.isolation = self._level(hello.missing)
        guarded = self._guarded()
        readable = lockdown.readable_paths(hello.sys_path, guarded)
        if self.isolation == "full":
            lockdown.refuse(readable, guarded)
        config = Config(readable, self.isolation == "full")
        base.configure(Configure(config, _JUDGE, self._fork))

    def _guarded(self) -> list[str]:
        """Paths that no worker may be able to read.

        A grader that is imported from a checkout may have a course lying beside it: that is
        somebody's, too.
        """
        checkout = Path(__file__).resolve().parents[2]
        beside = [str(checkout)] if (checkout / "course.yaml").is_file() else []
        return [self._course.root, *self._protected, *beside]

    def _level(self, missing: tuple[str, ...]) -> Isolation:
        if self._wanted == "full" and missing:
            raise IsolationError(
                "The lock around student code cannot be had here: " + " ".join(missing)
            )
        return "none" if missing or self._wanted == "none" else "full"


def _places(jobs: int) -> list[int]:
    """A processor for each of several judges; none for one alone, or for more than there are."""
    if jobs < 2 or not hasattr(os, "sched_getaffinity"):
        return []
    return sorted(os.sched_getaffinity(0))[:jobs]


def in_parallel(
    calls: Iterable[Callable[[], T]],
    jobs: int,
    in_order: bool = True,
    abandon: Callable[[], None] = lambda: None,
    begin: Callable[[], None] = lambda: None,
) -> Generator[T, None, None]:
    """The results of calls that run in threads.

    Args:
        calls: taken up a few ahead, never all at once.
        jobs: how many run at a time.
        in_order: whether results come in the order of the calls, or each when it is there.
        abandon: called when no further result is wanted: the iterator was closed, or a call
            raised, which ends it.
        begin: called first in each thread.
    """
    source = iter(calls)
    waiting: deque[Future[T]] = deque()
    with ThreadPoolExecutor(jobs, initializer=begin) as threads:
        try:
            waiting.extend(threads.submit(call) for call in islice(source, _AHEAD * jobs))
            while waiting:
                done = waiting[0] if in_order else _first(waiting)
                waiting.remove(done)
                result = done.result()
                waiting.extend(threads.submit(call) for call in islice(source, 1))
                yield result
        except BaseException:
            for future in waiting:
                future.cancel()
            abandon()
            raise


def _first(waiting: Iterable[Future[T]]) -> Future[T]:
    """The first that is done."""
    return next(iter(wait(waiting, return_when=FIRST_COMPLETED).done))
