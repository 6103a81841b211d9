"""Guards on forbidden names: the library keeps working, the submission does not get through."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from grader.sandbox.guards import ForbiddenCall, Guards, places

LIBRARY = """
class Layer:
    def __init__(self, size=1):
        self.size = size


class Wide(Layer):
    def __init__(self):
        super().__init__(100)


class Plain:
    pass


def linear(x):
    return 2 * x


def twice(x):
    return linear(x), Layer(x).size
"""


@pytest.fixture
def library() -> Iterator[Any]:
    module: Any = ModuleType("wxbtoylib")
    sys.modules["wxbtoylib"] = module
    exec(compile(LIBRARY, "wxbtoylib.py", "exec"), vars(module))
    yield module
    del sys.modules["wxbtoylib"]


def guarded(*names: str) -> Guards:
    guards = Guards(places(names), frozenset(["work.py"]))
    guards.activate(names)
    return guards


def submission(text: str) -> Any:
    module: Any = ModuleType("work")
    exec(compile(text, "work.py", "exec"), vars(module))
    return module


def test_a_function_is_stopped_in_the_submission_and_free_in_the_library(library: Any) -> None:
    guards = guarded("wxbtoylib.linear")
    work = submission("import wxbtoylib as lib\ndef f(x): return lib.linear(x)")
    with pytest.raises(ForbiddenCall):
        work.f(3)
    assert guards.called == "wxbtoylib.linear\nwork.py:2"
    assert library.twice(3) == (6, 3)


def test_a_forbidden_class_stays_a_class(library: Any) -> None:
    """isinstance and subclasses work in the other exercises; only making one is stopped."""
    guards = guarded("wxbtoylib.Layer", "wxbtoylib.Plain")
    work = submission(
        "import wxbtoylib as lib\n"
        "def is_layer(x): return isinstance(x, lib.Layer)\n"
        "def make(): return lib.Layer(3)\n"
        "class Mine(lib.Layer):\n"
        "    def __init__(self): super().__init__(5)\n"
    )
    assert work.is_layer(library.Layer(2))
    assert library.Wide().size == 100
    assert library.twice(3) == (6, 3)
    for attempt in (work.make, work.Mine):
        with pytest.raises(ForbiddenCall):
            attempt()
    guards.activate(())
    assert (work.make().size, work.Mine().size) == (3, 5)
