"""Judges in a pool: given out, taken back, followed by another when they die."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from grader.errors import GraderFault, ProcessGone
from grader.grading import talk
from grader.grading.conversation import Abandoned, Claim, Conversation
from grader.grading.pool import in_parallel
from support.talking import Talking


def test_an_idle_judge_is_used_again(talking: Talking) -> None:
    grader, base = talking(talk.Taken())
    grader.start()
    grader.start()
    assert base.opened == 1


def test_as_many_judges_as_there_is_work_for(talking: Talking) -> None:
    grader, base = talking(talk.Taken(), jobs=2)
    both = threading.Barrier(2, timeout=20)
    work = [lambda: grader._pool.run(lambda judge: both.wait())] * 2
    assert sorted(grader.in_parallel(work)) == [0, 1]
    assert base.opened == 2


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="processors have no numbers")
def test_judges_that_share_a_machine_have_processors_of_their_own(
    talking: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {4, 6, 7})
    grader, base = talking(talk.Taken(), jobs=2)
    both = threading.Barrier(2, timeout=20)
    list(grader.in_parallel([lambda: grader._pool.run(lambda judge: both.wait())] * 2))
    assert sorted(base.processors) == [4, 6]

    def dies(judge: Conversation) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        grader._pool.run(dies)
    list(grader.in_parallel([lambda: grader._pool.run(lambda judge: both.wait())] * 2))
    assert base.opened == 3
    assert base.processors[2] in (4, 6), "the place of the one that is gone"
    alone, base = talking(talk.Taken())
    alone.start()
    assert base.processors == [-1], "one alone takes what is at hand"


def test_one_judge_is_waited_for(talking: Talking) -> None:
    grader, base = talking(talk.Taken())
    inside: list[str] = []

    def work(judge: Conversation) -> int:
        inside.append("in")
        assert inside.count("in") - inside.count("out") == 1
        inside.append("out")
        return len(inside)

    assert len(list(in_parallel([lambda: grader._pool.run(work)] * 10, 4))) == 10
    assert base.opened == 1


def test_a_judge_that_dies_has_one_successor(talking: Talking) -> None:
    grader, base = talking(talk.Taken(), words="it was ill")
    seen: list[Conversation] = []

    def dies_once(judge: Conversation) -> str:
        seen.append(judge)
        if len(seen) == 1:
            raise ProcessGone("dead")
        return "done"

    assert grader._pool.run(dies_once) == "done"
    assert base.opened == 2
    assert base.ended == [1]

    def dies(judge: Conversation) -> None:
        seen.append(judge)
        raise ProcessGone("dead again")

    with pytest.raises(ProcessGone, match="dead again"):
        grader._pool.run(dies)
    assert len(seen) == 4


def test_a_judge_that_died_idle_costs_nothing(talking: Talking) -> None:
    grader, base = talking(talk.Taken())
    grader.start()
    base.judges.pop().close()
    grader.start()
    assert base.opened == 2


def test_an_error_ends_its_judge_and_no_other(talking: Talking) -> None:
    grader, base = talking(talk.Taken(), jobs=2)
    grader.start()

    def fails(judge: Conversation) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        grader._pool.run(fails)
    grader.start()
    assert (base.opened, base.ended, base.closed) == (2, [1], 0)


def test_a_judge_that_has_stopped_goes_on(talking: Talking) -> None:
    """Who is told to stop and says that it has can be asked again."""
    grader, base = talking(talk.Taken())
    job = talk.Job({}, ("tally",))

    def judged(judge: Conversation, answer: talk.Done) -> talk.Done:
        talk.send(base.judges[-1], answer)
        return judge.judge(job, Claim())

    with pytest.raises(Abandoned):
        grader._pool.run(lambda judge: judged(judge, talk.Done(None)))
    assert grader._pool.run(lambda judge: judged(judge, talk.Done(()))).results == ()
    assert (base.opened, base.ended) == (1, [])


def test_a_judge_whose_answer_is_still_to_come_does_not(talking: Talking) -> None:
    """Somebody else's claim was dropped while it was listened to: what it says next is old."""
    grader, base = talking(talk.Taken(), talk.TestDone("tally", "test_a", "passed"), talk.Done(()))

    def hear(*args: str) -> None:
        raise Abandoned

    job = talk.Job({}, ("tally",))
    with pytest.raises(Abandoned):
        grader._pool.run(lambda judge: judge.judge(job, Claim(), hear))
    grader.start()
    assert (base.opened, base.ended) == (2, [1])


def test_a_base_that_is_gone_has_a_successor(
    talking: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    grader, base = talking(None, words="the base went")
    _, second = talking(talk.Taken())
    monkeypatch.setattr(grader._pool, "_new_base", lambda: second)
    monkeypatch.setattr(base, "is_gone", lambda: base.opened > 0)
    grader.start()
    assert (base.opened, base.closed, second.opened) == (1, 1, 1)


def test_after_cancelling_nothing_is_tried_again(talking: Talking) -> None:
    grader, base = talking(talk.Taken())

    def dies(judge: Conversation) -> None:
        grader.cancel()
        raise ProcessGone("killed")

    with pytest.raises(ProcessGone, match="killed"):
        grader._pool.run(dies)
    with pytest.raises(GraderFault, match="cancelled"):
        grader.start()
    assert base.opened == 1


def test_whoever_starts_a_base_while_all_is_cancelled_ends_it(
    talking: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    for end in ("cancel", "close"):
        grader, _ = talking(talk.Taken())
        grader.close()
        _, made = talking(talk.Taken())

        def new(grader: Any = grader, made: Any = made, end: str = end) -> Any:
            getattr(grader, end)()
            return made

        monkeypatch.setattr(grader._pool, "_new_base", new)
        with pytest.raises(GraderFault, match="cancelled"):
            grader.start()
        assert (made.opened, made.killed, made.closed) == (0, 1, 1)
        assert grader._pool._bases == []


def test_after_closing_nothing_is_tried_again(talking: Talking) -> None:
    grader, base = talking(talk.Taken())

    def dies(judge: Conversation) -> None:
        grader.close()
        raise ProcessGone("closed")

    with pytest.raises(ProcessGone, match="closed"):
        grader._pool.run(dies)
    assert (base.opened, base.closed) == (1, 1)


def test_a_start_that_fails_does_not_cost_the_work_its_second_try(
    talking: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    grader, base = talking(None, words="it was ill")
    with pytest.raises(ProcessGone, match="it was ill"):
        grader.start()
    assert base.opened == 2
    seen: list[Conversation] = []

    def dies_once(judge: Conversation) -> str:
        seen.append(judge)
        if len(seen) == 1:
            raise ProcessGone("dead")
        return "done"

    open_judge = base.open_judge

    def opens(processor: int = -1) -> Any:
        base.says = [None] if base.opened == 2 else [talk.Taken()]
        return open_judge(processor)

    monkeypatch.setattr(base, "open_judge", opens)
    assert grader._pool.run(dies_once) == "done"
    assert base.opened == 5


class TestInParallel:
    def test_in_order_whatever_takes_longest(self) -> None:
        second = threading.Event()

        def first() -> str:
            assert second.wait(20)
            return "first"

        def other() -> str:
            second.set()
            return "second"

        assert list(in_parallel([first, other], 2)) == ["first", "second"]

    def test_as_they_finish(self) -> None:
        told = threading.Event()

        def slow() -> str:
            assert told.wait(20)
            return "slow"

        results = in_parallel([slow, lambda: "quick"], 2, in_order=False)
        assert next(results) == "quick"
        told.set()
        assert next(results) == "slow"

    def test_an_error_ends_it_and_what_waits_is_left(self) -> None:
        called: list[int] = []
        abandoned: list[bool] = []

        def calls() -> Iterator[Any]:
            for i in range(100):
                yield lambda i=i: called.append(i) or 1 / (3 - i)

        found = in_parallel(calls(), 1, abandon=lambda: abandoned.append(True))
        with pytest.raises(ZeroDivisionError):
            list(found)
        assert called[:4] == [0, 1, 2, 3]
        assert len(called) < 20
        assert abandoned == [True]

    def test_whoever_stops_asking_stops_the_work(self) -> None:
        abandoned: list[bool] = []
        results = in_parallel(
            (lambda: 1 for _ in range(1000)), 2, abandon=lambda: abandoned.append(True)
        )
        assert next(results) == 1
        results.close()
        assert abandoned == [True]
