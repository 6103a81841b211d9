"""What a view of a report shows, as frozen values: each view only lays them out.

`view_exercise` is where the course's `feedback` decides how much of an exercise a student sees.
"""

from __future__ import annotations

import msgspec

from grader.course.outline import Feedback
from grader.report.model import ExerciseResult, Outcome, Report, TestResult
from grader.report.words import AGAIN, AGAIN_UNDER, points, score

__all__ = ["ExerciseView", "ReportView", "TestView", "for_student", "view_exercise"]

#: How a line begins that says which call a message is about.
_CALL = "Call: "
#: Lines of what a student's code printed, and characters of a line, that a view has room for: the
#: reason is in the message above them, and a loop that prints repeats itself.
_PRINTED_LINES, _PRINTED_WIDTH = 5, 200
#: Lines of tests above which ideas come first: more do not fit below a cell.
_LONG = 12


class TestView(msgspec.Struct, frozen=True):
    """What a student sees of one test; `score`, `message` and `printed` may be empty."""

    outcome: Outcome
    title: str
    score: str
    message: str = ""
    printed: str = ""


class ExerciseView(msgspec.Struct, frozen=True):
    """What a student sees of one exercise.

    Args:
        broken: why nothing in it can be run; its tests are then left out.
        ideas: hints of the wrong ideas that were recognised; above a long list, else below.
        remark: the sentence that ends it: why it works, or how to begin.
        source: the sentence that says where its functions were taken from.
    """

    id: str
    title: str
    outcome: Outcome
    score: str
    broken: str = ""
    tests: tuple[TestView, ...] = ()
    ideas: tuple[str, ...] = ()
    remark: str = ""
    source: str = ""

    @property
    def is_long(self) -> bool:
        """Whether what stands below its tests is likely to be out of sight."""
        texts = (f"{test.message}\n{test.printed}".split("\n") for test in self.tests)
        return sum(1 + sum(map(bool, lines)) for lines in texts) > _LONG


class ReportView(msgspec.Struct, frozen=True):
    """Everything that a page about a report shows.

    Args:
        closing: the lines below all exercises: notes, the sum, what is still to come.
    """

    exercises: tuple[ExerciseView, ...]
    closing: tuple[str, ...]


def view_exercise(result: ExerciseResult, feedback: Feedback) -> ExerciseView:
    """An exercise, as far as the course lets a student see."""
    everything = feedback.hidden == "everything"
    broken = _broken(result)
    tests: list[TestView] = []
    above: dict[str, str] = {}
    for test in result.tests if feedback.hidden != "nothing" and not broken else ():
        tests.append(_view_test(test, everything, above))
        if test.message:
            about = _about(test.message)
            above = {**{k: title for k, title in above.items() if k != about}, about: test.title}
    return ExerciseView(
        id=result.id,
        title=result.title,
        outcome=result.outcome,
        score=score(result),
        broken=broken,
        tests=tuple(tests),
        ideas=tuple(d.hint for d in result.diagnoses) if everything else (),
    )


def for_student(report: Report, feedback: Feedback) -> Report:
    """A report without what the course does not let a student see: marks are all in it."""
    exercises = tuple([_for_student(each, feedback) for each in report.exercises])
    return msgspec.structs.replace(report, exercises=exercises, viewer="student")


def _for_student(result: ExerciseResult, feedback: Feedback) -> ExerciseResult:
    if feedback.hidden == "everything":
        return result
    tests = result.tests
    if result.loaded:  # that a file cannot be loaded says nothing of the tests
        tests = tuple([msgspec.structs.replace(t, message="", printed="") for t in tests])
    if feedback.hidden == "nothing":
        # Why a file cannot be loaded is what all of them end in: two say it, without names.
        nameless = [msgspec.structs.replace(t, id="", title="") for t in tests[:2]]
        tests = () if result.loaded else tuple(nameless)
    return msgspec.structs.replace(result, tests=tests, diagnoses=())


def _view_test(test: TestResult, everything: bool, above: dict[str, str]) -> TestView:
    """One test; what was said before, of this or another call, is not said again.

    Args:
        above: what was said, in order -> the title of the test of which it was said last.
    """
    worth = f"{points(test.earned)} of {points(test.possible)}" if test.possible else ""
    if not everything or test.outcome == "passed":
        return TestView(test.outcome, test.title, worth)
    message, about = test.message, _about(test.message)
    if about in above:
        is_next = about == next(reversed(above))
        again = AGAIN if is_next else f"{AGAIN_UNDER}{above[about]}"
        # An exception is raised in one place, whichever call leads there.
        calls = [] if test.outcome == "error" else _calls(message)
        message = "\n".join([again, *calls])
    return TestView(test.outcome, test.title, worth, message, _first_lines(test.printed))


def _about(message: str) -> str:
    """What a message says, whichever call it says it of."""
    return "\n".join(line for line in message.splitlines() if not line.startswith(_CALL))


def _calls(message: str) -> list[str]:
    return [line for line in message.splitlines() if line.startswith(_CALL)]


def _broken(result: ExerciseResult) -> str:
    """The error that all tests end in before any function is reached, or "".

    Its module cannot be loaded, or has no function of the name that they all ask for. A function
    that raises the same in all of them has been run.
    """
    ends = {(test.outcome, test.message) for test in result.tests if test.outcome != "skipped"}
    if len(result.tests) < 2 or len(ends) != 1:
        return ""
    ((outcome, message),) = ends
    is_reached = result.loaded and bool(_calls(message))
    return message if outcome == "error" and not is_reached else ""


def _first_lines(text: str) -> str:
    lines = text.strip().splitlines()
    cut = [
        line if len(line) <= _PRINTED_WIDTH else line[:_PRINTED_WIDTH] + " …"
        for line in lines[:_PRINTED_LINES]
    ]
    if len(lines) > _PRINTED_LINES:
        cut.append(f"… {len(lines) - _PRINTED_LINES} more lines")
    return "\n".join(cut)
