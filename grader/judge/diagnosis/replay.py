"""What a solution or a misconception would have answered to the calls of a student's tests.

Replaying is trusted work on the course's own code, in the judge. Students of one class are asked
the same questions, so answers are remembered by the calls that led up to them.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import operator
import warnings
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any, ClassVar, Literal

import msgspec
import numpy as np

from grader.judge.diagnosis.evidence import Level, Sign
from grader.judge.diagnosis.variants import Variant
from grader.judge.transcript import Call
from grader.sandbox.exchange import Exchange
from grader.sandbox.executor import Executor, MissingFunction
from grader.sandbox.seeds import seed_generators
from grader.sandbox.wire.decoder import Decoder
from grader.sandbox.wire.encoder import Encoder
from grader.sandbox.wire.nodes import NUMERIC_DTYPE, HandleNode, Malformed, TooLarge
from grader.sandbox.wire.values import is_tensor
from grader.sandbox.worker.raised import nearest_builtin

#: Numbers that the nodes of objects have here: what has no items, and everything else.
EMPTY, FULL = -1, 0

__all__ = [
    "EMPTY",
    "NO_HANDLE",
    "Manner",
    "Memory",
    "Replay",
    "Run",
    "Told",
    "kind_of_error",
    "prefixes",
    "replay",
    "replays",
]

#: Values that cross as what they are, and elements of an array that no limit keeps from it.
_AS_THEY_ARE, _SMALL = frozenset({type(None), bool, float}), 1 << 16
#: The error of a question about something that was never given.
NO_HANDLE = "no such handle"
#: Most signs that are remembered: more than one exercise has.
_MOST_SIGNS = 1_000_000


#: How an answer is compared with the reference's: its dtypes and warnings count, or its value alone
#: does, to the usual tolerance or to roundings.
Manner = Literal["manners too", "value", "strict value"]


class Told(msgspec.Struct, frozen=True):
    """What came of one call: a value or an exception, the arguments after, and the warnings."""

    value: Any = None
    error: str = ""
    args: tuple[Any, ...] = ()
    warnings: frozenset[str] = frozenset()


class Run(msgspec.Struct, frozen=True):
    """The calls of one run of one test item, as they were recorded.

    Args:
        since: number of calls at the beginning that another run has already; they set the stage.
        told: the student's answers, where they are not those that the calls recorded.
        digests: `prefixes` of it, where they are known.
    """

    test: str
    seed: int
    lost: bool
    calls: tuple[Call, ...]
    since: int = 0
    told: tuple[Told, ...] | None = None
    digests: list[bytes] | None = None


class Memory:
    """Answers of variants, by the calls that led up to them."""

    def __init__(self, most: int = 50_000, most_bytes: int = 1 << 28) -> None:
        self._answers: dict[tuple[str, str, bytes], Told] = {}
        self._right: dict[tuple[str, str, bytes, Manner], bool] = {}
        self._signs: dict[tuple[str, str, bytes, tuple[bytes, bool, bool]], tuple[Sign, Level]] = {}
        self._most, self._most_bytes = most, most_bytes
        self._bytes = 0

    def get(self, variant: Variant, prefix: bytes) -> Told | None:
        """The answer of a variant to the last call of a prefix, if it is known."""
        return self._answers.get((variant.exercise.id, variant.key, prefix))

    def is_right(self, variant: Variant, prefix: bytes, manner: Manner) -> bool | None:
        """Whether a variant's answer is the reference's, if that is known."""
        return self._right.get((variant.exercise.id, variant.key, prefix, manner))

    def put_right(self, variant: Variant, prefix: bytes, manner: Manner, right: bool) -> None:
        """Remember whether it is; forgotten with the answers."""
        if len(self._right) < self._most:
            self._right[variant.exercise.id, variant.key, prefix, manner] = right

    def sign(
        self,
        variant: Variant,
        prefix: bytes,
        answer: tuple[bytes, bool, bool],
        work_out: Callable[[], tuple[Sign, Level]],
    ) -> tuple[Sign, Level]:
        """What an answer to the last call of a prefix says about a variant.

        Args:
            answer: its content, whether its test accepted it, and whether that is strict.
        """
        key = (variant.exercise.id, variant.key, prefix, answer)
        if key not in self._signs:
            if len(self._signs) >= _MOST_SIGNS:
                self._signs.clear()
            self._signs[key] = work_out()
        return self._signs[key]

    def put(self, variant: Variant, prefix: bytes, told: Told) -> None:
        """Remember an answer; when there are too many, or they are too large, all are forgotten."""
        size = _size(told.value) + _size(told.args)
        if size > self._most_bytes // 16:
            return  # a student's answer may be the argument that made it so large
        self._bytes += size
        if len(self._answers) >= self._most or self._bytes > self._most_bytes:
            self._answers.clear()
            self._right.clear()
            self._bytes = size
        self._answers[variant.exercise.id, variant.key, prefix] = told


def _size(value: Any) -> int:
    """About how many bytes a value takes."""
    if isinstance(value, list | tuple | dict):
        inner = value.values() if isinstance(value, dict) else value
        return 64 + sum(map(_size, inner))
    return 64 + int(getattr(value, "nbytes", 0))


def prefixes(run: Run) -> list[bytes]:
    """A digest for each call of a run, of that call and all before it."""
    if run.digests is not None:
        return run.digests
    digest = hashlib.blake2b(f"{run.test}\0{run.seed}".encode(), digest_size=16)
    found = []
    for call in run.calls:
        exchange = call.exchange
        digest.update(msgspec.msgpack.encode((exchange.do, exchange.sizes, exchange.kept)))
        digest.update(msgspec.msgpack.encode(exchange.inner))
        digest.update(exchange.body)
        found.append(digest.digest())
    return found


class Replay:
    """One variant on one run: answers in order, each worked out when it is asked for.

    Args:
        digests: `prefixes(run)`, worked out once for all variants.
        module: the module to ask; the variant's shared one by default.
    """

    #: Whose the global generators of random numbers are: whoever asked last seeded them.
    _owner: ClassVar[Replay | None] = None

    def __init__(
        self,
        variant: Variant,
        run: Run,
        digests: list[bytes],
        memory: Memory,
        module: Callable[[], ModuleType] | None = None,
    ) -> None:
        self._variant, self._run, self._digests, self._memory = variant, run, digests, memory
        self._module = module or variant.shared_module
        self._executor: Executor | None = None
        self._told: dict[int, Told] = {}
        self._right: dict[tuple[int, Manner], bool] = {}
        self._done = 0

    def is_right(
        self, index: int, alike: Callable[[Told], bool], manner: Manner = "manners too"
    ) -> bool:
        """Whether the variant's answer to a call is the reference's; remembered as answers are.

        Args:
            alike: compares an answer with the reference's, in this manner.
        """
        if (index, manner) not in self._right:
            known = self._memory.is_right(self._variant, self._digests[index], manner)
            if known is None:
                known = alike(self.answer(index))
                self._memory.put_right(self._variant, self._digests[index], manner, known)
            self._right[index, manner] = known
        return self._right[index, manner]

    def sign(
        self,
        index: int,
        answer: tuple[bytes, bool, bool],
        work_out: Callable[[], tuple[Sign, Level]],
    ) -> tuple[Sign, Level]:
        """`Memory.sign` for call number `index`."""
        return self._memory.sign(self._variant, self._digests[index], answer, work_out)

    def answer(self, index: int) -> Told:
        """The variant's answer to call number `index`."""
        known = self._told.get(index) or self._memory.get(self._variant, self._digests[index])
        return known if known is not None else self._work_out(index)

    def _work_out(self, index: int) -> Told:
        if self._executor is None or self._done > index or Replay._owner is not self:
            self._executor, self._done = Executor(self._module), 0
            seed_generators(self._run.seed)
            Replay._owner = self
        told = Told()
        with (
            contextlib.redirect_stdout(io.StringIO()),
            warnings.catch_warnings(record=True) as warned,
            np.errstate(divide="warn", over="warn", under="ignore", invalid="warn"),
        ):
            warnings.simplefilter("always")
            for call in self._run.calls[self._done : index + 1]:
                warned.clear()
                told = _answer(self._executor, call.exchange)
                if warned:
                    words = frozenset(f"{w.category.__name__}: {w.message}" for w in warned)
                    told = msgspec.structs.replace(told, warnings=words)
                self._memory.put(self._variant, self._digests[self._done], told)
                self._told[self._done] = told
                self._done += 1
        return told


def replays(
    variant: Variant, runs: Sequence[Run], digests: Sequence[list[bytes]], memory: Memory
) -> list[Replay]:
    """A variant on all runs of an exercise.

    A module that keeps something from one call to the next answers by what it was asked before:
    it is asked all runs in their order, like the student's own, and nothing of it is remembered.
    """
    if not variant.keeps_state():
        pairs = zip(runs, digests, strict=True)
        return [Replay(variant, run, prefix, memory) for run, prefix in pairs]
    module, answers = variant.module(), []
    for run, prefix in zip(runs, digests, strict=True):
        answers.append(Replay(variant, run, prefix, Memory(), lambda: module))
        if run.calls:
            answers[-1].answer(len(run.calls) - 1)
    return answers


def replay(variant: Variant, run: Run) -> list[Told]:
    """A variant's answers to all calls of one run."""
    (work,) = replays(variant, [run], [prefixes(run)], Memory())
    return [work.answer(index) for index in range(len(run.calls))]


def _answer(executor: Executor, exchange: Exchange) -> Told:
    def local(node: HandleNode) -> Any:
        return executor.handles[node.id]

    try:
        op = exchange.again(local)
    except (Malformed, KeyError):
        return Told(error=NO_HANDLE)
    if op.target and op.target not in executor.handles:
        return Told(error=NO_HANDLE)
    try:
        value = executor.run(op)
    except (Exception, SystemExit) as error:
        kind = nearest_builtin(type(error)) or kind_of_error(type(error).__name__)
        return Told(None, kind, _sent(op.args))
    if exchange.kept:
        executor.handles[exchange.kept] = value
    for way, number in exchange.inner:
        with contextlib.suppress(Exception):  # there is nothing at that place: the handle is lost
            executor.handles[number] = functools.reduce(operator.getitem, way, value)
    if op.keep:
        return Told(HandleNode(0, ""), "", _sent(op.args))
    return Told(_crossed(value), "", _sent(op.args))


def kind_of_error(name: str) -> str:
    """What an exception that is nobody's but its module's counts as: one kind, whatever its name.

    Args:
        name: of its class.
    """
    return name if name == MissingFunction.__name__ else Exception.__name__


def _sent(value: Any) -> Any:
    """Arguments as they would come back: copies, and None for what has no value on the other side.

    Code that keeps an argument may change it in a later call: what this call came to stays.
    """
    if type(value) in (list, tuple):
        return type(value)(map(_sent, value))
    if type(value) is dict:
        return {key: _sent(item) for key, item in value.items()}
    if isinstance(value, np.ndarray) or is_tensor(value):
        return _crossed(value)
    plain = isinstance(value, str | bytes | int | float | complex | np.generic)
    return value if plain else None


def _crossed(value: Any) -> Any:
    """A value as it would arrive from a worker: a copy, or the name of its kind."""
    if type(value) in _AS_THEY_ARE or (type(value) is int and abs(value) < 1 << 63):
        return value
    if type(value) is np.ndarray and _is_usual(value):
        copy = value.copy()
        copy.flags.writeable = value.flags.writeable
        return copy
    encoder = Encoder(keep=_number)
    try:
        node = encoder.node(value)
        sizes, pieces = encoder.body()
        return Decoder(sizes, bytearray(b"".join(pieces)), lambda handle: handle).value(node)
    except (TooLarge, Malformed, RecursionError):
        return HandleNode(FULL, type(value).__name__)


def _is_usual(array: Any) -> bool:
    """Whether it crosses as a plain copy, whatever else is in its frame."""
    return (
        array.base is None
        and array.flags.c_contiguous
        and 0 < array.size <= _SMALL
        and array.dtype.kind in "iufc"
        and NUMERIC_DTYPE.fullmatch(array.dtype.str) is not None
    )


def _number(value: object) -> int:
    """The number of an object's node."""
    with contextlib.suppress(Exception):
        return EMPTY if len(value) == 0 else FULL  # type: ignore[arg-type]
    return FULL
