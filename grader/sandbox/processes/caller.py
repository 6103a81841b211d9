"""The caller's handle on a base: starts it, talks to it, ends it.

Light on purpose: whoever holds one imports neither NumPy nor PyTorch nor pytest. The base begins
to import them the moment it is made, so make it early and read the course meanwhile.
"""

from __future__ import annotations

import fcntl
import logging
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from typing import BinaryIO, cast

import msgspec

from grader.errors import GraderFault
from grader.sandbox.processes.control import (
    MESSAGE_LIMIT,
    Configure,
    EndJudge,
    Exit,
    Failed,
    Hello,
    JudgeEnded,
    Line,
    Open,
)
from grader.sandbox.processes.interpreter import interpreter
from grader.sandbox.wire.channel import Channel, Closed, DeadlinePassed

__all__ = ["Base"]

logger = logging.getLogger(__name__)

#: Importing NumPy, PyTorch and pytest on a slow, cold disk.
_START_SECONDS = 180.0
#: A base says at once that a judge has ended; on a machine with other things to do, soon.
_FATE_SECONDS = 5.0
#: What is read of the last words of a process, in bytes, and what is shown of it, in lines: the
#: end of a traceback; of a crash in C the beginning, where the newest call stands.
_LAST_BYTES, _LAST_LINES = 8000, 12
_CRASH = "Fatal Python error"
#: Bytes of what the processes say that are kept; beyond that it begins anew.
_KEPT_BYTES = 1 << 20
_PACKETS = socket.SOCK_SEQPACKET if sys.platform == "linux" else socket.SOCK_STREAM


class Base:
    """One base process, started when this is made. Its methods may be called from any thread.

    Args:
        torch: whether to load PyTorch; without it starts in a fraction of the time. None loads it
            nowhere but in a worker that asks for it, False leaves it out, as if it were not
            installed.
    """

    def __init__(self, torch: bool | None = True) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, _PACKETS)
        self._control = Line(ours)
        self._said = _Said()
        self._lock = threading.Lock()
        self._judges = 0
        self._forks = True
        self._ended: dict[int, Exit] = {}
        # Up to where words were told, and for each judge that has ended, where its own may begin.
        self._told = 0
        self._words: dict[int, int] = {}
        self._failed = ""
        with theirs:
            call = f"grader.sandbox.processes.base.main({theirs.fileno()}, torch={torch})"
            self._process = interpreter(call, theirs.fileno(), stderr=self._said.file)
        logger.debug("the base is process %d", self._process.pid)

    def hello(self) -> Hello:
        """What the interpreter can import from, and what the machine can lock.

        Raises:
            GraderFault: it does not start; the message says why.
        """
        try:
            message, _ = self._control.receive(Hello | Failed, _START_SECONDS)
        except DeadlinePassed:
            raise GraderFault("the grader's processes did not start in time") from None
        except Closed:
            raise GraderFault(f"the grader's base process did not start: {self._end()}") from None
        if isinstance(message, Failed):
            raise GraderFault(f"the grader's base process did not start: {message.text}")
        hello: Hello = message
        logger.debug("it says hello; the lock lacks: %s", hello.missing or "nothing")
        return hello

    def configure(self, message: Configure) -> None:
        """Say how workers are kept, and what judges are."""
        self._forks = message.fork
        self._tell(message)

    def open_judge(self, processor: int = -1) -> tuple[int, Channel]:
        """Have a judge started: its number, and the caller's end of the conversation with it.

        Args:
            processor: where it runs with its workers; -1: whichever is at hand.

        Raises:
            GraderFault: the base is gone.
        """
        ours, theirs = socket.socketpair()
        with self._lock:
            self._judges += 1
            number = self._judges
        with theirs:
            try:
                self._tell(Open(number, processor), theirs.fileno())
            except GraderFault:
                ours.close()
                raise
        ours.setblocking(False)
        return number, Channel(ours.detach(), header_limit=MESSAGE_LIMIT)

    def end_judge(self, number: int) -> None:
        """End a judge that does not answer."""
        if not self._forks:
            self.kill()  # it has become the judge itself, and listens no more
            return
        with suppress(GraderFault):
            self._tell(EndJudge(number))

    def fate(self, number: int) -> str:
        """Why a judge that says nothing any more has ended, with its last words."""
        deadline = time.monotonic() + _FATE_SECONDS
        with self._lock:
            while not self._failed:
                # What is there already is read in any case: these ended together, and whose words
                # are whose cannot be told.
                waits = number not in self._ended
                try:
                    left = max(0.0, deadline - time.monotonic()) if waits else 0.0
                    message, _ = self._control.receive(JudgeEnded | Failed, left)
                except (Closed, DeadlinePassed, msgspec.MsgspecError):
                    break
                if isinstance(message, Failed):
                    self._failed = message.text
                else:
                    self._ended[message.number] = message.exit
                    self._words[message.number] = self._told
            if number in self._ended:
                words, end = self._said.last_words(self._words[number])
                self._told = end  # no later death is explained with these
                self.relay()
                return f"{_cause(self._ended[number])}{words}"
            self.relay()
            if self._failed:
                return f"the grader's base process failed: {self._failed}"
        return f"its base process went first: {self._end()}"

    def is_gone(self) -> bool:
        """Whether it has ended, or is about to."""
        return bool(self._failed) or self._process.poll() is not None

    def relay(self) -> None:
        """Hand on to the log what the processes have said since the last time."""
        self._said.relay()

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
        if self._said.close():
            logger.debug("the base has ended")

    def _tell(self, message: Configure | Open | EndJudge, *fds: int) -> None:
        try:
            self._control.send(message, *fds)
        except Closed:
            raise GraderFault(f"the grader's base process is gone: {self._end()}") from None

    def _end(self) -> str:
        """How the base itself ended, with its last words."""
        try:
            code = self._process.wait(timeout=_FATE_SECONDS)
        except subprocess.TimeoutExpired:
            return f"it hung up but still runs{self._last_words()}"
        end = Exit(code, max(0, -code), 0.0, 0)
        told = _cause(end) if end.signal else f"it ended with {end}"
        return told + self._last_words()

    def _last_words(self) -> str:
        return self._said.last_words(self._told)[0]


class _Said:
    """What all processes of one base have said. Its methods may be called from any thread.

    Places in it count from its beginning, though only the end of it is kept.

    Attributes:
        file: what they write to.
    """

    def __init__(self) -> None:
        # A file and no pipe: nobody has to read along, and a full one stops nobody.
        self.file = _scratch()
        flags = fcntl.fcntl(self.file, fcntl.F_GETFL)
        fcntl.fcntl(self.file, fcntl.F_SETFL, flags | os.O_APPEND)  # all write to one end
        self._lock = threading.Lock()
        self._read = 0
        self._cut = 0  # where the file begins now
        self._before = b""  # the last of what was before

    def relay(self) -> None:
        """Hand on to the log what was said since the last time."""
        with self._lock:
            if not self.file.closed:
                self._relay()

    def last_words(self, start: int) -> tuple[str, int]:
        """The last of what was said from a place on, to be put after a cause; and its end."""
        with self._lock:
            if self.file.closed:
                return "", start
            end = self._end()
            data = self._between(max(start, end - _LAST_BYTES), end)
        text = data.decode("utf-8", "replace").strip()
        crash = text.rfind(_CRASH)
        shown = slice(_LAST_LINES) if crash >= 0 else slice(-_LAST_LINES, None)
        lines = text[max(0, crash) :].splitlines()[shown]
        return "\n".join(["; its last words:", *lines]) if lines else "", end

    def close(self) -> bool:
        """Hand on the rest, and forget all; whether this had not been done."""
        with self._lock:
            if self.file.closed:
                return False
            self._relay()
            self.file.close()
            return True

    def _relay(self) -> None:
        end = self._end()
        if logger.isEnabledFor(logging.DEBUG):
            for line in self._between(self._read, end).splitlines():
                logger.debug("%s", line.decode("utf-8", "replace"))
            self._read = end
        if end - self._cut > _KEPT_BYTES:
            # Somebody may yet ask for these: a judge that has died, and that nobody missed so far.
            self._before = self._between(max(0, end - _LAST_BYTES), end)
            os.ftruncate(self.file.fileno(), 0)
            self._cut = end

    def _end(self) -> int:
        return self._cut + os.fstat(self.file.fileno()).st_size

    def _between(self, start: int, end: int) -> bytes:
        """What was said from one place to another, as far as it is kept."""
        before = self._before[max(0, len(self._before) - (self._cut - start)) :]
        begin = max(0, start - self._cut)
        after = os.pread(self.file.fileno(), end - self._cut - begin, begin)
        return before + after if start < self._cut else after


def _cause(end: Exit) -> str:
    """How a judge ended, and what that usually means."""
    meaning = {
        "SIGKILL": " (from outside: was the machine out of memory?)",
        "SIGSEGV": " (a library of the suites crashed)",
        "SIGABRT": " (a library of the suites crashed)",
        "SIGTERM": " (from outside)",
    }
    told = str(end)
    if not end.signal:
        return f"it ended with {told} (does a suite or a solution end the process?)"
    return f"it was {told}{meaning.get(told.rpartition(' ')[2], '')}"


def _scratch() -> BinaryIO:
    """A file for what processes say last: in memory, or nowhere, where no disk has room."""
    try:
        return cast("BinaryIO", tempfile.TemporaryFile(buffering=0))
    except OSError:
        if hasattr(os, "memfd_create"):
            return open(os.memfd_create("wxb"), "r+b", buffering=0)
        return open(os.devnull, "r+b", buffering=0)
