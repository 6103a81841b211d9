"""One message a packet: what is too long for one is told as that."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator

import pytest

from grader.errors import GraderFault
from grader.sandbox.processes.control import PACKET_LIMIT, Line, Prepare
from grader.sandbox.wire.channel import Closed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="packets are Linux's")


@pytest.fixture
def lines() -> Iterator[tuple[Line, Line]]:
    pair = [Line(peer) for peer in socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)]
    yield pair[0], pair[1]
    for line in pair:
        line.close()


def test_the_longest_arrives(lines: tuple[Line, Line]) -> None:
    names = ("x" * 1000,) * (PACKET_LIMIT // 1010)
    lines[0].send(Prepare((), names))
    assert lines[1].receive(Prepare)[0].forbidden == names


@pytest.mark.parametrize("times", [1, 100])
def test_one_that_is_too_long_is_no_sign_that_the_other_side_is_gone(
    lines: tuple[Line, Line], times: int
) -> None:
    """Neither one that would be cut short when it is read, nor one that no packet holds."""
    with pytest.raises(GraderFault, match=r"was not sent: Prepare, [\d,]+ bytes .*: "):
        lines[0].send(Prepare((), ("x" * PACKET_LIMIT * times,)))
    lines[0].send(Prepare((), ()))
    assert lines[1].receive(Prepare)[0] == Prepare((), ())


def test_the_other_side_is_gone(lines: tuple[Line, Line]) -> None:
    lines[1].close()
    with pytest.raises(Closed):
        lines[0].send(Prepare((), ()))
