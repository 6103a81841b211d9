"""A grader whose base and judge are the test: it hears what the test says."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader import Course, Grader
from grader.grading import talk
from grader.sandbox.lock import lockdown
from grader.sandbox.processes.control import MESSAGE_LIMIT, Hello
from grader.sandbox.wire.channel import Channel

__all__ = ["FakeBase", "Talking", "course", "talking"]


class FakeBase:
    """A base whose judges say what they are given, one after another.

    Args:
        words: what it tells of a judge that is gone.
    """

    def __init__(self, missing: tuple[str, ...] = (), words: str = "") -> None:
        self.missing, self.words = missing, words
        self.closed = self.killed = self.opened = 0
        self.ended: list[int] = []
        self.processors: list[int] = []
        self.configured: Any = None
        self.says: list[Any] = []
        self.judges: list[Channel] = []

    def hello(self) -> Hello:
        return Hello((), self.missing)

    def configure(self, message: Any) -> None:
        self.configured = message

    def open_judge(self, processor: int = -1) -> tuple[int, Channel]:
        self.processors.append(processor)
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        self.opened += 1
        self.judges.append(Channel(theirs.detach(), MESSAGE_LIMIT))
        for message in self.says:
            if message is None:
                self.judges.pop().close()
            else:
                talk.send(self.judges[-1], message)
        return self.opened, Channel(ours.detach(), MESSAGE_LIMIT)

    def heard(self, kind: Any) -> Any:
        """What the last judge is told next."""
        return talk.receive(self.judges[-1], kind)

    def fate(self, number: int) -> str:
        return self.words

    def is_gone(self) -> bool:
        return False

    def end_judge(self, number: int) -> None:
        self.ended.append(number)

    def relay(self) -> None:
        pass

    def kill(self) -> None:
        self.killed += 1

    def close(self) -> None:
        self.closed += 1


Talking = Callable[..., tuple[Grader, FakeBase]]


@pytest.fixture
def course(workshop: Path) -> Course:
    return Course.load(workshop)


@pytest.fixture
def talking(course: Course, monkeypatch: pytest.MonkeyPatch) -> Iterator[Talking]:
    """A grader that hears what is given; a None hangs up."""
    monkeypatch.setattr(lockdown, "readable_paths", lambda *args: ())
    made: list[tuple[Grader, FakeBase]] = []

    def start(*messages: Any, **terms: Any) -> tuple[Grader, FakeBase]:
        base = FakeBase(terms.pop("missing", ()), terms.pop("words", ""))
        base.says = list(messages)
        fake: Any = base
        made.append((Grader(course, base=fake, **terms), base))
        return made[-1]

    yield start
    for grader, base in made:
        grader.close()
        for judge in base.judges:
            judge.close()
