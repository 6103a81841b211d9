"""What of a collected class is to be judged: which hand-ins, for which exercises, by what means."""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from grader.classroom.attempt import CLASS, Attempt
from grader.classroom.compared import Mode
from grader.course.digest import decisive_files
from grader.course.outline import Course
from grader.errors import UsageError
from grader.report.model import ExerciseResult, Isolation

__all__ = ["Options", "Stop", "check_class", "check_libraries", "check_loaded", "counting_for",
           "processors", "wanted_of"]  # fmt: skip

#: What a test says that was left out (`grader.judge.fixtures`).
_NO_TORCH = "PyTorch is not installed"
_TORCH = re.compile(rb"\btorch\b")


class Options(msgspec.Struct, frozen=True):
    """How a class is judged.

    Args:
        jobs: how many hand-ins are judged at a time.
        only: ids of the exercises to judge; all that a hand-in is for by default.
        fresh: judge everything, whatever is known.
        torch: False leaves out what needs PyTorch, for everybody.
        isolation: "full" insists on the lock around student code.
        mode: which marks that there are may change: "raise" makes them only better.
        again: judge again what was judged before, and nothing else.
    """

    jobs: int = 1
    only: tuple[str, ...] = ()
    fresh: bool = False
    torch: bool = True
    isolation: Isolation = "full"
    mode: Mode = "raise"
    again: bool = False


class Stop:
    """Asks a run to end after the hand-ins that are being judged; from any thread or signal."""

    def __init__(self) -> None:
        self.asked = False

    def ask(self) -> None:
        self.asked = True


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check_class(folder: Path) -> None:
    """Refuse what is no collected class, and say how to make one.

    Raises:
        UsageError: there is no such folder, or it is none.
    """
    if not folder.exists():
        raise UsageError(f"{folder}: there is no such folder or zip")
    if not (folder / CLASS).is_file():
        raise UsageError(
            f"{folder} is no collected class: there is no {CLASS} in it. "
            f"Collect what is in it first: grade collect {folder} --into hw/, "
            "then: grade batch hw/"
        )


def wanted_of(course: Course, attempt: Attempt, only: Sequence[str] = ()) -> tuple[str, ...]:
    """The exercises that an attempt is to be judged for: of its unit, its units, or of any."""
    units = (attempt.unit,) if attempt.unit else attempt.units
    return tuple(
        exercise.id
        for exercise in course.exercises
        if (not units or exercise.unit in units) and (not only or exercise.id in only)
    )


def counting_for(
    course: Course, attempts: Sequence[Attempt], options: Options
) -> tuple[list[Attempt], list[Attempt]]:
    """The attempts that count and are for an exercise asked for; and those of no unit there is."""
    units = {unit.id for unit in course.units}
    fitting, strange = [], []
    for attempt in attempts:
        if not attempt.picked and not options.again:
            continue
        named = {attempt.unit} if attempt.unit else {*attempt.units}
        if named and not named & units:
            strange.append(attempt)
        elif wanted_of(course, attempt, options.only):
            fitting.append(attempt)
    return fitting, strange


def check_libraries(course: Course, exercises: Sequence[str]) -> None:
    """Refuse to judge by suites that need a library which is not here.

    Raises:
        UsageError: PyTorch is missing, and some of the exercises are judged with it.
    """
    if importlib.util.find_spec("torch") is not None:
        return
    needing = [name for name in exercises if _needs_torch(course, name)]
    if needing:
        more = f" and {len(needing) - 3:,} more" if len(needing) > 3 else ""
        raise UsageError(
            "PyTorch is not installed here, and these exercises are judged with it: "
            f"{', '.join(needing[:3])}{more}. Nothing was marked. Install it "
            "(python -m pip install 'wxb[torch]'), or leave out what needs it, for everybody, "
            "with --without torch."
        )


def check_loaded(results: Iterable[ExerciseResult]) -> None:
    """Refuse results in which tests were left out for want of a library that is installed.

    Raises:
        UsageError: PyTorch could not be loaded by whoever judges.
    """
    for result in results:
        if any(t.outcome == "skipped" and _NO_TORCH in t.message for t in result.tests):
            raise UsageError(
                f"PyTorch is installed here and cannot be loaded, and {result.id} is judged with "
                "it: nothing of it was marked. See why with: python -c 'import torch'. Then run "
                "this again, or leave out what needs it, for everybody, with --without torch."
            )


def _needs_torch(course: Course, name: str) -> bool:
    exercise = course.exercise(name)
    return exercise is not None and any(map(_names_torch, decisive_files(course, exercise)))


def _names_torch(path: Path) -> bool:
    with suppress(OSError):
        return _TORCH.search(path.read_bytes()) is not None
    return False
