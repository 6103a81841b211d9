"""A report as those see it who can open the file: no format has to think of `feedback` itself.

With `feedback: {hidden: title}` a hidden test goes by its title and a number, for the name of its
function tells as much as its message. With `nothing` an exercise is one line. What cannot be loaded
is one line in any case: that says nothing of the tests.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from grader.course.outline import Feedback
from grader.report.model import FREE, ExerciseResult, Report, TestResult, Viewer
from grader.report.view import for_student, view_exercise
from grader.report.words import BROKEN, PRINTED
from grader.report.words import notes as words_of

__all__ = ["seen", "told", "unloadable"]

_EVERYTHING = Feedback("everything")


def seen(report: Report, feedback: Feedback | None, viewer: Viewer = "student") -> Report:
    """What may be written of a report, with at least one test in each exercise.

    Args:
        feedback: the course's; None where no course is known: then a student's report is believed
            to be one, and names of tests are left out unless messages of tests are in it.
        viewer: who can open the file.
    """
    level = feedback or _level(report)
    notes = tuple(words_of(report))
    cut = report if viewer == "instructor" else for_student(report, level)
    shown = _EVERYTHING if viewer == "instructor" else level
    pairs = zip(report.exercises, cut.exercises, strict=True)
    exercises = [_exercise(whole, part, shown) for whole, part in pairs]
    found = msgspec.structs.replace(cut, exercises=tuple(exercises), notes=notes)
    return _counted(found)


def unloadable(exercise: ExerciseResult) -> str:
    """Why nothing in an exercise's file can be run, or ""."""
    if exercise.loaded or len(exercise.tests) != 1:
        return view_exercise(exercise, _EVERYTHING).broken
    return exercise.tests[0].message


def told(test: TestResult) -> str:
    """What is said of a test: its message, and what was printed meanwhile."""
    printed = f"{PRINTED}\n{test.printed}" if test.printed else ""
    return "\n".join(filter(None, (test.message, printed)))


def _level(report: Report) -> Feedback:
    for exercise in report.exercises:
        said = any(test.message for test in exercise.tests if test.outcome not in FREE)
        if exercise.diagnoses or (said and exercise.loaded):
            return _EVERYTHING
    return Feedback("title")


def _exercise(whole: ExerciseResult, part: ExerciseResult, level: Feedback) -> ExerciseResult:
    broken = unloadable(whole)
    if broken:
        return _as_one(part, BROKEN, broken)
    if not part.tests or level.hidden == "nothing":
        return _as_one(part, part.title, "")
    views = view_exercise(part, _EVERYTHING).tests
    tests = []
    for number, (test, view) in enumerate(zip(part.tests, views, strict=True), 1):
        name = test.id if level.hidden == "everything" else f"test_{number}"
        tests.append(msgspec.structs.replace(test, id=name, printed=view.printed))
    return msgspec.structs.replace(part, tests=tuple(tests))


def _as_one(result: ExerciseResult, title: str, message: str) -> ExerciseResult:
    """An exercise whose tests are told as one."""
    one = TestResult(
        id=result.id,
        title=title,
        outcome=result.outcome,
        earned=result.earned,
        possible=result.possible,
        message=message,
        ms=round(sum(test.ms for test in result.tests), 3),
    )
    return msgspec.structs.replace(result, tests=(one,), diagnoses=())


def _counted(report: Report) -> Report:
    """Where there are no points, as in a handout, each example is one."""
    if report.possible or report.earned:
        return report
    exercises = []
    for exercise in report.exercises:
        tests = tuple([_example(test) for test in exercise.tests])
        exercises.append(_summed(exercise, tests))
    return msgspec.structs.replace(
        report,
        exercises=tuple(exercises),
        earned=sum((each.earned for each in exercises), Decimal(0)),
        possible=sum((each.possible for each in exercises), Decimal(0)),
    )


def _example(test: TestResult) -> TestResult:
    if test.outcome in FREE:
        return test
    earned = Decimal(test.outcome == "passed")
    return msgspec.structs.replace(test, earned=earned, possible=Decimal(1))


def _summed(exercise: ExerciseResult, tests: tuple[TestResult, ...]) -> ExerciseResult:
    return msgspec.structs.replace(
        exercise,
        tests=tests,
        earned=sum((test.earned for test in tests), Decimal(0)),
        possible=sum((test.possible for test in tests), Decimal(0)),
    )
