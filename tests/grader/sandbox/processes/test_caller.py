"""The caller's handle, against a base that a test plays."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from typing import Any

import msgspec
import pytest

from grader.errors import GraderFault
from grader.sandbox.processes import caller
from grader.sandbox.processes.control import Config, Configure, Failed, Hello, Open


class TestCaller:
    """The caller's handle, against a base that a test plays."""

    @pytest.fixture
    def played(self, monkeypatch: pytest.MonkeyPatch) -> tuple[caller.Base, socket.socket]:
        kept: list[socket.socket] = []

        def start(call: str, fd: int) -> Any:
            kept.append(socket.socket(fileno=os.dup(fd)))
            return subprocess.Popen([sys.executable, "-S", "-c", ""])

        monkeypatch.setattr(caller, "interpreter", start)
        return caller.Base(), kept[0]

    def test_a_base_that_fails_is_a_grader_fault(self, played: Any) -> None:
        handle, peer = played
        peer.send(msgspec.msgpack.encode(Failed("no numpy")))
        with pytest.raises(GraderFault, match="no numpy"):
            handle.hello()
        peer.send(msgspec.msgpack.encode(Failed("later")))
        assert handle.last_words() == ": later"
        peer.close()
        handle.close()

    def test_a_judge_is_asked_for(self, played: Any) -> None:
        handle, peer = played
        peer.send(msgspec.msgpack.encode(Hello(("/usr",), ("no lock",))))
        assert handle.hello() == Hello(("/usr",), ("no lock",))
        configure = Configure(Config(("/usr",), True), "any:judge", True)
        handle.configure(configure)
        assert msgspec.msgpack.decode(peer.recv(1 << 18), type=Configure) == configure
        conversation = handle.open_judge()
        data, fds, _, _ = socket.recv_fds(peer, 1 << 18, 1)
        assert msgspec.msgpack.decode(data, type=Open) == Open()
        os.write(fds[0], b"here")
        assert conversation.recv(4) == b"here"
        os.close(fds[0])
        conversation.close()
        peer.close()
        handle.close()

    def test_a_base_that_does_not_end_is_ended(self, monkeypatch: pytest.MonkeyPatch) -> None:
        code = "import time; time.sleep(600)"
        monkeypatch.setattr(
            caller,
            "interpreter",
            lambda call, fd: subprocess.Popen([sys.executable, "-S", "-c", code]),
        )
        handle = caller.Base()
        process = handle._process
        wait = process.wait
        monkeypatch.setattr(
            process, "wait", lambda timeout=None: wait(0.01 if timeout is not None else None)
        )
        handle.close()
        assert process.returncode == -signal.SIGKILL

    def test_a_base_that_is_gone(self, played: Any) -> None:
        handle, peer = played
        peer.close()
        with pytest.raises(GraderFault, match="it ended"):
            handle.hello()
        assert handle.last_words() == ""
        with pytest.raises(GraderFault, match="is gone"):
            handle.open_judge()
        handle.close()

    def test_a_base_that_is_silent(self, played: Any) -> None:
        handle, peer = played
        handle._control.settimeout(0.01)
        with pytest.raises(GraderFault, match="in time"):
            handle.hello()
        peer.close()
        handle.close()
