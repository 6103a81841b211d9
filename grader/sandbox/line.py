"""One request to a worker and its reply, by turns."""

from __future__ import annotations

import time
from contextlib import suppress

import msgspec

from grader.sandbox.patience import Patience
from grader.sandbox.wire.channel import Channel, DeadlinePassed
from grader.sandbox.wire.nodes import Malformed
from grader.sandbox.wire.protocol import Begin, Do, Importing, Reply, Request, Several, Start

__all__ = ["Line"]

#: What a byte of a header may come to as Python objects, and what is kept of any reply.
_UNPACKED, _KEPT = 16, 2048


class Line:
    """The judge's end of a channel to one worker.

    Attributes:
        channel: it; whoever ends the worker closes it.
        received: bytes that replies came to so far, as they lie in memory.
    """

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self._number = self.received = 0
        self._replies = msgspec.msgpack.Decoder(Reply)

    def ask(
        self,
        what: Start | Do | Several,
        sizes: tuple[int, ...],
        body: bytes,
        begin: Begin | None,
        patience: Patience,
    ) -> tuple[Reply, bytearray]:
        """Send one request and read its reply, before one deadline.

        Raises:
            Closed, DeadlinePassed, Interrupted: as `Channel`.
            Malformed, msgspec.MsgspecError, ValueError, RecursionError: it is no honest reply.
        """
        channel = self.channel
        self._number += 1
        request = msgspec.msgpack.encode(Request(self._number, what, sizes, begin))
        if not channel.quiet():
            with suppress(DeadlinePassed):
                channel.receive(time.monotonic())  # it may be its end: then it is Closed
            raise Malformed("it spoke without being asked")
        channel.send(request, (body,), patience.deadline)
        while True:
            header, replied = channel.receive(patience.deadline)
            self.received += len(replied) + _UNPACKED * len(header) + _KEPT
            reply = self._replies.decode(header)
            if reply.number != self._number:
                raise Malformed("an answer out of turn")
            if not isinstance(reply.what, Importing):
                return reply, replied
            patience.turn(reply.what.begins)
