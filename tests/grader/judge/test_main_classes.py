"""Exercises that ask for a class: objects stay in the worker, and tests talk to them."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest

from grader import Course
from grader.authoring.proof import with_idea
from grader.course.stubs import stub
from support import judging
from support.files import write
from support.judging import JudgeOf, outcomes

SOLUTION = '''"""Dice and counters.

Hints
-----
1. A number.

Why it works
------------
It counts.
"""
import random


class Counter:
    """Counts.

    Examples:
        >>> Counter(3).add(2)
        5
    """

    def __init__(self, start):
        self.value = start

    def add(self, n):
        """Add."""
        self.value += n
        return self.value

    def roll(self):
        """Add a random number."""
        self.value += random.random()
        return self.value

    @classmethod
    def from_text(cls, text):
        """Read."""
        return cls(int(text))
'''

IDEAS = '''"""Wrong ideas."""


class StartsAtZero:
    """Where does it start?"""

    class Counter(Counter):
        def __init__(self, start):
            self.value = 0


class StartsAtOne:
    """Where does it start?"""

    class Counter(Counter):
        def __init__(self, start):
            self.value = 1


class Forgets:
    """What does it remember?"""

    class Counter(Counter):
        def add(self, n):
            return self.value + n


class RollsTwice:
    """How often is it rolled?"""

    class Counter(Counter):
        def roll(self):
            super().roll()
            return super().roll()


class CountsLetters:
    """Is the text a number?"""

    class Counter(Counter):
        @classmethod
        def from_text(cls, text):
            return cls(len(text))
'''

SUITE = '''"""Counters."""
from grader import assert_close


def test_add(student):
    """It adds up."""
    counter = student.keep.Counter(3)
    assert counter.add(1) == 4
    assert counter.add(1) == 5


def test_start(student):
    """It starts anywhere."""
    assert student.keep.Counter(5).value == 5


def test_read(student):
    """It reads."""
    assert student.Counter.from_text("12").value == 12


def test_roll(student):
    """Random numbers pile up."""
    counter = student.keep.Counter(0)
    one, two = counter.roll(), counter.roll()
    assert 0 < two - one < 1
    assert counter.roll() < 3
'''

COURSE = """format: 1
title: Counters
units:
  - id: 01_a
    title: A
    exercises:
      - id: counters
        title: Counters
        tests: {test_add: 1, test_start: 1, test_read: 1, test_roll: 1}
"""


@pytest.fixture
def graded(tmp_path: Path, judge_of: JudgeOf) -> Any:
    files = {
        "course.yaml": COURSE,
        "solutions/01_a/counters.py": SOLUTION,
        "misconceptions/01_a/counters.py": IDEAS,
        "tests/hidden/01_a/test_counters.py": SUITE,
    }
    peer = judge_of(Course.load(write(tmp_path / "counted", files)))
    return functools.partial(judging.graded, peer, "counters")


def test_a_class_is_marked_through_handles(graded: Any) -> None:
    assert outcomes(graded(SOLUTION)) == ["passed"] * 4
    assert outcomes(graded(stub(SOLUTION))) == ["not_attempted"] * 4
    assert outcomes(graded("")) == ["error"] * 4


def test_wrong_ideas_replace_a_class_and_are_named(graded: Any) -> None:
    for name in ("StartsAtZero", "StartsAtOne", "Forgets", "RollsTwice", "CountsLetters"):
        result = graded(with_idea(SOLUTION, IDEAS, name))
        assert [found.misconception for found in result.diagnoses] == [name], name


def test_a_class_method_is_called_by_its_full_name(graded: Any) -> None:
    missing = graded(SOLUTION.replace("from_text", "from_texts"))
    assert outcomes(missing) == ["passed", "passed", "error", "passed"]
    told = missing.tests[2].message
    assert "There is no Counter.from_text in your file." in told
    assert "from_texts" in told


def test_what_an_object_answers_can_contradict_an_idea(graded: Any) -> None:
    """The first answer is the idea's, in another test the object answers as no such idea would."""
    clever = SOLUTION.replace("self.value = start", "self.value = 0 if start == 3 else start")
    result = graded(clever)
    assert outcomes(result) == ["failed", "passed", "passed", "passed"]
    assert result.diagnoses == ()


def test_messages_name_the_method(graded: Any) -> None:
    result = graded(with_idea(SOLUTION, IDEAS, "Forgets"))
    assert "Call: Counter(3).add(1)" in result.tests[0].message
