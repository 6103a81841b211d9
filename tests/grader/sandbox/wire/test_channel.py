"""Frames over a pair: whole, in pieces, too large, too late, or not at all."""

from __future__ import annotations

import os
import socket
import struct
import threading
import time
from collections.abc import Iterator

import pytest

from grader.sandbox.wire.channel import Channel, Closed, DeadlinePassed
from grader.sandbox.wire.nodes import BODY_LIMIT, HEADER_LIMIT, Malformed

Pair = tuple[Channel, socket.socket]
PREFIX = struct.Struct("<IQ")


@pytest.fixture
def pair() -> Iterator[Pair]:
    """A channel on the judge's side, and the bare other end."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    with ours, theirs:
        yield Channel(ours.fileno()), theirs


def soon() -> float:
    return time.monotonic() + 10


def test_a_frame_arrives_as_it_was_sent(pair: Pair) -> None:
    channel, theirs = pair
    other = Channel(theirs.fileno())
    other.send(b"head", [b"", b"body", memoryview(b"12345678").cast("d")])
    assert channel.receive(soon()) == (b"head", bytearray(b"body12345678"))
    channel.send(b"", deadline=soon())
    assert other.receive() == (b"", bytearray())


def test_frames_that_came_together_are_told_apart(pair: Pair) -> None:
    channel, theirs = pair
    theirs.sendall(PREFIX.pack(1, 2) + b"abc" + PREFIX.pack(2, 0) + b"de")
    assert channel.receive(soon()) == (b"a", bytearray(b"bc"))
    assert not channel.quiet(), "the second one is here already"
    assert channel.receive(soon()) == (b"de", bytearray())
    assert channel.quiet()


def test_a_large_frame_goes_through_a_small_pipe(pair: Pair) -> None:
    """More pieces than one system call takes, and more bytes than the kernel holds."""
    channel, theirs = pair
    pieces = [bytes([n % 256]) * 9_000 for n in range(200)]
    other = Channel(theirs.fileno())
    got: list[tuple[bytes, bytearray]] = []
    thread = threading.Thread(target=lambda: got.append(other.receive()))
    thread.start()
    channel.send(b"h" * 100_000, pieces, soon())
    thread.join(10)
    assert got == [(b"h" * 100_000, bytearray(b"".join(pieces)))]
    thread = threading.Thread(target=lambda: other.send(b"x", pieces))
    thread.start()
    assert channel.receive(soon()) == (b"x", bytearray(b"".join(pieces)))
    thread.join(10)


def test_a_frame_byte_by_byte(pair: Pair) -> None:
    channel, theirs = pair
    frame = PREFIX.pack(3, 2) + b"abcde"
    got: list[tuple[bytes, bytearray]] = []
    thread = threading.Thread(target=lambda: got.append(channel.receive(soon())))
    thread.start()
    for byte in frame:
        theirs.send(bytes([byte]))
    thread.join(10)
    assert got == [(b"abc", bytearray(b"de"))]


@pytest.mark.parametrize(
    "sizes", [(HEADER_LIMIT + 1, 0), (0, BODY_LIMIT + 1), (0xFFFFFFFF, (1 << 64) - 1)]
)
def test_a_frame_beyond_its_limit_is_not_read(pair: Pair, sizes: tuple[int, int]) -> None:
    channel, theirs = pair
    theirs.sendall(PREFIX.pack(*sizes))
    with pytest.raises(Malformed, match="beyond its limit"):
        channel.receive(soon())


@pytest.mark.parametrize("sent", [b"", b"\0" * 5, PREFIX.pack(4, 4), PREFIX.pack(4, 4) + b"headbo"])
def test_one_deadline_for_a_whole_frame(pair: Pair, sent: bytes) -> None:
    channel, theirs = pair
    theirs.sendall(sent)
    with pytest.raises(DeadlinePassed):
        channel.receive(time.monotonic() + 0.01)
    with pytest.raises(DeadlinePassed):
        channel.receive(time.monotonic() - 1)


@pytest.mark.parametrize("sent", [b"", b"\0" * 5, PREFIX.pack(4, 4), PREFIX.pack(4, 4) + b"headbo"])
def test_the_other_side_hangs_up(pair: Pair, sent: bytes) -> None:
    channel, theirs = pair
    theirs.sendall(sent)
    theirs.shutdown(socket.SHUT_WR)
    with pytest.raises(Closed):
        channel.receive(soon())


def test_writing_to_nobody(pair: Pair) -> None:
    channel, theirs = pair
    theirs.close()
    with pytest.raises(Closed):
        channel.send(b"anyone?", deadline=soon())


def test_writing_to_somebody_who_does_not_read(pair: Pair) -> None:
    channel, _ = pair
    with pytest.raises(DeadlinePassed):
        channel.send(b"x", [bytes(1 << 24)], time.monotonic() + 0.01)


@pytest.mark.parametrize("sent", [b"", PREFIX.pack(0, 10)])
def test_a_reset_is_an_end(pair: Pair, sent: bytes) -> None:
    """Closing with unread words in it resets a pair."""
    channel, theirs = pair
    channel.send(b"never read", deadline=soon())
    theirs.sendall(sent)
    theirs.close()
    with pytest.raises(Closed):
        channel.receive(soon())


def test_quiet_until_somebody_speaks(pair: Pair) -> None:
    channel, theirs = pair
    assert channel.quiet()
    theirs.send(b"!")
    assert not channel.quiet()


def test_what_came_in_time_is_read_after_it(pair: Pair) -> None:
    """Whoever waits may be late for want of a processor: that is not the other side's fault."""
    channel, theirs = pair
    theirs.sendall(PREFIX.pack(4, 4) + b"headbody")
    assert channel.receive(time.monotonic() - 1) == (b"head", bytearray(b"body"))


def test_without_a_deadline_it_waits(pair: Pair) -> None:
    channel, theirs = pair
    thread = threading.Thread(target=lambda: theirs.sendall(PREFIX.pack(1, 0) + b"a"))
    thread.start()
    assert channel.receive() == (b"a", bytearray())
    thread.join()


def test_closing_closes_the_descriptor() -> None:
    ours, theirs = socket.socketpair()
    channel = Channel(ours.detach())
    channel.close()
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(channel.fd)
    theirs.close()
