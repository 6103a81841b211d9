"""The base: both sides of its forks, and its end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from typing import Any

import msgspec
import pytest

from grader.sandbox.lock import lockdown
from grader.sandbox.processes import base
from grader.sandbox.processes.control import (
    Adopt,
    Config,
    Configure,
    EndJudge,
    Failed,
    Hello,
    JudgeEnded,
    Line,
    Open,
)
from grader.sandbox.wire.channel import Closed

JUDGED: list[Any] = []


def judge(peer: socket.socket, launcher: Any) -> None:
    """A judge's entry for these tests: remembers that it was called."""
    JUDGED.append(launcher)
    peer.close()


class Exited(BaseException):
    """Stands in for the end of the process."""


def leave(code: int) -> None:
    raise Exited(code)


def pair() -> tuple[socket.socket, socket.socket]:
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def sleeper() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(600)"])


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base.signal, "signal", lambda *args: None)
    monkeypatch.setattr(lockdown, "die_with_parent", lambda parent: None)
    monkeypatch.setattr(base, "_entry", lambda name: judge)
    monkeypatch.setattr(base, "_bound_memory", lambda: None)
    JUDGED.clear()


@pytest.mark.usefixtures("quiet")
def test_without_fork_the_base_becomes_the_judge() -> None:
    control, theirs = pair()
    thread = threading.Thread(target=base.main, args=(theirs.detach(),))
    thread.start()
    hello = msgspec.msgpack.decode(control.recv(1 << 18), type=Hello)
    assert hello.sys_path == tuple(sys.path)
    ours, its = socket.socketpair()
    control.send(msgspec.msgpack.encode(Configure(Config((), False), "any:judge", False)))
    socket.send_fds(control, [msgspec.msgpack.encode(Open(1))], [its.fileno()])
    its.close()
    thread.join(60)
    assert not thread.is_alive()
    assert len(JUDGED) == 1
    assert ours.recv(1) == b""
    ours.close()
    control.close()


@pytest.mark.usefixtures("quiet")
def test_with_fork_it_starts_a_zygote_and_judges_and_leaves_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    children: list[subprocess.Popen[bytes]] = []

    def fork() -> int:
        children.append(sleeper())
        return children[-1].pid

    monkeypatch.setattr(base.os, "fork", fork)
    monkeypatch.setattr(base, "_GRACE_SECONDS", 0.05)
    connection, kept = pair()
    monkeypatch.setattr(
        base, "_fork_zygote", lambda control, config: (Line(connection), base.os.fork())
    )
    waited: list[int] = []
    real = os.waitpid

    def wait(pid: int, flags: int) -> tuple[int, int]:
        if pid == children[0].pid:  # a zygote ends by itself when its connections close
            os.kill(pid, signal.SIGKILL)
        waited.append(pid)
        return real(pid, flags)

    monkeypatch.setattr(base.os, "waitpid", wait)
    control, theirs = pair()
    ours, its = socket.socketpair()
    socket.send_fds(control, [msgspec.msgpack.encode(Open(1))], [its.fileno()])
    its.close()
    control.shutdown(socket.SHUT_WR)
    base._serve_forks(Line(theirs), Configure(Config((), False), "any:judge", True))
    assert len(children) == 2
    assert set(waited) == {child.pid for child in children}
    for child in children:
        child.returncode = 0  # it has been waited for
        with pytest.raises(ProcessLookupError):
            os.kill(child.pid, 0)
    for peer in (control, theirs, ours, kept):
        peer.close()


@pytest.mark.usefixtures("quiet")
def test_the_parents_side_of_the_zygotes_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base.os, "fork", lambda: 4711)
    control, theirs = pair()
    peer, pid = base._fork_zygote(Line(control), Config((), False))
    assert pid == 4711
    with pytest.raises(Closed):
        peer.receive(Hello)
    for one in (peer, control, theirs):
        one.close()


@pytest.mark.usefixtures("quiet")
def test_the_childs_side_of_each_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base.os, "fork", lambda: 0)
    monkeypatch.setattr(base.os, "_exit", leave)
    served: list[Config] = []

    def serve(peer: socket.socket, config: Config) -> None:
        served.append(config)
        peer.close()

    monkeypatch.setattr(base.zygote, "main", serve)
    control, theirs = pair()
    with pytest.raises(Exited, match="0"):
        base._fork_zygote(Line(control), Config(("/usr",), True))
    assert served == [Config(("/usr",), True)]

    peer, its = pair()
    mine, callers = socket.socketpair()
    with pytest.raises(Exited, match="0"):
        base._fork_judge(judge, callers, Line(peer), Line(theirs))
    assert len(JUDGED) == 1
    data, fds, _, _ = socket.recv_fds(its, 100, 1)
    assert msgspec.msgpack.decode(data, type=Adopt) == Adopt()
    for fd in fds:
        os.close(fd)
    for one in (its, mine):
        one.close()


@pytest.mark.usefixtures("quiet")
def test_a_caller_that_leaves_early_ends_the_base() -> None:
    control, theirs = pair()
    control.shutdown(socket.SHUT_WR)
    base.main(theirs.detach())
    assert msgspec.msgpack.decode(control.recv(1 << 18), type=Hello).sys_path
    control.close()


@pytest.mark.usefixtures("quiet")
def test_a_caller_that_leaves_before_it_asks_for_a_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    control, theirs = pair()
    control.send(msgspec.msgpack.encode(Configure(Config((), False), "any:judge", False)))
    control.shutdown(socket.SHUT_WR)
    base.main(theirs.detach())
    assert JUDGED == []
    control.close()


@pytest.mark.usefixtures("quiet")
def test_without_torch_as_if_it_were_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "modules", dict(sys.modules))
    control, theirs = pair()
    control.shutdown(socket.SHUT_WR)
    base.main(theirs.detach(), torch=False)
    assert sys.modules["torch"] is None
    control.close()


@pytest.mark.usefixtures("quiet")
def test_forks_are_served_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Configure] = []
    monkeypatch.setattr(base, "_serve_forks", lambda control, asked: served.append(asked))
    asked = Configure(Config((), False), "any:judge", True)
    control, theirs = pair()
    control.send(msgspec.msgpack.encode(asked))
    base.main(theirs.detach())
    assert served == [asked]
    control.close()


def test_a_caller_that_is_gone_ends_it_even_where_the_socket_lives_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A child that the caller forked may hold its end of the socket."""
    gone = subprocess.Popen([sys.executable, "-S", "-c", ""])
    os.waitid(os.P_PID, gone.pid, os.WEXITED | os.WNOWAIT)
    monkeypatch.setattr(base.os, "getppid", lambda: gone.pid)
    control, theirs = pair()
    with control, theirs:
        assert base._Judges(Line(theirs)).next() is None
    gone.wait()


def test_where_there_are_no_process_descriptors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(base.os, "pidfd_open", raising=False)
    control, theirs = pair()
    ours, its = socket.socketpair()
    with control, theirs, ours, its:
        socket.send_fds(control, [msgspec.msgpack.encode(Open(1))], [its.fileno()])
        found = base._Judges(Line(theirs)).next()
        assert found is not None
        assert found[0] == Open(1)
        found[1].close()


def test_a_judge_has_a_bound_on_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The soft limit only, and never above one that is there."""
    asked: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(base.resource, "setrlimit", lambda *args: asked.append(args))
    monkeypatch.setattr(base.resource, "getrlimit", lambda number: (-1, -1))
    base._bound_memory()
    ((number, (soft, hard)),) = asked
    assert number == base.resource.RLIMIT_AS
    assert soft > base._JUDGE_MEMORY
    assert hard == base.resource.RLIM_INFINITY
    monkeypatch.setattr(base.resource, "getrlimit", lambda number: (1000, 1000))
    base._bound_memory()
    monkeypatch.setattr(base.sys, "platform", "darwin")
    base._bound_memory()
    assert len(asked) == 1


def test_an_entry_is_a_module_and_a_function() -> None:
    assert base._entry("os.path:join") is os.path.join


def test_a_failure_is_told_to_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("no library today")

    monkeypatch.setattr(base.signal, "signal", lambda *args: None)
    monkeypatch.setattr(lockdown, "available", broken)
    control, theirs = pair()
    with pytest.raises(RuntimeError):
        base.main(theirs.detach())
    failed = msgspec.msgpack.decode(control.recv(1 << 18), type=Failed)
    assert "no library today" in failed.text
    control.close()


@pytest.mark.usefixtures("quiet")
def test_a_judge_that_ends_is_told_of_and_one_that_hangs_is_ended() -> None:
    control, theirs = pair()
    judges = base._Judges(Line(theirs))
    sleepers = [sleeper(), sleeper()]
    for number, child in enumerate(sleepers, 1):
        judges.add(child.pid, number)
    os.kill(sleepers[0].pid, signal.SIGTERM)
    control.send(msgspec.msgpack.encode(EndJudge(2)))
    control.shutdown(socket.SHUT_WR)
    assert judges.next() is None
    judges.end()
    told = [msgspec.msgpack.decode(control.recv(100), type=JudgeEnded) for _ in sleepers]
    for child in sleepers:
        child.returncode = 0  # it has been waited for
    assert {(each.number, each.exit.signal) for each in told} == {(1, 15), (2, 9)}
    control.close()
    theirs.close()


@pytest.mark.usefixtures("quiet")
def test_a_zygote_that_is_gone_ends_the_base() -> None:
    control, theirs = pair()
    child = sleeper()
    judges = base._Judges(Line(theirs), child.pid)
    os.kill(child.pid, signal.SIGKILL)
    with pytest.raises(ChildProcessError, match="forks workers, ended: killed by SIGKILL"):
        judges.next()
    child.returncode = 0  # it has been waited for
    judges.end()
    control.close()
    theirs.close()
