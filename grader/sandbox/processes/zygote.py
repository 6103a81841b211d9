"""The zygote: warm, single-threaded, and only good for one thing: forking locked workers.

It has NumPy and PyTorch in memory and nothing of the course: no path, no suite, no source. The
judges talk to it over packet sockets (one message a packet): they hand it the worker's end of a
pair, and later ask it to end that worker and to say how it ended.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import select
import signal
import socket
import sys
import time
from contextlib import suppress
from typing import NoReturn

import msgspec

from grader.sandbox import memory
from grader.sandbox.lock import lockdown
from grader.sandbox.processes import hugepages
from grader.sandbox.processes.control import (
    FORK_FAILED,
    LOCK_FAILED,
    WARMABLE,
    Adopt,
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
from grader.sandbox.wire.channel import Channel, Closed
from grader.sandbox.worker.guards import Place, places
from grader.sandbox.worker.rehearsal import rehearse
from grader.sandbox.worker.serve import serve

__all__ = ["THREADS", "end", "main", "run_worker", "warm"]

logger = logging.getLogger(__name__)

_WORKER_FAULT = 71
#: Instead of the process number of a worker that could not be forked.
_NO_WORKER = 0
#: How often dropped workers are looked after while nothing else happens, in milliseconds.
_REAP_MS = 20
#: How often workers that are at work are looked at, in milliseconds, and the most threads that one
#: may have: a pool has one for each processor, and what the kernel gives to all together is shared.
_LOOK_MS, THREADS = 50, 64
#: Most seconds to wait until there is room for another process.
_FORK_SECONDS = 5.0
#: Forks after which huge pages are worth the tenth of a second that they take: a student's one
#: command never gets there, a class does at once.
_MANY_FORKS = 12


def warm() -> None:
    """Make every fork start warm: do once what libraries put off until their first use."""
    import numpy as np

    np.random.default_rng(0).random()
    np.linalg.svd(np.eye(2))
    rehearse()
    memory.prepare()
    torch = sys.modules.get("torch")
    if torch is None:
        return
    x = torch.ones(1, 1, 4, requires_grad=True)
    torch.nn.functional.conv1d(x, torch.ones(1, 1, 2)).relu().sum().backward()
    layer = torch.nn.Linear(2, 2)
    torch.linalg.svd(layer(torch.eye(2)).detach())
    torch.testing  # noqa: B018  touching the lazy package is enough
    repr(torch.ones(1))


def _warm_optimizer() -> None:
    """The first step of any optimizer imports a compiler and a symbolic algebra package."""
    import torch

    parameter = torch.nn.Parameter(torch.ones(1))
    parameter.sum().backward()
    torch.optim.SGD([parameter], lr=0.0).step()


def main(control: Line, config: Config) -> None:
    """Serve the base and its judges until the base is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm()
    prepared = lockdown.prepare() if config.locked else None
    _Zygote(control, config, prepared).loop()


Request = Adopt | Prepare | Spawn | Pin | Drop | End


class _Zygote:
    def __init__(self, control: Line, config: Config, prepared: lockdown.Prepared | None) -> None:
        self._control = control
        self._config = config
        self._prepared = prepared
        self._judges: dict[int, Line] = {}
        self._workers: dict[tuple[int, int], int] = {}
        self._dying: set[int] = set()
        self._flooding: dict[int, int] = {}
        self._processors = os.sched_getaffinity(0)
        self._spots: dict[str, list[Place]] = {}
        self._forks = 0
        self._poll = select.poll()
        self._poll.register(control.fileno(), select.POLLIN)

    def loop(self) -> None:
        gc.collect()
        gc.freeze()
        while True:
            self._reap()
            self._end_floods()
            for fd, _ in self._poll.poll(self._pause()):
                peer = self._control if fd == self._control.fileno() else self._judges[fd]
                with suppress(Closed):
                    message, fds = peer.receive(Request)
                    self._handle(fd, message, fds)
                    continue
                if peer is self._control:
                    for judge in list(self._judges):
                        self._forget(judge)
                    self._reap(wait=True)
                    return
                self._forget(fd)

    def _handle(self, judge: int, message: Request, fds: list[int]) -> None:
        if isinstance(message, Adopt):
            peer = Line(socket.socket(fileno=fds[0]))
            self._judges[peer.fileno()] = peer
            self._poll.register(peer.fileno(), select.POLLIN)
        elif isinstance(message, Prepare):
            self._prepare(message)
            self._answer(judge, Ready())
        elif isinstance(message, Spawn):
            self._workers[judge, message.id] = self._fork(message, fds[0])
            os.close(fds[0])  # without a worker, the judge finds it closed
        elif isinstance(message, Pin):
            pid = self._workers[judge, message.id]
            with suppress(OSError):  # it has ended, or the processor is not ours to use
                if pid:
                    os.sched_setaffinity(pid, {message.processor})
        elif isinstance(message, Drop):
            pid = self._workers.pop((judge, message.id))
            self._flooding.pop(pid, None)
            if pid:
                with suppress(OSError):  # it should not end on the processor of the judge
                    os.sched_setaffinity(pid, self._processors)
                os.kill(pid, signal.SIGKILL)
                self._dying.add(pid)
        else:
            pid = self._workers.pop((judge, message.id))
            found = end(pid) if pid else Exit(FORK_FAILED, 0, 0.0, 0)
            found = msgspec.structs.replace(found, threads=self._flooding.pop(pid, 0))
            self._answer(judge, Ended(message.id, found))

    def _answer(self, judge: int, message: Ready | Ended) -> None:
        with suppress(Closed):
            self._judges[judge].send(message)

    def _prepare(self, request: Prepare) -> None:
        for module in WARMABLE.intersection(request.modules):
            if module.startswith("torch.") and sys.modules.get("torch") is None:
                continue  # what a course does not load, no submission loads for all
            with suppress(Exception):  # a broken package is its user's trouble, not ours
                importlib.import_module(module)
                if module == "torch.optim":
                    _warm_optimizer()
        missing = [name for name in request.forbidden if name not in self._spots]
        self._spots.update(places(missing))
        gc.collect()
        gc.freeze()

    def _fork(self, request: Spawn, fd: int) -> int:
        if len(os.listdir("/proc/self/task")) > 1:
            raise RuntimeError("the zygote has a second thread; a fork could hang")
        parent = os.getpid()
        self._forks += 1
        if self._forks == _MANY_FORKS:
            logger.debug("%d MiB in huge pages", hugepages.collapse() >> 20)
        pid = self._surely_fork()
        if pid is None:
            return _NO_WORKER
        if pid:
            logger.debug("worker %d forked", pid)
            return pid
        policy = lockdown.Policy(
            readable=self._config.readable,
            memory=request.memory,
            cpu=request.cpu,
            scopes=self._config.scopes,
        )
        return run_worker(fd, self._prepared, policy, parent, self._spots)

    def _surely_fork(self) -> int | None:
        """What fork gives, once there is room for a process; None where there is none for long."""
        until = time.monotonic() + _FORK_SECONDS
        while True:
            try:
                return os.fork()
            except OSError as error:
                logger.info("no room for a worker: %s", error)
            self._end_floods()
            self._reap()
            if time.monotonic() > until:
                return None
            time.sleep(0.01)

    def _pause(self) -> int | None:
        """Milliseconds until there is something to be looked at."""
        if self._dying:
            return _REAP_MS
        # Each judge has one worker that waits; those beyond are at work.
        return _LOOK_MS if len(self._workers) > len(self._judges) else None

    def _end_floods(self) -> None:
        """End workers that have too many threads: all processes of the machine share the room."""
        for pid in self._workers.values():
            threads = _threads(pid) if pid not in self._flooding else 0
            if threads > THREADS:
                self._flooding[pid] = threads
                os.kill(pid, signal.SIGKILL)

    def _reap(self, wait: bool = False) -> None:
        """Collect dropped workers that have ended: tearing one down takes milliseconds."""
        flag = 0 if wait else os.WNOHANG
        self._dying = {pid for pid in self._dying if not os.waitpid(pid, flag)[0]}

    def _forget(self, judge: int) -> None:
        """A judge is gone: so are its workers."""
        self._poll.unregister(judge)
        self._judges.pop(judge).close()
        for key in [key for key in self._workers if key[0] == judge]:
            pid = self._workers.pop(key)
            self._flooding.pop(pid, None)
            if pid:
                end(pid)


def _threads(pid: int) -> int:
    """How many threads a child has (field 20 of proc(5)'s stat); 0 where that is not known."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return int(file.read().rpartition(b")")[2].split()[17])
    except (OSError, ValueError, IndexError):
        return 0


def run_worker(
    fd: int,
    prepared: lockdown.Prepared | None,
    policy: lockdown.Policy,
    parent: int,
    spots: dict[str, list[Place]],
) -> NoReturn:
    """Lock this process and serve one submission; never returns.

    Args:
        fd: the worker's end of the pair.
        prepared: None leaves the process unlocked but for its limits.
        parent: the process that must outlive this one.
    """
    code = _WORKER_FAULT
    try:
        code = LOCK_FAILED
        if prepared is None:
            lockdown.limit(policy, fd, parent)
        else:
            lockdown.lock(prepared, policy, fd, parent)
        code = _WORKER_FAULT
        memory.fill_fresh_memory()
        sys.path[:] = [p for p in sys.path if _inside(p, policy.readable)]
        serve(Channel(fd, header_limit=1 << 25), spots, alone=True)
        os._exit(0)
    finally:
        os._exit(code)


def _inside(path: str, readable: tuple[str, ...]) -> bool:
    real = os.path.realpath(path)
    return any(real == r or real.startswith(r.rstrip("/") + "/") for r in readable)


def end(pid: int) -> Exit:
    """Kill a child if it still runs, and wait for it."""
    starved = waited(pid)
    os.kill(pid, signal.SIGKILL)  # not yet waited for, so the number is still this child's
    _, status, usage = os.wait4(pid, 0)
    found = describe_exit(status, usage, starved)
    logger.debug("worker %d ended: %s", pid, found)
    return found
