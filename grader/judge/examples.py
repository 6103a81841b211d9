"""The tests that a student can see: docstring examples, run over the border like hidden tests.

In a handout they are all there is; `Examples` then stands where a suite stands elsewhere.
"""

from __future__ import annotations

import importlib.util
import math
import re
import sys
from contextlib import suppress
from typing import Any

import msgspec
import numpy as np
import pytest

from grader.course.examples import Example
from grader.course.guide import load_guide
from grader.course.outline import Course
from grader.judge.comparing.compare import Difference, Mismatch, difference
from grader.judge.comparing.wording import short
from grader.judge.items import seed_of
from grader.judge.literals import value_of
from grader.judge.suite import Ending
from grader.judge.transcript import Transcript
from grader.sandbox.seeds import seed_generators
from grader.sandbox.wire.nodes import Remote
from grader.sandbox.wire.protocol import Op
from grader.sandbox.wire.values import is_tensor

__all__ = ["Examples", "Item", "has_torch", "namespace", "unlike"]

_NEEDS_TORCH = re.compile(r"^(?:import|from)\s+torch\b", re.MULTILINE)


class Item(msgspec.Struct, frozen=True):
    """The examples of one function, class or method."""

    exercise: str
    name: str
    examples: tuple[Example, ...]


class Examples:
    """The visible tests of a handout's exercises, in the shape of a `Suite`."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.variation = 0
        self._items = {
            (exercise.id, name): Item(exercise.id, name, examples)
            for exercise in course.exercises
            for name, examples in load_guide(course, exercise).examples.items()
        }

    def items(self, exercise: str, test: str) -> list[Item]:
        """The one run of a function's examples."""
        return [self._items[exercise, test]]

    def title(self, exercise: str, test: str) -> str:
        """What a student reads."""
        count = len(self._items[exercise, test].examples)
        return f"The example{'s' * (count != 1)} of {test}."

    def seed(self, item: Item) -> int:
        """Seed of one item."""
        name = f"{item.exercise}::{item.name}"
        return seed_of(self.course.title, name, self.variation)

    def is_of_answers(self, item: Item) -> bool:
        """Of no item: whether one is skipped depends on a student's text."""
        return False

    def run(self, item: Item, transcript: Transcript) -> Ending:
        """Try the examples in order, up to the first that does not come out."""
        seed_generators(self.seed(item))
        names = {name for exercise, name in self._items if exercise == item.exercise}
        transcript.asked_for = frozenset(part for name in names for part in name.split("."))
        try:
            _skip_without_torch(item, transcript.sources.get(item.exercise, ""))
            for example in item.examples:
                _try(example, transcript)
        except BaseException as error:
            return Ending("call", error)
        return Ending("call", None)


def _skip_without_torch(item: Item, text: str) -> None:
    """What needs PyTorch cannot be tried without it; nothing is marked here, so nothing is lost."""
    if has_torch():
        return
    if any("torch" in example.source + example.want for example in item.examples):
        pytest.skip("PyTorch is not installed")
    if _NEEDS_TORCH.search(text):
        pytest.skip(f"PyTorch is not installed, and {item.exercise}.py imports it at its top")


def _try(example: Example, transcript: Transcript) -> None:
    try:
        got = transcript.ask(Op("example", example.source))
    except Exception as error:
        if example.error and example.error == type(error).__name__:
            return
        raise
    if example.error:
        told = f"Nothing was raised: expected {example.error}."
        if got is not None:
            told = f"Expected {example.error}, but it returned {short(got)}."
        raise Mismatch(Difference("values", told))
    if example.want:
        printed = transcript.calls[-1].exchange.printed
        shown = str(transcript.ask(Op("example", "repr(_)")))
        found = unlike(example, got, shown, printed)
        if found is not None:
            raise Mismatch(found)


def has_torch() -> bool:
    """Whether PyTorch is there."""
    return importlib.util.find_spec("torch") is not None


def unlike(example: Example, got: Any, shown: str, printed: str) -> Difference | None:
    """How an answer differs from what an example shows: numbers are compared, not their print.

    Args:
        shown: the answer's repr, for what is no plain value.
        printed: what was printed on the way.
    """
    if got is None:
        same = printed.split() == example.want.split()
        return None if same else Difference("values", f"It prints {printed.strip()[:200]!r}.")
    try:
        expected = value_of(example.want)
    except ValueError:
        same = shown.split() == example.want.split()
        return None if same else Difference("values", f"It gives {shown[:200]}.")
    if isinstance(got, Remote):  # a set, for instance, which does not cross
        with suppress(ValueError, RecursionError, MemoryError):
            got = value_of(shown[:10_000])
    rtol, atol = _printed_precision(expected)
    return difference(got, expected, rtol=rtol, atol=atol)


def namespace(module: dict[str, Any]) -> dict[str, Any]:
    """What an example may use: the module's names, and those in which answers are printed."""
    names = {"np": np, "array": np.array, "nan": math.nan, "inf": math.inf}
    torch = sys.modules.get("torch")  # where nothing of a course names it, it is not loaded
    if torch is not None:
        names |= {"torch": torch, "tensor": torch.tensor}
    return {**names, **module}


def _printed_precision(value: Any) -> tuple[float, float]:
    """(rtol, atol) of a printed value: Python prints all digits, NumPy eight, PyTorch four."""
    if is_tensor(value):
        return 1e-4, 6e-5
    return (1e-7, 6e-9) if isinstance(value, np.ndarray) else (1e-12, 1e-12)
