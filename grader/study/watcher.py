"""Which exercises were saved: the folder `exercises/`, watched by the system's own means."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from watchfiles import Change, watch

from grader.course.outline import Course
from grader.study.events import Saved

__all__ = ["Watcher"]

#: Milliseconds: changes are reported once none has come for `_STEP`, which is longer than an editor
#: takes from one write to the next, and after `_DEBOUNCE` at the latest, which nobody notices.
_STEP, _DEBOUNCE = 8, 60
#: Milliseconds after which the thread looks whether it should stop.
_LOOK = 500


class Watcher:
    """Tells which exercises' modules were written, or taken away.

    An editor that saves by renaming is seen as well: what counts is the name of the file.

    Args:
        kept: a file beside them that is watched, too, in a folder that is there.
        written: called when it was written, by whomever.
    """

    def __init__(
        self,
        course: Course,
        tell: Callable[[Saved], None],
        kept: Path | None = None,
        written: Callable[[], object] = lambda: None,
    ) -> None:
        self._names = {exercise.id for exercise in course.exercises}
        self._folder = Path(course.root) / "exercises"
        self._tell = tell
        self._kept, self._written = kept, written
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        folders = [self._folder, *([self._kept.parent] if self._kept else ())]
        changes = watch(
            *folders,
            watch_filter=self._counts,
            debounce=_DEBOUNCE,
            step=_STEP,
            stop_event=self._stop,
            rust_timeout=_LOOK,
            yield_on_timeout=False,
            raise_interrupt=False,
            ignore_permission_denied=True,
        )
        for found in changes:
            files = {Path(path) for _, path in found}
            if saved := sorted({file.stem for file in files if self._is_module(file)}):
                self._tell(Saved(tuple(saved)))
            if any(self._is_kept(file) for file in files):
                self._written()

    def _counts(self, change: Change, path: str) -> bool:
        file = Path(path)
        return self._is_module(file) or self._is_kept(file)

    def _is_module(self, file: Path) -> bool:
        return file.suffix == ".py" and file.stem in self._names

    def _is_kept(self, file: Path) -> bool:
        return self._kept is not None and file.name == self._kept.name
