"""The base: one fresh interpreter that imports the slow libraries once and then only forks.

It forks the zygote before it has imported anything of the grading side, and then a judge for each
request. It knows nothing of the course: judges hear of it from the caller, over sockets that only
pass through here. When the caller is gone, so is the base, and with it everything it started.
"""

from __future__ import annotations

import importlib
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

import msgspec

from grader.sandbox.lock import lockdown
from grader.sandbox.processes import zygote
from grader.sandbox.processes.control import Adopt, Config, Configure, Failed, Hello, Open
from grader.sandbox.processes.launch import ForkLauncher, Launcher, SpawnLauncher

__all__ = ["main"]

_PACKET = 1 << 18
_GRACE_SECONDS = 1.0
#: Bytes of address space that a judge may take beyond the libraries.
_JUDGE_MEMORY = 4 << 30


def main(fd: int, torch: bool = True) -> None:
    """Entry of the base's interpreter.

    Args:
        fd: its packet socket to the caller.
        torch: False leaves PyTorch out, as if it were not installed.
    """
    with socket.socket(fileno=fd) as control:
        try:
            _run(control, torch)
        except BaseException:
            with suppress(OSError):
                control.send(msgspec.msgpack.encode(Failed(traceback.format_exc()[-8000:])))
            raise


def _run(control: socket.socket, torch: bool) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    support = lockdown.available()
    control.send(msgspec.msgpack.encode(Hello(tuple(sys.path), support.missing)))
    importlib.import_module("numpy")
    if torch:
        with suppress(ImportError):
            library: Any = importlib.import_module("torch")
            library.set_num_threads(1)
    else:
        sys.modules["torch"] = None  # type: ignore[assignment]  # importing it raises ImportError
    data = control.recv(_PACKET)
    if not data:
        return
    configure = msgspec.msgpack.decode(data, type=Configure)
    if configure.fork:
        _serve_forks(control, configure)
    else:
        judge = _entry(configure.judge)
        opened = _next(control)
        if opened is not None:
            _judge(judge, opened, SpawnLauncher(configure.config))


def _entry(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


def _serve_forks(control: socket.socket, configure: Configure) -> None:
    """Fork the zygote, then a judge for each request; leave nobody behind."""
    peer, pid = _fork_zygote(control, configure.config)
    judges: set[int] = set()
    try:
        judge = _entry(configure.judge)
        while (caller := _next(control)) is not None:
            judges.add(_fork_judge(judge, caller, peer, control))
            caller.close()
            judges -= set(_ended(judges))
    finally:
        _end(judges)
        peer.close()  # the zygote ends its workers, then itself
        os.waitpid(pid, 0)


def _next(control: socket.socket) -> socket.socket | None:
    """The caller's end for the next judge, or None once the caller is gone."""
    poll = select.poll()
    poll.register(control, select.POLLIN)
    caller = os.pidfd_open(os.getppid()) if hasattr(os, "pidfd_open") else -1
    try:
        if caller >= 0:  # the socket alone may live on in a child that the caller forked
            poll.register(caller, select.POLLIN)
        if any(fd == caller for fd, _ in poll.poll()):
            return None
    finally:
        if caller >= 0:
            os.close(caller)
    data, fds, _, _ = socket.recv_fds(control, _PACKET, 1)
    if not data:
        return None
    msgspec.msgpack.decode(data, type=Open)
    return socket.socket(fileno=fds[0])


def _end(judges: set[int]) -> None:
    """Give judges a moment to notice that the caller is gone and to clean up, then end them."""
    deadline = time.monotonic() + _GRACE_SECONDS
    while (judges := judges - set(_ended(judges))) and time.monotonic() < deadline:
        time.sleep(0.005)
    for child in judges:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _ended(judges: set[int]) -> list[int]:
    """Judges that have ended; they are collected."""
    return [pid for pid in judges if os.waitpid(pid, os.WNOHANG)[0]]


def _fork_zygote(control: socket.socket, config: Config) -> tuple[socket.socket, int]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    parent = os.getpid()
    pid = os.fork()
    if pid:
        theirs.close()
        return ours, pid
    code = 1
    try:
        lockdown.die_with_parent(parent)
        ours.close()
        control.close()
        zygote.main(theirs, config)
        code = 0
    finally:
        os._exit(code)


def _fork_judge(
    judge: Any, caller: socket.socket, peer: socket.socket, control: socket.socket
) -> int:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    socket.send_fds(peer, [msgspec.msgpack.encode(Adopt())], [theirs.fileno()])
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
        _judge(judge, caller, ForkLauncher(ours))
        code = 0
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
    _bound_memory()
    try:
        judge(caller, launcher)
    finally:
        launcher.close()
