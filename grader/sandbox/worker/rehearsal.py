"""Made warm before the lock: a module of our own, read, loaded and called as a student's is."""

from __future__ import annotations

import functools
import sys
from types import ModuleType
from typing import Any

import msgspec
import numpy as np

from grader.sandbox.executor import Executor
from grader.sandbox.seeds import seed_generators
from grader.sandbox.wire.encoder import Encoder
from grader.sandbox.wire.protocol import (
    Begin,
    Do,
    Request,
    Start,
)
from grader.sandbox.worker.serve import LOAD_SEED, Guest

__all__ = ["rehearse"]


_REHEARSAL = """
import numpy as np
from math import sqrt as root

EPSILON = 1e-12


def answer(v, *rest, unit=1.0):
    if unit < 0:
        raise ValueError(f"no unit {unit}")
    return v


class Layer:
    def forward(self, x: np.ndarray) -> np.ndarray:
        if not len(x):
            raise NotImplementedError
        return np.stack([row @ x for row in np.eye(len(x))])[::-1] ** 2
"""


def rehearse(rounds: int = 12) -> None:
    """Read, load and call a module of our own as a worker does, before anybody is locked.

    What Python works out in the first runs of a piece of code (specialised instructions, caches of
    attributes and of regular expressions) is then there in every fork: 15 ms less for each.
    """
    torch = sys.modules.get("torch")
    values: list[Any] = [1.5, -2, True, "text", None, [1, 2.5], (3,), {"Z": 1.0}]
    values += [np.arange(6.0).reshape(2, 3), np.ones(3, "float32"), np.float64(2), np.eye(2).T]
    if torch is not None:
        values += [torch.ones(2, 3), torch.tensor(2.0, requires_grad=True)]
    start = Start({"rehearsal": _REHEARSAL}, {"rehearsal": ("numpy.dot", "operator.matmul")}, 1024)
    for _ in range(rounds):
        guest = Guest(start, {})
        guest.read(start)
        guest.begin(Begin("rehearsal", 0))
        module = ModuleType("rehearsal")
        exec(compile(_REHEARSAL, "rehearsal.py", "exec", dont_inherit=True), vars(module))
        guest.executor = Executor(functools.partial(_same, module))
        for value in values:
            _rehearse_call(guest, value, {})
        _rehearse_call(guest, values[0], {"unit": -1})
    seed_generators(LOAD_SEED)


def _same(module: ModuleType) -> ModuleType:
    return module


def _rehearse_call(guest: Guest, value: Any, kwargs: dict[str, Any]) -> None:
    encoder = Encoder()
    nodes = (encoder.node(value),)
    sizes, pieces = encoder.body()
    body = bytearray(b"".join(pieces))
    do = Do("call", "answer", 0, nodes, kwargs, False)
    data = msgspec.msgpack.encode(Request(1, do, tuple(sizes)))
    request = msgspec.msgpack.decode(data, type=Request)
    assert isinstance(request.what, Do)
    guest.do(request.number, request.what, request.sizes, body)
