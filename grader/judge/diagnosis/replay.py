"""What a solution or a misconception would have answered to the calls of a student's tests.

Replaying is trusted work on the course's own code, in the judge. Students of one class are asked
the same questions, so answers are remembered; those of code that keeps something, or that draws
random numbers, by the calls that led up to them.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import operator
import sys
import warnings
from collections.abc import Iterable, Sequence
from types import ModuleType
from typing import Any, ClassVar

import msgspec
import numpy as np

from grader.judge.diagnosis.contents import Told
from grader.judge.diagnosis.given import has_handle
from grader.judge.diagnosis.memory import Answer, Key, Memory, Question
from grader.judge.diagnosis.variants import Variant
from grader.judge.transcript import Call
from grader.sandbox.exchange import Exchange
from grader.sandbox.executor import Executor, MissingFunction
from grader.sandbox.seeds import generators, restore_generators, seed_generators, warn_always
from grader.sandbox.wire.decoder import Decoder
from grader.sandbox.wire.encoder import Encoder
from grader.sandbox.wire.nodes import (
    NUMERIC_DTYPE,
    TORCH_DTYPES,
    HandleNode,
    Malformed,
    TooLarge,
)
from grader.sandbox.wire.protocol import Do, Op
from grader.sandbox.wire.values import is_tensor
from grader.sandbox.worker.raised import nearest_builtin

#: Numbers that the nodes of objects have here: what has no items, and everything else.
EMPTY, FULL = -1, 0

__all__ = [
    "EMPTY",
    "NO_HANDLE",
    "Replay",
    "Run",
    "keys_of",
    "kind_of_error",
    "replay",
    "replay_of",
    "replays",
]

#: Values that cross as what they are, and elements of an array that no limit keeps from it.
_AS_THEY_ARE, _SMALL = frozenset({type(None), bool, float}), 1 << 16
#: Of tensors: no other ones are conjugates or negatives of what lies in memory.
_USUAL_DTYPES = frozenset(name for name in TORCH_DTYPES if not name.startswith("complex"))
#: The error of a question about something that was never given.
NO_HANDLE = "no such handle"


class Run(msgspec.Struct, frozen=True):
    """The calls of one run of one test item, as they were recorded.

    Args:
        since: number of calls at the beginning that another run has already; they set the stage.
        told: the student's answers, where they are not those that the calls recorded.
        keys: what tells its calls from others, where that is known.
    """

    test: str
    seed: int
    lost: bool
    calls: tuple[Call, ...]
    since: int = 0
    told: tuple[Told, ...] | None = None
    keys: list[Key] | None = None


def keys_of(run: Run, draws: bool) -> list[Key]:
    """What tells the calls of a run from others.

    A function that is called with values answers the same whatever was asked before, unless
    random numbers are drawn. All else is told by itself and all calls before it.

    Args:
        draws: whether the code that is asked may draw random numbers.
    """
    if run.keys is not None:
        return run.keys
    before = hashlib.blake2b(f"{run.test}\0{run.seed}".encode(), digest_size=16)
    found = []
    for call in run.calls:
        exchange = call.exchange
        own = msgspec.msgpack.encode((exchange.do, exchange.sizes)), exchange.body
        before.update(msgspec.msgpack.encode((exchange.kept, exchange.inner)))
        for part in own:
            before.update(part)
        if draws or not _stands_alone(exchange.do):
            found.append(Key(before.digest()))
        else:
            found.append(Key(hashlib.blake2b(b"".join(own), digest_size=16).digest(), True))
    return found


def _stands_alone(do: Do) -> bool:
    """Whether a function is called with nothing but values."""
    return do.verb in ("call", "vjp") and not has_handle((*do.args, *do.kwargs.values()))


class Replay:
    """One variant on one run: answers in order, each worked out when it is asked for.

    Args:
        questions: the calls of the run.
        module: what is asked, where one call may change what comes of the next; the variant's
            shared module by default.
    """

    #: Whose the global generators of random numbers are: who drew last.
    _owner: ClassVar[Replay | None] = None

    def __init__(
        self,
        variant: Variant,
        run: Run,
        questions: Sequence[Question],
        module: ModuleType | None = None,
    ) -> None:
        self.questions = questions
        self._variant, self._run, self._own = variant, run, module
        self._executor: Executor | None = None
        self._said: dict[int, Answer] = {}
        self._done = 0
        self._generators: Any = None

    def answer(self, index: int) -> Told:
        """The variant's answer to call number `index`."""
        return self.said(index).told

    def said(self, index: int) -> Answer:
        """The same, with all that is known of it."""
        known = self._said.get(index)
        if known is None and self._own is None:
            known = self.questions[index].answers.get(self._variant.key)
        return known if known is not None else self._work_out(index)

    def _work_out(self, index: int) -> Answer:
        if self._own is None and self.questions[index].key.alone:
            return self._ask(Executor(self._variant.shared_module), [index])
        self._take_generators()
        if self._executor is None or self._done > index:
            module = self._own or self._variant.shared_module()
            self._executor, self._done = Executor(lambda: module), 0
            seed_generators(self._run.seed)
        return self._ask(self._executor, range(self._done, index + 1))

    def _take_generators(self) -> None:
        """The generators go on from where they were when this replay had them."""
        before, Replay._owner = Replay._owner, self
        if before is self:
            return
        if before is not None:
            before._generators = generators()
        if self._generators is not None:
            restore_generators(self._generators)

    def _ask(self, executor: Executor, indices: Iterable[int]) -> Answer:
        """The last of these answers, all of which are remembered."""
        with (
            contextlib.redirect_stdout(io.StringIO()),
            warnings.catch_warnings(record=True) as warned,
            np.errstate(divide="warn", over="warn", under="ignore", invalid="warn"),
        ):
            warnings.simplefilter("always")
            warn_always()
            for index in indices:
                warned.clear()
                told = self._told(executor, index)
                if warned:
                    words = frozenset(f"{w.category.__name__}: {w.message}" for w in warned)
                    told = msgspec.structs.replace(told, warnings=words)
                variant = self._variant.key if self._own is None else None
                said = self._said[index] = self.questions[index].answer(told, variant)
                if executor is self._executor:
                    self._done = index + 1
        return said

    def _told(self, executor: Executor, index: int) -> Told:
        exchange, question = self._run.calls[index].exchange, self.questions[index]
        if executor is self._executor:
            return _answer(executor, exchange)  # what was given may be kept, for the next calls
        given = question.given(exchange)
        lent = given.lend()
        told = _outcome(executor, lent[1], exchange)
        args = given.args if given.take_back(lent) else _sent(lent[1].args)
        return msgspec.structs.replace(told, args=args)


def replays(
    variant: Variant, runs: Sequence[Run], questions: Sequence[Sequence[Question]]
) -> list[Replay]:
    """A variant on all runs of an exercise.

    A module that keeps something from one call to the next answers by what it was asked before:
    it is asked all runs in their order, like the student's own, and nothing of it is remembered.
    """
    own = variant.module() if variant.keeps_state() else None
    found = []
    for run, asked in zip(runs, questions, strict=True):
        found.append(Replay(variant, run, asked, own))
        if own is not None and run.calls:
            found[-1].answer(len(run.calls) - 1)
    return found


def replay_of(variant: Variant, run: Run, memory: Memory) -> Replay:
    """A variant on one run, with what it answered before."""
    keys = keys_of(run, variant.may_draw or variant.keeps_state())
    return Replay(variant, run, memory.questions(variant.exercise.id, keys))


def replay(variant: Variant, run: Run) -> list[Told]:
    """A variant's answers to all calls of one run."""
    (work,) = replays(variant, [run], [Memory().questions("", keys_of(run, variant.may_draw))])
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
    return msgspec.structs.replace(_outcome(executor, op, exchange), args=_sent(op.args))


def _outcome(executor: Executor, op: Op, exchange: Exchange) -> Told:
    """What a question comes to, but for its arguments."""
    try:
        value = executor.run(op)
    except (Exception, SystemExit) as error:
        return Told(error=nearest_builtin(type(error)) or kind_of_error(type(error).__name__))
    if exchange.kept:
        executor.handles[exchange.kept] = value
    for way, number in exchange.inner:
        with contextlib.suppress(Exception):  # there is nothing at that place: the handle is lost
            executor.handles[number] = functools.reduce(operator.getitem, way, value)
    return Told(HandleNode(0, "") if op.keep else _crossed(value))


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
    if is_tensor(value) and _is_usual_tensor(value):
        tensor = value.detach().clone()
        return tensor.requires_grad_() if value.requires_grad else tensor
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


def _is_usual_tensor(tensor: Any) -> bool:
    """The same for a tensor."""
    return (
        type(tensor) is sys.modules["torch"].Tensor
        and str(tensor.layout) == "torch.strided"
        and tensor.device.type == "cpu"
        and tensor.is_contiguous()
        and 0 < tensor.numel() <= _SMALL
        and str(tensor.dtype).removeprefix("torch.") in _USUAL_DTYPES
        and tensor.untyped_storage().nbytes() == tensor.numel() * tensor.element_size()
    )


def _number(value: object) -> int:
    """The number of an object's node."""
    with contextlib.suppress(Exception):
        return EMPTY if len(value) == 0 else FULL  # type: ignore[arg-type]
    return FULL
