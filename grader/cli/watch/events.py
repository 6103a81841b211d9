"""What can happen while `grade watch` runs."""

from __future__ import annotations

import os
import queue
from contextlib import suppress

import msgspec

from grader.errors import WxbError
from grader.model import ExerciseResult

__all__ = ["Event", "Failed", "Inbox", "Loaded", "Marked", "Pressed", "Resized", "Saved"]


class Saved(msgspec.Struct, frozen=True):
    """Exercises whose modules were written, in no order."""

    exercises: tuple[str, ...]


class Marked(msgspec.Struct, frozen=True):
    """An exercise was graded.

    Args:
        seconds: from the request to the verdict.
        partial: PyTorch was still loading, so its tests were left out.
    """

    result: ExerciseResult
    seconds: float
    partial: bool


class Loaded(msgspec.Struct, frozen=True):
    """PyTorch is there: what was graded in part can be graded whole."""


class Failed(msgspec.Struct, frozen=True):
    """Grading could not be done; `final` if it never will."""

    error: WxbError
    final: bool


class Pressed(msgspec.Struct, frozen=True):
    """A key: a character, or the name of a special key ("up", "page down")."""

    key: str


class Resized(msgspec.Struct, frozen=True):
    """The terminal has another size, or has to be drawn anew."""


Event = Saved | Marked | Loaded | Failed | Pressed | Resized


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
