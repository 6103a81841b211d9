"""Stored figures, brought up to date.

Where everybody stands is kept by the gradebook itself, hand-in by hand-in. The figures of the class
follow from that in one pass, which takes seconds for ten thousand students: they are stored with
the time at which they were worked out, and pages show them as of that time.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.insight.compute import compute

__all__ = ["Refresher", "is_behind", "recompute", "refresh"]


def is_behind(book: Gradebook) -> bool:
    """Whether anything was settled since the stored figures were worked out."""
    return book.figures.stored_mark() != book.figures.mark()


def refresh(book: Gradebook, *, every: float = 0.0) -> bool:
    """Work out the figures, if they are behind.

    Args:
        every: seconds that stored ones may be old before they are worked out again.

    Returns:
        Whether they were worked out.
    """
    before, now = book.figures.stored_mark(), datetime.now(UTC)
    mark = book.figures.mark()
    if before == mark:
        return False
    last = book.figures.stored("overview")
    if last is not None and (now - last.as_of).total_seconds() < every:
        return False
    # Gradings of an older wxb, and scores by other points, first.
    if book.figures.fill() or not book.figures.is_reckoned():
        book.figures.recompute()
    book.figures.store(compute(book), mark, now)
    return True


def recompute(book: Gradebook) -> None:
    """Work out everything anew, from what was handed in."""
    mark = book.figures.mark()
    book.figures.fill()
    book.figures.recompute()
    book.figures.store(compute(book), mark, datetime.now(UTC))


class Refresher:
    """Keeps figures up to date while a run goes on, without slowing it down.

    The longer the last time took, the longer it waits: a twentieth of a run's time at most.
    """

    def __init__(self, book: Gradebook, least: float = 5.0) -> None:
        self._book, self._least = book, least
        self._next = time.monotonic() + least

    def tick(self) -> None:
        """Something was settled."""
        now = time.monotonic()
        if now >= self._next:
            refresh(self._book)
            took = time.monotonic() - now
            self._next = time.monotonic() + max(self._least, 20 * took)

    def end(self) -> None:
        """The run is over."""
        refresh(self._book)
