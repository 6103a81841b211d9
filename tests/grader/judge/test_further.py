"""Asking on where a test ended: what the reference was asked, put to another module."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from grader.judge.diagnosis.replay import Run
from grader.judge.further import Interview, Questions
from grader.judge.transcript import Call, Transcript
from grader.sandbox.exchange import Bounds
from grader.sandbox.session import Session
from support.launchers import ThreadLauncher

REFERENCE = """
class Counter:
    def __init__(self, start):
        self.n = start
    def add(self, k):
        self.n += k
        return self.n

def twice(x): return 2 * x
def half(x): return x / 2
def refuse(x): raise ValueError
"""


def session_of(text: str) -> tuple[Session, Transcript]:
    transcript = Transcript()
    bounds = Bounds(5.0, 1 << 30, 1000, 60)
    transcript.session = Session(
        ThreadLauncher("sums"), bounds, {"sums": text}, {}, transcript.handle
    )
    transcript.session.begin("sums", 0, 60.0)
    return transcript.session, transcript


def questions(ask: Callable[[Any], None]) -> tuple[Call, ...]:
    """What is asked of the reference."""
    session, transcript = session_of(REFERENCE)
    ask(transcript.student)
    session.close()
    return tuple(transcript.calls)


def answers(text: str, *asked: Questions) -> list[Run]:
    session, transcript = session_of(text)
    interview = Interview("sums", transcript, 5.0)
    runs = [interview.ask(each) for each in asked]
    session.close()
    return runs


def everything(student: Any) -> None:
    student.twice(3)
    counter = student.keep.Counter(1)
    counter.add(student.half(4))
    with suppress(ValueError):
        student.refuse(0)
    student.twice(5)


ASKED = questions(everything)


def called(run: Run) -> list[tuple[str, Any]]:
    """What was called, and what came back; a method is asked for first, which is left out."""
    calls = [call for call in run.calls if call.exchange.do.verb in ("call", "invoke")]
    return [(call.name, call.exchange.value) for call in calls]


def names(run: Run) -> list[str]:
    return [name for name, _ in called(run)]


def test_every_question_is_put_to_the_end() -> None:
    text = REFERENCE.replace("2 * x", "3 * x").replace("raise ValueError", "return 7")
    (run,) = answers(text, Questions("test_all", 0, ASKED, reached=1))
    assert (run.test, run.lost, run.since) == ("test_all", True, 1)
    by_name = called(run)
    assert [by_name[0], *by_name[2:]] == [
        ("twice", 9), ("half", 2.0), ("add", 3.0), ("refuse", 7), ("twice", 15)
    ]  # fmt: skip


def test_an_exception_ends_nothing() -> None:
    (run,) = answers(REFERENCE.replace("2 * x", "1 / 0"), Questions("test_all", 0, ASKED))
    raised = [call.exchange.raised for call in run.calls]
    expected = ["ZeroDivisionError", "ValueError", "ZeroDivisionError"]
    assert [each.kind for each in raised if each] == expected


def test_what_is_not_written_is_asked_once() -> None:
    unwritten = REFERENCE.replace("return 2 * x", "raise NotImplementedError")
    (run,) = answers(unwritten, Questions("test_all", 0, ASKED, reached=3))
    assert names(run) == ["Counter", "half", "add", "refuse"]
    assert run.since == 2, "of three that were reached, the first was not written"


def test_questions_about_what_was_not_given_are_left_out() -> None:
    broken = REFERENCE.replace("self.n = start", "raise KeyError(start)")
    (run,) = answers(broken, Questions("test_all", 0, ASKED))
    assert names(run) == ["twice", "Counter", "half", "refuse", "twice"]


def test_handles_may_have_other_numbers() -> None:
    text = REFERENCE.replace("2 * x", "{2, x}")
    (run,) = answers(text, Questions("test_all", 0, ASKED))
    assert run.calls[0].exchange.kept
    assert ("add", 3.0) in called(run)


@pytest.mark.parametrize("count", [1, 2])
def test_who_ends_the_worker_is_not_asked_again(count: int) -> None:
    printing = REFERENCE.replace("return 2 * x", "print('x' * 20_000_000)")
    asked = [Questions(f"test_{n}", 0, ASKED) for n in range(count)]
    first, *rest = answers(printing, *asked)
    assert first.calls == ()
    for run in rest:
        assert names(run) == ["Counter", "half", "add", "refuse"]
