"""The bound on the judge's own work."""

from __future__ import annotations

import signal
import threading
import time
from types import SimpleNamespace
from typing import Any

import pytest

from grader.judge import marking
from grader.judge.bound import TookTooLong, at_most, at_most_work
from grader.judge.diagnosis.memory import Memory
from grader.judge.marking import Marking
from grader.judge.sitting import Sitting
from grader.judge.transcript import Call, Transcript
from grader.judge.verdict import Verdict
from grader.sandbox.exchange import Exchange
from grader.sandbox.wire.protocol import Do, Op


def for_ever(*args: Any) -> None:
    while True:
        pass


def test_a_loop_is_ended_and_nothing_stays_set() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(TookTooLong, match=r"no end after 0\.05 s"), at_most(0.05):
        for_ever()
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_work_is_bounded_by_the_processor_alone() -> None:
    before = signal.getsignal(signal.SIGPROF)
    began = time.process_time()
    with pytest.raises(TookTooLong, match=r"no end after 0\.05 s"), at_most_work(0.05):
        for_ever()
    assert time.process_time() - began >= 0.02  # the timer counts in steps of a few milliseconds
    with at_most_work(0.05):
        threading.Event().wait(0.1)  # somebody else has the processor
    assert signal.getsignal(signal.SIGPROF) is before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_who_catches_everything_is_ended_the_next_time() -> None:
    caught: list[BaseException] = []

    def stubborn() -> None:
        try:
            for_ever()
        except BaseException as error:
            caught.append(error)
        for_ever()

    with pytest.raises(TookTooLong), at_most(0.05):
        stubborn()
    assert [type(error) for error in caught] == [TookTooLong]
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_work_that_ends_is_left_alone() -> None:
    with at_most(60):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_another_thread_has_no_bound() -> None:
    met: list[object] = []

    def body() -> None:
        with at_most(0.001):
            met.append(signal.getitimer(signal.ITIMER_REAL)[0])

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    assert met == [0.0]


ANSWERED = Exchange(
    Do("call", "count", 0, (), {}, False), (), b"", 1 << 60, None, None, "", (), 0, 0
)


class Bare(Marking):
    """Marking without processes: the suite is a function."""

    def __init__(self, run: Any) -> None:
        limits = SimpleNamespace(exercise=0.0, longest=lambda files: 0.0)
        self._course: Any = SimpleNamespace(limits=limits, handout=False)
        self._tests: Any = SimpleNamespace(run=run, seed=lambda item: 0)
        self._memory = Memory()
        self._patience = marking._SUITE_SECONDS
        self.closed = 0

    def verdict(self) -> Verdict:
        session: Any = SimpleNamespace(
            loading=0.0,
            begin=lambda *args: None,
            close=self._close,
            stopped=None,
            failed=None,
            sources={},
            foreseen=(),
        )
        exercise: Any = SimpleNamespace(id="sums")
        return self._run(Sitting(exercise, session, Transcript()), None)

    def _close(self) -> None:
        self.closed += 1


def test_a_suite_that_an_answer_keeps_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is for the reference to say whether the suite or the answer is at fault."""
    monkeypatch.setattr(marking, "_SUITE_SECONDS", 0.05)

    def suite(item: object, transcript: Transcript) -> None:
        transcript.calls.append(Call(ANSWERED, Op("call", "count"), []))
        for_ever()

    marks = Bare(suite)
    found = marks.verdict()
    assert found.doubtful
    assert found.outcome == "failed"
    assert "TookTooLong: no end after" in found.message
    assert marks.closed == 1, "the worker may have been left in the middle of an exchange"
