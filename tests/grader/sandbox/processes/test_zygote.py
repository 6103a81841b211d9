"""The zygote's loop, run in a thread of this process; what it "forks" are harmless sleepers."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from grader.sandbox.lock import lockdown
from grader.sandbox.processes import zygote
from grader.sandbox.processes.control import (
    FORK_FAILED,
    LOCK_FAILED,
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
)
from grader.sandbox.wire.channel import Channel


class Judge:
    """One judge's connection to a zygote."""

    def __init__(self, peer: socket.socket) -> None:
        self.peer = peer

    def tell(self, message: Any, *fds: int) -> None:
        socket.send_fds(self.peer, [msgspec.msgpack.encode(message)], list(fds))

    def hear(self, kind: type) -> Any:
        self.peer.settimeout(10)
        return msgspec.msgpack.decode(self.peer.recv(1 << 16), type=kind)

    def spawn(self, number: int) -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            self.tell(Spawn(number, 1 << 30, 5), theirs.fileno())


class Zygote:
    """A zygote in a thread, with the children it was made to start."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.children: list[subprocess.Popen[bytes]] = []
        self.refusals = 0
        self._judges: list[Judge] = []
        monkeypatch.setattr(zygote.os, "fork", self._fork)
        monkeypatch.setattr(zygote.os, "listdir", lambda path: ["1"])
        monkeypatch.setattr(zygote.signal, "signal", lambda *args: None)
        monkeypatch.setattr(zygote, "warm", lambda: None)
        self.control, self._theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.thread = threading.Thread(
            target=zygote.main, args=(Line(self._theirs), Config((), False))
        )
        self.thread.start()

    def _fork(self) -> int:
        if self.refusals:
            self.refusals -= 1
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(600)"])
        self.children.append(child)
        return child.pid

    def judge(self) -> Judge:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            socket.send_fds(self.control, [msgspec.msgpack.encode(Adopt())], [theirs.fileno()])
        self._judges.append(Judge(ours))
        return self._judges[-1]

    def close(self) -> None:
        self.control.close()
        self.thread.join(10)
        self._theirs.close()
        for judge in self._judges:
            judge.peer.close()


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[Zygote]:
    started = Zygote(monkeypatch)
    yield started
    started.close()
    assert not started.thread.is_alive()
    for child in started.children:
        child.returncode = 0  # the zygote has waited for it
        with pytest.raises(ProcessLookupError):
            os.kill(child.pid, 0)


def test_many_forks_are_made_cheap_once(running: Zygote, monkeypatch: pytest.MonkeyPatch) -> None:
    collapsed: list[int] = []
    monkeypatch.setattr(zygote, "_MANY_FORKS", 2)
    monkeypatch.setattr(
        zygote.hugepages, "collapse", lambda: collapsed.append(len(running.children)) or 0
    )
    judge = running.judge()
    for number in range(3):
        judge.spawn(number)
        judge.tell(End(number))
        judge.hear(Ended)
    assert collapsed == [1]


def test_a_worker_is_ended_and_its_end_described(running: Zygote) -> None:
    judge = running.judge()
    judge.spawn(7)
    judge.tell(Pin(7, min(os.sched_getaffinity(0))))
    judge.tell(End(7))
    ended = judge.hear(Ended)
    assert ended.id == 7
    assert (ended.exit.code, ended.exit.signal) == (-1, signal.SIGKILL)
    assert ended.exit.peak > 0


def test_a_dropped_worker_is_collected_while_nothing_else_happens(running: Zygote) -> None:
    judge = running.judge()
    judge.spawn(1)
    judge.tell(Drop(1))
    judge.spawn(2)
    judge.tell(End(2))
    assert judge.hear(Ended).id == 2
    assert len(running.children) == 2


def test_pinning_to_a_processor_that_is_not_there_is_no_fault(running: Zygote) -> None:
    judge = running.judge()
    judge.spawn(1)
    judge.tell(Pin(1, 100_000))
    judge.tell(End(1))
    assert judge.hear(Ended).id == 1


def test_a_fork_that_fails_is_tried_again(running: Zygote) -> None:
    judge = running.judge()
    running.refusals = 3
    judge.spawn(1)
    judge.tell(End(1))
    assert judge.hear(Ended).exit.signal == signal.SIGKILL
    assert len(running.children) == 1


def test_where_there_is_no_room_for_a_worker_the_judge_is_told(
    running: Zygote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it asks about a worker that there is not, and the next one is forked again."""
    monkeypatch.setattr(zygote, "_FORK_SECONDS", 0.0)
    judge = running.judge()
    running.refusals = 2
    judge.spawn(1)
    judge.tell(Pin(1, 0))
    judge.tell(End(1))
    assert judge.hear(Ended).exit == Exit(FORK_FAILED, 0, 0.0, 0)
    judge.spawn(2)
    judge.tell(Drop(2))
    judge.spawn(3)
    judge.tell(End(3))
    assert judge.hear(Ended).exit.signal == signal.SIGKILL


def test_a_worker_with_too_many_threads_is_ended(
    running: Zygote, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = dict.fromkeys(range(10), 1)
    monkeypatch.setattr(zygote, "_threads", lambda pid: counts.get(pid, 65))
    judge = running.judge()
    judge.spawn(1)
    judge.tell(Prepare((), ()))
    judge.hear(Ready)
    judge.tell(End(1))
    ended = judge.hear(Ended).exit
    assert (ended.signal, ended.threads) == (signal.SIGKILL, 65)


def test_the_threads_of_a_process_are_counted() -> None:
    assert zygote._threads(os.getpid()) == len(os.listdir("/proc/self/task"))
    assert zygote._threads(1 << 30) == 0


def test_preparing_finds_the_forbidden_functions(running: Zygote) -> None:
    judge = running.judge()
    judge.tell(Prepare(("no.such.module", "torch.testing"), ("numpy.linalg.norm", "numpy.nrom")))
    assert judge.hear(Ready) == Ready()


def test_workers_go_with_their_judge_and_with_the_zygote(running: Zygote) -> None:
    first, second = running.judge(), running.judge()
    first.spawn(1)
    second.spawn(1)
    first.peer.close()
    second.tell(End(1))
    assert second.hear(Ended).id == 1
    second.spawn(2)
    second.tell(Prepare((), ()))
    second.hear(Ready)


def test_it_refuses_to_fork_with_a_second_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zygote.os, "listdir", lambda path: ["1", "2"])
    control, theirs = socket.socketpair()
    with control, theirs:
        waiting = zygote._Zygote(Line(theirs), Config((), False), None)
        with pytest.raises(RuntimeError, match="second thread"):
            waiting._fork(Spawn(1, 1, 1), 3)


class Exited(BaseException):
    """Stands in for the end of the process."""


@pytest.fixture
def exits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Exit codes in the order in which the process would have ended; the first one counts."""
    codes: list[int] = []

    def leave(code: int) -> None:
        codes.append(code)
        raise Exited

    monkeypatch.setattr(zygote.os, "_exit", leave)
    monkeypatch.setattr(sys, "path", list(sys.path))
    return codes


POLICY = lockdown.Policy(readable=("/usr",), memory=1, cpu=1)


def test_a_worker_serves_until_the_judge_hangs_up(
    monkeypatch: pytest.MonkeyPatch, exits: list[int]
) -> None:
    monkeypatch.setattr(lockdown, "limit", lambda *args: None)
    ours, theirs = socket.socketpair()
    ours.close()
    sys.path.append("/usr/lib/somewhere")
    with theirs, pytest.raises(Exited):
        zygote.run_worker(theirs.fileno(), None, POLICY, os.getpid(), {})
    assert exits[0] == 0
    assert sys.path == [path for path in sys.path if path.startswith("/usr")]


def test_a_lock_that_fails_ends_the_worker_before_anything_runs(
    monkeypatch: pytest.MonkeyPatch, exits: list[int]
) -> None:
    def refuse(*args: object) -> None:
        raise OSError("no")

    served: list[Channel] = []
    monkeypatch.setattr(lockdown, "lock", refuse)
    monkeypatch.setattr(zygote, "serve", lambda channel, spots: served.append(channel))
    prepared: Any = object()
    with pytest.raises(Exited):
        zygote.run_worker(0, prepared, POLICY, os.getpid(), {})
    assert exits == [LOCK_FAILED]
    assert served == []


def test_a_forked_child_becomes_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(zygote.os, "listdir", lambda path: ["1"])
    monkeypatch.setattr(zygote.os, "fork", lambda: 0)
    monkeypatch.setattr(zygote, "run_worker", lambda *args: seen.append(args))
    control, theirs = socket.socketpair()
    with control, theirs:
        zygote._Zygote(Line(theirs), Config(("/usr",), False, scopes=False), None)._fork(
            Spawn(1, 5, 6), 9
        )
    fd, prepared, policy, parent, _ = seen[0]
    assert (fd, prepared, parent) == (9, None, os.getpid())
    assert (policy.readable, policy.memory, policy.cpu, policy.scopes) == (("/usr",), 5, 6, False)


def test_warming_works_with_and_without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    zygote.warm()
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    zygote.warm()
    assert "numpy" in sys.modules
