"""The base: one fresh interpreter that imports the slow libraries once and then only forks.

It forks the zygote before it has imported anything of the grading side, and then a judge for each
request; when a judge ends, it says so. It knows nothing of the course: judges hear of it from the
caller, over sockets that only pass through here. When the caller is gone, so is the base, and with
it everything it started.
"""

from __future__ import annotations

import faulthandler
import importlib
import logging
import os
import resource
import select
import signal
import socket
import sys
import time
import traceback
from contextlib import suppress
from typing import Any

from grader.sandbox.lock import lockdown
from grader.sandbox.processes import zygote
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
    describe_exit,
)
from grader.sandbox.processes.launch import ForkLauncher, Launcher, SpawnLauncher
from grader.sandbox.wire.channel import Closed

__all__ = ["main"]

logger = logging.getLogger(__name__)

#: Seconds that judges are given to clean up once the caller is gone; what they may still hold,
#: such as a temporary folder of a suite's, is deleted in a fraction of one.
_GRACE_SECONDS = 1.0
#: Milliseconds between looks for judges that have ended, where the system cannot announce it.
_LOOK_MS = 200
#: Bytes of address space that a judge may take beyond the libraries: what an answer of the largest
#: size can grow into while a suite works with it, and far below what a machine has.
_JUDGE_MEMORY = 4 << 30
#: Most characters of a traceback that are sent to the caller: it must fit into one packet.
_TRACEBACK_LIMIT = 8000


def main(fd: int, torch: bool | None = True) -> None:
    """Entry of the base's interpreter.

    Args:
        fd: its packet socket to the caller.
        torch: whether to load PyTorch; None loads it nowhere but in a worker that asks for it,
            False leaves it out, as if it were not installed.
    """
    control = Line(socket.socket(fileno=fd))
    _log_to_stderr()
    try:
        _run(control, torch)
    except BaseException:
        with suppress(Closed):
            control.send(Failed(traceback.format_exc()[-_TRACEBACK_LIMIT:]))
        raise
    finally:
        control.close()


def _log_to_stderr() -> None:
    """Where the caller listens, write what happens here to the file that it reads."""
    if os.environ.get("WXB_LOG"):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(name)s[%(process)d]: %(message)s"))
        ours = logging.getLogger("grader")  # not the root: that one is the student's, in a worker
        ours.addHandler(handler)
        ours.setLevel(logging.DEBUG)
        ours.propagate = False


def _run(control: Line, torch: bool | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    support = lockdown.available()
    control.send(Hello(tuple(sys.path), support.missing))
    importlib.import_module("numpy")
    if torch:
        with suppress(ImportError):
            library: Any = importlib.import_module("torch")
            library.set_num_threads(1)
    elif torch is False:
        sys.modules["torch"] = None  # type: ignore[assignment]  # importing it raises ImportError
    logger.debug("libraries are loaded")
    try:
        configure, _ = control.receive(Configure)
    except Closed:
        return
    if configure.fork:
        _serve_forks(control, configure)
    else:
        judge = _entry(configure.judge)
        opened = _Judges(control).next()
        if opened is not None:
            _judge(judge, opened[1], SpawnLauncher(configure.config))


def _entry(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


def _serve_forks(control: Line, configure: Configure) -> None:
    """Fork the zygote, then a judge for each request; leave nobody behind."""
    peer, pid = _fork_zygote(control, configure.config)
    judges = _Judges(control, pid)
    try:
        judge = _entry(configure.judge)
        while (opened := judges.next()) is not None:
            asked, caller = opened
            forked = _fork_judge(judge, caller, peer, control, asked.processor)
            judges.add(forked, asked.number)
            caller.close()
    finally:
        judges.end()
        peer.close()  # the zygote ends its workers, then itself
        with suppress(ChildProcessError):  # it had ended before
            os.waitpid(pid, 0)


class _Judges:
    """The judges that run, by process; what is heard of them goes to the caller.

    Args:
        zygote: its process, without which no judge is of any use; 0 where there is none.
    """

    def __init__(self, control: Line, zygote: int = 0) -> None:
        self._control, self._zygote = control, zygote
        self._numbers: dict[int, int] = {}
        self._announced: dict[int, int] = {}
        if zygote:
            self._watch(zygote)

    def add(self, pid: int, number: int) -> None:
        """One more, which the caller knows by a number."""
        logger.debug("judge %d is process %d", number, pid)
        self._numbers[pid] = number
        self._watch(pid)

    def _watch(self, pid: int) -> None:
        with suppress(OSError, AttributeError):  # an old kernel, or no Linux
            self._announced[pid] = os.pidfd_open(pid)

    def next(self) -> tuple[Open, socket.socket] | None:
        """The next judge that is wanted, and the caller's end; None once the caller is gone.

        Tells the caller meanwhile which judges have ended.
        """
        parent = -1
        with suppress(OSError, AttributeError):
            # The socket alone may live on in a child that the caller forked.
            parent = os.pidfd_open(os.getppid())
        try:
            while True:
                ready = self._wait(parent)
                self.collect()
                if parent in ready:
                    return None
                if self._control.fileno() in ready:
                    request, fds = self._control.receive(Open | EndJudge)
                    if isinstance(request, Open):
                        return request, socket.socket(fileno=fds[0])
                    self._kill(request.number)
        except Closed:
            return None
        finally:
            if parent >= 0:
                os.close(parent)

    def _wait(self, parent: int) -> set[int]:
        """Descriptors that can be read: the caller's line, its process, an ended judge's."""
        poll = select.poll()
        watched = [self._control.fileno(), *self._announced.values()]
        for fd in [*watched, parent] if parent >= 0 else watched:
            poll.register(fd, select.POLLIN)
        silent = not self._numbers.keys() <= self._announced.keys()
        return {fd for fd, _ in poll.poll(_LOOK_MS if silent else None)}

    def collect(self) -> None:
        """Take leave of the judges that have ended.

        Raises:
            ChildProcessError: the zygote has.
        """
        if self._zygote:
            done, status, usage = os.wait4(self._zygote, os.WNOHANG)
            if done:
                self._zygote = 0
                ended = describe_exit(status, usage)
                raise ChildProcessError(f"the zygote, which forks workers, ended: {ended}")
        for pid in list(self._numbers):
            done, status, usage = os.wait4(pid, os.WNOHANG)
            if done:
                number = self._numbers.pop(pid)
                announced = self._announced.pop(pid, None)
                if announced is not None:
                    os.close(announced)
                ended = describe_exit(status, usage)
                logger.debug("judge %d ended: %s", number, ended)
                with suppress(Closed):
                    self._control.send(JudgeEnded(number, ended))

    def _kill(self, number: int) -> None:
        for pid, known in self._numbers.items():
            if known == number:
                os.kill(pid, signal.SIGKILL)

    def end(self) -> None:
        """Give them a moment to notice that the caller is gone and to clean up, then end them."""
        self._zygote = 0  # its end is nobody's concern any more
        deadline = time.monotonic() + _GRACE_SECONDS
        self.collect()
        while self._numbers and time.monotonic() < deadline:
            time.sleep(0.005)
            self.collect()
        for pid in self._numbers:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        for fd in self._announced.values():
            os.close(fd)


def _fork_zygote(control: Line, config: Config) -> tuple[Line, int]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    parent = os.getpid()
    pid = os.fork()
    if pid:
        theirs.close()
        logger.debug("the zygote is process %d", pid)
        return Line(ours), pid
    code = 1
    try:
        lockdown.die_with_parent(parent)
        ours.close()
        control.close()
        zygote.main(Line(theirs), config)
        code = 0
    except BaseException:
        traceback.print_exc()  # nobody is above to tell it
        raise
    finally:
        os._exit(code)


def _fork_judge(
    judge: Any, caller: socket.socket, peer: Line, control: Line, processor: int = -1
) -> int:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    peer.send(Adopt(), theirs.fileno())
    theirs.close()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        ours.close()
        return pid
    code = 1
    try:
        lockdown.die_with_parent(parent)
        peer.close()
        control.close()
        _judge(judge, caller, ForkLauncher(Line(ours), processor))
        code = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(code)


def _bound_memory() -> None:
    """A student's answer may be large; what a suite makes of it must not fill the machine."""
    if sys.platform == "linux":
        with open("/proc/self/statm", "rb") as statm:
            size = int(statm.read().split()[0]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        bound = size + _JUDGE_MEMORY
        if hard == resource.RLIM_INFINITY or bound < hard:
            # The soft limit alone: interpreters that are started from here set their own.
            resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def _judge(judge: Any, caller: socket.socket, launcher: Launcher) -> None:
    with suppress(OSError, ValueError):  # no standard error to write to
        faulthandler.enable()  # a library that crashes: the caller gets the lines that led there
    _bound_memory()
    try:
        judge(caller, launcher)
    finally:
        launcher.close()
