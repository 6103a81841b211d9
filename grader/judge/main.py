"""The judge: a trusted process that holds the suites and asks locked workers for answers.

It is forked from the base, takes one course, and then answers any number of messages. Student code
never runs here; what comes from workers is data, and every number in it is distrusted.
"""

from __future__ import annotations

import gc
import logging
import re
import socket
import traceback
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import msgspec

from grader.course.outline import Course, Exercise
from grader.errors import CourseError, Fault, IsolationError, ProcessGone
from grader.grading.talk import (
    Done,
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
from grader.judge.audit import Listener, listen
from grader.judge.diagnosis.variants import serve_solutions
from grader.judge.examples import Examples
from grader.judge.marking import Marking
from grader.judge.rehearsal import rehearse
from grader.judge.review import left_out, review
from grader.judge.sitting import Tests, text_of
from grader.judge.suite import hold
from grader.judge.trying import Trying
from grader.report.model import Outcome
from grader.sandbox.memory import fill_fresh_memory
from grader.sandbox.processes.control import MESSAGE_LIMIT
from grader.sandbox.processes.launch import Launcher
from grader.sandbox.stopped import CutShort
from grader.sandbox.wire.channel import Channel, Closed

__all__ = ["main"]

logger = logging.getLogger(__name__)

#: Most characters of a traceback that travel: its end, where the cause is.
_TRACEBACK_LIMIT = 8000
#: Objects between two looks for garbage: a submission makes tens of thousands that live as long as
#: its report, and Python's 700 would mean looking at them a hundred times.
_GARBAGE = 50_000
_SLOW_MODULE = re.compile(r"\b(?:torch\s*\.\s*(?:optim|testing|nn\s*\.\s*utils)|scipy|pandas)\b")


def main(caller: socket.socket, launcher: Launcher) -> None:
    """Take a course from the caller and judge until the caller hangs up."""
    channel = Channel(caller.detach(), MESSAGE_LIMIT)
    fill_fresh_memory()  # so that a wrong idea is replayed in memory like the worker's
    try:
        _take(channel, launcher)
    except Closed:
        pass  # the caller is gone: nobody is left to tell
    finally:
        channel.close()


def _take(caller: Channel, launcher: Launcher) -> None:
    take = receive(caller, Take)
    course = take.whole
    exercises = [e for e in course.exercises if e.id in take.exercises]
    logger.debug("takes %s: %d exercises", course.title, len(exercises))

    try:
        _warm(launcher, course, exercises)
        if course.handout:
            _Bench(caller, launcher, Examples(course)).work()
            return
        serve_solutions(course)
        with listen(course) if take.audit else nullcontext() as heard:
            hold(course, exercises, lambda suite: _Bench(caller, launcher, suite, heard).work())
    except CourseError as error:
        send(caller, Refused("course", str(error), tuple(error.faults)))
    except IsolationError as error:
        send(caller, Refused("isolation", str(error)))
    except ProcessGone as error:
        send(caller, Refused("gone", str(error)))
    except Closed:
        raise
    except Exception:
        send(caller, Refused("grader", traceback.format_exc()[-_TRACEBACK_LIMIT:]))


class _Bench:
    """Where the messages of one caller are answered: a kind stands in the table and in `work`."""

    def __init__(
        self,
        caller: Channel,
        launcher: Launcher,
        tests: Tests,
        listener: Listener | None = None,
    ) -> None:
        self._caller, self._launcher, self._listener = caller, launcher, listener
        self._course, self._tests = tests.course, tests
        self._marking = Marking(tests, launcher, caller.fd)
        self._trying = Trying(self._marking, tests)
        self._loaded: set[str] = set()
        self._answers: dict[type, Callable[[Any], msgspec.Struct | None]] = {
            Job: self._mark,
            Review: self._review,
            Rehearse: self._rehearse,
            Try: self._try,
            Stop: lambda stop: None,  # what it was to stop is done
        }

    def work(self) -> None:
        """Answer one message after another."""
        # Suites and libraries stay as long as the judge does: there is no garbage in them.
        gc.collect()
        gc.freeze()
        gc.set_threshold(_GARBAGE)
        send(self._caller, Taken())
        while True:
            message = receive(self._caller, Job | Review | Rehearse | Try | Stop)
            answer = self._answers[type(message)](message)
            if answer is not None:
                send(self._caller, answer)

    def _mark(self, job: Job) -> Done:
        # Of what a submission names, only PyTorch's own: another package may start threads, and
        # the zygote could never fork again.
        named = _slow_modules(list(job.modules.values()))
        slow = {name for name in named if name.startswith("torch.")} - self._loaded
        if slow:
            self._loaded |= slow
            self._launcher.prepare(tuple(sorted(slow)), ())
        if not self._caller.quiet():
            return Done(None)  # it was stopped before it began
        self._listen_for(*job.exercises)
        try:
            results = self._marking.mark(job, self._tell if job.progress else None)
        except CutShort:
            return Done(None)
        return Done(results, {name: self._opened(name) for name in job.exercises})

    def _tell(self, exercise: str, test: str, outcome: Outcome) -> None:
        send(self._caller, TestDone(exercise, test, outcome))

    def _review(self, request: Review) -> Reviewed:
        exercise = self._course.exercise(request.exercise)
        assert exercise is not None
        self._listen_for(exercise.id)
        if request.contract:
            asked = self._marking.asked_of_the_reference(exercise)
            return Reviewed((), (), tuple(left_out(self._course, exercise, asked)))
        read = review(self._course, exercise)
        return msgspec.structs.replace(read, faults=(*read.faults, *self._opened(exercise.id)))

    def _rehearse(self, request: Rehearse) -> Rehearsed:
        exercise = self._course.exercise(request.exercise)
        assert exercise is not None
        self._listen_for(exercise.id)
        return Rehearsed(rehearse(self._marking, self._tests, exercise, request.lost))

    def _try(self, request: Try) -> Tried:
        self._listen_for()
        try:
            return self._trying.answer(request)
        except CutShort:
            return Tried(())

    def _listen_for(self, *exercises: str) -> None:
        """Lay what is opened from now on to an exercise, if it is one alone."""
        if self._listener is not None:
            self._listener.exercise = exercises[0] if len(exercises) == 1 else ""

    def _opened(self, name: str) -> tuple[Fault, ...]:
        """Files that the code of an exercise has opened and that its digest leaves out."""
        exercise = self._course.exercise(name)
        if self._listener is None or exercise is None:
            return ()
        return tuple(self._listener.faults(exercise))


def _warm(launcher: Launcher, course: Course, exercises: list[Exercise]) -> None:
    """Have the zygote load what the suites name, and find what must not be called."""
    texts = [text_of(course.suite(e)) + text_of(course.solution(e)) for e in exercises]
    forbidden = {name for e in exercises for name in e.forbidden}
    launcher.prepare(_slow_modules(texts), tuple(sorted(forbidden)))


def _slow_modules(texts: list[str]) -> tuple[str, ...]:
    found = {re.sub(r"\s", "", match) for text in texts for match in _SLOW_MODULE.findall(text)}
    return tuple(sorted(found))
