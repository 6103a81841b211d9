"""The base: one fresh interpreter that imports the slow libraries once and then only forks.

It forks the zygote before it has imported anything of the grading side, and then a judge for each
request. It knows nothing of the course: judges hear of it from the caller, over sockets that only
pass through here. When the caller is gone, so is the base, and with it everything it started.
"""

from __future__ import annotations

import importlib
import os
import signal
import socket
import sys
import traceback
from contextlib import suppress
from typing import Any

import msgspec

from grader.sandbox import lockdown, zygote
from grader.sandbox.control import Adopt, Config, Configure, Failed, Hello, Open
from grader.sandbox.launch import ForkLauncher, Launcher, SpawnLauncher

__all__ = ["main"]

_PACKET = 1 << 18


def main(fd: int) -> None:
    """Entry of the base's interpreter; `fd` is its packet socket to the caller."""
    control = socket.socket(fileno=fd)
    try:
        _run(control)
    except BaseException:
        with suppress(OSError):
            control.send(msgspec.msgpack.encode(Failed(traceback.format_exc()[-8000:])))
        raise


def _run(control: socket.socket) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    support = lockdown.available()
    control.send(msgspec.msgpack.encode(Hello(tuple(sys.path), support.missing)))
    importlib.import_module("numpy")
    data = control.recv(_PACKET)
    if not data:
        return
    configure = msgspec.msgpack.decode(data, type=Configure)
    if configure.torch:
        with suppress(ImportError):
            torch: Any = importlib.import_module("torch")
            torch.set_num_threads(1)
    peer = _fork_zygote(control, configure.config) if configure.fork else None
    module, _, function = configure.judge.partition(":")
    judge = getattr(importlib.import_module(module), function)
    while True:
        data, fds, _, _ = socket.recv_fds(control, _PACKET, 1)
        if not data:
            return
        msgspec.msgpack.decode(data, type=Open)
        caller = socket.socket(fileno=fds[0])
        if peer is None:
            _judge(judge, caller, SpawnLauncher(configure.config))
            return
        _fork_judge(judge, caller, peer, control)
        caller.close()
        _reap()


def _fork_zygote(control: socket.socket, config: Config) -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    parent = os.getpid()
    if os.fork():
        theirs.close()
        return ours
    code = 1
    try:
        lockdown.die_with_parent(parent)
        ours.close()
        control.close()
        zygote.main(theirs, config)
        code = 0
    finally:
        os._exit(code)


def _fork_judge(judge: Any, caller: socket.socket, peer: socket.socket, control: Any) -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    socket.send_fds(peer, [msgspec.msgpack.encode(Adopt())], [theirs.fileno()])
    theirs.close()
    parent = os.getpid()
    if os.fork():
        ours.close()
        return
    code = 1
    try:
        lockdown.die_with_parent(parent)
        peer.close()
        control.close()
        _judge(judge, caller, ForkLauncher(ours))
        code = 0
    finally:
        os._exit(code)


def _judge(judge: Any, caller: socket.socket, launcher: Launcher) -> None:
    try:
        judge(caller, launcher)
    finally:
        launcher.close()


def _reap() -> None:
    """Collect judges that have ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
