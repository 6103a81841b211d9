"""The caller's handle on a base: starts it, talks to it, ends it.

Light on purpose: whoever holds one imports neither NumPy nor PyTorch nor pytest. The base begins
to import them the moment it is made, so make it early and read the course meanwhile.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import suppress

import msgspec

from grader.errors import GraderFault
from grader.sandbox.processes.control import Configure, Failed, Hello, Open
from grader.sandbox.processes.interpreter import interpreter

__all__ = ["Base"]

_PACKET = 1 << 18
#: Importing NumPy, PyTorch and pytest on a slow, cold disk.
_START_SECONDS = 180.0
_PACKETS = socket.SOCK_SEQPACKET if sys.platform == "linux" else socket.SOCK_STREAM


class Base:
    """One base process, started when this is made.

    Args:
        torch: False leaves PyTorch out, as if it were not installed: it starts in a fraction of
            the time.
    """

    def __init__(self, torch: bool = True) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, _PACKETS)
        with theirs:
            call = f"grader.sandbox.processes.base.main({theirs.fileno()}, torch={torch})"
            self._process = interpreter(call, theirs.fileno())
        self._control.settimeout(_START_SECONDS)

    def hello(self) -> Hello:
        """What the interpreter can import from, and what the machine can lock.

        Raises:
            GraderFault: it does not start.
        """
        try:
            data = self._control.recv(_PACKET)
        except TimeoutError:
            raise GraderFault("the grader's processes did not start in time") from None
        message = msgspec.msgpack.decode(data, type=Hello | Failed) if data else Failed("it ended")
        if isinstance(message, Failed):
            raise GraderFault(f"the grader's base process did not start: {message.text}")
        return message

    def configure(self, message: Configure) -> None:
        """Say how workers are kept, and what judges are."""
        self._tell(message)

    def open_judge(self) -> socket.socket:
        """Have a judge started; the caller's end of the conversation with it."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self._tell(Open(), theirs.fileno())
        except GraderFault:
            ours.close()
            raise
        ours.settimeout(_START_SECONDS)
        return ours

    def last_words(self) -> str:
        """What it said when it failed, if it did."""
        with suppress(OSError, msgspec.MsgspecError):
            self._control.settimeout(0.2)
            data = self._control.recv(_PACKET)
            if data:
                return ": " + msgspec.msgpack.decode(data, type=Failed).text
        return ""

    def kill(self) -> None:
        """End it at once; what it started ends with it."""
        self._process.kill()

    def close(self) -> None:
        """Hang up, and wait until it and all that it started are gone."""
        self._control.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _tell(self, message: Configure | Open, *fds: int) -> None:
        try:
            socket.send_fds(self._control, [msgspec.msgpack.encode(message)], list(fds))
        except OSError as error:
            raise GraderFault(f"the grader's base process is gone: {error}") from None
