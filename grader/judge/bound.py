"""A bound on the judge's own work, where a student's answer has a say in how long it takes.

A test that loops `student.count()` times, or a reference that is asked about a student's number,
would otherwise keep the judge for as long as the student likes.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["TookTooLong", "at_most"]


class TookTooLong(BaseException):
    """The bound was passed."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TookTooLong in the body once `seconds` have passed, and again each time as many have.

    A suite that catches everything would otherwise go on for ever.

    Signals reach the main thread only, which is where a judge works; in another thread there is
    no bound.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise TookTooLong(f"no end after {seconds:.3g} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
