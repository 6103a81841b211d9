"""How workers come to be: asked of a zygote, or as interpreters of their own."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest

from grader.errors import ProcessGone
from grader.sandbox.exchange import Bounds
from grader.sandbox.lock import lockdown
from grader.sandbox.processes import launch
from grader.sandbox.processes.control import (
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
from grader.sandbox.session import Session
from grader.sandbox.wire.channel import Channel, Closed
from grader.sandbox.wire.protocol import Begin, Do, Op, Request, Start
from support import needs
from support.launchers import small_interpreter

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="workers are kept on Unix only")


# --- forked ---------------------------------------------------------------------------------------


class PlayedZygote:
    """Answers a launcher as a zygote does, and writes down what it was asked."""

    def __init__(self) -> None:
        self.peer, self._own = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.heard: list[Any] = []
        self.pairs: dict[int, socket.socket] = {}
        self._thread = threading.Thread(target=self._play)
        self._thread.start()

    def _play(self) -> None:
        decoder = msgspec.msgpack.Decoder(Prepare | Spawn | Pin | Drop | End)
        while True:
            data, fds, _, _ = socket.recv_fds(self._own, 1 << 16, 1)
            if not data:
                return
            message = decoder.decode(data)
            self.heard.append(message)
            if isinstance(message, Spawn):
                self.pairs[message.id] = socket.socket(fileno=fds[0])
            elif isinstance(message, Prepare):
                self._own.send(msgspec.msgpack.encode(Ready()))
            elif isinstance(message, End):
                ended = Ended(message.id, Exit(0, 0, 0.5, 7))
                self._own.send(msgspec.msgpack.encode(ended))

    def close(self) -> None:
        self._own.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self._own.close()
        for pair in self.pairs.values():
            pair.close()


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[launch.ForkLauncher, PlayedZygote]]:
    moved: list[Any] = []
    monkeypatch.setattr(launch.os, "sched_getaffinity", lambda pid: {0, 1}, raising=False)
    monkeypatch.setattr(
        launch.os, "sched_setaffinity", lambda pid, where: moved.append(where), raising=False
    )
    monkeypatch.setattr(launch, "_processor", lambda: 1)
    zygote = PlayedZygote()
    launcher = launch.ForkLauncher(Line(zygote.peer))
    yield launcher, zygote
    launcher.close()
    zygote.close()


def kinds(zygote: PlayedZygote) -> list[str]:
    return [type(message).__name__ for message in zygote.heard]


def test_one_worker_is_always_forked_ahead(played: Any) -> None:
    launcher, zygote = played
    number, channel = launcher.spawn(100, 5)
    launcher.prepare((), ("a",))  # answered after everything before it was heard
    assert number == 1
    assert zygote.heard[:3] == [Spawn(1, 100, 5), Pin(1, 1), Spawn(2, 100, 5)]
    assert zygote.heard[3:] == [Drop(2), Prepare((), ("a",))], "the spare one knew too little"
    channel.send(b"to the first")
    assert Channel(zygote.pairs[1].fileno()).receive()[0] == b"to the first"
    channel.close()


def test_a_spare_with_other_limits_is_of_no_use(played: Any) -> None:
    launcher, zygote = played
    launcher.spawn(100, 5)[1].close()
    number, channel = launcher.spawn(100, 5)
    assert number == 2
    channel.close()
    number, channel = launcher.spawn(200, 5)
    channel.close()
    assert launcher.end(number) == Exit(0, 0, 0.5, 7)
    assert Drop(3) in zygote.heard
    assert [m for m in zygote.heard if isinstance(m, Spawn)][-1] == Spawn(5, 200, 5)


def test_an_end_that_was_waited_for_no_longer_is_not_taken_for_another(played: Any) -> None:
    """A bound on the judge's own work may ring while it waits: the answer comes all the same."""
    launcher, zygote = played
    first, channel = launcher.spawn(100, 5)
    channel.close()
    second, channel = launcher.spawn(100, 5)
    channel.close()
    late = Ended(first, Exit(9, 0, 0.1, 1))
    zygote._own.send(msgspec.msgpack.encode(late))
    assert launcher.end(second) == Exit(0, 0, 0.5, 7)
    zygote._own.send(msgspec.msgpack.encode(late))
    launcher.prepare((), ("a",))
    assert launcher.end(second) == Exit(0, 0, 0.5, 7)


@pytest.mark.parametrize("there", [{0}, {0, 2}])
def test_pinning_needs_two_processors_and_the_one_at_hand(
    played: Any, monkeypatch: pytest.MonkeyPatch, there: set[int]
) -> None:
    _, zygote = played
    monkeypatch.setattr(launch.os, "sched_getaffinity", lambda pid: there, raising=False)
    alone = launch.ForkLauncher(Line(zygote.peer))
    alone.spawn(1, 1)[1].close()
    alone.prepare((), ())
    assert "Pin" not in kinds(zygote)


def test_a_zygote_that_is_gone_is_our_fault(played: Any) -> None:
    launcher, zygote = played
    theirs, channel = launch._pair()
    theirs.close()
    zygote._own.shutdown(socket.SHUT_RDWR)
    with pytest.raises(ProcessGone, match="zygote, which forks workers, is gone"):
        launcher.end(1)
    with pytest.raises(ProcessGone, match="zygote, which forks workers, is gone"):
        launcher.drop(1, channel)
    with pytest.raises(OSError, match="Bad file descriptor"):
        channel.close()
    with pytest.raises(ProcessGone, match="zygote, which forks workers, is gone"):
        launcher._receive()


@pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")
def test_the_processor_at_hand() -> None:
    assert launch._processor() in range(os.cpu_count() or 1)


# --- fresh interpreters ---------------------------------------------------------------------------


@pytest.fixture
def spawning(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., launch.SpawnLauncher]]:
    monkeypatch.setattr(launch, "interpreter", small_interpreter)
    made: list[launch.SpawnLauncher] = []

    def make(locked: bool = False) -> launch.SpawnLauncher:
        readable = lockdown.readable_paths(sys.path, [])
        made.append(launch.SpawnLauncher(Config(readable, locked)))
        return made[-1]

    yield make
    for launcher in made:
        processes = list(launcher._running.values())
        processes += [launcher._waiting[0]] if launcher._waiting else []
        launcher.close()
        assert all(process.returncode is not None for process in processes)
        assert launcher._waiting is None


BOUNDS = Bounds(call=30.0, memory=1 << 30, output=4096, cpu=60)


@pytest.mark.parametrize("locked", [False, pytest.param(True, marks=needs.lock)])
def test_an_interpreter_becomes_a_worker(spawning: Any, locked: bool) -> None:
    launcher = spawning(locked)
    launcher.prepare(("torch.optim", "os"), ())
    assert launcher._modules == ("torch.optim",), "only what is known to be slow"
    text = """
import os
def f():
    try:
        return os.listdir("/")
    except OSError:
        return "refused"
"""
    session = Session(launcher, BOUNDS, {"work": text}, {}, lambda node: node)
    session.begin("work", 1, 60.0)
    value = session.do(Op("call", "f")).value
    assert value == "refused" if locked else isinstance(value, list)
    assert launcher._waiting is not None, "the next one is on its way already"
    session.close()
    assert launcher._running == {}


def test_an_interpreter_that_was_killed_while_it_waited_is_replaced(spawning: Any) -> None:
    launcher = spawning()
    launcher.prepare((), ())
    process, _ = launcher._waiting
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # gone, and not yet waited for
    number, channel = launcher.spawn(1 << 30, 5)
    assert launcher._running[number].pid != process.pid
    assert process.returncode is not None
    channel.close()


def test_interpreters_that_never_get_there_are_our_fault(
    spawning: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the end of whoever asked, as a caller that hangs up would be."""
    launcher = spawning()

    def dies(call: str, fd: int, stderr: None) -> Any:
        return small_interpreter("import os; os._exit(4)", fd, stderr)

    monkeypatch.setattr(launch, "interpreter", dies)
    with pytest.raises(ProcessGone, match="was to become a worker is gone: "):
        launcher.spawn(1 << 30, 5)


def test_how_an_interpreter_ended_is_told(spawning: Any) -> None:
    launcher = spawning()
    number, channel = launcher.spawn(1 << 30, 5)
    requests = [
        Request(0, Start({"work": "import os\ndef f(): os._exit(7)"}, {}, 100)),
        Request(1, Do("call", "f", 0, (), {}, False), (), Begin("work", 0)),
    ]
    for request in requests:
        channel.send(msgspec.msgpack.encode(request))
    with pytest.raises(Closed):
        [channel.receive() for _ in range(200)]  # what is loaded on the way is told, too
    channel.close()
    ended = launcher.end(number)
    assert (ended.code, ended.signal) in ((7, 0), (-1, signal.SIGKILL))
    assert ended.peak > 1 << 20


def test_waiting_for_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """The body of a waiting interpreter, in this process, up to where it becomes a worker."""
    become: list[Any] = []
    monkeypatch.setattr(launch, "warm", lambda: None)
    monkeypatch.setattr(launch, "run_worker", lambda *args: become.append(args))
    prepared = object()
    monkeypatch.setattr(lockdown, "prepare", lambda: prepared)
    for locked in (True, False):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            channel = Channel(ours.fileno())
            config = Config(("/usr",), locked, scopes=False)
            go = launch._Go(config, 11, 12, ("math.hypot",))
            channel.send(msgspec.msgpack.encode(go))
            with pytest.raises(AssertionError, match="never returns"):
                launch.wait_for_work(theirs.fileno(), ("no_such_module",))
            assert channel.receive() == (b"", bytearray())
    (_, with_lock, policy, parent, spots), (_, without, _, _, _) = become
    assert (with_lock, without) == (prepared, None)
    assert (policy.readable, policy.memory, policy.cpu, policy.scopes) == (("/usr",), 11, 12, False)
    assert parent == os.getppid()
    assert list(spots) == ["math.hypot"]


def test_waiting_without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.setattr(launch, "run_worker", lambda *args: None)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        Channel(ours.fileno()).send(msgspec.msgpack.encode(launch._Go(Config((), False), 1, 1, ())))
        with pytest.raises(AssertionError):
            launch.wait_for_work(theirs.fileno(), ())


def test_who_is_not_wanted_any_more_leaves_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "warm", lambda: None)
    ours, theirs = socket.socketpair()
    with theirs:
        ours.close()
        with pytest.raises(SystemExit) as ended:
            launch.wait_for_work(theirs.fileno(), ("no_such_module",))
    assert not ended.value.code
