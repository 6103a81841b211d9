"""A student's work, followed while pages show it: what is saved is graded, as `grade watch` does.

Events come from the marker's and the watcher's threads, questions from the pages': one lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from grader.course.outline import Course, Exercise, Unit
from grader.errors import UsageError
from grader.grading.talk import Asked, Tried
from grader.report.model import ExerciseResult
from grader.study.events import Loaded, Marked, Saved, Unmarked
from grader.study.kept import PROGRESS, Met
from grader.study.marker import Marker
from grader.study.progress import Hint, Progress, State
from grader.study.remember import Remark, remember
from grader.study.watcher import Watcher

__all__ = ["Changed", "Known", "Work"]

#: Called with an exercise or a unit of which something is new, or None for all of them.
Changed = Callable[[Exercise | Unit | None], object]


class Known:
    """What is known of one exercise at a moment.

    Attributes:
        result: the latest verdict since the pages were opened, or None.
        remark: what there is to say after it.
        busy: whether it is being graded.
        partial: whether its PyTorch half is still to come.
        hints: those that are open; `left` counts the others.
    """

    def __init__(self, work: Work, exercise: Exercise) -> None:
        progress = work.progress
        self.exercise = exercise
        self.state: State = progress.state(exercise)
        self.record = progress[exercise.id]
        self.result: ExerciseResult | None = work.results.get(exercise.id)
        self.remark: Remark | None = work.remarks.get(exercise.id)
        self.busy = exercise.id in work.busy
        self.partial = exercise.id in work.partial
        self.hints: list[Hint] = progress.opened(exercise)
        self.left = len(progress.hints(exercise)) - len(self.hints)
        self.path: Path = work.course.stub(exercise).resolve()


class Work:
    """Follows one student's work on a course.

    Args:
        changed: hears of what is new, from any thread.
    """

    def __init__(self, course: Course, changed: Changed) -> None:
        self.course = course
        self.progress = Progress(course)
        self.results: dict[str, ExerciseResult] = {}
        self.remarks: dict[str, Remark] = {}
        self.busy: set[str] = set()
        self.partial: set[str] = set()
        self.trouble = ""
        self._changed = changed
        self._lock = threading.RLock()
        self._marker: Marker | None = None
        self._watcher: Watcher | None = None

    def start(self) -> None:
        """Begin to watch and to load; what was looked at before is graded now."""
        with self._lock:
            folder = self.progress.folder()
            kept = folder and folder / PROGRESS
            self._watcher = Watcher(self.course, self._heard, kept, self._written)
            self._marker = Marker(self.course, self._heard, jobs=2)
            self._watcher.start()
            self._marker.start()
            self._marker.ask(*sorted(self.busy))

    def close(self) -> None:
        """End everything that was started."""
        if self._watcher is not None:
            self._watcher.close()
        if self._marker is not None:
            self._marker.close()

    def known(self, exercise: Exercise) -> Known:
        """What is known of an exercise now."""
        with self._lock:
            return Known(self, exercise)

    def look(self, unit: Unit) -> None:
        """Somebody looks at a unit: what was begun in it, and has no verdict yet, is graded."""
        with self._lock:
            wanted = [
                exercise.id
                for exercise in unit.exercises
                if exercise.id not in self.results and exercise.id not in self.busy
                if self.progress.state(exercise) != "new"
            ]
            self._ask(wanted)

    def open_hint(self, exercise: Exercise) -> None:
        """Open one more hint, if there is one."""
        with self._lock:
            self.progress.open_next(exercise)
            self.progress.save()
        self._changed(exercise)

    def attempt(self, calls: Sequence[Asked]) -> Tried:
        """What the student's functions say; it waits for a worker.

        Raises:
            WxbError: they cannot be asked; the message says why.
        """
        if self._marker is None or self.trouble:
            raise UsageError(self.trouble or "Nothing can be run yet: ask again in a moment.")
        with self._lock:
            results = [self.results.get(name) for name in {call.exercise for call in calls}]
        named = [d.misconception for result in results if result for d in result.diagnoses]
        return self._marker.attempt(calls, named)

    def met(self, unit: Unit) -> Met:
        """The challenges that were met in a unit's lesson."""
        with self._lock:
            return self.progress.met(unit.id)

    def meet(self, unit: Unit, visualizer: str, goals: Iterable[str]) -> None:
        """Remember challenges that were met."""
        with self._lock:
            self.progress.meet(unit.id, visualizer, goals)
            self.progress.save()
        self._changed(unit)

    def next(self) -> Exercise | None:
        """What to do now."""
        with self._lock:
            return self.progress.next()

    def _ask(self, exercises: Iterable[str]) -> None:
        wanted = tuple(exercises)
        if not self.trouble:
            self.busy.update(wanted)
            if self._marker is not None:
                self._marker.ask(*wanted)

    def _heard(self, event: Saved | Marked | Unmarked | Loaded) -> None:
        with self._lock:
            news = self._take(event)
        for name in news:
            self._changed(self.course.exercise(name))

    def _written(self) -> None:
        """The file of what was reached was written, perhaps by another `grade`."""
        with self._lock:
            exercises, units = self.progress.reload()
        for exercise in map(self.course.exercise, exercises):
            if exercise is not None:
                self._changed(exercise)
        for unit in map(self.course.unit, units):
            if unit is not None:
                self._changed(unit)

    def _take(self, event: Saved | Marked | Unmarked | Loaded) -> list[str]:
        """Take in an event; the exercises of which something is new."""
        if isinstance(event, Saved):
            known = [e.id for e in self.course.exercises if e.id in event.exercises]
            self._ask(known)
            return known
        if isinstance(event, Marked):
            self._marked(event)
            return [event.result.id]
        if isinstance(event, Loaded):
            self._ask(sorted(self.partial))
            return []
        if event.final:
            self.trouble = event.error.told()
        self.busy.clear()
        return [""]

    def _marked(self, event: Marked) -> None:
        name = event.result.id
        self.busy.discard(name)
        self.results[name] = event.result
        if event.partial:
            self.partial.add(name)
            return
        self.partial.discard(name)
        self.remarks.pop(name, None)
        for remark in remember(self.progress, [event.result]):
            self.remarks[name] = remark
