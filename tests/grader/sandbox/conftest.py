"""The inside of the border, run in threads of this process, where its lines can be counted."""

from __future__ import annotations

import signal
import socket
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest

from grader.sandbox.exchange import Bounds
from grader.sandbox.processes.control import Exit
from grader.sandbox.proxy import Student
from grader.sandbox.session import Session
from grader.sandbox.wire.channel import Channel
from grader.sandbox.wire.protocol import Reply, Request
from grader.sandbox.worker.guards import places
from grader.sandbox.worker.serve import serve

#: An answer to a request: frames to write; None hangs up.
Script = Callable[[Request, bytes], Any]


class Inside:
    """A launcher whose workers are threads: real ones, or ones that follow a script.

    Args:
        script: what a worker does instead of `worker.serve`.
        forbidden: names to look up for the guards.
    """

    def __init__(self, script: Script | None = None, forbidden: tuple[str, ...] = ()) -> None:
        self.script = script
        self.spots = places(forbidden)
        self.exit = Exit(-1, signal.SIGKILL, 0.0, 0)
        self.spawned = 0
        self.ended: list[int] = []
        self.dropped: list[int] = []
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []

    def prepare(self, modules: tuple[str, ...], forbidden: tuple[str, ...]) -> None:
        self.spots = places(forbidden)

    def spawn(self, memory: int, cpu: int) -> tuple[int, Channel]:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        body = self._follow if self.script is not None else self._serve
        self._threads.append(threading.Thread(target=body, args=(theirs,)))
        self._threads[-1].start()
        self.spawned += 1
        return self.spawned, Channel(ours.detach())

    def end(self, number: int) -> Exit:
        self.ended.append(number)
        return self.exit

    def drop(self, number: int) -> None:
        self.dropped.append(number)

    def close(self) -> None:
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()

    def _serve(self, theirs: socket.socket) -> None:
        with theirs:
            serve(Channel(theirs.fileno(), header_limit=1 << 24), self.spots)

    def _follow(self, theirs: socket.socket) -> None:
        channel = Channel(theirs.fileno(), header_limit=1 << 24)
        with theirs:
            while True:
                try:
                    header, body = channel.receive()
                except Exception:
                    return
                request = msgspec.msgpack.decode(header, type=Request)
                assert self.script is not None
                what = self.script(request, bytes(body))
                if what is None:
                    return
                if isinstance(what, bytes):
                    theirs.sendall(what)
                elif what != "silence":
                    sizes, pieces = (), ()
                    if isinstance(what, tuple):
                        what, sizes, pieces = what
                    reply = Reply(request.number, what, tuple(sizes))
                    channel.send(msgspec.msgpack.encode(reply), pieces)


@pytest.fixture
def own_world(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a worker changes in its process is put back: it takes the whole process for its own."""
    for name in ("stdout", "stderr", "__stdout__", "__stderr__"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    before = set(sys.modules)
    with warnings.catch_warnings():
        yield
    for name in set(sys.modules) - before:
        if getattr(sys.modules[name], "__file__", None) == f"{name}.py":
            del sys.modules[name]


@pytest.fixture
def launchers() -> Iterator[Callable[..., Inside]]:
    """Makes launchers; at the end none of their threads is left."""
    made: list[Inside] = []

    def make(*args: Any, **kwargs: Any) -> Inside:
        made.append(Inside(*args, **kwargs))
        return made[-1]

    yield make
    for launcher in made:
        launcher.close()


BOUNDS = Bounds(call=10.0, memory=1 << 30, output=4096, cpu=60)


@pytest.fixture
def session_of(
    own_world: None, launchers: Callable[..., Inside]
) -> Iterator[Callable[..., tuple[Session, Student, Inside]]]:
    """Makes sessions on a module `work`: a session, the student proxy on it, its launcher."""
    made: list[Session] = []

    def make(
        text: str = "",
        forbidden: tuple[str, ...] = (),
        script: Script | None = None,
        bounds: Bounds = BOUNDS,
        seconds: float = 60.0,
        **others: str,
    ) -> tuple[Session, Student, Inside]:
        launcher = launchers(script, forbidden)
        student = Student()
        session = Session(
            launcher, bounds, {"work": text, **others}, {"work": forbidden}, student.wxb_handle
        )
        made.append(session)
        student.wxb_session = session
        session.begin("work", 7, seconds)
        return session, student, launcher

    yield make
    for session in made:
        session.close()


def soon(met: Callable[[], bool]) -> None:
    """Wait until something is so, which it will be in a moment."""
    until = time.monotonic() + 10
    while not met():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.001)
