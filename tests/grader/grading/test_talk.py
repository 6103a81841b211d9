"""Messages between caller and judge."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from grader.errors import Fault
from grader.grading import talk


def test_faults_travel() -> None:
    fault = Fault(Path("a.py"), 3, "wrong", "right")
    assert talk.FaultText.of(fault).fault() == fault


def test_a_message_that_is_cut_off_is_nobody() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"\x10\x00\x00\x00abc")
        theirs.shutdown(socket.SHUT_WR)
        assert talk.receive(ours, talk.Taken) is None


def test_a_message_after_a_reset_is_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    class Reset:
        def recv(self, size: int) -> bytes:
            raise ConnectionResetError

    peer: Any = Reset()
    assert talk.receive(peer, talk.Taken) is None
