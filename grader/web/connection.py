"""A connection that has to ask for something: who opens many and says nothing shuts nobody out.

uvicorn waits for the rest of a request for ever, and a process can have a thousand files open.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["Connection"]

#: Seconds from the first moment at which a request could come until all of its headers are there.
HEADERS = 15.0


class Connection(H11Protocol):
    """uvicorn's connection, closed where a request's headers do not come in time."""

    _waits: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._look()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._forget()

    def _look(self) -> None:
        """Wait from now on, unless that was begun, or something is being answered.

        What comes after an answer without making a request, such as the body of one that was
        refused, is waited for no longer than that.
        """
        is_answering = self.cycle is not None and not self.cycle.response_complete
        if is_answering or self.transport.is_closing():
            self._forget()
        elif self._waits is None:
            self._waits = self.loop.call_later(HEADERS, self.transport.close)

    def _forget(self) -> None:
        if self._waits is not None:
            self._waits.cancel()
            self._waits = None
