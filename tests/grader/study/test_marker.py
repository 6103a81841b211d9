"""Grading in the background: whose turn it is, and what is graded then."""

from __future__ import annotations

import importlib.util
import queue
import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from grader import Course, Submission
from grader.grading import talk
from grader.report.model import ExerciseResult
from grader.report.model import TestResult as Result
from grader.study import marker as module
from grader.study.events import Loaded, Marked, Unmarked
from grader.study.marker import Marker
from support.talking import FakeBase, Talking

Event = Marked | Unmarked | Loaded
Started = tuple[Marker, FakeBase, "queue.SimpleQueue[Event]"]


@pytest.fixture
def started(
    talking: Talking, course: Course, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Started]]:
    """Makes a marker whose judge is the test, and tells what its exercise's file holds."""
    made: list[Marker] = []

    def start(read: Callable[[Marker], str], *says: Any) -> Started:
        grader, base = talking(talk.Taken(), *says)
        monkeypatch.setattr(module, "Grader", lambda *args, **kwargs: grader)
        monkeypatch.setattr(module, "Base", lambda **options: None)
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
        told: queue.SimpleQueue[Event] = queue.SimpleQueue()
        marker = Marker(course, told.put)

        def submission() -> Submission:
            return Submission.from_sources({"tally.py": read(marker)})

        monkeypatch.setattr(marker, "_read", submission)
        made.append(marker)
        marker.start()
        return marker, base, told

    yield start
    for marker in made:
        marker.close()


def done() -> talk.Done:
    return talk.Done((ExerciseResult("tally", "a", "Tally", "passed", 1, 1, (), ()),))  # type: ignore[arg-type]


def jobs(base: FakeBase) -> list[str]:
    """The texts that the judge was given so far."""
    base.heard(talk.Take)
    texts = []
    while not base.judges[-1].quiet():
        said = base.heard(talk.Job | talk.Stop)
        texts += [said.modules["tally"]] if isinstance(said, talk.Job) else ["stop"]
    return texts


def test_what_is_saved_while_a_file_is_read_is_not_missed(
    started: Callable[..., Started],
) -> None:
    """The text that was read before it is never judged: it may hold a loop without end."""
    texts = ["while True: pass", "class Tally: pass"]

    def read(marker: Marker) -> str:
        text = texts[0]
        if len(texts) > 1:
            del texts[0]
            marker.ask("tally")
        return text

    marker, base, told = started(read, done())
    marker.ask("tally")
    event = told.get(timeout=20)
    assert isinstance(event, Marked)
    assert event.result.outcome == "passed"
    assert jobs(base) == ["class Tally: pass"]


def test_a_file_that_is_written_in_pieces_is_read_once_more(
    started: Callable[..., Started],
) -> None:
    texts = ["class Tally:", "class Tally: pass"]

    def read(marker: Marker) -> str:
        return texts.pop(0)

    marker, base, told = started(read, done())
    marker.ask("tally")
    assert isinstance(told.get(timeout=20), Marked)
    assert jobs(base) == ["class Tally: pass"]


def test_a_request_while_a_file_settles_has_the_next_turn(
    started: Callable[..., Started],
) -> None:
    texts = ["class Tally:", "class Tally: pass"]

    def read(marker: Marker) -> str:
        if len(texts) > 1:
            marker.ask("tally")
        return texts.pop(0)

    marker, base, told = started(read, done())
    marker.ask("tally")
    assert isinstance(told.get(timeout=20), Marked)
    assert jobs(base) == ["class Tally: pass"]
    assert texts == []


class HalfLoaded:
    """A grader whose PyTorch comes when the test says so; without it, it says what it cannot."""

    come: threading.Event
    says = ""
    meanwhile: Callable[[], object] = staticmethod(lambda: None)

    def __init__(self, *args: Any, torch: bool | None = None, **options: Any) -> None:
        self.is_light = torch is False

    def start(self) -> None:
        assert self.come.wait(20)

    def claim(self) -> Any:
        return SimpleNamespace(dropped=False)

    def grade(self, submission: Submission, exercises: list[str], claim: Any) -> Any:
        if not self.is_light:
            self.start()
            return done_with("passed", "")
        self.meanwhile()
        return done_with("skipped" if "PyTorch" in self.says else "error", self.says)

    def abandon(self) -> None: ...

    cancel = close = abandon


def done_with(outcome: Any, message: str) -> Any:
    none = Decimal(0)
    test = Result("test_torch", "It.", outcome, none, none, message)
    result = ExerciseResult("tally", "a", "Tally", outcome, none, none, (test,), ())
    return SimpleNamespace(exercises=[result])


@pytest.fixture
def half_loaded(course: Course, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Asks a marker whose PyTorch is loading, and whose light judge says `says`: what it tells."""
    made: list[Marker] = []
    HalfLoaded.come = threading.Event()
    monkeypatch.setattr(module, "Grader", HalfLoaded)
    monkeypatch.setattr(module, "Base", lambda **options: None)
    monkeypatch.setattr(module, "names_torch", lambda root: True)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())

    def ask(
        says: str, during: Callable[[threading.Event], object] = id
    ) -> queue.SimpleQueue[Event]:
        monkeypatch.setattr(HalfLoaded, "says", says)
        told: queue.SimpleQueue[Event] = queue.SimpleQueue()
        is_told = threading.Event()

        def tell(event: Event) -> None:
            told.put(event)
            if isinstance(event, Loaded):
                is_told.set()

        meanwhile = staticmethod(lambda: during(is_told))
        monkeypatch.setattr(HalfLoaded, "meanwhile", meanwhile)
        made.append(Marker(course, tell))
        text = Submission.from_sources({"tally.py": "class Tally: pass"})
        monkeypatch.setattr(made[-1], "_read", lambda: text)
        made[-1].start()
        made[-1].ask("tally")
        return told

    yield ask
    HalfLoaded.come.set()
    for marker in made:
        marker.close()


def test_while_pytorch_loads_nobody_is_told_that_it_is_not_installed(half_loaded: Any) -> None:
    event = half_loaded("Not run: PyTorch is not installed.").get(timeout=20)
    assert event.partial
    assert event.result.tests[0].message == "Not run: PyTorch is still loading."


def test_what_was_graded_in_part_while_pytorch_came_is_graded_again(half_loaded: Any) -> None:
    """Nobody who hears that it has come knows yet of a verdict that is still on its way."""

    def during(is_told: threading.Event) -> None:
        HalfLoaded.come.set()
        assert is_told.wait(20)

    told = half_loaded("Not run: PyTorch is not installed.", during)
    assert isinstance(told.get(timeout=20), Loaded)
    assert told.get(timeout=20).partial
    assert not told.get(timeout=20).partial


def test_code_that_uses_pytorch_inside_waits_for_it(half_loaded: Any) -> None:
    told = half_loaded("ModuleNotFoundError: torch is not installed where this is graded")
    HalfLoaded.come.set()
    events = [told.get(timeout=20), told.get(timeout=20)]
    (event,) = [each for each in events if isinstance(each, Marked)]
    assert not event.partial
    assert event.result.outcome == "passed"
