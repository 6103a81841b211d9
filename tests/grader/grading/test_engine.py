"""The caller's side of the conversation: what it makes of a judge that answers, or does not."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from grader import Course, Grader, Submission
from grader.course.digest import suite_digest
from grader.errors import CourseError, GraderFault, IsolationError
from grader.grading import talk
from grader.sandbox.lock import lockdown
from grader.sandbox.processes.control import Hello

TALLY = Submission.from_sources({"tally.py": "class Tally: pass"}, "ada")


class FakeBase:
    """A base whose judge is the test: it writes what it likes."""

    def __init__(self, missing: tuple[str, ...] = (), words: str = "") -> None:
        self.missing, self.words = missing, words
        self.closed = self.killed = 0
        self.configured: Any = None
        self.judge: socket.socket | None = None

    def hello(self) -> Hello:
        return Hello((), self.missing)

    def configure(self, message: Any) -> None:
        self.configured = message

    def open_judge(self) -> socket.socket:
        ours, self.judge = socket.socketpair()
        ours.settimeout(5)
        return ours

    def last_words(self) -> str:
        return self.words

    def kill(self) -> None:
        self.killed += 1

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def course(workshop: Path) -> Course:
    return Course.load(workshop)


@pytest.fixture
def talking(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., tuple[Grader, FakeBase]]]:
    """A grader that hears what is given; a None hangs up."""
    monkeypatch.setattr(lockdown, "readable_paths", lambda *args: ())
    made: list[tuple[Grader, FakeBase]] = []

    def start(*messages: Any, **terms: Any) -> tuple[Grader, FakeBase]:
        base = FakeBase(terms.pop("missing", ()), terms.pop("words", ""))
        opened = base.open_judge

        def open_judge() -> socket.socket:
            ours = opened()
            assert base.judge is not None
            for message in messages:
                if message is None:
                    base.judge.close()
                else:
                    talk.send(base.judge, message)
            return ours

        monkeypatch.setattr(base, "open_judge", open_judge)
        fake: Any = base
        made.append((Grader(course, base=fake, **terms), base))
        return made[-1]

    yield start
    for grader, base in made:
        grader.close()
        if base.judge is not None:
            base.judge.close()


Talking = Callable[..., tuple[Grader, FakeBase]]


def test_a_report_is_put_together(talking: Talking, course: Course) -> None:
    from grader.report.model import ExerciseResult

    results = tuple(
        ExerciseResult(name, "u", "T", "passed", Decimal("0.1"), Decimal("0.2"), ())
        for name in ("tally", "affine")
    )
    heard: list[Any] = []
    grader, base = talking(
        talk.Taken(), talk.Progress("tally", "test_count", "passed"), talk.Done(results)
    )
    report = grader.grade(TALLY, progress=lambda *told: heard.append(told), seed=3)
    assert (report.earned, report.possible, report.seed) == (Decimal("0.2"), Decimal("0.4"), 3)
    assert (report.course, report.student, report.submission) == ("Workshop", "ada", TALLY.digest)
    assert report.isolation == "full"
    assert report.suite == suite_digest(course)
    assert heard == [("tally", "test_count", "passed")]
    assert base.judge is not None
    taken = talk.receive(base.judge, talk.Take)
    assert taken is not None
    assert taken.exercises == ("temperature", "rolling", "tally", "affine")
    job = talk.receive(base.judge, talk.Job)
    assert job is not None
    assert (job.modules, job.seed) == ({"tally": "class Tally: pass"}, 3)
    grader.close()
    assert base.closed == 1


REFUSALS = {
    "a course": (
        talk.Refused("course", "x", (talk.FaultText("course.yaml", 3, "wrong", "right"),)),
        CourseError, "course.yaml:3: wrong; expected right",
    ),
    "isolation": (talk.Refused("isolation", "no lock"), IsolationError, "no lock"),
    "the grader": (
        talk.Refused("grader", "Traceback"), GraderFault, "the judge failed: Traceback"
    ),
    "silence": (None, GraderFault, r"the judge (is gone|ended without a word): it was ill"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_is_an_error_and_closes_everything(kind: str, talking: Talking) -> None:
    message, error, text = REFUSALS[kind]
    grader, base = talking(message, words=": it was ill")
    with pytest.raises(error, match=text):
        grader.start()
    assert base.closed == 1
    grader, base = talking(talk.Taken(), message, words=": it was ill")
    with pytest.raises(error, match=text):
        grader.grade(TALLY)
    assert base.closed == 1
    grader, base = talking(talk.Taken(), message, words=": it was ill")
    with pytest.raises(error, match=text):
        grader.review("tally")
    assert base.closed == 1


def test_a_judge_that_is_gone_or_asleep(talking: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    grader, base = talking(talk.Taken(), words=": it was ill")
    grader.start()
    assert base.judge is not None
    base.judge.close()
    with pytest.raises(GraderFault, match=r"the judge (is gone|ended without a word): it was ill"):
        grader.grade(TALLY)

    def late(*args: object) -> None:
        raise TimeoutError

    grader, _ = talking(talk.Taken())
    grader.start()
    monkeypatch.setattr("grader.grading.engine.receive", late)
    with pytest.raises(GraderFault, match="the judge did not answer in time"):
        grader.grade(TALLY)


def test_isolation_is_what_the_machine_has_unless_it_is_asked_for(talking: Talking) -> None:
    grader, base = talking(talk.Taken())
    grader.start()
    assert (grader.isolation, base.configured.config.locked) == ("full", True)
    grader, base = talking(talk.Taken(), isolation="none")
    grader.start()
    assert (grader.isolation, base.configured.config.locked) == ("none", False)
    grader, base = talking(talk.Taken(), missing=("No Landlock.",), start="spawn")
    grader.start()
    assert (grader.isolation, grader.missing) == ("none", ("No Landlock.",))
    assert base.configured.fork is False
    grader, base = talking(talk.Taken(), missing=("No Landlock.",), isolation="full")
    with pytest.raises(IsolationError, match="cannot be had here: No Landlock"):
        grader.start()
    assert base.closed == 1


def test_a_review_is_handed_through(talking: Talking) -> None:
    read = talk.Reviewed(("f",), (talk.Idea("A", "hint?", 3),), ())
    grader, _ = talking(talk.Taken(), read)
    with grader:
        assert grader.review("tally") == read


def test_cancel_ends_the_base(talking: Talking) -> None:
    grader, base = talking(talk.Taken())
    grader.cancel()
    assert base.killed == 1
    grader.close()
    grader.cancel()
    assert base.killed == 1, "there is none any more"
