"""Server-sent events: what happens in any thread, told to all pages that are open."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from typing import NamedTuple

from sse_starlette.event import ServerSentEvent
from sse_starlette.sse import EventSourceResponse

__all__ = ["Event", "Feed"]

#: Events that a page has not taken yet: one that is slower is let go, and asks for all anew.
_WAITING = 256
#: Seconds between signs of life, by which a proxy knows that a silent stream is none that is dead.
_PING = 20
#: Seconds that a stream without events waits until it looks whether it may go on.
_LOOK = 5.0


class Event(NamedTuple):
    """One event: its kind, and a value that JSON can hold."""

    kind: str
    data: object


class Feed:
    """Tells events to all streams that are open. A stream ends when the server does."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._open: set[asyncio.Queue[Event | None]] = set()
        self._is_over = False

    def tell(self, event: Event) -> None:
        """Send an event; from any thread. Where nobody listens, nothing happens."""
        self._in_loop(lambda: self._spread(event))

    @property
    def is_heard(self) -> bool:
        """Whether a stream is open; for the thread of the event loop."""
        return bool(self._open) and not self._is_over

    def close(self) -> None:
        """End all streams, now and from now on; from any thread."""
        self._is_over = True
        self._in_loop(lambda: self._spread(None))

    def response(
        self, first: Iterable[Event] = (), may_go_on: Callable[[], bool] = lambda: True
    ) -> EventSourceResponse:
        """A stream that begins with some events. For the thread of the event loop.

        Args:
            may_go_on: asked before each event and every few seconds; such as whether the session
                still is one.
        """
        self._loop = asyncio.get_running_loop()
        queue: asyncio.Queue[Event | None] = asyncio.Queue(_WAITING)
        for event in first:
            queue.put_nowait(event)
        self._open.add(queue)
        return EventSourceResponse(self._events(queue, may_go_on), ping=_PING, sep="\n")

    async def _events(
        self, queue: asyncio.Queue[Event | None], may_go_on: Callable[[], bool]
    ) -> AsyncIterator[ServerSentEvent]:
        try:
            while not self._is_over and queue in self._open:
                event: Event | None = None
                with suppress(TimeoutError):
                    event = await asyncio.wait_for(queue.get(), _LOOK)
                if not may_go_on():
                    return
                if event is not None:
                    yield ServerSentEvent(json.dumps(event.data), event=event.kind)
        finally:
            self._open.discard(queue)

    def _spread(self, event: Event | None) -> None:
        for queue in list(self._open):
            try:
                queue.put_nowait(event)
            except asyncio.QueueFull:
                self._open.discard(queue)

    def _in_loop(self, do: Callable[[], None]) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed: nobody listens any more
                self._loop.call_soon_threadsafe(do)
