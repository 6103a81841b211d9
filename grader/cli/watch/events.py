"""What can happen while `grade watch` runs."""

from __future__ import annotations

import os
import queue
from contextlib import suppress

import msgspec

from grader.study.events import Loaded, Marked, Saved, Unmarked

__all__ = ["Event", "Inbox", "Pressed", "Resized"]


class Pressed(msgspec.Struct, frozen=True):
    """A key: a character, or the name of a special key ("up", "page down")."""

    key: str


class Resized(msgspec.Struct, frozen=True):
    """The terminal has another size, or has to be drawn anew."""


Event = Saved | Marked | Unmarked | Loaded | Pressed | Resized


class Inbox:
    """Events from threads and signal handlers, with a descriptor to wait on."""

    def __init__(self) -> None:
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.fd, self._wake = os.pipe()
        os.set_blocking(self._wake, False)

    def put(self, event: Event) -> None:
        """Add an event; may be called from any thread, and from a signal handler."""
        self._events.put(event)
        with suppress(BlockingIOError, OSError):  # full, so there is enough to wake up for
            os.write(self._wake, b"\0")

    def take(self) -> list[Event]:
        """All events that are there; called once the descriptor can be read."""
        os.read(self.fd, 4096)
        found: list[Event] = []
        with suppress(queue.Empty):
            while True:
                found.append(self._events.get_nowait())
        return found

    def close(self) -> None:
        """Close the descriptors; later events go nowhere."""
        os.close(self.fd)
        os.close(self._wake)
        self._wake = -1
