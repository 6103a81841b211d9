"""Answers that are drawn: two right ones need not be equal, so what they are drawn from counts.

An answer of the reference is drawn if it is another one once all generators start elsewhere. Where
neither the reference nor an idea drew what the student drew, two arrays are compared as samples
(Kolmogorov and Smirnov: how far apart their shares below any number lie), and a few numbers say
nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from grader.judge.comparing.wording import array_of
from grader.judge.diagnosis.agreement import agrees
from grader.judge.diagnosis.contents import Told
from grader.judge.diagnosis.evidence import Level, Sign
from grader.judge.diagnosis.memory import Key, Memory
from grader.judge.diagnosis.replay import Replay, Run
from grader.judge.diagnosis.variants import Variant
from grader.sandbox.wire.values import is_tensor

__all__ = ["Draws", "is_like_draw", "sign_of_draws"]

#: Fewest numbers that show what they were drawn from.
_FEWEST = 30
#: Two samples of one kind lie further apart than this, times √(2/n), once in two thousand times.
_FAR = 2.0
#: Most numbers of a sample that are compared: steps of a thousandth are far below `_FAR`.
_QUANTILES = 1024
#: Added to the seed for the second draw.
_ELSEWHERE = 7_654_321


class Draws:
    """Which of the reference's answers in one run are drawn; worked out when it is asked.

    Args:
        keys: of the run's calls.
        right: the reference on the run.
    """

    def __init__(
        self, reference: Variant, run: Run, keys: Sequence[Key], right: Replay, memory: Memory
    ) -> None:
        self._again: Replay | None = None
        if reference.draws:
            again = Run(run.test, run.seed + _ELSEWHERE, run.lost, run.calls)
            other = [Key(b"drawn again" + key.digest) for key in keys]
            questions = memory.questions(reference.exercise.id, other)
            self._again = Replay(reference, again, questions)
        self._right, self._count = right, len(run.calls)
        self._known: list[bool] = []

    def at(self, index: int) -> bool:
        """Whether the answer to call number `index` is drawn."""
        if self._again is None:
            return False
        if not self._known:
            with _generators_elsewhere():
                again = [self._again.answer(i) for i in range(self._count)]
            right = [self._right.answer(i) for i in range(self._count)]
            self._known = [not agrees(a, r, r) for a, r in zip(again, right, strict=True)]
        return self._known[index]


@contextlib.contextmanager
def _generators_elsewhere() -> Iterator[None]:
    """Generators that are made from a seed begin elsewhere, too."""
    default: Any = np.random.default_rng

    def elsewhere(seed: Any = None) -> Any:
        return default([seed, _ELSEWHERE] if type(seed) is int and seed >= 0 else seed)

    np.random.default_rng = elsewhere
    try:
        yield
    finally:
        np.random.default_rng = default


def sign_of_draws(s: Told, r: Told, m: Told, says: tuple[Sign, Level]) -> tuple[Sign, Level]:
    """What an answer says where the reference's is drawn.

    Args:
        says: what it would say if it were not.
    """
    if not _one_shape(s, r):
        explained = _one_shape(s, m) and is_like_draw(s, m)
        return ("explained", "value") if explained else says
    if not _one_shape(m, r):
        return says
    if says[0] == "against" or is_like_draw(s, r):
        return ("silent" if is_like_draw(m, r) else "against"), "value"
    same = is_like_draw(s, m) or _one_form(s, m, r)
    return ("explained" if same and not is_like_draw(m, r) else "other"), "value"


def is_like_draw(s: Told, r: Told) -> bool:
    """Whether an answer may be drawn as another is; a few numbers may."""
    if not _one_shape(s, r):
        return False
    student, right = _sample(s), _sample(r)
    return student is None or right is None or _one_kind(student, right)


def _one_shape(a: Told, b: Told) -> bool:
    """Whether two answers are of one kind and shape."""
    if a.error or b.error:
        return a.error == b.error
    return is_tensor(a.value) == is_tensor(b.value) and _shape(a.value) == _shape(b.value)


def _shape(value: Any) -> tuple[int, ...] | None:
    """The shape of an array or a tensor; None for all else, which is not even asked."""
    return tuple(value.shape) if isinstance(value, np.ndarray) or is_tensor(value) else None


class _Sample(NamedTuple):
    """Numbers as a sample.

    Args:
        quantiles: the sorted numbers, or so many of them in even steps.
        size: how many numbers there were.
    """

    quantiles: Any
    size: int


def _sample(told: Told) -> _Sample | None:
    """The numbers of an answer, if they are enough to be a sample."""
    value = told.value
    if told.error or not (isinstance(value, np.ndarray) or is_tensor(value)):
        return None
    numbers = array_of(value).ravel()
    if numbers.size < _FEWEST or numbers.dtype.kind not in "biuf":
        return None
    ordered = np.sort(numbers.astype(float))
    steps = np.linspace(0, ordered.size - 1, min(ordered.size, _QUANTILES)).round().astype(int)
    return _Sample(ordered[steps], ordered.size)


def _one_kind(a: _Sample, b: _Sample) -> bool:
    """Whether two samples may come from one distribution."""
    first, second = a.quantiles, b.quantiles
    both = np.concatenate([first, second])
    shares = [np.searchsorted(each, both, "right") / each.size for each in (first, second)]
    apart = np.abs(shares[0] - shares[1]).max()
    return bool(apart <= _FAR * np.sqrt(1 / a.size + 1 / b.size) / np.sqrt(2))


def _one_form(s: Told, m: Told, r: Told) -> bool:
    """Whether two samples have one form at different scales, which is not the right one."""
    samples = [_of_scale_one(_sample(told)) for told in (s, m, r)]
    student, idea, right = samples
    if student is None or idea is None or right is None:
        return False
    return _one_kind(student, idea) and not _one_kind(student, right)


def _of_scale_one(sample: _Sample | None) -> _Sample | None:
    """A sample divided by its standard deviation, if there is a finite one."""
    spread = 0.0 if sample is None else float(sample.quantiles.std())
    if sample is None or not 0 < spread < np.inf:
        return None
    return _Sample(sample.quantiles / spread, sample.size)
