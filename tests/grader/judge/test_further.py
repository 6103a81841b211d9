"""Asking on where a test ended: what the reference was asked, put to another module."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
import pytest

from grader.judge.diagnosis.replay import Run
from grader.judge.further import Interview, Questions
from grader.judge.transcript import Call, Transcript
from grader.sandbox import session as session_module
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


def session_of(text: str, **more: str) -> tuple[Session, Transcript]:
    transcript = Transcript()
    bounds = Bounds(5.0, 1 << 30, 1000, 60)
    transcript.session = Session(
        ThreadLauncher("sums", *more), bounds, {"sums": text, **more}, {}, transcript.handle
    )
    transcript.session.begin("sums", 0, 60.0)
    return transcript.session, transcript


def questions(ask: Callable[[Any], None]) -> tuple[Call, ...]:
    """What is asked of the reference."""
    session, transcript = session_of(REFERENCE)
    ask(transcript.student)
    session.close()
    return tuple(transcript.calls)


def answers(text: str, *asked: Questions, **more: str) -> list[Run]:
    session, transcript = session_of(text, **more)
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


# --- where the module keeps nothing ---------------------------------------------------------------

STILL = """
def twice(x): return 2 * x
def double(xs):
    xs *= 2
    return xs
def refuse(x):
    print("refused", x)
    raise ValueError("no")
def half(x): return x / 2
"""


def values(student: Any) -> None:
    student.twice(3)
    student.double(np.arange(3.0))
    with suppress(ValueError):
        student.refuse(0)
    student.half(np.ones(2))
    student.twice(5)


def told(run: Run) -> list[tuple[Any, ...]]:
    """All of a run's calls but the objects themselves."""
    return [
        (call.name, call.functions, call.changed, call.exchange.fingerprint, call.exchange.printed,
         repr(call.args), repr(call.exchange.value), repr(call.exchange.after), repr(call.error))
        for call in run.calls
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "at_once"),
    [
        pytest.param("2 * x", "3 * x", True, id="wrong"),
        pytest.param("2 * x", "1 / 0", True, id="raised"),
        pytest.param("2 * x", "1 / (x - 5)", True, id="raised at the end"),
        pytest.param('raise ValueError("no")', "return {1, x}", True, id="a handle"),
        pytest.param("def half", "def halve", True, id="missing"),
        pytest.param("return x / 2", "raise NotImplementedError", False, id="unwritten"),
        pytest.param("return x / 2", "return 'x' * 10**5", False, id="too much"),
        pytest.param("return x / 2", "print('x' * 20_000_000)", False, id="a flood"),
        pytest.param("return x / 2", "return x /", False, id="no Python"),
    ],
)
def test_what_keeps_nothing_is_asked_at_once_and_answers_the_same(
    monkeypatch: pytest.MonkeyPatch, old: str, new: str, at_once: bool
) -> None:
    session, transcript = session_of(STILL)
    values(transcript.student)
    session.close()
    asked = [Questions(f"test_{n}", n, tuple(transcript.calls), 2) for n in range(2)]
    text = STILL.replace(old, new)
    assert text != STILL
    expected = answers("_seen = []\n" + text, *asked, other="")
    alone, put = [0], Session._put

    def counted(self: Session, *args: Any) -> Any:
        alone[0] += 1
        return put(self, *args)

    monkeypatch.setattr(Session, "_put", counted)
    monkeypatch.setattr(session_module, "_AT_ONCE_SECONDS", 10.0)
    found = answers(text, *asked, other="")
    assert [told(run) for run in found] == [told(run) for run in expected]
    assert [run.since for run in found] == [run.since for run in expected]
    assert (alone[0] == 0) == at_once
