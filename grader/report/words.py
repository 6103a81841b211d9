"""The words in which a verdict is told: the same in a terminal, in a notebook, on a page.

`shown` is what a student may see of an exercise; each view lays it out in its own way.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import msgspec

from grader.course.outline import Feedback
from grader.report.model import ExerciseResult, Outcome, Report, TestResult

__all__ = [
    "AGAIN",
    "BROKEN",
    "HANDOUT",
    "IDEA",
    "LOOK",
    "PRINTED",
    "WHY",
    "Look",
    "Shown",
    "ShownTest",
    "notes",
    "points",
    "score",
    "shown",
    "total",
]

BROKEN = "It cannot be run:"
AGAIN = "The same as above."
PRINTED = "Your code printed:"
IDEA = "Idea to look at: "
WHY = "Why it works: "
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


class ShownTest(msgspec.Struct, frozen=True):
    """What a student sees of one test; `message` and `printed` may be empty."""

    outcome: Outcome
    title: str
    score: str
    message: str = ""
    printed: str = ""


class Shown(msgspec.Struct, frozen=True):
    """What a student sees of one exercise.

    Args:
        broken: why nothing in it can be run; its tests are then left out.
        ideas: hints of the wrong ideas that were recognised.
    """

    id: str
    title: str
    outcome: Outcome
    score: str
    broken: str = ""
    tests: tuple[ShownTest, ...] = ()
    ideas: tuple[str, ...] = ()


def shown(exercise: ExerciseResult, feedback: Feedback) -> Shown:
    """An exercise, as far as the course lets a student see."""
    everything = feedback.hidden == "everything"
    broken = exercise.tests[0].message if _breaks_everywhere(exercise) else ""
    tests: list[ShownTest] = []
    told = ""
    for test in exercise.tests if feedback.hidden != "nothing" and not broken else ():
        tests.append(_shown_test(test, everything, told))
        told = test.message
    ideas = tuple(diagnosis.hint for diagnosis in exercise.diagnoses) if everything else ()
    return Shown(
        exercise.id,
        exercise.title,
        exercise.outcome,
        score(exercise),
        broken,
        tuple(tests),
        ideas,
    )


def _shown_test(test: TestResult, everything: bool, told: str) -> ShownTest:
    """A message that is the last one's again, e.g. a syntax error, is said once."""
    worth = f"{points(test.earned)} of {points(test.possible)}" if test.possible else ""
    if not everything or test.outcome == "passed":
        return ShownTest(test.outcome, test.title, worth)
    message = AGAIN if test.message and test.message == told else test.message
    return ShownTest(test.outcome, test.title, worth, message, _first_lines(test.printed))


def points(value: Decimal) -> str:
    """Points as people write them: `3`, `1.5`."""
    return f"{value.normalize():f}" if value else "0"


def score(exercise: ExerciseResult) -> str:
    """Points; where there are none, as in a handout, how many examples come out."""
    if exercise.possible or not exercise.tests:
        return f"{points(exercise.earned)} of {points(exercise.possible)}"
    tried = [test for test in exercise.tests if test.outcome != "skipped"]
    if not tried:
        return ""
    return f"{sum(test.outcome == 'passed' for test in tried)} of {len(tried)} examples"


def total(report: Report, seconds: float, handout: bool) -> list[str]:
    """The sum of a report, in parts: points where there are any, exercises done, time taken."""
    done = sum(1 for e in report.exercises if e.outcome == "passed")
    count = len(report.exercises)
    parts = [f"{done} of {count} exercise{'s' * (count != 1)} done", f"{seconds:.1f} s"]
    return parts if handout else [_sum(report), *parts]


def _sum(report: Report) -> str:
    return f"{points(report.earned)} of {points(report.possible)} points"


def notes(report: Report, missing: tuple[str, ...] = ()) -> list[str]:
    """What is to be said of the whole report: choices made, tests not run, a missing lock."""
    found = list(report.notes)
    skipped = [t for e in report.exercises for t in e.tests if t.outcome == "skipped"]
    if skipped:
        reason = skipped[0].message.removeprefix("Not run: ").rstrip(".")
        many = "1 test was" if len(skipped) == 1 else f"{len(skipped)} tests were"
        found.append(
            f"{many} not run and not counted: {reason}."
            + (" `pip install torch` adds it." if "PyTorch" in reason else "")
        )
    if report.isolation == "none":
        why = f" ({' '.join(missing)})" if missing else ""
        found.append(f"Student code ran without the lock{why}: fine for your own work only.")
    return found


def _breaks_everywhere(exercise: ExerciseResult) -> bool:
    """Whether all tests end in the same error: a syntax error, or one at import."""
    ends = {(test.outcome, test.message) for test in exercise.tests if test.outcome != "skipped"}
    return len(exercise.tests) > 1 and len(ends) == 1 and next(iter(ends))[0] == "error"


def _first_lines(text: str, most: int = 5) -> str:
    lines = text.strip().splitlines()
    cut = [line if len(line) <= 200 else line[:200] + " …" for line in lines[:most]]
    return "\n".join(cut + ([f"… {len(lines) - most} more lines"] if len(lines) > most else []))
