"""What tests leave in their suite for the tests after them.

A suite may hold data beside its tests, and a test may change it: it notes an answer, it counts, it
draws from a generator of its own. What comes of the next test depends on that then, and no longer
on answers alone.
"""

from __future__ import annotations

import itertools
import random
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from types import CellType, FunctionType, ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from grader.sandbox.wire.values import is_tensor

__all__ = ["remains"]

_SIMPLE = (type(None), bool, int, float, complex, str, bytes, np.generic)
_SEVERAL = (list, tuple, set, frozenset, deque)
#: Largest array that is looked at, in bytes; a larger one is data that is only read.
_LARGEST = 1 << 20
_NEVER_THE_SAME = itertools.count()


def remains(module: ModuleType) -> list[object]:
    """All that a suite holds now, in a form that is equal for as long as nothing changes.

    Libraries are left out, and what they hold.
    """
    own = {name: value for name, value in vars(module).items() if not name.startswith(("__", "@"))}
    try:
        return list(_parts(own, module.__name__, {}))
    except RecursionError:
        return [next(_NEVER_THE_SAME)]


def _parts(value: Any, home: str, seen: dict[int, Any]) -> Iterator[object]:
    if isinstance(value, _SIMPLE):
        yield repr(value)  # nan is not equal to itself
        return
    inside = _inside(value, home)
    yield id(value) if inside is None else (type(value), len(inside))
    if id(value) in seen:
        return
    seen[id(value)] = value  # so that nothing else gets its number
    for part in inside or ():
        yield from _parts(part, home, seen)


def _inside(value: Any, home: str) -> list[Any] | None:
    """What a value holds that may change; None if nothing is known of it."""
    if isinstance(value, dict):
        return [part for pair in value.items() for part in pair]
    if isinstance(value, _SEVERAL):
        return list(value)
    if isinstance(value, np.ndarray):
        return [value.tobytes()] if value.nbytes <= _LARGEST and not value.dtype.hasobject else None
    if is_tensor(value):
        return [id(value), value.is_inference() or value._version]
    if isinstance(value, Iterator):
        return [next(_NEVER_THE_SAME)]  # nobody sees how far it is
    if isinstance(value, np.random.Generator):
        return [value.bit_generator.state]
    if isinstance(value, random.Random):
        return [value.getstate()]
    if isinstance(value, FunctionType) and value.__module__ == home:
        held = value.__defaults__, value.__kwdefaults__, value.__closure__
        return [id(value), *held, vars(value)]
    if isinstance(value, CellType):
        with suppress(ValueError):  # there is nothing in it yet
            return [value.cell_contents]
    kind = value if isinstance(value, type) else type(value)
    is_own = kind.__module__ == home or kind is SimpleNamespace
    return [dict(getattr(value, "__dict__", {}))] if is_own else None
