"""Answers that variants gave: remembered, and like those of a worker."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from grader import Course
from grader.judge.diagnosis import agreement
from grader.judge.diagnosis.replay import Memory, Replay, Run, Told, prefixes, replay
from grader.judge.diagnosis.replay import _crossed as crossed
from grader.judge.diagnosis.variants import Variant, load_variants
from grader.judge.transcript import Call, Transcript
from grader.sandbox.exchange import Bounds
from grader.sandbox.session import Session
from grader.sandbox.wire.nodes import HandleNode
from grader.sandbox.wire.values import identical
from support.launchers import ThreadLauncher

VARIANT: Any = SimpleNamespace(exercise=SimpleNamespace(id="sums"), key="TakesTheMean")


def test_an_answer_is_remembered_by_the_calls_before_it() -> None:
    memory = Memory()
    memory.put(VARIANT, b"1", Told(1.0))
    assert memory.get(VARIANT, b"1") == Told(1.0)
    assert memory.get(VARIANT, b"2") is None


def test_too_many_are_forgotten() -> None:
    memory = Memory(most=2)
    for key in (b"1", b"2", b"3"):
        memory.put(VARIANT, key, Told(1.0))
    assert [memory.get(VARIANT, key) is None for key in (b"1", b"2", b"3")] == [True, True, False]


def test_large_ones_are_not_kept_for_good() -> None:
    """A student's answer may be the argument that makes them large, submission after submission."""
    memory = Memory(most_bytes=1 << 16)
    memory.put(VARIANT, b"huge", Told([np.zeros(1 << 10)]))
    assert memory.get(VARIANT, b"huge") is None
    for n in range(40):
        memory.put(VARIANT, bytes([n]), Told({"w": np.zeros(256)}, "", (np.zeros(4),)))
    kept = [n for n in range(40) if memory.get(VARIANT, bytes([n])) is not None]
    assert kept
    assert len(kept) < 32
    assert kept[-1] == 39


SOLUTION = """
import numpy as np
from decimal import Decimal

def one(x): return x
def kept(x): return [x]
def odd(x): return {1, 2}
def endless(x):
    loop = []
    loop.append(loop)
    return loop
def bad(x): raise np.linalg.LinAlgError("no")
def own(x):
    class Mine(ValueError): ...
    raise Mine
def strange(x):
    class Strange(Exception): ...
    raise Strange
"""


def _everything(student: Any) -> None:
    handle = student.keep.kept(3)
    assert (handle[0], len(handle), handle.fetch()) == (3, 1, [3])
    assert repr(student.odd(1)) == "<set in the student's process>"
    assert "[[<list in the student's process>]]" in repr(student.endless(1))
    for name in ("bad", "own", "strange", "missing"):
        with suppress(Exception):
            getattr(student, name)(1)


def test_a_replay_answers_like_a_worker(course_dir: Path) -> None:
    reference = _reference(course_dir, SOLUTION)
    calls = _calls(SOLUTION, _everything)
    run = Run("test", 0, True, calls)
    told = replay(reference, run)
    assert [answer.error for answer in told][-4:] == [
        "LinAlgError", "ValueError", "Exception", "MissingFunction"
    ], "a class of one's own is one kind, whatever its name"  # fmt: skip
    assert isinstance(told[0].value, HandleNode)
    assert [answer.value for answer in told[1:4]] == [3, 1, [3]]
    assert told[4].value.kind == "set"
    assert agreement.same(calls[5].exchange.value, None, told[5].value)

    lost = Run("test", 0, True, calls[1:])
    assert replay(reference, lost)[0].error == "no such handle"

    memory = Memory(most=3)
    digests = prefixes(run)
    work = Replay(reference, run, digests, memory)
    assert work.answer(3) == told[3]
    again = Replay(reference, run, digests, memory)
    assert again.answer(3) == told[3]
    assert again._executor is None, "it was remembered"
    assert work.answer(0).value == told[0].value, "and what was forgotten is worked out again"


def test_random_numbers_do_not_depend_on_who_asked_in_between(course_dir: Path) -> None:
    """A replay that another one interrupted begins anew: the generators are global."""
    drawing = "import numpy as np\ndef draw(n): return np.random.rand(n)\n"
    reference = _reference(course_dir, drawing)
    calls = _calls(drawing, lambda student: [student.draw(size) for size in (1, 2, 3)])
    runs = [Run("one", 1, True, calls), Run("two", 2, True, calls)]
    straight = [[told.value.tolist() for told in replay(reference, run)] for run in runs]
    works = [Replay(reference, run, prefixes(run), Memory()) for run in runs]
    mixed = [[work.answer(n).value.tolist() for work in works] for n in range(3)]
    assert [list(each) for each in zip(*mixed, strict=True)] == straight


BOX = """
import torch

class Box:
    def __init__(self, *numbers): self.numbers = numbers
    def double(self):
        for each in self.numbers: each *= 2
"""


def test_arguments_stay_as_they_came_back(course_dir: Path) -> None:
    """Code that keeps what it was given may change it later: that is told of the later call."""
    reference = _reference(course_dir, BOX)
    calls = _calls(BOX, lambda student: student.keep.Box(np.ones(2), torch.ones(2)).double())
    given = replay(reference, Run("test", 0, True, calls))[0].args
    assert [each.tolist() for each in given] == [[1.0, 1.0], [1.0, 1.0]]


def _reference(course_dir: Path, solution: str) -> Variant:
    """The course's one exercise with another solution, and no misconceptions."""
    (course_dir / "solutions" / "01_a" / "sums.py").write_text(solution, "utf-8")
    (course_dir / "misconceptions" / "01_a" / "sums.py").unlink()
    course = Course.load(course_dir)
    exercise = course.exercise("sums")
    assert exercise is not None
    return load_variants(course, exercise)[0]


def _calls(text: str, ask: Callable[[Any], object]) -> tuple[Call, ...]:
    """The calls that are made while `ask` has a student whose file this is."""
    transcript = Transcript()
    session = Session(
        ThreadLauncher("sums"), Bounds(5.0, 1 << 30, 1000, 60), {"sums": text}, {},
        transcript.handle,
    )  # fmt: skip
    transcript.session = session
    session.begin("sums", 0, 60.0)
    ask(transcript.student)
    session.close()
    return tuple(transcript.calls)


def frozen(array: Any) -> Any:
    array.flags.writeable = False
    return array


@pytest.mark.parametrize(
    "value",
    [
        None, True, 7, -(1 << 63), 1 << 80, 2.5, float("nan"), "text", np.float64(3), np.int8(3),
        np.arange(6.0), np.arange(6).reshape(2, 3), np.arange(6.0).reshape(2, 3).T,
        np.zeros((0, 3)),
        np.arange(9.0)[::2], np.array([True, False]), np.array(["a", "b"]), frozen(np.arange(3.0)),
        np.array(5.0), np.array([1 + 2j]), np.arange(3, dtype=">f8"), np.array([1, "a"], object),
        np.asfortranarray(np.arange(6.0).reshape(2, 3)), torch.arange(3.0), [np.arange(2.0), 1],
    ],
    ids=repr,
)  # fmt: skip
def test_a_value_of_the_replay_is_what_would_have_crossed(
    value: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The short way of usual values gives what the border gives."""
    short = crossed(value)
    monkeypatch.setattr("grader.judge.diagnosis.replay._AS_THEY_ARE", frozenset())
    monkeypatch.setattr("grader.judge.diagnosis.replay._is_usual", lambda array: False)
    whole = crossed(value)
    assert type(short) is type(whole)
    assert identical(short, whole)
    if isinstance(value, np.ndarray) and isinstance(short, np.ndarray):
        assert (short.dtype.str, short.strides) == (whole.dtype.str, whole.strides)
        assert short.flags.writeable == whole.flags.writeable
        assert not np.shares_memory(short, value)
