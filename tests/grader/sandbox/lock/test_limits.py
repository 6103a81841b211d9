"""Limits and a clean start, in forked children; the lock itself is in test_lockdown."""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable

import pytest

from grader.sandbox.lock import limits


def status_of(body: Callable[[], object]) -> int:
    """Exit status of a forked child: 0 if what it did was right."""
    pid = os.fork()
    if not pid:
        code = 1
        try:
            code = 0 if body() else 2
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


class Seen:
    """Records what would be set, in a process that must keep its own limits."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, hard: int = resource.RLIM_INFINITY) -> None:
        self.set: dict[int, tuple[int, int]] = {}
        monkeypatch.setattr(limits.resource, "getrlimit", lambda number: (hard, hard))
        monkeypatch.setattr(limits.resource, "setrlimit", self.set.__setitem__)

    def __getitem__(self, name: str) -> tuple[int, int]:
        return self.set[getattr(resource, f"RLIMIT_{name}")]


@pytest.fixture
def no_score(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process is not to be the first to go when memory runs out."""
    real = open

    def opened(name: object, *args: object, **kwargs: object) -> object:
        if name == "/proc/self/oom_score_adj":
            raise PermissionError(name)
        return real(name, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(limits, "open", opened, raising=False)


@pytest.mark.usefixtures("no_score")
def test_every_resource_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Seen(monkeypatch)
    limits.set_limits(memory=1 << 20, cpu=3, files=64)
    soft, hard = seen["CPU"]
    assert hard == soft + 1
    assert soft >= 3
    assert seen["NOFILE"] == (64, 64)
    assert seen["CORE"] == seen["FSIZE"] == (0, 0)
    if sys.platform == "linux":
        assert seen["AS"][0] > 1 << 20
        assert seen["MSGQUEUE"] == seen["MEMLOCK"] == (0, 0)


@pytest.mark.usefixtures("no_score")
def test_a_bound_that_is_there_already_is_not_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Seen(monkeypatch, hard=2)
    limits.set_limits(memory=1 << 20, cpu=30, files=64)
    assert seen["CPU"] == seen["NOFILE"] == (2, 2)


@pytest.mark.usefixtures("no_score")
def test_elsewhere_than_on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Seen(monkeypatch)
    monkeypatch.setattr(limits.sys, "platform", "darwin")
    limits.set_limits(memory=1 << 20, cpu=3, files=64)
    assert resource.RLIMIT_AS not in seen.set
    assert seen["CORE"] == (0, 0)
    limits.die_with_parent(os.getppid())


def test_a_child_of_nobody_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.syscalls, "prctl", lambda *args: 0)
    limits.die_with_parent(os.getppid())
    with pytest.raises(ProcessLookupError):
        limits.die_with_parent(os.getpid())


def test_a_fresh_start() -> None:
    """Session, signals, descriptors, environment and folder of its own."""
    read, write = os.pipe()
    keep, gone = write, read

    def start() -> bool:
        os.environ["SECRET"] = "1"
        signal.signal(signal.SIGTERM, lambda *args: None)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
        limits.start_afresh(keep)
        limits.start_afresh(keep)  # once more does no harm
        os.fstat(keep)
        try:
            os.fstat(gone)
        except OSError:
            closed = True
        else:
            closed = False
        return (
            closed
            and os.getsid(0) == os.getpid()
            and os.getcwd() == "/"
            and "SECRET" not in os.environ
            and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
            and signal.getsignal(signal.SIGINT) is signal.SIG_IGN
            and not signal.pthread_sigmask(signal.SIG_BLOCK, ())
            and os.fstat(0).st_rdev == os.stat(os.devnull).st_rdev
        )

    try:
        assert status_of(start) == 0
    finally:
        os.close(read)
        os.close(write)


def test_a_standard_descriptor_cannot_be_the_one_to_keep() -> None:
    with pytest.raises(OSError, match="standard three"):
        limits.start_afresh(2)


def test_its_steps_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same in this process, with everything that would change it left out."""
    done: list[object] = []
    monkeypatch.setattr(limits.os, "getsid", lambda pid: pid + 1)
    monkeypatch.setattr(limits.os, "setsid", lambda: done.append("session"))
    monkeypatch.setattr(limits.os, "open", lambda *args: 500)
    monkeypatch.setattr(limits.os, "dup2", lambda a, b: done.append((a, b)))
    monkeypatch.setattr(limits.os, "listdir", lambda path: ["0", "2", "7", "8", "500"])
    closed: list[int] = []

    def close(fd: int) -> None:
        closed.append(fd)
        if fd == 8:
            raise OSError("closed already")

    monkeypatch.setattr(limits.os, "close", close)
    monkeypatch.setattr(limits.os, "environ", {"SECRET": "1"})
    monkeypatch.setattr(limits.os, "chdir", done.append)
    handlers: dict[int, object] = {}

    def handle(number: int, handler: object) -> None:
        if number == signal.SIGKILL:
            raise OSError("not that one")
        handlers[number] = handler

    monkeypatch.setattr(limits.signal, "signal", handle)
    monkeypatch.setattr(limits.signal, "set_wakeup_fd", done.append)
    monkeypatch.setattr(limits.signal, "pthread_sigmask", lambda *args: done.append(args))
    limits.start_afresh(7)
    assert done[0] == "session"
    assert {(500, 0), (500, 1), (500, 2)} <= set(done)
    assert closed == [8, 500]
    assert done[-1] == "/"
    assert "SECRET" not in limits.os.environ
    assert limits.os.environ["HOME"] == "/nonexistent"
    assert handlers[signal.SIGINT] is signal.SIG_IGN
    assert handlers[signal.SIGTERM] is signal.SIG_DFL
