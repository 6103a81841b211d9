"""One judge, seen from the caller: answers, silence, and the end of it."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from grader import Course
from grader.errors import GraderFault, ProcessGone
from grader.grading import conversation, talk
from grader.grading.conversation import Abandoned, Claim, Conversation
from support.talking import FakeBase

JOB = talk.Job({"tally": "class Tally: pass"}, ("tally",))


def opened(course: Course, *says: Any) -> tuple[Conversation, FakeBase]:
    base = FakeBase(words="it was ill")
    base.says = [talk.Taken(), *says]
    fake: Any = base
    return Conversation(fake, course, ("tally",)), base


def closed(spoken: Conversation, base: FakeBase) -> None:
    spoken.close()
    for judge in base.judges:
        judge.close()


def test_a_judge_that_is_gone_says_why(course: Course) -> None:
    spoken, base = opened(course)
    assert spoken.is_alive()
    base.judges.pop().close()
    assert not spoken.is_alive()
    with pytest.raises(ProcessGone, match="the judge is gone: it was ill"):
        spoken.judge(JOB, Claim())
    with pytest.raises(ProcessGone, match="the judge is gone: it was ill"):
        spoken.review("tally")
    closed(spoken, base)


def test_a_judge_that_never_begins(course: Course) -> None:
    base = FakeBase(words="it was ill")
    base.says = [None]
    fake: Any = base
    with pytest.raises(ProcessGone, match="it was ill"):
        Conversation(fake, course, ("tally",))


def test_a_judge_that_is_stuck_in_a_suite_is_ended(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = FakeBase()
    monkeypatch.setattr(conversation, "_START_SECONDS", 0.01)
    fake: Any = base
    with pytest.raises(GraderFault, match="the judge did not answer in time"):
        Conversation(fake, course, ("tally",))
    assert base.ended == [1]
    base.judges.pop().close()


def test_a_judge_whose_zygote_is_gone(course: Course) -> None:
    spoken, base = opened(course, talk.Refused("gone", "the zygote is gone:"))
    with pytest.raises(ProcessGone, match="the zygote is gone: it was ill"):
        spoken.judge(JOB, Claim())
    closed(spoken, base)


def test_a_judge_that_is_asleep(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken, base = opened(course)
    monkeypatch.setattr(conversation, "_REVIEW_SECONDS", 0.01)
    with pytest.raises(GraderFault, match="the judge did not answer in time"):
        spoken.review("tally")
    closed(spoken, base)


def test_patience_grows_with_the_exercises(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exercises that each use up their time are no reason to give a judge up."""
    spoken, base = opened(course)
    waited: list[float] = []

    def hear(kind: Any, seconds: float, progress: Any = None) -> talk.Done:
        waited.append(seconds)
        return talk.Done(())

    monkeypatch.setattr(spoken, "_hear", hear)
    for count in (1, 31):
        spoken.judge(talk.Job({}, ("tally",) * count), Claim())
    tests = sum(len(exercise.tests) for exercise in course.exercises if exercise.id == "tally")
    assert waited[1] - waited[0] >= 30 * course.limits.longest(tests)
    closed(spoken, base)


def test_only_a_grading_under_way_is_abandoned(course: Course) -> None:
    spoken, base = opened(course)
    judge = base.judges[-1]
    base.heard(talk.Take)
    claim = Claim()
    spoken.abandon()
    assert judge.quiet()
    met: list[BaseException] = []

    def grade() -> None:
        try:
            spoken.judge(JOB, claim)
        except BaseException as error:
            met.append(error)

    thread = threading.Thread(target=grade)
    thread.start()
    assert base.heard(talk.Job) == JOB
    spoken._speaking.acquire()  # the job was said: it is being judged
    spoken._speaking.release()
    spoken.abandon()
    assert judge.quiet(), "it is wanted"
    claim.drop()
    spoken.abandon()
    assert base.heard(talk.Stop) == talk.Stop()
    talk.send(judge, talk.Done(None))
    thread.join(20)
    assert [type(error) for error in met] == [Abandoned]
    closed(spoken, base)


def test_what_was_abandoned_before_it_began_is_never_judged(course: Course) -> None:
    spoken, base = opened(course)
    base.heard(talk.Take)
    whole = Claim()
    claim = Claim(Claim(), whole)
    whole.drop()
    with pytest.raises(Abandoned):
        spoken.judge(JOB, claim)
    assert base.judges[-1].quiet()
    closed(spoken, base)
