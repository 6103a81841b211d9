"""The desk: which exercise is being worked on, what is known of it, what is shown.

It turns events into requests for gradings and into a view; it knows no terminal, no file and no
process, so that each rule of the loop can be tested as it is written here.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from grader.cli.watch.events import Event, Pressed
from grader.course.outline import Course, Exercise
from grader.report.model import ExerciseResult
from grader.study.events import Failed, Loaded, Marked, Saved
from grader.study.progress import Progress, Tier

__all__ = ["Desk", "View"]

#: exercise: the current one, test by test · passed: it has just been done · all: every exercise ·
#: map: the course · hint: the current one's hints · link: where its file is
View = Literal["exercise", "passed", "all", "map", "hint", "link"]

#: Lines of the map that stay above the current exercise.
_ABOVE = 8
_LINE = {"up": -1, "down": 1, "k": -1, "j": 1}


class Desk:
    """The state of `grade watch`.

    Args:
        progress: what was reached before; updated, and saved, as verdicts come.
        first: the exercise to begin with; by default the first that is not done.
    """

    def __init__(self, course: Course, progress: Progress, first: Exercise | None = None) -> None:
        self.course, self.progress = course, progress
        self.exercises = list(course.exercises)
        self.current = first or progress.next() or self.exercises[0]
        self.view: View = "exercise"
        self.results: dict[str, ExerciseResult] = {}
        self.seconds: dict[str, float] = {}
        self.busy: set[str] = set()
        self.partial: set[str] = set()
        self.passed: Exercise | None = None
        self.error = ""
        self.note = ""
        self.scroll = 0
        self.over = False

    def begin(self) -> tuple[str, ...]:
        """What to grade at the start."""
        return self._ask(self.current.id)

    def handle(self, event: Event) -> tuple[str, ...]:
        """Take in one event; the exercises that are to be graded now."""
        if isinstance(event, Saved):
            return self._saved(event)
        if isinstance(event, Marked):
            self._marked(event)
        elif isinstance(event, Failed):
            self.error, self.busy = str(event.error), set()
            self.over = event.final
        elif isinstance(event, Loaded):
            return self._ask(*sorted(self.partial))
        elif isinstance(event, Pressed):
            return self._pressed(event.key)
        return ()

    @property
    def finished(self) -> bool:
        """Whether every exercise is done."""
        return self.progress.next() is None

    @property
    def done(self) -> int:
        """How many exercises are done."""
        return sum(self.progress.state(exercise) == "done" for exercise in self.exercises)

    @property
    def earned(self) -> Decimal:
        """Points of the last verdict on each exercise."""
        return sum((self.progress[e.id].earned for e in self.exercises), Decimal(0))

    def opened(self) -> list[Tier]:
        """The current exercise's hints that are open."""
        return self.progress.opened(self.current)

    # --- what happened ----------------------------------------------------------------------

    def _saved(self, event: Saved) -> tuple[str, ...]:
        """The one that was saved is the one being worked on; several: the current, if it is one."""
        known = [exercise for exercise in self.exercises if exercise.id in event.exercises]
        if not known:
            return ()
        if self.current not in known:
            self._go_to(known[0])
        if self.view != "all":
            self._show("exercise")
        return self._ask(*(exercise.id for exercise in known))

    def _marked(self, event: Marked) -> None:
        result = event.result
        self.error = ""
        self.busy.discard(result.id)
        self.results[result.id] = result
        self.seconds[result.id] = event.seconds
        exercise = next(e for e in self.exercises if e.id == result.id)
        if event.partial:
            self.partial.add(result.id)
            return
        self.partial.discard(result.id)
        was_done = self.progress[result.id].outcome == "passed"
        if result.outcome != "not_attempted":
            self.progress.graded(result, self.progress.text(exercise))
            self.progress.save()
        self.note = ""
        if exercise is not self.current or self.view in ("all", "map"):
            return
        if result.outcome == "passed" and not was_done:
            self.passed = exercise
            self.current = self.progress.next(exercise.id) or exercise
            self._show("passed")
        elif self.progress.offers_hint(exercise):
            self.note = "This fails in the same place again. h opens a hint."

    def _pressed(self, key: str) -> tuple[str, ...]:
        key = key if len(key) > 1 else key.lower()
        if key == "q":
            self.over = True
        elif key in ("n", "p"):
            return self._step(1 if key == "n" else -1)
        elif key == "h":
            return self._hint()
        elif key == "l":
            self._toggle("map")
            self.scroll = max(0, self._row() - _ABOVE) if self.view == "map" else 0
        elif key == "o":
            self._toggle("link")
        elif key == "a":
            self._show("all")
            return self._ask(*(exercise.id for exercise in self.exercises))
        elif key in _LINE:
            self.scroll = max(0, self.scroll + _LINE[key])
        elif key in ("page up", "page down", " "):
            self.scroll = max(0, self.scroll + (-10 if key == "page up" else 10))
        elif key in ("escape", "enter") and self.view != "exercise":
            self._show("exercise")
            return self._ask_if_unknown()
        return ()

    def _step(self, by: int) -> tuple[str, ...]:
        """The next exercise in order, or after a pass the one that is next to do."""
        if self.view == "passed" and by > 0:
            self._show("exercise")
            return self._ask_if_unknown()
        at = self.exercises.index(self.current) + by
        if not 0 <= at < len(self.exercises):
            self.note = "This is the last exercise." if by > 0 else "This is the first exercise."
            return ()
        self._go_to(self.exercises[at])
        return self._ask_if_unknown()

    def _hint(self) -> tuple[str, ...]:
        self._show("hint")
        if self.progress.open_next(self.current) is None:
            self.note = "All hints are open."
        self.progress.save()
        return ()

    # --- small steps ------------------------------------------------------------------------

    def _go_to(self, exercise: Exercise) -> None:
        self.current = exercise
        self._show("exercise")

    def _show(self, view: View) -> None:
        self.view, self.scroll, self.note = view, 0, ""

    def _row(self) -> int:
        """About where the current exercise stands in the map."""
        row = 1
        for unit in self.course.units:
            row += 2
            for exercise in unit.exercises:
                if exercise.id == self.current.id:
                    return row
                row += 1
        return row

    def _toggle(self, view: View) -> None:
        self._show("exercise" if self.view == view else view)

    def _ask_if_unknown(self) -> tuple[str, ...]:
        return () if self.current.id in self.results else self._ask(self.current.id)

    def _ask(self, *exercises: str) -> tuple[str, ...]:
        self.busy.update(exercises)
        return exercises
