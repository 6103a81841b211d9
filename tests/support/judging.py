"""A small course on disk that ends in every verdict, and a judge run inside this process."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox.processes.control import Exit
from grader.sandbox.processes.launch import _pair
from grader.sandbox.wire.channel import Channel
from grader.sandbox.worker.serve import serve

SOLUTION = '''"""Sums.

Hints
-----
1. A number.

Why it works
------------
It adds.
"""
import numpy as np


def total(v):
    """Add up.

    Examples:
        >>> total(np.array([1.0, 2.0]))
        3.0
    """
    return float(np.asarray(v).sum())


def scaled(v, c=2.0):
    """Scale.

    Examples:
        >>> scaled(np.array([1.0, 2.0]))
        array([2., 4.])
    """
    return c * v
'''

IDEAS = '''"""Wrong ideas."""
import numpy as np


class TakesTheMean:
    """Is a sum divided by anything?"""

    def total(v):
        return float(np.mean(v))


class ScalesInPlace:
    """Who else holds this array?"""

    def scaled(v, c=2.0):
        v *= c
        return v
'''

SUITE = '''"""Sums and scaling."""
import numpy as np
import pytest
from grader import assert_close


def test_sum(student):
    """The sum of (1, 2, 3) is 6."""
    assert_close(student.total(np.array([1.0, 2.0, 3.0])), 6.0)


@pytest.mark.parametrize("n", [1, 4])
def test_any_number(student, rng, n):
    """Any number of components."""
    v = rng.normal(size=n)
    assert student.total(v) == pytest.approx(v.sum())


def test_scaled(student):
    """Scaling leaves the input alone."""
    assert_close(student.scaled(np.array([1.0, -2.0])), np.array([2.0, -4.0]))


def test_shape_is_used(student):
    """The result has a shape."""
    assert student.scaled(np.array([1.0, 2.0])).shape == (2,)
'''

COURSE = """format: 1
title: Sums
limits: {call: 500ms, exercise: 3s, memory: 256MiB, output: 4KiB}
feedback: {hidden: everything}
units:
  - id: 01_a
    title: A
    exercises:
      - id: sums
        title: Sums
        forbidden: [numpy.add.reduce, numpy.linalg.norm]
        tests: {test_sum: 1, test_any_number: 1.5, test_scaled: 1, test_shape_is_used: 0.25}
"""


def write_course(root: Path) -> Path:
    """Write the course's files; returns its folder."""
    files = {
        "course.yaml": COURSE,
        "solutions/01_a/sums.py": SOLUTION,
        "misconceptions/01_a/sums.py": IDEAS,
        "tests/hidden/01_a/test_sums.py": SUITE,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


class ThreadLauncher:
    """Workers as threads of this process, unlocked: for answers, not for what breaks.

    Args:
        modules: the submission's module names, to be forgotten with each worker.
    """

    def __init__(self, *modules: str) -> None:
        self._modules = modules
        self._running: dict[int, tuple[threading.Thread, contextlib.ExitStack]] = {}
        self._next = 0

    def prepare(self, modules: tuple[str, ...], forbidden: tuple[str, ...]) -> None:
        """Everything is loaded."""

    def spawn(self, memory: int, cpu: int) -> tuple[int, Channel]:
        assert not self._running, "two workers would share their modules"
        theirs, channel = _pair()
        worker = Channel(theirs.detach())
        stack = contextlib.ExitStack()
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        stack.enter_context(warnings.catch_warnings())
        patch.setattr(sys, "meta_path", list(sys.meta_path))
        for name in ("stdout", "stderr", "__stdout__", "__stderr__"):
            patch.setattr(sys, name, getattr(sys, name))
        for name in self._modules:
            patch.delitem(sys.modules, name, raising=False)
        thread = threading.Thread(target=serve, args=(worker,), daemon=True)
        thread.start()
        stack.callback(worker.close)
        self._next += 1
        self._running[self._next] = thread, stack
        return self._next, channel

    def end(self, number: int) -> Exit:
        thread, stack = self._running.pop(number)
        thread.join(20)
        assert not thread.is_alive()
        stack.close()
        for name in self._modules:
            sys.modules.pop(name, None)
        return Exit(0, 0, 0.0, 0)

    def drop(self, number: int) -> None:
        self.end(number)

    def close(self) -> None:
        assert not self._running


@pytest.fixture
def thread_launcher() -> type[ThreadLauncher]:
    return ThreadLauncher


@pytest.fixture
def course_dir(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


@pytest.fixture
def solution() -> str:
    return SOLUTION


@pytest.fixture
def judge_of(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Channel]]:
    """Run a judge for a course in a thread; gives the caller's end of the conversation.

    Its workers are processes, unless a launcher is given.
    """
    from grader.grading import talk
    from grader.judge import main as judge
    from grader.sandbox.lock import lockdown
    from grader.sandbox.processes.control import MESSAGE_LIMIT, Config
    from grader.sandbox.processes.launch import SpawnLauncher

    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # which a judge sets for itself
    started: list[tuple[Channel, threading.Thread, Any]] = []

    def start(course: Any, launcher: Any = None) -> Channel:
        mine, theirs = socket.socketpair()
        ours = Channel(mine.detach(), MESSAGE_LIMIT)
        locked = not lockdown.available().missing
        readable = lockdown.readable_paths(sys.path, [course.root])
        launcher = launcher or SpawnLauncher(Config(readable, locked))
        thread = threading.Thread(target=judge.main, args=(theirs, launcher))
        thread.start()
        started.append((ours, thread, launcher))
        talk.send(ours, talk.Take(course, tuple(e.id for e in course.exercises)))
        return ours

    yield start
    for ours, thread, launcher in started:
        ours.close()
        thread.join(30)
        launcher.close()
        assert not thread.is_alive()
    # A judge of its own process forgets the suite with it; here it has to be forgotten.
    own = ("sums", "temperature", "rolling", "tally", "affine")
    for name in [n for n in sys.modules if n.rpartition(".")[2].removeprefix("test_") in own]:
        del sys.modules[name]
