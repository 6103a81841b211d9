"""Frames over a file descriptor, with one deadline for a whole frame.

A frame is a twelve-byte prefix (header length, body length, little-endian), the header, the
body. Only `read`, `readv` and `writev` are used: the worker's lock allows no socket calls.
"""

from __future__ import annotations

import os
import select
import struct
import time
from collections.abc import Sequence
from typing import Any

from grader.sandbox.wire.nodes import BODY_LIMIT, HEADER_LIMIT, Malformed

__all__ = ["Channel", "Closed", "DeadlinePassed", "Interrupted"]

_PREFIX = struct.Struct("<IQ")
_CHUNK = 1 << 16


class Closed(Exception):
    """The other side is gone."""


class DeadlinePassed(Exception):
    """The frame was not complete at its deadline."""


class Interrupted(Exception):
    """Somebody else wants to say something."""


class Channel:
    """One end of a pair.

    Args:
        fd: the descriptor; a channel that is given deadlines needs it non-blocking.
        header_limit: the largest header that is read, in bytes.

    While `interrupt` is a descriptor that can be read, waiting ends with Interrupted.
    """

    def __init__(self, fd: int, header_limit: int = HEADER_LIMIT) -> None:
        self.fd = fd
        self.interrupt: int | None = None
        self._header_limit = header_limit
        self._pending = b""
        self._waits = not os.get_blocking(fd)
        self._reader = select.poll()
        self._reader.register(fd, select.POLLIN)

    def send(self, header: bytes, body: Sequence[Any] = (), deadline: float | None = None) -> None:
        """Write one frame; `deadline` is a time of `time.monotonic`.

        Raises:
            Closed: the other side is gone.
            DeadlinePassed: it does not read.
        """
        size = 0
        for piece in body:
            size += piece.nbytes if isinstance(piece, memoryview) else len(piece)
        prefix = _PREFIX.pack(len(header), size)
        if size <= _CHUNK:  # one piece, and nearly always one write
            pieces = [memoryview(b"".join((prefix, header, *body)))]
        else:
            pieces = [memoryview(prefix + header)]
            pieces += [memoryview(piece).cast("B") for piece in body if len(piece)]
        while pieces:
            try:
                written = os.writev(self.fd, pieces[:64])
            except BlockingIOError:
                self._wait(select.POLLOUT, deadline)
                continue
            except (BrokenPipeError, ConnectionResetError):
                raise Closed from None
            while pieces and written >= len(pieces[0]):
                written -= len(pieces.pop(0))
            if written:
                pieces[0] = pieces[0][written:]

    def receive(self, deadline: float | None = None) -> tuple[bytes, bytearray]:
        """Read one frame: its header and its body.

        Raises:
            Closed: the other side is gone.
            DeadlinePassed: the frame is not complete in time.
            Interrupted: see above.
            Malformed: a part is larger than its limit.
        """
        data = self._pending
        while len(data) < _PREFIX.size:
            data += self._read(deadline)
        header_size, body_size = _PREFIX.unpack_from(data)
        if header_size > self._header_limit or body_size > BODY_LIMIT:
            raise Malformed("a frame beyond its limit")
        end = _PREFIX.size + header_size
        if len(data) == end + body_size:  # one read, which is usual
            self._pending = b""
            return data[_PREFIX.size : end], bytearray(data[end:])
        pieces, have = [data], len(data)
        while have < end:
            pieces.append(self._read(deadline))
            have += len(pieces[-1])
        data = b"".join(pieces)
        header = data[_PREFIX.size : end]
        body = bytearray(body_size)
        start = min(body_size, len(data) - end)
        body[:start] = data[end : end + start]
        self._pending = data[end + start :]
        self._fill(memoryview(body)[start:], deadline)
        return header, body

    def quiet(self) -> bool:
        """Whether nothing is waiting to be read: an honest worker speaks only when asked."""
        if self._pending:
            return False
        ready = self._reader.poll(0)
        return not ready or not any(event & select.POLLIN for _, event in ready)

    def close(self) -> None:
        os.close(self.fd)

    def _read(self, deadline: float | None) -> bytes:
        if self._waits:  # an answer is hardly ever there when it is asked for
            self._wait(select.POLLIN, deadline)
        while True:
            try:
                data = os.read(self.fd, _CHUNK)
            except BlockingIOError:
                self._wait(select.POLLIN, deadline)
                continue
            except ConnectionResetError:
                raise Closed from None
            if not data:
                raise Closed
            return data

    def _fill(self, view: memoryview, deadline: float | None) -> None:
        while len(view):
            try:
                count = os.readv(self.fd, [view])
            except BlockingIOError:
                self._wait(select.POLLIN, deadline)
                continue
            except ConnectionResetError:
                raise Closed from None
            if not count:
                raise Closed
            view = view[count:]

    def _wait(self, event: int, deadline: float | None) -> None:
        poll = self._reader
        if event != select.POLLIN:
            poll = select.poll()
            poll.register(self.fd, event)
        if self.interrupt is not None:
            poll.register(self.interrupt, select.POLLIN)
        left = max(deadline - time.monotonic(), 0) if deadline is not None else None
        ready = poll.poll(left * 1000 if left is not None else None)
        if not ready:
            raise DeadlinePassed
        if all(fd == self.interrupt for fd, _ in ready):
            raise Interrupted
