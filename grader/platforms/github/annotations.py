"""A report as annotations: one for each exercise that is begun and not right, at its line.

GitHub keeps ten errors, ten warnings and ten notices of a step, and drops the others without a
word. The ten worst exercises are errors here, the next ten warnings, and a notice says how many
more there are. What is half written, and right so far, is a warning.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from grader.course.outline import Feedback
from grader.platforms.github.places import Place, Work
from grader.platforms.github.workflow import command
from grader.report.model import ExerciseResult, Outcome, Report, is_lost
from grader.report.view import ExerciseView, for_student, view_exercise
from grader.report.words import BROKEN, IDEA, LOOK, plural

__all__ = ["Annotation", "annotated", "to_commands"]

#: How many of a kind GitHub keeps of one step.
_KEPT = 10
#: Longest title, and message: enough for three lines and a table; GitHub's own are 255 and 64 KB.
_TITLE, _MESSAGE = 200, 4_000
#: What is said of an exercise of which the course shows no more.
_NOT_RIGHT = "Not right yet."
#: What is said of one of which all is right that is there.
_TO_COME = "What is there is right; a part of it is still to be written."
_NOT_JUDGED = "It could not be judged, for no fault of your code: a person has to look at it."

Level = Literal["error", "warning", "notice"]


class Annotation(msgspec.Struct, frozen=True):
    """What GitHub shows at a line of a student's file."""

    level: Level
    place: Place
    title: str
    message: str


def annotated(report: Report, feedback: Feedback, work: Work) -> tuple[Annotation, ...]:
    """What is worth a mark at a line, worst first.

    Args:
        feedback: how much of a test may be shown; nothing else of it is in what comes back.
        work: the student's files.
    """
    shown = for_student(report, feedback)
    begun = [each for each in shown.exercises if _is_of_note(each)]
    faults = [each for each in begun if each.outcome == "grader_fault"]
    wrong = sorted([each for each in begun if _is_wrong(each)], key=_share)
    halves = [each for each in begun if each not in faults and each not in wrong]
    errors, others = wrong[:_KEPT], [*faults, *wrong[_KEPT:], *halves]
    found = [_annotation("error", each, feedback, work) for each in errors]
    found += [_annotation("warning", each, feedback, work) for each in others[:_KEPT]]
    more = len(begun) - len(found)
    if more:
        told = f"{plural(more, 'more exercise')} not right yet: see the summary of this job."
        found.append(Annotation("notice", Place(), "And more", told))
    return tuple(found)


def to_commands(found: tuple[Annotation, ...]) -> str:
    """Annotations as the commands that make them, one a line."""
    return "".join(f"{_command(each)}\n" for each in found)


def _command(each: Annotation) -> str:
    line = str(each.place.line) if each.place.file and each.place.line else ""
    properties = {"file": each.place.file, "line": line, "title": each.title[:_TITLE]}
    return command(each.level, each.message[:_MESSAGE], properties)


def _is_of_note(result: ExerciseResult) -> bool:
    """Whether an exercise is begun and not right, or could not be judged."""
    return _costs(result.outcome) or result.outcome == "grader_fault"


def _is_wrong(result: ExerciseResult) -> bool:
    """Whether something of it is wrong, and not only still to come.

    Where the course does not let its tests be seen, all that is begun and not right is wrong.
    """
    tests = any(_costs(test.outcome) for test in result.tests) or not result.tests
    return _costs(result.outcome) and tests


def _share(result: ExerciseResult) -> tuple[bool, float]:
    """The smallest is worst: what cannot be loaded, then what has the least of its marks."""
    if result.possible:
        return result.loaded, float(result.earned / result.possible)
    right = sum(test.outcome == "passed" for test in result.tests)
    return result.loaded, right / max(1, len(result.tests))


def _annotation(level: Level, result: ExerciseResult, feedback: Feedback, work: Work) -> Annotation:
    view = view_exercise(result, feedback)
    first = next((test for test in result.tests if _costs(test.outcome)), None)
    words = LOOK[result.outcome].words or ("wrong" if _is_wrong(result) else "not all there")
    title = f"{result.id}: {words}"
    if view.score:
        title += f", {view.score}"
    return Annotation(level, work.place(result.id, first), title, _message(result, view))


def _message(result: ExerciseResult, view: ExerciseView) -> str:
    """What is wrong first, how much else is, and which idea may be behind it."""
    if result.outcome == "grader_fault":
        return _NOT_JUDGED
    if view.broken:
        return f"{BROKEN}\n{view.broken}"
    lost = [test for test in view.tests if _costs(test.outcome)]
    if not lost:
        return _TO_COME if view.tests else _NOT_RIGHT
    lines = [lost[0].title, lost[0].message]
    if len(lost) > 1:
        lines.append(f"{len(lost) - 1} more of its tests {_are(len(lost) - 1)} not right.")
    lines += [f"{IDEA}{hint}" for hint in view.ideas]
    return "\n".join(filter(None, lines))


def _costs(outcome: Outcome) -> bool:
    """Whether it is wrong, and not only missing."""
    return is_lost(outcome) and outcome != "not_attempted"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
