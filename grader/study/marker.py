"""Grading in the background: one exercise at a time, the newest text of each.

What was saved last comes first. A grading under way is broken off for it, and done again later:
nobody who has mended an endless loop waits for its end.

While PyTorch loads, a second, light base grades the NumPy half: the first verdict does not wait.
"""

from __future__ import annotations

import importlib.util
import queue
import re
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

import msgspec

from grader.course.libraries import names_torch
from grader.course.outline import Course
from grader.errors import CourseError, GraderFault, IsolationError, SubmissionError, WxbError
from grader.grading.engine import Abandoned, Grader
from grader.grading.talk import Asked, Tried
from grader.handin.submission import Submission
from grader.report.model import ExerciseResult
from grader.sandbox.processes.caller import Base
from grader.study.events import Loaded, Marked, Unmarked

__all__ = ["Marker"]

#: How long an unfinished text is given to become whole: some editors write a file in pieces, or
#: take it away and bring it back.
_SETTLE_SECONDS = 0.06
_NEEDS_TORCH = re.compile(r"^(?:import|from)\s+torch\b", re.MULTILINE)
#: What a judge without PyTorch says of a test that needs it, and of code that uses it inside of a
#: function. While PyTorch loads, neither is true.
_NONE, _LOADING = "PyTorch is not installed", "PyTorch is still loading"
_USED = "torch is not installed where this is graded"


class Marker:
    """Takes exercises to grade and tells what came of it.

    Args:
        course: read once; its suites are collected once.
        tell: called with `Marked`, `Unmarked` and `Loaded`, from threads of this class.
        jobs: judges at a time: with two of them `attempt` need not wait for a grading.
    """

    def __init__(
        self, course: Course, tell: Callable[[Marked | Unmarked | Loaded], None], jobs: int = 1
    ) -> None:
        self._course, self._tell = course, tell
        self._requests: queue.SimpleQueue[tuple[float, tuple[str, ...]]] = queue.SimpleQueue()
        is_needed = names_torch(course.root)
        base = Base(torch=is_needed or None)
        self._full = Grader(course, base=base, jobs=jobs, alone=False)
        has_torch = importlib.util.find_spec("torch") is not None
        self._light = Grader(course, torch=False) if has_torch and is_needed else None
        self._loaded = threading.Event()
        self._threads = [
            threading.Thread(target=target, daemon=True) for target in (self._load, self._work)
        ]
        self._over = False
        self._last: tuple[object, Submission] | None = None  # what `attempt` has read

    def start(self) -> None:
        """Begin to load and to work."""
        for thread in self._threads:
            thread.start()

    def ask(self, *exercises: str) -> None:
        """Grade these, as their files are when their turn comes, before all that is waiting."""
        if exercises:
            self._requests.put((time.monotonic(), exercises))
            for grader in filter(None, (self._full, self._light)):
                grader.abandon()

    def attempt(self, calls: Sequence[Asked], named: Sequence[str] = ()) -> Tried:
        """What functions say in their files as they stand; it may be asked from any thread.

        Args:
            named: wrong ideas that the latest verdict has named.

        Raises:
            WxbError: they cannot be asked.
        """
        stamp = _stamp(Path(self._course.root) / "exercises")
        if self._last is None or self._last[0] != stamp:
            self._last = stamp, self._read()
        return self._full.attempt(self._last[1], calls, named)

    def close(self) -> None:
        """End everything that was started."""
        self._over = True
        self._requests.put((0.0, ()))
        for grader in filter(None, (self._full, self._light)):
            grader.cancel()
        for thread in self._threads:
            thread.join()
        for grader in filter(None, (self._full, self._light)):
            grader.close()

    # --- threads ----------------------------------------------------------------------------

    def _load(self) -> None:
        """Wait until everything is there."""
        try:
            self._full.start()
        except WxbError as error:
            self._fail(error, final=True)
            return
        except Exception:
            self._fail(GraderFault(traceback.format_exc()), final=True)
            return
        self._loaded.set()
        if self._light is not None:
            self._tell(Loaded())

    def _work(self) -> None:
        pending: dict[str, float] = {}
        while not self._over:
            self._gather(pending)
            if self._over:
                return
            if self._light is not None and self._loaded.is_set():
                self._light.close()
                self._light = None
            exercise = next(iter(pending))
            began = pending.pop(exercise)
            try:
                self._grade(exercise, began, pending)
            except Abandoned:
                pending.setdefault(exercise, began)
            except SubmissionError as error:
                self._fail(error, final=False)
            except WxbError as error:
                final = isinstance(error, CourseError | IsolationError)
                self._fail(error, final)
            except Exception:  # without this thread nothing would ever be graded again
                self._fail(GraderFault(traceback.format_exc()), final=True)

    def _gather(self, pending: dict[str, float], wait: float | None = None) -> None:
        """All requests that have come, the newest first; each exercise once.

        Waits for the first if there is none.
        """
        block = not pending if wait is None else True
        with suppress(queue.Empty):
            while not self._over:
                asked, exercises = self._requests.get(block, wait)
                newest = dict.fromkeys(exercises, asked)
                waiting = {name: when for name, when in pending.items() if name not in newest}
                pending.clear()
                pending.update(newest | waiting)
                block = False

    def _grade(self, exercise: str, began: float, pending: dict[str, float]) -> None:
        # Both graders are abandoned by the same requests, this one first: its claim holds for both.
        claim = self._full.claim()
        submission = self._read()
        if not self._is_whole(exercise, submission):
            self._gather(pending, _SETTLE_SECONDS)
            if claim.dropped:
                raise Abandoned
            submission = self._read()
        light = self._light
        if light is None or self._loaded.is_set() or self._imports_torch(exercise, submission):
            grader, partial = self._full, False
        else:
            grader, partial = light, True
        try:
            result = grader.grade(submission, [exercise], claim=claim).exercises[0]
            if partial and any(_USED in test.message for test in result.tests):
                # Only a judge that has PyTorch can say what this code does: it is waited for.
                partial = False
                result = self._full.grade(submission, [exercise], claim=claim).exercises[0]
        except GraderFault:
            if self._over:
                return
            raise
        told = _while_loading(result) if partial else result
        self._tell(Marked(told, time.monotonic() - began, partial))
        if partial and self._loaded.is_set():
            # Who heard that PyTorch is there did not know yet that this was graded in part.
            pending.setdefault(exercise, began)

    def _read(self) -> Submission:
        return Submission.from_path(Path(self._course.root) / "exercises", own=True)

    def _is_whole(self, exercise: str, submission: Submission) -> bool:
        """Whether the module is there and is Python."""
        text = self._text(exercise, submission)
        try:
            compile(text, exercise, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
        return bool(text.strip())

    def _imports_torch(self, exercise: str, submission: Submission) -> bool:
        """Whether the module cannot even be loaded without PyTorch."""
        return bool(_NEEDS_TORCH.search(self._text(exercise, submission)))

    def _text(self, exercise: str, submission: Submission) -> str:
        sources = submission.sources.items()
        return next((t for path, t in sources if PurePosixPath(path).stem == exercise), "")

    def _fail(self, error: WxbError, final: bool) -> None:
        if not self._over:
            self._tell(Unmarked(error, final))


def _while_loading(result: ExerciseResult) -> ExerciseResult:
    """A verdict of the half that needs no PyTorch, which says of the other that it is to come."""
    tests = tuple(
        msgspec.structs.replace(test, message=test.message.replace(_NONE, _LOADING))
        for test in result.tests
    )
    return msgspec.structs.replace(result, tests=tests)


def _stamp(folder: Path) -> object:
    """What changes with every save in a folder: a slider asks many times between two of them."""
    with suppress(OSError):
        found = [(path, path.stat()) for path in sorted(folder.rglob("*"))]
        return [(str(path), status.st_mtime_ns, status.st_size) for path, status in found]
    return object()  # something is just being written: nothing is equal to this
