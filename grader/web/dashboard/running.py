"""Runs that were started from the page: a batch, or a regrade; each in a thread of its own.

What they do is what the commands do: `Batch` and `differences`. How far they are stands in the
gradebook, as it does for runs of the command line; here is what else a page shows of its own. The
judges are processes of their own, so the pages stay quick meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from grader.classroom.batch import Batch
from grader.classroom.batched import Batched, Concern
from grader.classroom.compared import Mode
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.runs import Recording, Sort
from grader.classroom.plan import Options, Stop, check_class, processors
from grader.classroom.regrade import Difference, differences
from grader.course.outline import Course
from grader.errors import UsageError, WxbError
from grader.web.dashboard.comparing import Comparing

__all__ = ["Run", "Runs"]

#: Runs of which differences and concerns are kept.
_KEPT = 20
_MODES: Mapping[Sort, Mode] = {
    "batch": "raise", "preview": "try", "apply": "raise", "lower": "lower"
}  # fmt: skip


class Run:
    """A run of this server, from its start on; read by pages while it goes on.

    Attributes:
        number: of it in the gradebook, which says how far it is.
        concerns: hand-ins that need a person.
        differences: marks that a regrade changes, or would.
        fault: a sentence, where it could not be done.
    """

    def __init__(self, number: int, kind: Sort, folders: Sequence[Path]) -> None:
        self.number, self.kind = number, kind
        self.folders = tuple(folders)
        self.concerns: list[Concern] = []
        self.differences: list[Difference] = []
        self.results: list[Batched] = []
        self.fault = ""
        self.is_over = False
        self.stop = Stop()


class Runs:
    """All runs of this server; one at a time, as they share the machine's processors.

    Args:
        open_book: opens the gradebook once more, for the thread of a run.

    Attributes:
        comparing: hand-ins of the class, compared with each other.
    """

    def __init__(self, course: Course, open_book: Callable[[], Gradebook]) -> None:
        self._course, self._open = course, open_book
        self.comparing = Comparing(open_book)
        self._runs: list[Run] = []
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def find(self, number: int) -> Run | None:
        """A run of this server; None where another program has begun it, or it is long over."""
        return next((run for run in self._runs if run.number == number), None)

    def start(self, kind: Sort, who: str, folders: Sequence[Path]) -> Run:
        """Begin a run.

        Raises:
            UsageError: there is nothing to judge, or another one goes on.
        """
        if not folders:
            raise UsageError("No class was collected yet: grade collect SOURCE --into hw/")
        for folder in folders:
            check_class(folder)
        with self._lock:
            if self.goes_on:
                raise UsageError("A run goes on; wait until it is over, or stop it.")
            book = self._open()
            try:
                record = book.runs.begin(kind, who, folders)
            except BaseException:
                book.close()
                raise
            run = Run(record.number, kind, folders)
            self._runs = [*self._runs, run][-_KEPT:]
            # A program that is told to end at once does not wait for it: what is settled is safe.
            self._thread = threading.Thread(target=self._run, args=(run, book, record), daemon=True)
            self._thread.start()
        return run

    @property
    def goes_on(self) -> bool:
        """Whether a run has not ended yet."""
        return self._thread is not None and self._thread.is_alive()

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

    def _run(self, run: Run, book: Gradebook, record: Recording) -> None:
        try:
            with book, record:
                self._judge(run, book, record)
        except WxbError as error:
            run.fault = error.told()
        except Exception as error:  # a page has to say so; the thread has nobody else to tell
            run.fault = f"A fault of the grader's own: {type(error).__name__}: {error}"
        finally:
            run.is_over = True

    def _judge(self, run: Run, book: Gradebook, record: Recording) -> None:
        again = run.kind != "batch"
        options = Options(jobs=processors(), mode=_MODES[run.kind], again=again)
        ledger = book.ledger() if again else None

        def told(concern: Concern) -> None:
            run.concerns.append(concern)
            record.told(concern)

        for folder in run.folders:
            record.next()
            batch = Batch(
                self._course, folder, book, options, heard=record.heard, told=told, stop=run.stop
            )
            record.heard(batch.tally)
            run.results.append(batch.run())
        if ledger is not None:
            changes = [change for each in run.results for change in each.changes]
            run.differences = differences(self._course, ledger, changes)
