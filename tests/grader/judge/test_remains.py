"""What a suite holds, and that no change of it goes unseen."""

from __future__ import annotations

from types import ModuleType

import pytest

from grader.judge.remains import remains

SUITE = """
import collections
import itertools
import random
import types

import numpy as np

number = float("nan")
texts = ["a", ["b"]]
table = {"a": {1, 2}}
queue = collections.deque([1])
array = np.zeros(3)
view = array[::-1]
generator = np.random.default_rng(0)
chance = random.Random(0)
names = types.SimpleNamespace(a=1)
texts.append(texts)


class Kept:
    count = 0

    def __init__(self):
        self.seen = []


kept = Kept()


def helper(x, seen=[]):
    return seen


def counter():
    seen = []
    return lambda: seen.append(1)


counted = counter()
"""


def suite(text: str = SUITE) -> ModuleType:
    module = ModuleType("suite")
    exec(text, vars(module))
    return module


def test_what_is_only_read_remains_as_it_is() -> None:
    module = suite()
    before = remains(module)
    exec("helper(array.sum()); names.a; kept.seen; table['a']", vars(module))
    assert remains(module) == before


@pytest.mark.parametrize(
    "change",
    [
        "number = 1.0",
        "texts[1].append(1)",
        "table['a'].add(3)",
        "table['b'] = 0",
        "queue.popleft()",
        "array[1] = 2",
        "view[0] = 2",
        "generator.normal()",
        "chance.random()",
        "names.a = 2",
        "Kept.count += 1",
        "kept.seen.append(1)",
        "helper(1).append(2)",
        "helper.called = True",
        "counted()",
        "new = 1",
        "del queue",
    ],
)
def test_a_change_is_seen(change: str) -> None:
    module = suite()
    before = remains(module)
    exec(change, vars(module))
    assert remains(module) != before


@pytest.mark.parametrize(
    "text", ["count = iter([1])", "deep = []\nfor _ in range(9999): deep = [deep]"]
)
def test_what_cannot_be_seen_never_remains_the_same(text: str) -> None:
    module = suite(text)
    assert remains(module) != remains(module)
