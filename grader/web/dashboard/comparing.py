"""Hand-ins of a whole class compared, in a thread of its own: it reads all of its files."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.similar.find import cases, similar
from grader.classroom.similar.values import Case, Similarity
from grader.errors import UsageError, WxbError

__all__ = ["Comparing"]


class _Stopped(Exception):
    """Nobody waits for the rest."""


class Comparing:
    """The newest comparison of this server, and the one that goes on.

    Args:
        open_book: opens the gradebook once more, for the thread.

    Attributes:
        found: of each exercise; None before the first comparison is over.
        at: when that began.
        doing: the exercise that is being compared; "" while nothing goes on.
        fault: a sentence, where it could not be done.
    """

    def __init__(self, open_book: Callable[[], Gradebook]) -> None:
        self._open = open_book
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_over = False
        self.found: Sequence[Similarity] | None = None
        self.at: datetime | None = None
        self.doing = self.fault = ""

    @property
    def cases(self) -> list[Case]:
        """Pairs of students, with all exercises in which theirs are nearly the same."""
        return cases(self.found or ())

    def case(self, one: str, other: str) -> Case:
        """What was found of two students.

        Raises:
            KeyError: nothing.
        """
        for found in self.cases:
            if {found.a, found.b} == {one, other}:
                return found
        raise KeyError(one, other)

    def start(self) -> None:
        """Compare all hand-ins anew.

        Raises:
            UsageError: they are being compared.
        """
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                raise UsageError("Hand-ins are being compared; load the page again in a moment.")
            self.doing, self.fault = "the first exercise", ""
            self._thread = threading.Thread(target=self._compare, args=(datetime.now(UTC),))
            self._thread.start()

    def close(self) -> None:
        """Stop at the next exercise."""
        self._is_over = True

    def wait(self) -> None:
        """Until nothing goes on any more."""
        if self._thread is not None:
            self._thread.join()

    def _compare(self, at: datetime) -> None:
        try:
            with self._open() as book:
                found = similar(book, heard=self._heard)
            self.found, self.at = found, at
        except _Stopped:
            pass
        except WxbError as error:
            self.fault = error.told()
        except Exception as error:  # a page has to say so; the thread has nobody else to tell
            self.fault = f"A fault of the grader's own: {type(error).__name__}: {error}"
        finally:
            self.doing = ""

    def _heard(self, exercise: str) -> None:
        if self._is_over:
            raise _Stopped
        self.doing = exercise
