"""From how a test ended to its name and its lines: every verdict, with a worker in this process."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.judge.comparing.compare import assert_close
from grader.judge.suite import Ending
from grader.judge.transcript import Transcript
from grader.judge.verdict import Verdict, verdict
from grader.sandbox.exchange import Bounds
from grader.sandbox.proxy import Student
from grader.sandbox.session import Session
from grader.sandbox.stopped import Forbidden, SlowCall, Stopped
from grader.sandbox.wire.protocol import Op
from support.judged import Judge
from support.launchers import ThreadLauncher


def lines(text: str) -> str:
    return textwrap.dedent(text).strip("\n")


def test_passed(judged: Judge) -> None:
    assert judged(lambda student: assert_close(student.half(4), 2.0)) == Verdict("passed")


def test_failed_with_the_call_in_the_middle(judged: Judge) -> None:
    found = judged(lambda student: assert_close(student.half(np.array([2.0, 4.0])), np.ones(2)))
    assert found.outcome == "failed"
    assert found.message == lines(
        """
        Wrong values: at [1] expected 1.0, got 2.0.
        Call: half(np.array([2.0, 4.0]))
        1 of 2 entries differ (marked >):
        expected    got
         1.0 >1.0    1.0 >2.0
        """
    )


def test_a_failure_without_a_call(judged: Judge) -> None:
    """Nothing of the student's has run."""
    found = judged(lambda student: assert_close(1.0, 2.0))
    assert found.outcome == "grader_fault"
    assert found.message.startswith("The test itself raised ")


def test_changed_arguments_are_named(judged: Judge) -> None:
    x = np.ones(2)
    assert judged(lambda student: student.grow(x, y=x)).message == (
        "The 1st argument and argument y changed during the call: "
        "the caller still needs it as it was.\n"
        "Call: grow(np.array([1.0, 1.0]), y=np.array([1.0, 1.0]))"
    )
    assert judged(lambda student: student.inplace.grow(x)).outcome == "passed"
    assert x.tolist() == [1.0, 1.0], "the test's own array is never written"


def test_exceptions_of_the_student(judged: Judge) -> None:
    found = judged(lambda student: student.fail(1))
    assert found.outcome == "error"
    assert found.message == lines(
        """
        Your code raised ValueError: too
        work.py, line 12: raise ValueError("too\\nmany words")
        Call: fail(1)
        """
    )
    assert judged(lambda student: student.silent(1)).message.startswith(
        "Your code raised KeyError\nwork.py, line 15: raise KeyError\n"
    )

    def wrapped(student: Student) -> None:
        try:
            student.silent(1)
        except KeyError as error:
            raise RuntimeError("around it") from error

    assert judged(wrapped).outcome == "error"


def test_another_exception_that_a_test_made_of_it_is_the_tests_own(judged: Judge) -> None:
    def replaced(student: Student) -> None:
        student.half(1)
        raise RuntimeError("a slip. ")

    found = judged(replaced)
    assert found.outcome == "failed"
    assert found.message == (
        "The test could not use the answer: RuntimeError: a slip.\nCall: half(1)\nIt returned 0.5."
    )
    assert found.doubtful.startswith("The test itself raised RuntimeError: a slip")
    assert "(test_verdict.py, line " in found.doubtful

    def silent(student: Student) -> None:
        student.half(1)
        raise LookupError

    assert judged(silent).message.startswith("The test could not use the answer: LookupError.\n")


def test_what_was_not_begun(judged: Judge) -> None:
    def caught(student: Student) -> None:
        with pytest.raises(NotImplementedError):
            student.slow(1)

    assert judged(lambda student: student.slow(1)).outcome == "not_attempted"
    assert judged(caught).outcome == "not_attempted", "it stands, whatever the test catches"
    assert judged(lambda student: student.slow(1)).message == ""
    assert judged(lambda student: student.quick(1)) == Verdict(
        "not_attempted", "`quick` calls `slow`, which is not written yet."
    )


def test_a_rule_about_several_calls_shows_the_one_that_it_is_about(judged: Judge) -> None:
    def falling(student: Student) -> None:
        got = student.half(np.array([4.0, 2.0]))
        student.half(np.array([1.0, 1.0]))
        for _ in range(2):
            if not (np.diff(got) > 0).all():
                pytest.fail("A larger x gives a smaller answer.")

    def alone(student: Student) -> None:
        student.half(1.0)
        student.half(2.0)
        pytest.fail("No.")

    assert judged(falling).message == (
        "A larger x gives a smaller answer.\nCall: half(np.array([4.0, 2.0]))"
    )
    assert judged(alone).message == "No.\nCall: half(2.0)"


def test_the_kind_of_what_stayed_with_the_student(judged: Judge) -> None:
    def kind(student: Student) -> None:
        got = student.keep.listed(3)
        assert isinstance(got, np.ndarray)

    assert judged(kind).message == ("Wrong type: expected np.ndarray, got a set.\nCall: listed(3)")


def test_what_is_missing_is_compared_with_what_is_there(judged: Judge) -> None:
    assert judged(lambda student: student.haalf(1)) == Verdict(
        "error", "There is no haalf in your file.\nDid you rename it to half?"
    )
    assert judged(lambda student: student.zzz(1)).message.endswith(
        "Copy its first line from the stub."
    )


def test_skipped_and_broken_fixtures(judged: Any) -> None:
    def skip(student: Student) -> None:
        pytest.skip("PyTorch is not installed")

    def divide(student: Student) -> None:
        1 / 0  # noqa: B018

    assert judged(skip) == Verdict("skipped", "Not run: PyTorch is not installed.")
    found = judged(divide, "setup")
    assert found.outcome == "grader_fault"
    assert found.message.startswith("The test itself raised ZeroDivisionError: division by zero")


def test_a_fixture_that_asks_the_student(judged: Any) -> None:
    """An exception of the student's is their error there, too; all else is open."""

    def unusable(student: Student) -> None:
        _ = [*student.half(1)]

    def unfit(student: Student) -> None:
        assert student.half(1) == 1

    raised = judged(lambda student: student.fail(1), "setup")
    assert (raised.outcome, raised.doubtful) == ("error", "")
    assert raised.message.startswith("Your code raised ValueError: too\n")
    for test in (unusable, unfit):
        for phase in ("setup", "teardown"):
            found = judged(test, phase)
            assert found.outcome == "failed"
            assert found.doubtful.startswith("The test itself raised ")
    assert judged(unfit).doubtful == "", "in the test itself it is what the test is for"


def test_a_stop_is_told_with_the_call_that_never_came_back() -> None:
    transcript = Transcript()
    stop = Stopped(SlowCall(2.0))
    told = "No answer within 2 s. Is there a loop that never ends?"
    assert verdict(Ending("call", stop), transcript, stop).message == told
    transcript.asked = Op("call", "half", 0, (3.0,), {})
    found = verdict(Ending("call", None), transcript, stop)
    assert found.message == f"{told}\nCall: half(3.0)"
    forbidden = Stopped(Forbidden("numpy.dot"))
    assert verdict(Ending("call", None), transcript, forbidden) == Verdict(
        "forbidden", "This exercise asks you to do without numpy.dot: build it yourself."
    )
    for name, told in {
        "operator.matmul": "the @ operator",
        "operator.pow": "the ** operator",
        "operator.itemgetter": "operator.itemgetter",
    }.items():
        found = verdict(Ending("call", None), transcript, Stopped(Forbidden(name)))
        assert found.message == f"This exercise asks you to do without {told}: build it yourself."


CALLS: dict[str, Callable[[Student], Any]] = {
    "Bag().put(3)": lambda s: s.keep.Bag().put(3),
    "Bag(size=2).size": lambda s: s.keep.Bag(size=2).size,
    "Bag().put('a')[0]": lambda s: s.keep(s.keep.Bag().put)("a")[0],
    "len(Bag())": lambda s: len(s.keep.Bag()),
    "Bag()": lambda s: s.keep.Bag().fetch(),
    "Bag().size = 5": lambda s: setattr(s.keep.Bag(), "size", 5),
    "shares_memory(one(np.array([1.0, 1.0])), one(np.array([1.0, 1.0])))": lambda s: s.keep.one(
        np.ones(2)
    ).shares_memory(s.keep.one(np.ones(2))),
    "apply(lambda x: x + 1, 1)": lambda s: s.apply(s.source("lambda x: x + 1"), 1),
}


@pytest.mark.parametrize("written", CALLS)
def test_a_call_is_written_as_a_test_would(written: str, judged: Judge) -> None:
    def test(student: Student) -> None:
        CALLS[written](student)
        raise AssertionError("no")

    assert judged(test).message == f"no\nCall: {written}"


def test_calls_of_what_the_test_put_there(judged: Judge) -> None:
    def test(student: Student) -> None:
        helper = student.source("lambda x: None + x")
        helper(1)

    assert judged(test).message.splitlines()[-1] == "Call: (lambda x: None + x)(1)"

    def kept(student: Student) -> None:
        student.keep([1]).append(2)
        raise AssertionError("no")

    assert judged(kept).message == "no\nCall: kept.append(2)"


def test_gradients_are_written_without_the_cotangent(judged: Judge) -> None:
    torch = pytest.importorskip("torch")

    def test(student: Student) -> None:
        _, (gradient,) = student.vjp("half", (torch.tensor([2.0]),), torch.tensor([1.0]))
        assert gradient.tolist() == [0.5]
        raise AssertionError("no")

    assert judged(test).message == "no\nCall: gradients of half(torch.tensor([2.0]))"


def test_syntax_errors_point_at_the_place() -> None:
    transcript = Transcript()
    bounds = Bounds(5.0, 1 << 30, 1000, 60)
    text = "def f(x):\n    return (x\n"
    session = Session(ThreadLauncher("work"), bounds, {"work": text}, {}, transcript.handle)
    transcript.session = session
    session.begin("work", 0, 60.0)
    with pytest.raises(SyntaxError) as met:
        transcript.student.f(1)
    found = verdict(Ending("call", met.value), transcript, None)
    session.close()
    assert found.outcome == "error"
    assert found.message == (
        "work.py, line 2: SyntaxError: '(' was never closed\n    return (x\n           ^"
    )


# --- whatever an answer holds ---------------------------------------------------------------------


class _Wordless(AssertionError):
    def __str__(self) -> str:
        raise ValueError("no words")


def test_there_is_a_verdict_where_there_are_no_words(
    judged: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def test(student: Student) -> None:
        student.one(1)
        raise _Wordless

    assert judged(test).outcome == "failed"
    monkeypatch.setattr("grader.judge.verdict._SECONDS", 0.05)
    monkeypatch.setattr("grader.judge.verdict.statement_of", lambda error: time.sleep(60))
    found = judged(test)
    assert (found.outcome, "cannot be written out" in found.message) == ("failed", True)
    assert judged(lambda student: student.fail(1)).outcome == "failed"
    assert judged(test, "setup").outcome == "grader_fault"
    assert judged(lambda student: student.slow(1)).outcome == "not_attempted"


HARD = [10**6000, {10**6000: 1}, [{(10**6000,): 1}], {"a": 10**6000}, b"\xff", {1: {}}]
EXPECTED = [1, {1: 2}, [1, 2], "text", {10**6000: 2}, {"a": 10**5999}]


@pytest.mark.parametrize("value", HARD, ids=range(len(HARD)))
@pytest.mark.parametrize("expected", EXPECTED, ids=range(len(EXPECTED)))
def test_answers_that_are_hard_to_write(judged: Judge, value: object, expected: object) -> None:
    def plain(student: Student) -> None:
        got = student.one(value)
        assert got == expected

    def close(student: Student) -> None:
        assert_close(student.one(value), expected)

    def in_words(student: Student) -> None:
        student.one(value)
        raise AssertionError(f"\ud800 {chr(0xDFFF)}")

    for test in (plain, close, in_words):
        found = judged(test)
        assert found.outcome == "failed"
        found.message.encode()
