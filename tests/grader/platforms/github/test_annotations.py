"""One annotation an exercise, worst first, as many as GitHub keeps, no more than may be seen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from grader import Course, Grader, Submission
from grader.course.outline import Feedback
from grader.handin.matching import match
from grader.platforms.github.annotations import annotated, to_commands
from grader.platforms.github.places import Work
from grader.platforms.github.workflow import quoted
from grader.report.model import Diagnosis, ExerciseResult, Outcome, Report
from grader.report.model import TestResult as OneTest
from grader.report.plain import to_plain
from grader.report.view import ReportView, view_exercise
from support import needs
from support.places import SUBMISSIONS
from support.runner import carried_out

EVERYTHING, TITLE, NOTHING = Feedback("everything"), Feedback("title"), Feedback("nothing")
MESSAGE = "Wrong value: expected 5.0, got 4.0.\nCall: f(1)"


def exercise(
    name: str, *outcomes: Outcome, loaded: bool = True, message: str = MESSAGE
) -> ExerciseResult:
    tests = tuple(
        OneTest(
            f"test_secret_{number}",
            f"Title {number}.",
            outcome,
            Decimal(outcome == "passed"),
            Decimal(1),
            "" if outcome in ("passed", "not_attempted") else message,
        )
        for number, outcome in enumerate(outcomes)
    )
    worst = next((each for each in outcomes if each not in ("passed", "skipped")), "passed")
    if "passed" in outcomes and worst == "not_attempted":
        worst = "failed"
    earned = sum((test.earned for test in tests), Decimal(0))
    hints = (Diagnosis("idea", "Which axis is a row?"),) if "failed" in outcomes else ()
    return ExerciseResult(
        name, "01_a", "T", worst, earned, Decimal(len(tests)), tests, hints, loaded=loaded
    )


def report(*exercises: ExerciseResult) -> Report:
    return Report(
        course="C", suite="", grader="0", isolation="full", student="s", submission="",
        earned=Decimal(0), possible=Decimal(0), exercises=exercises,
    )  # fmt: skip


def work(*names: str) -> Work:
    texts = dict.fromkeys(names, "import numpy\n\n\ndef f(x):\n    return x\n")
    return Work({name: f"exercises/{name}.py" for name in names}, texts)


def test_right_and_untouched_exercises_have_none() -> None:
    judged = report(
        exercise("a", "passed"), exercise("b", "not_attempted"), exercise("c", "skipped")
    )
    assert annotated(judged, EVERYTHING, work("a", "b", "c")) == ()


def test_the_worst_is_first() -> None:
    judged = report(
        exercise("half", "passed", "failed"),
        exercise("most", "passed", "passed", "failed"),
        exercise("none", "failed", "failed"),
        exercise("broken", "error", "error", loaded=False, message="SyntaxError"),
    )
    found = annotated(judged, EVERYTHING, work("half", "most", "none", "broken"))
    assert [each.title.partition(":")[0] for each in found] == ["broken", "none", "half", "most"]
    assert {each.level for each in found} == {"error"}


def test_ten_errors_ten_warnings_and_how_many_more() -> None:
    names = [f"e{number:02}" for number in range(25)]
    judged = report(*(exercise(name, "failed") for name in names))
    found = carried_out(to_commands(annotated(judged, EVERYTHING, work(*names))))
    kinds = [each.name for each in found]
    assert [kinds.count(kind) for kind in ("error", "warning", "notice")] == [10, 10, 1]
    assert found[-1].data.startswith("5 more exercises not right yet")


def test_it_stands_at_the_line_and_says_why() -> None:
    judged = report(exercise("a", "failed", "failed"))
    [found] = carried_out(to_commands(annotated(judged, EVERYTHING, work("a"))))
    assert found.properties == {
        "file": "exercises/a.py",
        "line": "4",
        "title": "a: wrong, 0 of 2",
    }
    assert found.data.splitlines()[:3] == ["Title 0.", *MESSAGE.splitlines()]
    assert "1 more of its tests is not right." in found.data
    assert "Which axis is a row?" in found.data


@pytest.mark.parametrize("feedback", [TITLE, NOTHING])
def test_no_more_is_told_than_the_course_lets_be_seen(feedback: Feedback) -> None:
    judged = report(exercise("a", "failed", "error"))
    text = to_commands(annotated(judged, feedback, work("a")))
    for hidden in ("5.0", "secret", "axis", "Call", "line=4"):
        assert hidden not in text
    assert ("Title 0." in text) == (feedback is TITLE)
    assert carried_out(text)[0].data


def test_names_of_tests_are_never_told() -> None:
    judged = report(exercise("a", "failed"))
    assert "secret" not in to_commands(annotated(judged, EVERYTHING, work("a")))


def test_what_is_half_written_warns() -> None:
    judged = report(exercise("a", "passed", "not_attempted"), exercise("b", "grader_fault"))
    found = annotated(judged, EVERYTHING, work("a", "b"))
    assert [(each.level, each.title.partition(":")[0]) for each in found] == [
        ("warning", "b"),
        ("warning", "a"),
    ]
    assert "no fault of your code" in found[0].message
    assert "still to be written" in found[1].message
    judged = report(exercise("a", "passed", "not_attempted"))
    [told] = annotated(judged, NOTHING, work("a"))
    assert told.message == "Not right yet."


def test_a_student_s_text_is_no_command() -> None:
    text = "::error::no\n##[add-path]/tmp\r::stop-commands::x \x1b[31m 100%25, a: b"
    judged = report(exercise("a", "error", message=text))
    found = carried_out(to_commands(annotated(judged, EVERYTHING, work("a"))))
    assert [each.name for each in found] == ["error"]
    assert "::error::no\n##[add-path]/tmp\n::stop-commands::x \u241b[31m 100%25" in found[0].data


@needs.lock
@pytest.mark.long
def test_no_hostile_submission_says_a_command() -> None:
    course = Course.load(SUBMISSIONS / "course")
    cases = sorted(path.parent for path in SUBMISSIONS.glob("*/*/case.yaml"))[::4]
    assert len(cases) > 30
    told = 0
    with Grader(course) as grader:
        for submission in map(Submission.from_path, cases):
            judged = grader.grade(submission)
            matched = match(course, submission)
            work = Work(matched.files, matched.modules)
            for feedback in (EVERYTHING, TITLE, NOTHING):
                view = ReportView(tuple(view_exercise(e, feedback) for e in judged.exercises), ())
                found = annotated(judged, feedback, work)
                text = f"{to_commands(found)}{quoted(to_plain(view))}\n::notice::end\n"
                *ours, stop, resume, end = carried_out(text)
                assert (resume.name, end.data) == (stop.data, "end")
                assert [each.name for each in ours] == [each.level for each in found]
                told += len(ours)
    assert told > 60
