"""The desk: which exercise is being worked on, what is known of it, what is looked at.

It turns events into requests for gradings and into a view; it knows no terminal, no file and no
process, so that each rule of the loop can be tested as it is written here.
"""

from __future__ import annotations

from typing import Literal

from grader.cli.watch.events import Event, Pressed
from grader.course.outline import Course, Exercise
from grader.report.model import ExerciseResult, is_right_so_far
from grader.study.events import Loaded, Marked, Saved, Unmarked
from grader.study.progress import Hint, Progress
from grader.study.remember import Remark, remember

__all__ = ["Desk", "View"]

#: exercise: the current one, test by test · passed: it has just been done · all: every exercise ·
#: map: the course · hint: the current one's hints · link: where its file is
View = Literal["exercise", "passed", "all", "map", "hint", "link"]

#: Lines of the map that stay above the current exercise: what was done last, and its unit.
_ABOVE = 8
#: key -> lines to scroll; a page leaves some lines of the one before on most terminals.
_SCROLL = {"up": -1, "down": 1, "k": -1, "j": 1, "page up": -10, "page down": 10, " ": 10}


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
        self.passed: Remark | None = None
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
        elif isinstance(event, Unmarked):
            self.error, self.busy = str(event.error), set()
            self.over = event.final
        elif isinstance(event, Loaded):
            return self._ask(*sorted(self.partial))
        elif isinstance(event, Pressed):
            return self._pressed(event.key)
        return ()

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do."""
        return self.progress.next() is None

    def opened(self) -> list[Hint]:
        """The current exercise's hints that are open."""
        return self.progress.opened(self.current)

    # --- what happened ----------------------------------------------------------------------

    def _saved(self, event: Saved) -> tuple[str, ...]:
        """The one that was saved is the one being worked on; several: the current, if it is one."""
        known = [exercise for exercise in self.exercises if exercise.id in event.exercises]
        if not known:
            return ()
        if known != [self._celebrated]:
            if self.current not in known:
                self._go_to(known[0])
            if self.view != "all":
                self._open("exercise")
        return self._ask(*(exercise.id for exercise in known))

    def _marked(self, event: Marked) -> None:
        result = event.result
        self.error = ""
        self.busy.discard(result.id)
        self.results[result.id] = result
        self.seconds[result.id] = event.seconds
        if event.partial:
            self.partial.add(result.id)
            return
        self.partial.discard(result.id)
        self.note = ""
        done = self._celebrated
        if done is not None and done.id == result.id and not is_right_so_far(result):
            self._go_to(done)
        for remark in remember(self.progress, [result]):
            self._react(remark)

    def _react(self, remark: Remark) -> None:
        """Go on after a first pass, offer a hint after many failures; not if it is out of sight."""
        if remark.exercise != self.current or self.view in ("all", "map"):
            return
        if remark.is_first_pass:
            self.passed = remark
            self.current = self.progress.next(remark.exercise.id) or remark.exercise
            self._open("passed")
        elif remark.offers_hint:
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
            self._open("all")
            return self._ask(*(exercise.id for exercise in self.exercises))
        elif key in _SCROLL:
            self.scroll = max(0, self.scroll + _SCROLL[key])
        elif key in ("escape", "enter") and self.view != "exercise":
            self._open("exercise")
            return self._ask_if_unknown()
        return ()

    def _step(self, by: int) -> tuple[str, ...]:
        """The next exercise in order, or after a pass the one that is next to do."""
        if self.view == "passed" and by > 0:
            self._open("exercise")
            return self._ask_if_unknown()
        at = self.exercises.index(self.current) + by
        if not 0 <= at < len(self.exercises):
            self.note = "This is the last exercise." if by > 0 else "This is the first exercise."
            return ()
        self._go_to(self.exercises[at])
        return self._ask_if_unknown()

    def _hint(self) -> tuple[str, ...]:
        self._open("hint")
        if self.progress.open_next(self.current) is None:
            self.note = "All hints are open."
        self.progress.save()
        return ()

    @property
    def _celebrated(self) -> Exercise | None:
        """The exercise whose first pass is on the screen.

        Another save of it does not take that away before its verdict does: an editor may write a
        file twice, and a grading may be over before the save that it saw is told.
        """
        return self.passed.exercise if self.view == "passed" and self.passed else None

    # --- small steps ------------------------------------------------------------------------

    def _go_to(self, exercise: Exercise) -> None:
        self.current = exercise
        self._open("exercise")

    def _open(self, view: View) -> None:
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
        self._open("exercise" if self.view == view else view)

    def _ask_if_unknown(self) -> tuple[str, ...]:
        return () if self.current.id in self.results else self._ask(self.current.id)

    def _ask(self, *exercises: str) -> tuple[str, ...]:
        self.busy.update(exercises)
        return exercises
