"""How much of a report is seen, and that plain text and HTML say the same of it."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape

import msgspec
import pytest

from grader.course.outline import Feedback
from grader.report import model, view
from grader.report.html import to_html
from grader.report.model import Diagnosis, ExerciseResult
from grader.report.plain import to_plain
from grader.report.view import ExerciseView, ReportView, for_student, view_exercise
from grader.report.words import AGAIN


def tried(name: str, outcome: model.Outcome, message: str = "") -> model.TestResult:
    earned = Decimal(outcome == "passed")
    return model.TestResult(name, f"About {name}.", outcome, earned, Decimal(1), message)


def exercise(*tests: model.TestResult) -> ExerciseResult:
    earned = sum((test.earned for test in tests), Decimal(0))
    ideas = (Diagnosis("Forgets", "Which factor?"),)
    return ExerciseResult(
        "scores", "01_a", "How much?", "failed", earned, Decimal(len(tests)), tests, ideas
    )


MIXED = exercise(tried("a", "passed"), tried("b", "failed", "no"), tried("c", "failed", "no"))


def test_everything_is_seen_and_a_message_once() -> None:
    seen = view_exercise(MIXED, Feedback("everything"))
    assert [test.message for test in seen.tests] == ["", "no", AGAIN]
    assert (seen.score, seen.ideas, seen.broken) == ("1 of 3", ("Which factor?",), "")


def messages(*tests: model.TestResult) -> list[str]:
    return [test.message for test in view_exercise(exercise(*tests), Feedback("everything")).tests]


def test_one_slip_is_said_once_whichever_call_meets_it() -> None:
    slip = "Your code raised NameError: y\nwork.py, line 2: return y"
    assert messages(
        tried("a", "error", f"{slip}\nCall: f(1)"),
        tried("b", "passed"),
        tried("c", "error", f"{slip}\nCall: f(2)"),
    ) == [f"{slip}\nCall: f(1)", "", AGAIN]
    dtype = "Wrong dtype: expected float32, got float64."
    assert messages(
        tried("a", "failed", f"{dtype}\nCall: f(1)"), tried("b", "failed", f"{dtype}\nCall: f(2)")
    ) == [f"{dtype}\nCall: f(1)", f"{AGAIN}\nCall: f(2)"]


def test_a_slip_that_comes_back_after_another_is_named_by_its_test() -> None:
    assert messages(
        tried("a", "error", "one\nCall: f(1)"),
        tried("b", "error", "two\nCall: g(1)"),
        tried("c", "error", "one\nCall: f(2)"),
        tried("d", "error", "one\nCall: f(3)"),
        tried("e", "error", "two\nCall: g(2)"),
    )[2:] == ["The same as under: About a.", AGAIN, "The same as under: About b."]


def test_titles_only() -> None:
    seen = view_exercise(MIXED, Feedback("title"))
    assert [test.title for test in seen.tests] == ["About a.", "About b.", "About c."]
    assert {test.message for test in seen.tests} == {""}
    assert seen.ideas == ()


def test_nothing_but_the_score() -> None:
    seen = view_exercise(MIXED, Feedback("nothing"))
    assert (seen.score, seen.tests, seen.ideas) == ("1 of 3", (), ())


def test_what_breaks_everywhere_is_said_once() -> None:
    broken = exercise(tried("a", "error", "line 2"), tried("b", "error", "line 2"))
    seen = view_exercise(broken, Feedback("title"))
    assert (seen.broken, seen.tests) == ("line 2", ())


@pytest.mark.parametrize(
    ("message", "loaded", "is_broken"),
    [
        ("Your file cannot be loaded: E: soon\na.py, line 2: raise E", False, True),
        ("a.py, line 2: SyntaxError: no\n    x = 1 +\n    ^", False, True),
        ("There is no f in your file.\nCopy its first line from the stub.", True, True),
        ("Your code raised E: soon\na.py, line 2: raise E\nCall: f()", True, False),
        ("a.py, line 3 still raises NotImplementedError: delete it.\nCall: f()", True, False),
    ],
)
def test_what_raises_the_same_in_all_tests_was_run(
    message: str, loaded: bool, is_broken: bool
) -> None:
    """An own placeholder, in a function that is called alike in all tests, breaks no file."""
    same = exercise(tried("a", "error", message), tried("b", "error", message))
    same = msgspec.structs.replace(same, loaded=loaded)
    seen = view_exercise(same, Feedback("everything"))
    assert seen.broken == (message if is_broken else "")
    assert [test.message for test in seen.tests] == ([] if is_broken else [message, AGAIN])


def test_long_output_is_cut() -> None:
    loud = model.TestResult(
        "a", "A.", "failed", Decimal(0), Decimal(1), "no", printed="\n".join(["x" * 300] * 9)
    )
    (seen,) = view_exercise(exercise(loud), Feedback("everything")).tests
    lines = seen.printed.splitlines()
    assert (len(lines), len(lines[0]), lines[-1]) == (6, 202, "… 4 more lines")


def test_plain_and_html_say_the_same() -> None:
    tests = (
        view.TestView("passed", "Right.", "1 of 1"),
        view.TestView("timeout", "Slow.", "0 of 1", "No answer within 2 s.", "here"),
    )
    scores = ExerciseView(
        "scores", "How <much>?", "failed", "1 of 2", "", tests, ("Look.",), "Go on.", "From In [1]."
    )
    broken = ExerciseView("later", "When?", "error", "0 of 1", "line 2: '('")
    page = ReportView((scores, broken), ("Note: so be it.", "1 of 3 points"))
    plain = to_plain(page)
    assert plain == (
        "NO  scores: How <much>? 1 of 2\n"
        "    ok  Right. 1 of 1\n"
        "    TIM too slow: Slow. 0 of 1\n"
        "        No answer within 2 s.\n"
        "        Your code printed:\n"
        "        here\n"
        "    Your answers equal those of a known mistake. Look.\n"
        "    Go on.\n"
        "    From In [1].\n"
        "\n"
        "ERR later: When? (error) 0 of 1\n"
        "    It cannot be run:\n"
        "    line 2: '('\n"
        "\n"
        "Note: so be it.\n"
        "1 of 3 points"
    )
    body = to_html(page).partition("</style>")[2]
    flat = " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())
    for sentence in ("How <much>?", "too slow:", "Look.", "Go on.", "From In [1].", "line 2: '('"):
        assert sentence in flat
    assert flat.endswith("Note: so be it. 1 of 3 points")


def whole(*exercises: ExerciseResult) -> model.Report:
    return model.Report(
        course="C", suite="", grader="1", isolation="full", student="ada", submission="",
        earned=Decimal(1), possible=Decimal(3), exercises=exercises,
    )  # fmt: skip


def test_what_a_student_is_told_follows_the_feedback() -> None:
    report = whole(MIXED)
    assert report.viewer == "instructor"
    (all_of_it,) = for_student(report, Feedback("everything")).exercises
    assert all_of_it == MIXED
    told = for_student(report, Feedback("title"))
    assert told.viewer == "student"
    (titles,) = told.exercises
    assert [(t.title, t.outcome, t.message) for t in titles.tests] == [
        ("About a.", "passed", ""),
        ("About b.", "failed", ""),
        ("About c.", "failed", ""),
    ]
    assert (titles.earned, titles.diagnoses) == (MIXED.earned, ())
    (nothing,) = for_student(report, Feedback("nothing")).exercises
    assert (nothing.tests, nothing.diagnoses, nothing.earned) == ((), (), MIXED.earned)


def test_that_a_file_cannot_be_loaded_is_told_to_everybody() -> None:
    tests = exercise(tried("a", "error", "no"), tried("b", "error", "no"))
    broken = msgspec.structs.replace(tests, loaded=False)
    for hidden in ("title", "nothing"):
        (seen,) = for_student(whole(broken), Feedback(hidden)).exercises  # type: ignore[arg-type]
        assert [test.message for test in seen.tests] == ["no", "no"]
        names = [(test.id, test.title) for test in seen.tests]
        assert names == (
            [("", "")] * 2 if hidden == "nothing" else [(t.id, t.title) for t in tests.tests]
        )


def test_ideas_stand_above_a_list_that_is_long() -> None:
    test = view.TestView("failed", "Right?", "0 of 1", "Wrong value.\nCall: f(1)")
    for count, is_above in ((4, False), (5, True)):
        seen = ExerciseView("a", "A?", "failed", "0", tests=(test,) * count, ideas=("Look.", "Or."))
        page = ReportView((seen,), ())
        for text in (to_plain(page), to_html(page)):
            assert text.count("Look.") == text.count("Or.") == 1
            assert (text.index("Look.") < text.index("Right?")) == is_above
            assert text.index("Look.") < text.index("Or.")
