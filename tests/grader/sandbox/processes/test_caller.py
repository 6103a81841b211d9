"""The caller's handle, against a base that a test plays."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from typing import Any

import msgspec
import pytest

from grader.errors import GraderFault
from grader.sandbox.processes import caller
from grader.sandbox.processes.control import (
    Config,
    Configure,
    EndJudge,
    Exit,
    Failed,
    Hello,
    JudgeEnded,
    Open,
)
from grader.sandbox.wire.channel import Channel


class TestCaller:
    """The caller's handle, against a base that a test plays."""

    @pytest.fixture
    def played(self, monkeypatch: pytest.MonkeyPatch) -> tuple[caller.Base, socket.socket]:
        kept: list[socket.socket] = []

        def start(call: str, fd: int, stderr: Any) -> Any:
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
        assert handle.fate(1) == "the grader's base process failed: later"
        assert handle.is_gone()
        peer.close()
        handle.close()

    def test_a_judge_is_asked_for(self, played: Any) -> None:
        handle, peer = played
        peer.send(msgspec.msgpack.encode(Hello(("/usr",), ("no lock",))))
        assert handle.hello() == Hello(("/usr",), ("no lock",))
        configure = Configure(Config(("/usr",), True), "any:judge", True)
        handle.configure(configure)
        assert msgspec.msgpack.decode(peer.recv(1 << 18), type=Configure) == configure
        number, conversation = handle.open_judge()
        data, fds, _, _ = socket.recv_fds(peer, 1 << 18, 1)
        assert msgspec.msgpack.decode(data, type=Open) == Open(number)
        its = Channel(fds[0])
        its.send(b"here")
        assert conversation.receive()[0] == b"here"
        its.close()
        conversation.close()
        handle.end_judge(number)
        assert msgspec.msgpack.decode(peer.recv(100), type=EndJudge) == EndJudge(number)
        peer.close()
        handle.close()

    def test_a_base_that_has_become_the_judge_is_ended_itself(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code = "import sys; sys.stdin.read()"
        monkeypatch.setattr(
            caller,
            "interpreter",
            lambda call, fd, stderr: subprocess.Popen(
                [sys.executable, "-S", "-c", code], stdin=subprocess.PIPE, pass_fds=[fd]
            ),
        )
        handle = caller.Base()
        handle.configure(Configure(Config((), True), "any:judge", False))
        try:
            handle.end_judge(1)
            assert handle._process.wait(20) == -signal.SIGKILL
        finally:
            handle._process.kill()
            handle.close()
            assert handle._process.stdin is not None
            handle._process.stdin.close()

    def test_a_base_that_does_not_end_is_ended(self, monkeypatch: pytest.MonkeyPatch) -> None:
        code = "import time; time.sleep(600)"
        monkeypatch.setattr(
            caller,
            "interpreter",
            lambda call, fd, stderr: subprocess.Popen([sys.executable, "-S", "-c", code]),
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
        with pytest.raises(GraderFault, match="did not start: it ended with exit status 0"):
            handle.hello()
        assert "its base process went first: it ended" in handle.fate(1)
        with pytest.raises(GraderFault, match="is gone"):
            handle.open_judge()
        handle.end_judge(1)
        handle.close()

    def test_a_base_that_is_silent(self, played: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        handle, peer = played
        monkeypatch.setattr(caller, "_START_SECONDS", 0.01)
        with pytest.raises(GraderFault, match="in time"):
            handle.hello()
        peer.close()
        handle.close()

    @pytest.mark.parametrize(
        ("end", "told"),
        [
            (Exit(3, 0, 0.0, 0), "it ended with exit status 3 (does a suite"),
            (Exit(-1, 9, 0.0, 0), "it was killed by SIGKILL (from outside: was the machine out"),
            (Exit(-1, 11, 0.0, 0), "it was killed by SIGSEGV (a library"),
            (Exit(-1, 200, 0.0, 0), "it was killed by signal 200"),
        ],
    )
    def test_why_a_judge_is_gone(self, played: Any, end: Exit, told: str) -> None:
        handle, peer = played
        peer.send(msgspec.msgpack.encode(JudgeEnded(2, Exit(0, 0, 0.0, 0))))
        peer.send(msgspec.msgpack.encode(JudgeEnded(1, end)))
        os.write(handle._said.file.fileno(), b"one\ntwo\n")
        fate = handle.fate(1)
        assert fate.startswith(told)
        assert fate.endswith("; its last words:\none\ntwo")
        assert handle.fate(2).startswith("it ended with exit status 0")
        peer.close()
        handle.close()
        assert "last words" not in handle.fate(1), "they went with it"

    def test_what_the_processes_say_is_logged_where_somebody_listens(
        self, played: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        handle, peer = played
        monkeypatch.setattr(caller, "_KEPT_BYTES", 10)
        with caplog.at_level(logging.DEBUG, "grader"):
            os.write(handle._said.file.fileno(), b"first line\n")
            handle.relay()
            os.write(handle._said.file.fileno(), b"second\n")
            handle.relay()
        said = [record.getMessage() for record in caplog.records]
        assert said == ["first line", "second"]
        peer.close()
        handle.close()

    def test_each_word_is_logged_once_whoever_asks(
        self, played: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        handle, peer = played
        lines = [f"line {i}" for i in range(300)]
        over = threading.Event()
        met: list[BaseException] = []

        def relays() -> None:
            try:
                while not over.is_set():
                    handle.relay()
            except BaseException as error:
                met.append(error)

        threads = [threading.Thread(target=relays) for _ in range(3)]
        with caplog.at_level(logging.DEBUG, "grader"):
            for thread in threads:
                thread.start()
            for line in lines:
                os.write(handle._said.file.fileno(), f"{line}\n".encode())
            over.set()
            for thread in threads:
                thread.join()
            handle.relay()
        assert met == []
        assert [record.getMessage() for record in caplog.records] == lines
        peer.close()
        handle.close()

    def test_a_death_is_not_explained_with_the_words_of_an_earlier_one(self, played: Any) -> None:
        handle, peer = played
        for number, words in ((1, b"first\n"), (2, b""), (3, b"third\n")):
            os.write(handle._said.file.fileno(), words)
            peer.send(msgspec.msgpack.encode(JudgeEnded(number, Exit(-1, 6, 0.0, 0))))
            told = handle.fate(number).partition("; its last words:\n")[2]
            assert told == words.decode().strip()
        peer.close()
        handle.close()

    def test_last_words_are_kept_when_the_rest_is_dropped(
        self, played: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        handle, peer = played
        monkeypatch.setattr(caller, "_KEPT_BYTES", 10)
        for words in (b"much was said\n", b"and more of it\n"):
            os.write(handle._said.file.fileno(), words)
            handle.relay()
            assert os.fstat(handle._said.file.fileno()).st_size == 0
        os.write(handle._said.file.fileno(), b"end\n")
        peer.send(msgspec.msgpack.encode(JudgeEnded(1, Exit(-1, 6, 0.0, 0))))
        assert handle.fate(1).endswith(":\nmuch was said\nand more of it\nend")
        peer.close()
        handle.close()
