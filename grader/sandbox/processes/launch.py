"""How a judge gets workers: forked by the zygote, or as fresh interpreters that wait warm.

Both ways offer the same calls (`Launcher`). Forking is the fast way and needs Linux; fresh
interpreters work on every Unix and can be forced with `start="spawn"`.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
from typing import NoReturn, Protocol

import msgspec

from grader.errors import ProcessGone
from grader.sandbox.lock import lockdown
from grader.sandbox.processes.control import (
    WARMABLE,
    Config,
    Drop,
    End,
    Ended,
    Exit,
    Line,
    Pin,
    Prepare,
    Ready,
    Spawn,
    describe_exit,
    waited,
)
from grader.sandbox.processes.interpreter import interpreter
from grader.sandbox.processes.zygote import run_worker, warm
from grader.sandbox.wire.channel import Channel, Closed
from grader.sandbox.worker.guards import places

__all__ = ["ForkLauncher", "Launcher", "SpawnLauncher"]

_ZYGOTE_GONE = "the zygote, which forks workers, is gone:"  # the base knows why


class Launcher(Protocol):
    """Where workers come from."""

    def prepare(self, modules: tuple[str, ...], forbidden: tuple[str, ...]) -> None:
        """Warm what the suite needs, before the first worker."""

    def spawn(self, memory: int, cpu: int) -> tuple[int, Channel]:
        """Start a worker: its number, and the judge's end of the pair (non-blocking)."""

    def end(self, number: int) -> Exit:
        """Kill it if it still runs; how it ended."""

    def drop(self, number: int, channel: Channel) -> None:
        """Kill it, and close the judge's end; nobody waits for it."""

    def close(self) -> None:
        """End every worker."""


def _pair() -> tuple[socket.socket, Channel]:
    """A pair for one worker: the worker's end, and a channel on the judge's."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    return theirs, Channel(ours.detach())


class ForkLauncher:
    """Asks the zygote.

    Args:
        peer: this judge's line to it.
        processor: where this judge and its workers run; -1: whichever is at hand.

    One worker is always forked ahead: it is locked and waiting, and has heard of no submission.
    """

    def __init__(self, peer: Line, processor: int = -1) -> None:
        self._peer, self._own = peer, processor
        self._next = 0
        self._spare: tuple[int, Channel, int, int] | None = None
        self._processors = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()

    def prepare(self, modules: tuple[str, ...], forbidden: tuple[str, ...]) -> None:
        self._drop_spare()  # it was forked from a zygote that knew less
        self._send(Prepare(modules, forbidden))
        while not isinstance(self._receive(), Ready):
            pass  # of a worker whose end was waited for no longer

    def spawn(self, memory: int, cpu: int) -> tuple[int, Channel]:
        spare = self._spare
        if spare is None or spare[2:] != (memory, cpu):
            self._drop_spare()
            spare = self._fork(memory, cpu)
        self._pin(spare[0])
        self._spare = self._fork(memory, cpu)
        return spare[:2]

    def end(self, number: int) -> Exit:
        self._send(End(number))
        while True:
            # Waiting may have been broken off before: what was asked then is answered first.
            told = self._receive()
            if isinstance(told, Ended) and told.id == number:
                return told.exit

    def drop(self, number: int, channel: Channel) -> None:
        try:
            # In this order: one that finds its channel closed would end on the judge's processor,
            # and before the judge goes on.
            self._send(Drop(number))
        finally:
            channel.close()

    def close(self) -> None:
        if self._spare is not None:
            self._spare[1].close()
            self._spare = None
        self._peer.close()

    def _fork(self, memory: int, cpu: int) -> tuple[int, Channel, int, int]:
        self._next += 1
        theirs, channel = _pair()
        with theirs:
            self._send(Spawn(self._next, memory, cpu), theirs.fileno())
        return self._next, channel, memory, cpu

    def _pin(self, number: int) -> None:
        """Put this process and a worker on one processor, the one that is at hand now.

        They take turns, so a second processor gains nothing, and waking it costs as much as a
        call. Judges that share a machine have a processor of their own each: two that chose the
        same one would stay there, since nobody moves a process that is put in one place.
        """
        if len(self._processors) < 2:
            return
        if self._own < 0:
            os.sched_setaffinity(0, self._processors)
        processor = self._own if self._own >= 0 else _processor()
        if processor in self._processors:
            os.sched_setaffinity(0, {processor})
            self._send(Pin(number, processor))

    def _drop_spare(self) -> None:
        if self._spare is not None:
            number, channel, *_ = self._spare
            self._spare = None
            self.drop(number, channel)

    def _send(self, message: Prepare | Spawn | Pin | Drop | End, *fds: int) -> None:
        try:
            self._peer.send(message, *fds)
        except Closed:
            raise ProcessGone(_ZYGOTE_GONE) from None

    def _receive(self) -> Ready | Ended:
        try:
            message: Ready | Ended = self._peer.receive(Ready | Ended)[0]
        except Closed:
            raise ProcessGone(_ZYGOTE_GONE) from None
        return message


def _processor() -> int:
    """The processor this process runs on now (field 39 of proc(5)'s stat)."""
    with open("/proc/self/stat", "rb") as file:
        return int(file.read().rpartition(b")")[2].split()[36])


class _Go(msgspec.Struct, frozen=True):
    """What a waiting interpreter needs to become a worker."""

    config: Config
    memory: int
    cpu: int
    forbidden: tuple[str, ...]


class SpawnLauncher:
    """Starts fresh interpreters and keeps one waiting, libraries loaded."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._forbidden: tuple[str, ...] = ()
        self._modules: tuple[str, ...] = ()
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._waiting: tuple[subprocess.Popen[bytes], Channel] | None = None
        self._next = 0

    def prepare(self, modules: tuple[str, ...], forbidden: tuple[str, ...]) -> None:
        self._modules = tuple(sorted(WARMABLE.intersection(modules)))
        self._forbidden = forbidden
        self._waiting = self._waiting or self._start()

    def _start(self) -> tuple[subprocess.Popen[bytes], Channel]:
        theirs, channel = _pair()
        with theirs:
            libraries = ("torch",) if sys.modules.get("torch") is not None else ()
            arguments = f"{theirs.fileno()}, {libraries + self._modules!r}"
            call = f"grader.sandbox.processes.launch.wait_for_work({arguments})"
            return interpreter(call, theirs.fileno(), stderr=None), channel

    def spawn(self, memory: int, cpu: int) -> tuple[int, Channel]:
        go = msgspec.msgpack.encode(_Go(self._config, memory, cpu, self._forbidden))
        for again in (True, False):
            process, channel = self._waiting or self._start()
            self._waiting = None
            try:
                channel.send(go)
                # The lock takes the sockets' calls away, not the time: wait here until it is in
                # force, so that starting an interpreter is never counted against a student's call.
                channel.receive()
                break
            except Closed:
                channel.close()
                ended = _end(process)
                if not again:  # the first may have been killed while it waited
                    told = f"an interpreter that was to become a worker is gone: {ended}"
                    raise ProcessGone(told) from None
        self._waiting = self._start()
        self._next += 1
        self._running[self._next] = process
        return self._next, channel

    def end(self, number: int) -> Exit:
        return _end(self._running.pop(number))

    def drop(self, number: int, channel: Channel) -> None:
        channel.close()
        self.end(number)

    def close(self) -> None:
        for number in list(self._running):
            self.end(number)
        if self._waiting is not None:
            process, channel = self._waiting
            channel.close()
            _end(process)
            self._waiting = None


def _end(process: subprocess.Popen[bytes]) -> Exit:
    starved = waited(process.pid)
    os.kill(process.pid, signal.SIGKILL)  # Popen.kill would poll, and reap what we want to read
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status  # it has been waited for: Popen must not try again
    return describe_exit(status, usage, starved)


def wait_for_work(fd: int, modules: tuple[str, ...]) -> NoReturn:
    """Body of a waiting interpreter: load the libraries, wait for `_Go`, become a worker."""
    import importlib
    from contextlib import suppress

    for name in ("numpy", *modules):
        with suppress(ImportError):
            importlib.import_module(name)
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(1)
    warm()
    poll = select.poll()
    poll.register(fd, select.POLLIN)
    poll.poll()
    channel = Channel(fd)
    try:
        header, _ = channel.receive()
    except Closed:
        sys.exit()  # nobody wants it any more
    go = msgspec.msgpack.decode(header, type=_Go)
    prepared = lockdown.prepare() if go.config.locked else None
    policy = lockdown.Policy(
        readable=go.config.readable, memory=go.memory, cpu=go.cpu, scopes=go.config.scopes
    )
    spots = places(go.forbidden)
    channel.send(b"")
    run_worker(fd, prepared, policy, os.getppid(), spots)
    raise AssertionError("a worker never returns")
