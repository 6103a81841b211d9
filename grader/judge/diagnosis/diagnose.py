"""Naming the wrong idea: which misconception would have answered as the student did?

For each call of an exercise's tests the judge has arguments, answer and arguments afterwards.
Each misconception answers the same calls in order. It is named if it explains every call of a
failed test, differs from the reference there, and no call to a function it replaces, in any test
of the exercise, contradicts it; and if no other misconception does so for that test. What is asked
of a result, an object's method for instance, counts as a call to the function it came from.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from grader.judge.comparing.compare import tolerance
from grader.judge.comparing.wording import array_of
from grader.judge.diagnosis.replay import Memory, Replay, Run, Told, prefixes, replays
from grader.judge.diagnosis.variants import Variant
from grader.report.model import Diagnosis
from grader.sandbox.exchange import Exchange
from grader.sandbox.wire.nodes import HandleNode, Remote, node_of
from grader.sandbox.wire.values import identical, is_tensor

__all__ = ["Run", "Told", "diagnose"]

_CLOSENESS = {2: 1e-2, 4: 1e-3, 8: 1e-6}
_FLOAT_TOLERANCE = tolerance(np.float64(0), np.float64(0))


def diagnose(
    runs: Sequence[Run],
    reference: Variant,
    wrong: Sequence[Variant],
    memory: Memory | None = None,
) -> list[Diagnosis]:
    """The misconceptions that are named for these runs, in the order of their file.

    Args:
        runs: every run of every test of one exercise.
        memory: answers worked out before, for other submissions.
    """
    if not wrong or not any(run.lost for run in runs):
        return []
    memory = memory or Memory()
    digests = [prefixes(run) for run in runs]
    right = replays(reference, runs, digests, memory)
    asked = [_Asked(*each) for each in zip(runs, right, strict=True)]
    explained = {
        variant.name: _explained(asked, variant, replays(variant, runs, digests, memory))
        for variant in wrong
    }
    named: dict[str, list[str]] = {}
    for test in dict.fromkeys(run.test for run in runs if run.lost):
        candidates = [name for name, tests in explained.items() if test in tests]
        if len(candidates) == 1:
            named.setdefault(candidates[0], []).append(test)
    return [
        Diagnosis(variant.name, variant.hint, tuple(named[variant.name]))
        for variant in wrong
        if variant.name in named
    ]


class _Asked:
    """One run, with what the student and the reference answered."""

    def __init__(self, run: Run, right: Replay) -> None:
        self.run = run
        self.students = [_told(call.exchange) for call in run.calls]
        self._replay, self._right = right, list[Told]()
        self._is_right: dict[int, bool] = {}

    def right(self, index: int) -> Told:
        """The reference's answer to call number `index`.

        All are worked out at the first question: the global generators belong to one replay at a
        time, and an idea's comes between the questions.
        """
        if not self._right:
            self._right = [self._replay.answer(i) for i in range(len(self.run.calls))]
        return self._right[index]

    def is_right(self, index: int) -> bool:
        """Whether the student's answer to a call is the reference's."""
        if index not in self._is_right:
            r = self.right(index)
            self._is_right[index] = _agrees(self.students[index], r, r)
        return self._is_right[index]


def _explained(asked: Sequence[_Asked], variant: Variant, answers: Sequence[Replay]) -> set[str]:
    """Failed tests that a misconception explains; empty if anything contradicts it.

    Lost runs come first: most ideas part from the student at an early call of one, and the rest
    need not be replayed.
    """
    explained: set[str] = set()
    pairs = zip(asked, answers, strict=True)
    for one, wrong in sorted(pairs, key=lambda pair: not pair[0].run.lost):
        if not one.run.lost and not explained:
            return explained
        match _compare(one, variant, wrong):
            case "contradicted":
                return set()
            case "explained" if one.run.lost:
                explained.add(one.run.test)
    return explained


def _compare(
    one: _Asked, variant: Variant, wrong: Replay
) -> Literal["explained", "open", "contradicted"]:
    """Whether a misconception accounts for all calls of a run and differs from the reference."""
    whole, differs = True, False
    for index, s in enumerate(one.students):
        r = one.right(index)
        same = wrong.is_right(index, functools.partial(_alike, r))
        if not (one.is_right(index) if same else _agrees(s, r, wrong.answer(index))):
            whole = False
            missing = s.error == "MissingFunction"  # nothing was written: nothing contradicts
            if not one.run.calls[index].functions.isdisjoint(variant.replaces) and not missing:
                return "contradicted"
        differs = differs or not same
    return "explained" if whole and differs else "open"


def _told(exchange: Exchange) -> Told:
    """What the student's code answered, in the same terms."""
    if exchange.raised is not None:
        return Told(None, exchange.raised.builtin or exchange.raised.kind, exchange.args)
    value = exchange.value
    if exchange.do.keep:
        value = HandleNode(0, "")
    return Told(value, "", exchange.args)


# --- agreement --------------------------------------------------------------------------------


def _agrees(s: Told, r: Told, m: Told) -> bool:
    """Whether the student's answer is the misconception's, given the reference's."""
    if s.error or m.error:
        return s.error == m.error
    return _same(s.value, None if r.error else r.value, m.value) and _same_args(s.args, m.args)


def _alike(r: Told, m: Told) -> bool:
    if r.error or m.error:
        return r.error == m.error
    return _same(r.value, r.value, m.value) and _same_args(r.args, m.args)


def _same_args(a: tuple[Any, ...], b: tuple[Any, ...]) -> bool:
    """The same changes to the arguments; what stayed in the worker is None on one side."""
    return all(
        x is None or y is None or identical(x, y) or _same(x, None, y)
        for x, y in zip(a, b, strict=False)
    )


def _same(s: Any, r: Any, m: Any) -> bool:
    """Kind and shape agree, and |s - m| is small beside |s - r|."""
    if isinstance(s, Remote | HandleNode) or isinstance(m, HandleNode):
        return _kind(s) == _kind(m)
    if isinstance(s, list | tuple):
        rs = r if isinstance(r, type(s)) and len(r) == len(s) else [None] * len(s)
        return type(s) is type(m) and len(s) == len(m) and all(map(_same, s, rs, m))
    if isinstance(s, dict):
        rd = r if isinstance(r, dict) else {}
        return (
            isinstance(m, dict)
            and s.keys() == m.keys()
            and all(_same(value, rd.get(key), m[key]) for key, value in s.items())
        )
    if not (_numeric(s) and _numeric(m)):
        return type(s) is type(m) and bool(s == m)
    if type(s) is float and type(m) is float and type(r) is float and math.isfinite(s):
        return _close_floats(s, r, m)
    if is_tensor(s) != is_tensor(m):
        return False
    if isinstance(s, np.ndarray) and s.ndim and not isinstance(m, np.ndarray):
        return False
    return _close(array_of(s), array_of(r) if _numeric(r) else None, array_of(m))


def _kind(value: Any) -> str:
    node = node_of(value) if isinstance(value, Remote) else value
    return node.kind if isinstance(node, HandleNode) else f"data:{type(value).__name__}"


def _numeric(value: Any) -> bool:
    return isinstance(
        value, bool | int | float | complex | np.ndarray | np.number | np.bool_
    ) or is_tensor(value)


def _close_floats(s: float, r: float, m: float) -> bool:
    """`_close` for plain numbers, which most answers are, without arrays on the way."""
    rtol, atol = _FLOAT_TOLERANCE
    allowed = atol + rtol * abs(s)
    if allowed < abs(s - r) < math.inf:
        allowed = _CLOSENESS[8] * abs(s - r)
    return abs(s - m) <= allowed


def _close(s: Any, r: Any, m: Any) -> bool:
    # Integers and fractions are alike here: a student who made floats first may still hold the
    # idea that the misconception shows on integers.
    if s.shape != m.shape or (s.dtype.kind == "b") != (m.dtype.kind == "b"):
        return False
    if "O" in (s.dtype.kind, m.dtype.kind):  # an integer that no dtype holds
        return bool(np.all(s == m))
    sizes = [a.dtype.itemsize for a in (s, m) if a.dtype.kind == "f"]
    tau = _CLOSENESS.get(min(sizes, default=8), 1e-6)
    kind = np.complex128 if "c" in (s.dtype.kind, m.dtype.kind) else np.float64
    rtol, atol = tolerance(s, m)
    s, m = s.astype(kind), m.astype(kind)
    with np.errstate(all="ignore"):
        allowed = atol + rtol * np.abs(s)
        if r is not None and r.shape == s.shape and r.dtype.kind in "biuf":
            off = np.abs(s - r.astype(kind))
            allowed = np.where((off > allowed) & np.isfinite(off), tau * off, allowed)
        near = (np.abs(s - m) <= allowed) & np.isfinite(s)  # no number is near an infinite one
    same = (s == m) | (np.isnan(s) & np.isnan(m))
    return bool(np.all(near | same))
