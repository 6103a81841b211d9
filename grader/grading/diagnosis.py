"""Naming the wrong idea: which misconception would have answered as the student did?

For each call of an exercise's tests the judge has arguments, answer and arguments afterwards.
Each misconception answers the same calls in order. It is named if it explains every call of a
failed test, differs from the reference there, and no call to a function it replaces, in any test
of the exercise, contradicts it; and if no other misconception does so for that test.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from grader.course.variants import Variant
from grader.grading.compare import tolerance
from grader.grading.wording import array_of, is_tensor
from grader.model import Diagnosis
from grader.sandbox.codec import Decoder, Encoder
from grader.sandbox.executor import Executor
from grader.sandbox.protocol import BUILTIN_ERRORS
from grader.sandbox.proxy import Call, Handle
from grader.sandbox.session import Exchange
from grader.sandbox.values import identical
from grader.sandbox.wire import HandleNode, Malformed, TooLarge
from grader.sandbox.worker import seed_generators

__all__ = ["Run", "Told", "diagnose", "replay"]

_CLOSENESS = {2: 1e-2, 4: 1e-3, 8: 1e-6}


class Run(msgspec.Struct, frozen=True):
    """The calls of one run of one test item, as they were recorded."""

    test: str
    seed: int
    lost: bool
    calls: tuple[Call, ...]


class Told(msgspec.Struct, frozen=True):
    """What a variant answered to one call: a value or an exception, and the arguments after."""

    value: Any = None
    error: str = ""
    args: tuple[Any, ...] = ()


def diagnose(runs: Sequence[Run], reference: Variant, wrong: Sequence[Variant]) -> list[Diagnosis]:
    """The misconceptions that are named for these runs, in the order of their file."""
    if not wrong or not any(run.lost for run in runs):
        return []
    right = [replay(reference, run) for run in runs]
    explained = {variant.name: _explained(runs, right, variant) for variant in wrong}
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


def _explained(runs: Sequence[Run], right: list[list[Told]], variant: Variant) -> set[str]:
    """Failed tests that a misconception explains; empty if anything contradicts it."""
    explained = set()
    for run, references in zip(runs, right, strict=True):
        answers = replay(variant, run)
        whole, differs = True, False
        for call, r, m in zip(run.calls, references, answers, strict=True):
            s = _told(call.exchange)
            if not _agrees(s, r, m):
                whole = False
                missing = s.error == "MissingFunction"  # nothing was written: nothing contradicts
                if call.exchange.do.name in variant.replaces and not missing:
                    return set()
            differs = differs or not _alike(r, m)
        if run.lost and whole and differs:
            explained.add(run.test)
    return explained


# --- what a variant would have answered -------------------------------------------------------


def replay(variant: Variant, run: Run) -> list[Told]:
    """A variant's answers to the calls of one run, in order."""
    module = variant.module()
    executor = Executor(lambda: module)
    answers = []
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        seed_generators(run.seed)
        for call in run.calls:
            answers.append(_answer(executor, call.exchange))
    return answers


def _answer(executor: Executor, exchange: Exchange) -> Told:
    def local(node: HandleNode) -> Any:
        return executor.handles[node.id]

    try:
        op = exchange.again(local)
    except (Malformed, KeyError):
        return Told(error="no such handle")
    try:
        value = executor.run(op)
    except Exception as error:
        return Told(None, _error_name(error), op.args)
    if exchange.kept:
        executor.handles[exchange.kept] = value
    if op.keep:
        return Told(HandleNode(0, ""), "", op.args)
    return Told(_crossed(value), "", op.args)


def _crossed(value: Any) -> Any:
    """A value as it would arrive from a worker: a copy, or the name of its kind."""
    encoder = Encoder(keep=lambda _: 0)
    try:
        node = encoder.node(value)
        sizes, pieces = encoder.body()
        return Decoder(sizes, bytearray(b"".join(pieces)), lambda handle: handle).value(node)
    except (TooLarge, Malformed, RecursionError):
        return HandleNode(0, type(value).__name__)


def _error_name(error: BaseException) -> str:
    for base in type(error).__mro__:
        if BUILTIN_ERRORS.get(base.__name__) is base:
            return base.__name__
        if base is np.linalg.LinAlgError:
            return "LinAlgError"
    return type(error).__name__


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
    if isinstance(s, Handle | HandleNode) or isinstance(m, HandleNode):
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
    if is_tensor(s) != is_tensor(m):
        return False
    if isinstance(s, np.ndarray) and s.ndim and not isinstance(m, np.ndarray):
        return False
    return _close(array_of(s), array_of(r) if _numeric(r) else None, array_of(m))


def _kind(value: Any) -> str:
    node = value.wxb_node() if isinstance(value, Handle) else value
    return node.kind if isinstance(node, HandleNode) else f"data:{type(value).__name__}"


def _numeric(value: Any) -> bool:
    return isinstance(
        value, bool | int | float | complex | np.ndarray | np.number | np.bool_
    ) or is_tensor(value)


def _close(s: Any, r: Any, m: Any) -> bool:
    if s.shape != m.shape or (s.dtype.kind == "b") != (m.dtype.kind == "b"):
        return False
    sizes = [a.dtype.itemsize for a in (s, m) if a.dtype.kind == "f"]
    tau = _CLOSENESS.get(min(sizes, default=8), 1e-6)
    kind = np.complex128 if "c" in (s.dtype.kind, m.dtype.kind) else np.float64
    rtol, atol = tolerance(s, m)
    s, m = s.astype(kind), m.astype(kind)
    with np.errstate(all="ignore"):
        allowed = atol + rtol * np.abs(s)
        if r is not None and r.shape == s.shape and r.dtype.kind in "biuf":
            off = np.abs(s - r.astype(kind))
            allowed = np.where(off > allowed, tau * off, allowed)
        near = np.abs(s - m) <= allowed
    same = (s == m) | (np.isnan(s) & np.isnan(m))
    return bool(np.all(near | same))
