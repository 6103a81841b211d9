"""The words of a verdict: the same in a terminal, in a notebook, on a page."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from grader.report.model import ExerciseResult, Outcome, Report, is_right, is_right_so_far

__all__ = [
    "AGAIN",
    "AGAIN_UNDER",
    "BROKEN",
    "HANDOUT",
    "IDEA",
    "LOOK",
    "PRINTED",
    "SO_FAR",
    "WHY",
    "Look",
    "notes",
    "plural",
    "points",
    "score",
    "so_far",
    "totals",
]

BROKEN = "It cannot be run:"
AGAIN = "The same as above."
AGAIN_UNDER = "The same as under: "
PRINTED = "Your code printed:"
IDEA = "Your answers equal those of a known mistake. "
WHY = "Why it works: "
SO_FAR = "as far as tried"
HANDOUT = "These were the examples. The hidden tests run after you hand in: `grade pack`."


class Look(NamedTuple):
    """How an outcome looks: a mark, the same in ASCII, words where there are any, a colour."""

    mark: str
    plain: str
    words: str
    style: str


LOOK: dict[Outcome, Look] = {
    "passed": Look("✓", "ok ", "", "green"),
    "failed": Look("✗", "NO ", "", "red"),
    "error": Look("✗", "ERR", "error", "red"),
    "timeout": Look("✗", "TIM", "too slow", "red"),
    "memory": Look("✗", "MEM", "too much memory", "red"),
    "output": Look("✗", "OUT", "printed too much", "red"),
    "crashed": Look("✗", "CRA", "crashed", "red"),
    "forbidden": Look("✗", "FOR", "forbidden call", "red"),
    "not_attempted": Look("○", "-  ", "not begun", "dim"),
    "skipped": Look("–", "skp", "not run", "yellow"),
    "grader_fault": Look("!", "!! ", "grader fault", "magenta"),
}


def points(value: Decimal) -> str:
    """Points as people write them: `3`, `1.5`."""
    return f"{value.normalize():f}" if value else "0"


def plural(count: int, noun: str) -> str:
    """A number of things: `1 test`, `2 tests`."""
    return f"{count} {noun}{'s' * (count != 1)}"


def score(exercise: ExerciseResult) -> str:
    """Points; where there are none, as in a handout, how many examples come out."""
    if exercise.possible or not exercise.tests:
        return f"{points(exercise.earned)} of {points(exercise.possible)}"
    tried = [test for test in exercise.tests if test.outcome != "skipped"]
    if not tried:
        return ""
    return f"{sum(test.outcome == 'passed' for test in tried)} of {len(tried)} examples"


def so_far(exercise: ExerciseResult) -> str:
    """Of an exercise of which a part was not tried: what passes, and what that leaves open.

    It is empty where all was tried, and where something that was tried is not right.
    """
    if is_right(exercise) or not is_right_so_far(exercise):
        return ""
    untried = [test for test in exercise.tests if test.outcome == "skipped"]
    if all("PyTorch" in test.message for test in untried):
        rest = "the PyTorch half was not tried."
    else:
        rest = f"{plural(len(untried), 'test')} of it {_was(len(untried))} not tried."
    return f"its {'tests' if exercise.possible else 'examples'} pass; {rest}"


def totals(report: Report, seconds: float, handout: bool) -> list[str]:
    """The sum of a report, in parts: points where there are any, exercises done, time taken."""
    done = sum(map(is_right, report.exercises))
    reached = sum(map(is_right_so_far, report.exercises)) - done
    parts = [f"{done} of {plural(len(report.exercises), 'exercise')} done"]
    if reached:
        parts.append(f"{reached} {SO_FAR}")
    parts.append(f"{seconds:.1f} s")
    if handout:
        return parts
    return [f"{points(report.earned)} of {points(report.possible)} points", *parts]


def notes(report: Report, missing: tuple[str, ...] = ()) -> list[str]:
    """What is to be said of the whole report: choices made, tests not run, a missing lock.

    Args:
        missing: what the lock lacks here, in sentences.
    """
    found = list(report.notes)
    skipped = [t for e in report.exercises for t in e.tests if t.outcome == "skipped"]
    if skipped:
        reason = skipped[0].message.removeprefix("Not run: ").rstrip(".")
        many = f"{plural(len(skipped), 'test')} {_was(len(skipped))}"
        found.append(
            f"{many} not run and not counted: {reason}."
            + (" `pip install torch` adds it." if "PyTorch" in reason else "")
        )
    faults = [t for e in report.exercises for t in e.tests if t.outcome == "grader_fault"]
    if faults:
        found.append(
            f"{plural(len(faults), 'test')} could not be judged, for no fault of the code that was "
            "handed in: this report is incomplete, and a person has to look at it."
        )
    if report.isolation == "none":
        why = f" ({' '.join(missing)})" if missing else ""
        found.append(f"Student code ran without the lock{why}: fine for your own work only.")
    return found


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
