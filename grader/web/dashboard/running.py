"""Runs that were started from the page: a batch, or a regrade; each in a thread of its own.

What they do is what the commands do: `Batch` and `differences`. The judges are processes of their
own, so the pages stay quick meanwhile.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from grader.classroom.batch import Batch
from grader.classroom.batched import Batched, Concern, Tally
from grader.classroom.compared import Mode
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.plan import Options, Stop, check_class, processors
from grader.classroom.regrade import Difference, differences
from grader.course.outline import Course
from grader.errors import UsageError, WxbError
from grader.web.dashboard.comparing import Comparing

__all__ = ["Run", "Runs"]

#: Runs that are still told of.
_KEPT = 20
Kind = Literal["batch", "preview", "apply", "lower"]
_MODES: dict[Kind, Mode] = {"batch": "raise", "preview": "try", "apply": "raise", "lower": "lower"}


class Run:
    """A run, from its start on; read by pages while it goes on.

    Attributes:
        tally: how far it is.
        differences: marks that a regrade changes, or would.
        fault: a sentence, where it could not be done.
    """

    def __init__(self, number: int, kind: Kind, who: str, folders: Sequence[Path]) -> None:
        self.number, self.kind, self.who = number, kind, who
        self.folders = tuple(folders)
        self.begun = datetime.now(UTC)
        self.tally = Tally(0)
        self.concerns: list[Concern] = []
        self.differences: list[Difference] = []
        self.results: list[Batched] = []
        self.fault = ""
        self.is_over = False
        self.stop = Stop()

    @property
    def share(self) -> float:
        """How much of it is done."""
        return self.tally.done / self.tally.total if self.tally.total else float(self.is_over)


class Runs:
    """All runs of this server; one at a time, as they share the machine's processors.

    Args:
        open_book: opens the gradebook once more, for the thread of a run.
        changed: called whenever a run is further than before.

    Attributes:
        comparing: hand-ins of the class, compared with each other.
    """

    def __init__(
        self,
        course: Course,
        open_book: Callable[[], Gradebook],
        changed: Callable[[Run], None] = lambda run: None,
    ) -> None:
        self._course, self._open, self._changed = course, open_book, changed
        self.comparing = Comparing(open_book)
        self._numbers = itertools.count(1)
        self._runs: list[Run] = []
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def all(self) -> list[Run]:
        """The newest first."""
        return self._runs[::-1]

    def find(self, number: int) -> Run:
        """One run.

        Raises:
            KeyError: there is none.
        """
        for run in self._runs:
            if run.number == number:
                return run
        raise KeyError(number)

    def start(self, kind: Kind, who: str, folders: Sequence[Path]) -> Run:
        """Begin a run.

        Raises:
            UsageError: there is nothing to judge, or another one goes on.
        """
        if not folders:
            raise UsageError("No class was collected yet: grade collect SOURCE --into hw/")
        for folder in folders:
            check_class(folder)
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                raise UsageError("A run goes on; wait until it is over, or stop it.")
            run = Run(next(self._numbers), kind, who, folders)
            self._runs = [*self._runs, run][-_KEPT:]
            self._thread = threading.Thread(target=self._run, args=(run,))
            self._thread.start()
        return run

    def close(self) -> None:
        """Ask what goes on to stop; hand-ins that are being judged are finished."""
        for run in self._runs:
            run.stop.ask()
        self.comparing.close()

    def wait(self) -> None:
        """Until nothing goes on any more."""
        if self._thread is not None:
            self._thread.join()
        self.comparing.wait()

    def _run(self, run: Run) -> None:
        try:
            with self._open() as book:
                self._judge(run, book)
        except WxbError as error:
            run.fault = error.told()
        except Exception as error:  # a page has to say so; the thread has nobody else to tell
            run.fault = f"A fault of the grader's own: {type(error).__name__}: {error}"
        finally:
            run.is_over = True
            self._changed(run)

    def _judge(self, run: Run, book: Gradebook) -> None:
        again = run.kind != "batch"
        options = Options(jobs=processors(), mode=_MODES[run.kind], again=again)
        ledger = book.ledger() if again else None

        def heard(tally: Tally) -> None:
            run.tally = tally
            self._changed(run)

        for folder in run.folders:
            batch = Batch(
                self._course, folder, book, options, heard=heard, told=run.concerns.append,
                stop=run.stop,
            )  # fmt: skip
            run.results.append(batch.run())
        if ledger is not None:
            changes = [change for each in run.results for change in each.changes]
            run.differences = differences(self._course, ledger, changes)
