"""A bound on the judge's own work, where a student's answer has a say in how long it takes.

A test that loops `student.count()` times, or a reference that is asked about a student's number,
would otherwise keep the judge for as long as the student likes.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType

__all__ = ["TookTooLong", "at_most", "at_most_work"]


class TookTooLong(BaseException):
    """The bound was passed."""


def at_most(seconds: float) -> AbstractContextManager[None]:
    """Raise TookTooLong in the body once `seconds` have passed, and again each time as many have.

    A suite that catches everything would otherwise go on for ever.

    Signals reach the main thread only, which is where a judge works; in another thread there is
    no bound.
    """
    return _bounded(seconds, signal.ITIMER_REAL, signal.SIGALRM)


def at_most_work(seconds: float) -> AbstractContextManager[None]:
    """The same for work that waits for nobody: seconds of the processor.

    What is found then does not depend on what else the machine does.
    """
    return _bounded(seconds, signal.ITIMER_PROF, signal.SIGPROF)


@contextmanager
def _bounded(seconds: float, timer: int, number: int) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(rung: int, frame: FrameType | None) -> None:
        raise TookTooLong(f"no end after {seconds:.3g} s")

    before = signal.signal(number, ring)
    signal.setitimer(timer, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(number, before)
