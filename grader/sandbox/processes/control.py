"""What caller, base, judges and zygote say to each other, one message a packet.

Light on purpose: the caller imports this, and never NumPy, PyTorch or pytest.
"""

from __future__ import annotations

import errno
import os
import resource
import select
import signal
import socket
import sys
from typing import Any

import msgspec

from grader.errors import GraderFault
from grader.sandbox.wire.channel import Closed, DeadlinePassed

__all__ = [
    "LOCK_FAILED",
    "MESSAGE_LIMIT",
    "PACKET_LIMIT",
    "WARMABLE",
    "Adopt",
    "Config",
    "Configure",
    "Drop",
    "End",
    "EndJudge",
    "Ended",
    "Exit",
    "Failed",
    "Hello",
    "JudgeEnded",
    "Line",
    "Open",
    "Pin",
    "Prepare",
    "Ready",
    "Spawn",
    "describe_exit",
    "waited",
]

#: Most bytes of one message: what a packet socket takes in one piece on every Linux; the longest
#: is a `Hello` or a `Config` with its list of paths.
PACKET_LIMIT = 1 << 17
#: Largest message between caller and judge, in bytes: a report on every exercise of a large
#: course, with all that was printed.
MESSAGE_LIMIT = 1 << 28

#: The other side is there, and cannot be told this: too long, no room, too many descriptors.
_NOT_SENT = (errno.EMSGSIZE, errno.ENOBUFS, errno.ENOMEM, errno.ETOOMANYREFS)

#: Exit status of a worker whose lock could not be had; it has run nothing then.
LOCK_FAILED = 72

#: Library modules that are slow to import and want a temporary folder: imported here, on request.
WARMABLE = frozenset({"torch.optim", "torch.testing", "torch.nn.utils", "scipy", "pandas"})


class Config(msgspec.Struct, frozen=True):
    """What every worker gets.

    Args:
        readable: absolute paths that a locked worker may read.
        locked: whether workers are locked; False only where the caller asked for it.
        scopes: use Landlock's scopes where the kernel has them.
    """

    readable: tuple[str, ...]
    locked: bool
    scopes: bool = True


class Adopt(msgspec.Struct, frozen=True, tag="adopt"):
    """From the base: a new judge; its end of the connection comes along."""


class Prepare(msgspec.Struct, frozen=True, tag="prepare"):
    """Import slow library modules and look up the functions that may be forbidden."""

    modules: tuple[str, ...]
    forbidden: tuple[str, ...]


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    pass


class Spawn(msgspec.Struct, frozen=True, tag="spawn"):
    """Fork a worker; its end of the pair comes along. `memory` in bytes, `cpu` in seconds."""

    id: int
    memory: int
    cpu: int


class End(msgspec.Struct, frozen=True, tag="end"):
    """Kill a worker if it still runs, and say how it ended."""

    id: int


class Drop(msgspec.Struct, frozen=True, tag="drop"):
    """Kill a worker; nobody asks how it ended."""

    id: int


class Pin(msgspec.Struct, frozen=True, tag="pin"):
    """Keep a worker on one processor: the judge's own, where a call costs least."""

    id: int
    processor: int


class Exit(msgspec.Struct, frozen=True):
    """How a worker ended.

    Args:
        code: exit status, or -1 where a signal ended it.
        signal: number of that signal, or 0.
        cpu: processor seconds it used, all its threads together.
        peak: bytes of resident memory at the peak.
        waited: seconds that it was ready to run while the processor was somebody else's, where
            the system tells.
    """

    code: int
    signal: int
    cpu: float
    peak: int
    waited: float = 0.0

    def __str__(self) -> str:
        """In words: `exit status 3`, `killed by SIGKILL`."""
        return f"killed by {self.signal_name}" if self.signal else f"exit status {self.code}"

    @property
    def signal_name(self) -> str:
        """SIGKILL; or "signal 200", where it has no name."""
        try:
            return signal.Signals(self.signal).name
        except ValueError:
            return f"signal {self.signal}"


def waited(pid: int) -> float:
    """Seconds that a process waited for a processor (scheduler statistics of Linux), or 0."""
    try:
        with open(f"/proc/{pid}/schedstat", "rb") as file:
            return int(file.read().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def describe_exit(status: int, usage: resource.struct_rusage, starved: float = 0.0) -> Exit:
    """An `Exit` from what wait4 returned (Linux counts ru_maxrss in KiB, macOS in bytes)."""
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -1
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    unit = 1 if sys.platform == "darwin" else 1024
    return Exit(code, number, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit, starved)


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """From the zygote: a worker has ended."""

    id: int
    exit: Exit


class Hello(msgspec.Struct, frozen=True, tag="hello"):
    """From the base: what this interpreter can import from, and what the machine can lock."""

    sys_path: tuple[str, ...]
    missing: tuple[str, ...]


class Configure(msgspec.Struct, frozen=True, tag="configure"):
    """From the caller: how workers are kept, and what judges are.

    Args:
        judge: the judge's entry, `module:function`, called with (caller's socket, launcher).
        fork: fork judges and workers, or start fresh interpreters.
    """

    config: Config
    judge: str
    fork: bool


class Open(msgspec.Struct, frozen=True, tag="open"):
    """From the caller: one more judge, by its number; its end of the conversation comes along.

    `processor` is the one that it keeps to with its workers, where several judges share a machine;
    -1: whichever is at hand.
    """

    number: int
    processor: int = -1


class EndJudge(msgspec.Struct, frozen=True, tag="end judge"):
    """From the caller: a judge that does not answer is wanted no longer."""

    number: int


class JudgeEnded(msgspec.Struct, frozen=True, tag="judge ended"):
    """From the base: a judge is gone, whoever ended it."""

    number: int
    exit: Exit


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """From the base: it cannot go on, and why."""

    text: str


class Line:
    """Messages over a packet socket, one a packet, each with descriptors that travel along."""

    def __init__(self, peer: socket.socket) -> None:
        self._peer = peer

    def fileno(self) -> int:
        """For `select`."""
        return self._peer.fileno()

    def send(self, message: msgspec.Struct, *fds: int) -> None:
        """Write one message.

        Raises:
            Closed: the other side is gone.
            GraderFault: it does not go into one packet.
        """
        data = msgspec.msgpack.encode(message)
        try:
            if len(data) > PACKET_LIMIT:
                raise OSError(errno.EMSGSIZE, "longer than what is read")
            socket.send_fds(self._peer, [data], list(fds))
        except OSError as error:
            if error.errno in _NOT_SENT:
                name = type(message).__name__
                told = f"{name}, {len(data):,} bytes with {len(fds)} descriptors: {error.strerror}"
                raise GraderFault(f"a message between processes was not sent: {told}") from None
            raise Closed from None

    def receive(self, kind: Any, seconds: float | None = None) -> tuple[Any, list[int]]:
        """Read one message of a type or union of types, and what came along.

        Raises:
            Closed: the other side is gone.
            DeadlinePassed: nothing came within `seconds`.
        """
        if seconds is not None and not self._waits(seconds):
            raise DeadlinePassed
        try:
            data, fds, _, _ = self._packet()
        except OSError:
            raise Closed from None
        if not data:
            raise Closed
        return msgspec.msgpack.decode(data, type=kind), fds

    def _packet(self) -> Any:
        try:
            return socket.recv_fds(self._peer, PACKET_LIMIT, 1)
        except ConnectionResetError:
            # It went without having read all of ours; what it said before can still be read.
            return socket.recv_fds(self._peer, PACKET_LIMIT, 1)

    def _waits(self, seconds: float) -> bool:
        poll = select.poll()
        try:
            poll.register(self._peer, select.POLLIN)
        except ValueError:
            raise Closed from None
        return bool(poll.poll(seconds * 1000))

    def close(self) -> None:
        self._peer.close()
