"""What a student has reached: kept beside course.yaml in `.wxb/progress.json`, safe to delete.

Where that folder cannot be written, it is kept below `~/.local/state/wxb` (`XDG_STATE_HOME`).

It remembers the last verdict on each exercise, the text that it was given for, which hints were
opened, how often the same failure came back, and which challenges of visualizers were met. Nothing
in it is a mark.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Container, Iterable, Sequence
from contextlib import suppress
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from grader.course.guide import load_guide
from grader.course.outline import Course, Exercise
from grader.course.stubs import is_unfilled
from grader.course.text import read_draft
from grader.report.model import ExerciseResult, Outcome, is_right_so_far
from grader.study.kept import File, Met, Record, places, read, write

__all__ = ["OFFER_AFTER", "Hint", "Met", "Progress", "Record", "State"]

#: The same failure this many times in a row, with the code changed in between: a hint is offered.
#: Twice is a slip in the mending; at the third the idea itself needs another look.
OFFER_AFTER = 3

#: done: right, and all of it was tried · tried: right as far as it could be · changed: it was
#: right, and was written in since · given up: the solution was shown, and it has not passed
State = Literal["done", "tried", "changed", "given up", "begun", "new"]


class Hint(msgspec.Struct, frozen=True):
    """One hint: what kind it is, and what it says."""

    kind: Literal["goal", "idea", "your answer", "line"]
    text: str


class _Module(NamedTuple):
    """A student's module: when it was written, and what follows from its text."""

    stamp: tuple[int, int, int]
    text: str
    digest: str
    begun: bool


class Progress:
    """The student's progress through one course.

    Args:
        course: whose `.wxb/progress.json` is read; a broken or unreadable one counts as none.

    `kept` is whether the last `save` found a place.
    """

    def __init__(self, course: Course) -> None:
        self.course = course
        self._paths = places(course.root)
        found = read(self._paths)
        self._records, self._met = found.exercises, found.met
        self._touched: set[str] = set()
        self.kept = True
        self._modules: dict[str, _Module] = {}

    def __getitem__(self, exercise: str) -> Record:
        return self._records.get(exercise, Record())

    def save(self) -> bool:
        """Write the file, whole or not at all; whether it could be kept.

        Where the course's folder cannot be written, it is kept in the user's own. Another `grade`
        may have written it since: what it says of other exercises stays, and what was opened there
        stays open.
        """
        file = read(self._paths)
        there = file.exercises
        for name in self._touched:
            theirs, ours = there.get(name, Record()), self[name]
            opened = tuple(dict.fromkeys((*theirs.opened, *ours.opened)))
            given_up = theirs.given_up or ours.given_up
            there[name] = msgspec.structs.replace(ours, opened=opened, given_up=given_up)
        self._records = there
        for unit, met in file.met.items():
            for visualizer, goals in met.items():
                self.meet(unit, visualizer, goals)
        whole = File(exercises=self._records, met=self._met)
        data = msgspec.json.format(msgspec.json.encode(whole), indent=1)
        self.kept = any(write(path, data) for path in self._paths)
        if self.kept:
            # What another `grade` writes from now on is newer than what was said here.
            self._touched.clear()
        return self.kept

    def folder(self) -> Path | None:
        """Where the file is kept, made if it is not there yet; None if there is no such place."""
        for path in self._paths:
            with suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                if os.access(path.parent, os.W_OK):
                    return path.parent
        return None

    def reload(self) -> tuple[list[str], list[str]]:
        """Take in what another `grade` has written since.

        Returns:
            The exercises, and the units, of which something else is known now.
        """
        file = read(self._paths)
        unsaved = {name: self[name] for name in self._touched}
        old, self._records = self._records, {**file.exercises, **unsaved}
        before, self._met = self._met, file.met if self.kept else {**file.met, **self._met}
        exercises = sorted(old.keys() | self._records.keys())
        units = sorted(before.keys() | self._met.keys())
        return (
            [name for name in exercises if old.get(name) != self._records.get(name)],
            [unit for unit in units if before.get(unit) != self._met.get(unit)],
        )

    def record(self, result: ExerciseResult, text: str) -> None:
        """Take in a verdict on `text`, the exercise's module as it stands; `save` keeps it."""
        old, source, failure = self[result.id], _digest(text), _failure(result)
        repeats = 1 if failure else 0
        if failure and failure == old.failure:
            repeats = old.repeats + (source != old.source)
        self._note(
            result.id,
            source=source,
            outcome=_outcome(result),
            untried=next((t.message for t in result.tests if t.outcome == "skipped"), ""),
            earned=result.earned,
            possible=result.possible,
            named=result.diagnoses[0].hint if result.diagnoses else "",
            failure=failure,
            repeats=repeats,
        )

    def state(self, exercise: Exercise) -> State:
        """How far an exercise is, as its module stands."""
        record, module = self[exercise.id], self._module(exercise)
        if record.outcome == "passed" and record.source:
            if record.source != module.digest:
                return "changed"
            return "tried" if record.untried else "done"
        if record.given_up:
            return "given up"
        return "begun" if module.begun else "new"

    def text(self, exercise: Exercise) -> str:
        """The student's module as it stands, or ""."""
        return self._module(exercise).text

    def _module(self, exercise: Exercise) -> _Module:
        """The student's module, read again only if it was written since."""
        path = self.course.stub(exercise)
        try:
            status = path.stat()
            stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
            known = self._modules.get(exercise.id)
            if known is not None and known.stamp == stamp:
                return known
            text = read_draft(path)
        except OSError:
            return _Module((0, 0, 0), "", "", False)
        begun = bool(text) and not is_unfilled(text)
        module = self._modules[exercise.id] = _Module(stamp, text, _digest(text), begun)
        return module

    def next(self, after: str = "", without: Container[str] = ()) -> Exercise | None:
        """The first exercise that is not done, looking from `after` on and then from the start.

        What was given up is left out. What could not be tried when it was graded last comes behind
        all others, and only where PyTorch has come since.

        Args:
            without: ids of exercises that cannot be done here.
        """
        exercises = list(self.course.exercises)
        at = next((i + 1 for i, e in enumerate(exercises) if e.id == after), 0)
        in_order = exercises[at:] + exercises[:at]
        todo = [e for e in in_order if self.state(e) != "done" and e.id not in without]
        waiting = [e for e in todo if self._waits(e)]
        first = next((e for e in todo if e not in waiting), None)
        return first or next((e for e in waiting if self._can_go_on(e)), None)

    def _waits(self, exercise: Exercise) -> bool:
        """Whether nothing is left to do but what could not be tried here, or was given up."""
        record = self[exercise.id]
        is_same = record.source == self._module(exercise).digest
        is_settled = self.state(exercise) in ("tried", "given up")
        return is_settled or (record.outcome == "skipped" and is_same)

    def _can_go_on(self, exercise: Exercise) -> bool:
        return "PyTorch" in self[exercise.id].untried and find_spec("torch") is not None

    def next_after(self, results: Sequence[ExerciseResult]) -> Exercise | None:
        """What to do once these were graded: the first that is not right, else what comes after.

        Args:
            results: in course order.
        """
        todo = next((r for r in results if r.outcome not in ("passed", "skipped")), None)
        if todo is not None:
            return self.course.exercise(todo.id)
        skipped = {r.id for r in results if any(test.outcome == "skipped" for test in r.tests)}
        return self.next(results[-1].id if results else "", skipped)

    @property
    def done(self) -> int:
        """How many exercises are done."""
        return self._count("done")

    @property
    def tried(self) -> int:
        """How many exercises are right as far as they could be tried."""
        return self._count("tried")

    @property
    def finished(self) -> bool:
        """Whether there are exercises, and each is done."""
        states = [self.state(exercise) for exercise in self.course.exercises]
        return bool(states) and set(states) == {"done"}

    def _count(self, state: State) -> int:
        return sum(self.state(exercise) == state for exercise in self.course.exercises)

    @property
    def earned(self) -> Decimal:
        """Points of the last verdict on each exercise."""
        return sum((self[e.id].earned for e in self.course.exercises), Decimal(0))

    @property
    def given_up(self) -> int:
        """How many exercises were given up."""
        return self._count("given up")

    # --- the solution ---------------------------------------------------------------------

    def may_see_solution(self, exercise: Exercise) -> bool:
        """Whether an exercise has passed, all of it, or was given up."""
        record = self[exercise.id]
        return record.given_up or (record.outcome == "passed" and not record.untried)

    def give_up(self, exercise: Exercise) -> None:
        """Note that the solution was shown before the exercise had passed; `save` keeps it."""
        self._note(exercise.id, given_up=True)

    def forget(self, exercise: Exercise) -> None:
        """Forget the verdict on an exercise, not what was opened; `save` keeps it."""
        old = self[exercise.id]
        self._records[exercise.id] = Record(opened=old.opened, given_up=old.given_up)
        self._touched.add(exercise.id)

    def _note(self, exercise: str, **changes: Any) -> None:
        self._records[exercise] = msgspec.structs.replace(self[exercise], **changes)
        self._touched.add(exercise)

    # --- challenges -----------------------------------------------------------------------

    def met(self, unit: str) -> Met:
        """The challenges of a unit's visualizers that were met. They are remembered, not marked."""
        return self._met.get(unit, {})

    def meet(self, unit: str, visualizer: str, goals: Iterable[str]) -> None:
        """Note that challenges were met; `save` keeps it."""
        known = self.met(unit)
        together = tuple(dict.fromkeys((*known.get(visualizer, ()), *goals)))
        self._met = {**self._met, unit: {**known, visualizer: together}}

    # --- hints ----------------------------------------------------------------------------

    def hints(self, exercise: Exercise) -> list[Hint]:
        """All hints there are now, in the order in which they are opened."""
        goal, idea, line = (*load_guide(self.course, exercise).tiers, "", "", "")[:3]
        found = (
            Hint("goal", goal),
            Hint("idea", idea),
            Hint("your answer", self[exercise.id].named),
            Hint("line", line),
        )
        return [hint for hint in found if hint.text]

    def opened(self, exercise: Exercise) -> list[Hint]:
        """The hints that were opened."""
        return [hint for hint in self.hints(exercise) if hint.kind in self[exercise.id].opened]

    def open_next(self, exercise: Exercise) -> Hint | None:
        """Open the next hint; None if all are open."""
        hint = self._next_hint(exercise)
        if hint is not None:
            self._note(exercise.id, opened=(*self[exercise.id].opened, hint.kind))
        return hint

    def offers_hint(self, exercise: Exercise) -> bool:
        """Whether the same failure came back so often that a hint should be offered."""
        return self[exercise.id].repeats >= OFFER_AFTER and self._next_hint(exercise) is not None

    def _next_hint(self, exercise: Exercise) -> Hint | None:
        opened = self[exercise.id].opened
        return next((hint for hint in self.hints(exercise) if hint.kind not in opened), None)


def _digest(text: str) -> str:
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8", "replace")).hexdigest()[:32]


def _outcome(result: ExerciseResult) -> Outcome:
    """What a verdict came to; where no test was run, nothing was tried."""
    is_empty = result.outcome == "passed" and not is_right_so_far(result)
    return "skipped" if is_empty else result.outcome


def _failure(result: ExerciseResult) -> str:
    """What went wrong first, without the lines and numbers that change from try to try.

    A file that cannot be loaded fails in all tests alike: there its error is what went wrong.
    """
    for test in result.tests:
        if test.outcome not in ("passed", "skipped", "grader_fault", "not_attempted"):
            lines = test.message.splitlines()
            is_of_file = test.outcome == "error" and not any(x.startswith("Call: ") for x in lines)
            return f"{test.id}: {test.outcome}" + (f": {lines[0]}" if is_of_file and lines else "")
    return ""
