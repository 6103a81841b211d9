"""A judge in a thread of this process, and the caller's side of a conversation with it."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from grader import Course
from grader.errors import CourseError
from grader.grading import talk
from grader.report.model import ExerciseResult
from grader.sandbox.wire.channel import Channel
from support.launchers import small_interpreter

#: Starts a judge for a course, with a launcher where one is given; the caller's end.
JudgeOf = Callable[..., Channel]


@contextlib.contextmanager
def judges() -> Iterator[JudgeOf]:
    """Starts judges, and at the end waits until they are gone.

    Their workers are processes without PyTorch, unless a launcher is given.
    """
    from grader.judge import main as judge
    from grader.sandbox.lock import lockdown
    from grader.sandbox.processes import launch
    from grader.sandbox.processes.control import MESSAGE_LIMIT, Config

    started: list[tuple[Channel, socket.socket, threading.Thread, Any]] = []
    suites: set[str] = set()

    def start(course: Course, launcher: Any = None) -> Channel:
        mine, theirs = socket.socketpair()
        ours = Channel(mine.detach(), MESSAGE_LIMIT)
        locked = not lockdown.available().missing
        readable = lockdown.readable_paths(sys.path, [course.root])
        launcher = launcher or launch.SpawnLauncher(Config(readable, locked))
        thread = threading.Thread(target=judge.main, args=(theirs, launcher))
        thread.start()
        started.append((ours, theirs, thread, launcher))
        suites.update(exercise.id for exercise in course.exercises)
        talk.send(ours, talk.Take(course, tuple(e.id for e in course.exercises)))
        return ours

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(launch, "interpreter", small_interpreter)
        patch.setattr(sys, "meta_path", list(sys.meta_path))
        patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # which a judge sets for itself
        try:
            yield start
        finally:  # else a test that fails would never end
            for ours, theirs, thread, launcher in started:
                ours.close()
                thread.join(30)
                theirs.close()
                launcher.close()
                assert not thread.is_alive()
    # A judge of its own process forgets the suite with it; here it has to be forgotten.
    for name in [n for n in sys.modules if n.rpartition(".")[2].removeprefix("test_") in suites]:
        del sys.modules[name]


def answer(peer: Channel, kind: type) -> Any:
    """The judge's next answer of a kind, past what it tells on the way.

    Raises:
        CourseError: it refuses the course.
    """
    while True:
        message = talk.receive(peer, talk.FromJudge)
        if isinstance(message, kind):
            return message
        if isinstance(message, talk.Refused):
            raise CourseError(list(message.faults))
        assert isinstance(message, talk.TestDone | talk.Taken), message


def graded(peer: Channel, exercise: str, text: str, seed: int = 0) -> ExerciseResult:
    """The result of one module for its exercise."""
    talk.send(peer, talk.Job({exercise: text}, (exercise,), seed))
    result: ExerciseResult = answer(peer, talk.Done).results[0]
    return result


def outcomes(result: ExerciseResult) -> list[str]:
    """How each test ended, in the suite's order."""
    return [test.outcome for test in result.tests]
