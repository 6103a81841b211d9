"""Answers that variants gave: remembered, and like those of a worker."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from grader import Course
from grader.judge.diagnosis import agreement
from grader.judge.diagnosis.memory import Memory
from grader.judge.diagnosis.replay import Run, keys_of, replay, replay_of
from grader.judge.diagnosis.replay import _crossed as crossed
from grader.judge.diagnosis.variants import Variant, load_variants
from grader.judge.transcript import Call, Transcript
from grader.sandbox.exchange import Bounds
from grader.sandbox.session import Session
from grader.sandbox.wire.nodes import HandleNode
from grader.sandbox.wire.values import identical
from support.launchers import ThreadLauncher

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

    memory = Memory(most=1 << 14)
    work = replay_of(reference, run, memory)
    assert work.answer(3) == told[3]
    again = replay_of(reference, run, memory)
    assert again.answer(3) is work.answer(3)
    assert again._executor is None, "it was remembered"
    memory.add(1 << 14)
    assert replay_of(reference, run, memory).answer(3) is not told[3]
    assert work.answer(0).value == told[0].value, "and who holds it still has it"


def test_what_stands_alone_is_asked_alone(course_dir: Path) -> None:
    """Then it is known, whatever is asked before, and whichever test asks."""
    reference = _reference(course_dir, SOLUTION)
    calls = _calls(SOLUTION, lambda student: [student.one(n) for n in (1.0, 2.0, 1.0)])
    one, two = Run("one", 1, True, calls), Run("two", 2, False, calls[1:])
    keys = keys_of(one, draws=False)
    assert all(key.alone for key in keys)
    assert (keys[0] == keys[2], keys[0] == keys[1]) == (True, False)
    assert keys_of(two, draws=False) == keys[1:]
    chained = keys_of(one, draws=True)
    assert not any(key.alone for key in chained)
    assert len({key.digest for key in chained}) == 3
    work = replay_of(reference, one, Memory())
    assert work.answer(1).value == 2.0
    assert set(work._said) == {1}


def test_what_is_asked_of_an_object_does_not_stand_alone(course_dir: Path) -> None:
    calls = _calls(SOLUTION, _everything)
    alone = [key.alone for key in keys_of(Run("test", 0, True, calls), draws=False)]
    assert alone[:5] == [True, False, False, False, True]


def test_random_numbers_do_not_depend_on_who_asked_in_between(course_dir: Path) -> None:
    """A replay that another one interrupted begins anew: the generators are global."""
    drawing = "import numpy as np\ndef draw(n): return np.random.rand(n)\n"
    reference = _reference(course_dir, drawing)
    calls = _calls(drawing, lambda student: [student.draw(size) for size in (1, 2, 3)])
    runs = [Run("one", 1, True, calls), Run("two", 2, True, calls)]
    straight = [[told.value.tolist() for told in replay(reference, run)] for run in runs]
    works = [replay_of(reference, run, Memory()) for run in runs]
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
