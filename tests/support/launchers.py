"""Workers for tests: threads of this process, whose lines can be counted, and small processes."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import socket
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from grader.sandbox.processes.control import Exit
from grader.sandbox.processes.interpreter import clean_environment
from grader.sandbox.processes.launch import _pair
from grader.sandbox.wire.channel import Channel
from grader.sandbox.wire.protocol import Answer, Do, Reply, Request
from grader.sandbox.worker.guards import places
from grader.sandbox.worker.serve import serve

#: An answer to a request: frames to write; None hangs up.
Script = Callable[[Request, bytes], Any]


class Farewell(bytes):
    """An answer after which a worker hangs up."""


class Inside:
    """A launcher whose workers are threads: real ones, or ones that follow a script.

    What they are to load is loaded, without asking the script, unless `asks_to_load` is set.

    Args:
        script: what a worker does instead of `worker.serve`.
        forbidden: names to look up for the guards.
    """

    def __init__(self, script: Script | None = None, forbidden: tuple[str, ...] = ()) -> None:
        self.script = script
        self.spots = places(forbidden)
        self.exit = Exit(-1, signal.SIGKILL, 0.0, 0)
        self.spawned = 0
        self.asks_to_load = False
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

    def wait(self) -> None:
        """Wait until the worker that was started last has hung up."""
        self._threads[-1].join(10)
        assert not self._threads[-1].is_alive()

    def end(self, number: int) -> Exit:
        self.ended.append(number)
        return self.exit

    def drop(self, number: int, channel: Channel) -> None:
        channel.close()
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
                is_load = isinstance(request.what, Do) and request.what.verb == "load"
                is_done = is_load and not self.asks_to_load
                what = Answer() if is_done else self.script(request, bytes(body))
                if what is None:
                    return
                if isinstance(what, bytes):
                    theirs.sendall(what)
                    if isinstance(what, Farewell):
                        return
                elif what != "silence":
                    sizes, pieces = (), ()
                    if isinstance(what, tuple):
                        what, sizes, pieces = what
                    reply = Reply(request.number, what, tuple(sizes))
                    channel.send(msgspec.msgpack.encode(reply), pieces)


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
        bootstrap: Any = importlib.__dict__["_bootstrap"]
        patch.setattr(bootstrap, "_find_and_load", bootstrap._find_and_load)
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

    def drop(self, number: int, channel: Channel) -> None:
        channel.close()
        self.end(number)

    def close(self) -> None:
        assert not self._running


def small_interpreter(call: str, fd: int, stderr: None) -> subprocess.Popen[bytes]:
    """A waiting interpreter without the libraries, which take a second to load."""
    code = (
        "import sys; sys.modules['torch'] = None; "
        "import grader.sandbox.processes.launch as launch; launch.warm = lambda: None; "
        f"import grader.sandbox.processes; {call}"
    )
    environment = clean_environment() | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen([sys.executable, "-c", code], pass_fds=(fd,), env=environment)
