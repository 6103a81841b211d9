"""Guards: library functions that refuse one caller and serve all others."""

from __future__ import annotations

import _functools
import ast
import functools
import math
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from grader.sandbox.wire.protocol import ForbiddenName
from grader.sandbox.worker.checked import TAKE, checked
from grader.sandbox.worker.guards import ForbiddenCall, Guards, places

NORM = "numpy.linalg.norm"


def calls(text: str, file: str, name: str = "work") -> Any:
    """The function `f` of a text that lies in a file."""
    names: dict[str, Any] = {"__name__": name, "np": np}
    exec(compile(text, file, "exec"), names)
    return names["f"]


@pytest.fixture
def guards(monkeypatch: pytest.MonkeyPatch) -> Guards:
    spots = places([NORM])
    for owner, key in spots[NORM]:
        monkeypatch.setattr(owner, key, getattr(owner, key))
    return Guards(spots, frozenset({"work.py"}))


def test_places_are_all_names_of_a_function() -> None:
    found = places([NORM, "numpy.absolute"])
    assert (np.linalg, "norm") in found[NORM]
    assert len(found[NORM]) > 1, "NumPy holds it in several modules"
    assert {(np, "absolute"), (np, "abs")} <= set(found["numpy.absolute"])


@pytest.mark.parametrize(
    "name", ["no_such_package.f", "numpy.no_such_function", "numpy.no.such", "math.pi", "numpy"]
)
def test_names_that_are_no_functions_have_no_places(name: str) -> None:
    assert places([name]) == {}


def test_a_submission_is_stopped_and_the_library_is_not(guards: Guards) -> None:
    guards.activate([NORM])
    theirs = calls("def f(v):\n    return np.linalg.norm(v)", "work.py")
    with pytest.raises(ForbiddenCall):
        theirs(np.ones(4))
    assert guards.called == ForbiddenName(NORM, "work.py", 2)
    assert np.linalg.norm(np.ones(4)) == 2.0
    assert calls("def f(v): return np.linalg.norm(v)", "library.py", "library")(np.ones(4)) == 2.0


def test_text_that_is_evaluated_counts_as_its_module(guards: Guards) -> None:
    guards.activate([NORM])
    with pytest.raises(ForbiddenCall):
        calls("def f(v): return eval('np.linalg.norm(v)')", "work.py")(np.ones(4))
    assert guards.called == ForbiddenName(NORM, "work.py", 1)


def test_another_exercise_may_use_it(guards: Guards) -> None:
    theirs = calls("def f(v): return np.linalg.norm(v)", "work.py")
    guards.activate([NORM])
    guards.activate([])
    assert theirs(np.ones(4)) == 2.0
    guards.activate([NORM])
    with pytest.raises(ForbiddenCall):
        theirs(np.ones(4))


def test_a_guard_looks_like_what_it_guards(guards: Guards) -> None:
    before = np.linalg.norm
    guards.activate([NORM])
    assert np.linalg.norm is not before
    assert np.linalg.norm.__name__ == "norm"
    assert not hasattr(np.linalg.norm, "__wrapped__"), "the way around it"
    once = np.linalg.norm
    guards.activate([NORM])
    assert np.linalg.norm is once, "one guard is enough"


def test_a_type_written_in_c_takes_no_guard() -> None:
    guards = Guards({"builtins.float.hex": [(float, "hex")]}, frozenset())
    guards.activate(["builtins.float.hex", "not.looked.up"])
    assert (1.0).hex() == float.hex(1.0)


def test_a_package_is_looked_through_by_its_top_name() -> None:
    found = places(["functools.reduce", "math.hypot"])
    assert found["functools.reduce"] == [(functools, "reduce"), (_functools, "reduce")]
    assert found["math.hypot"] == [(math, "hypot")]


# --- in a library made for the purpose ------------------------------------------------------------

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
    assert guards.called == ForbiddenName("wxbtoylib.linear", "work.py", 2)
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


# --- behind the guards ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "taken",
    [
        "np.apply_along_axis(np.linalg.norm, 0, v)",
        "np.vectorize(np.linalg.norm, signature='(n)->()')(v)",
        "functools.partial(np.linalg.norm, v)()",
        "functools.reduce(np.linalg.norm, [v, None])",
        "list(map(np.linalg.norm, [v]))",
        "sorted([v], key=np.linalg.norm)",
    ],
)
def test_the_library_calls_what_it_is_given(guards: Guards, taken: str) -> None:
    guards.activate([NORM])
    theirs = calls(f"import functools\ndef f(v): return {taken}", "work.py")
    with pytest.raises(ForbiddenCall):
        theirs(np.ones(4))
    assert guards.called == ForbiddenName(NORM, "work.py", 2)
    assert calls(f"import functools\ndef f(v): return {taken}", "other.py", "other")(np.ones(4))
    assert calls("def f(v): return np.linalg.cond(v, 'fro')", "work.py")(np.eye(2)) < 3


def test_a_check_while_the_module_is_loaded(guards: Guards) -> None:
    guards.activate([NORM])
    guards.loading = True
    check = "def f(v): pass\nassert np.linalg.norm([3.0, 4.0]) == 5.0"
    calls(check, "work.py")
    calls("def f(v, size=np.linalg.norm):\n    assert size(v) == 1.0\nf([1.0])", "work.py")
    guards.loading = False
    with pytest.raises(ForbiddenCall):
        calls(check, "work.py")


SPIES = [
    "class Spy:\n    def __array_function__(self, function, *args): return function",
    "class Spy(np.ndarray): pass",
    "class Spy(float): pass",
    "class Spy(np.float64): pass",
]


@pytest.mark.parametrize("spy", SPIES)
def test_a_check_shows_the_function_to_nothing_of_the_submission(guards: Guards, spy: str) -> None:
    guards.activate([NORM])
    guards.loading = True
    theirs = calls(f"{spy}\ndef f(make): return np.linalg.norm(make(Spy))", "work.py")
    ways: list[Callable[[Any], Any]] = [
        lambda spy: spy.__new__(spy, *[()] * issubclass(spy, np.ndarray)),
        lambda spy: [[spy.__new__(spy, *[()] * issubclass(spy, np.ndarray))]],
        lambda spy: np.array([object()], dtype=object),
    ]
    for make in ways:
        with pytest.raises(ForbiddenCall):
            theirs(make)


@pytest.mark.filterwarnings("ignore:.torch.jit.trace. is deprecated")
def test_a_check_is_recorded_by_nothing() -> None:
    torch = pytest.importorskip("torch")
    name = "torch.linalg.vector_norm"
    real = torch.linalg.vector_norm
    guards = Guards({name: [(torch.linalg, "vector_norm")]}, frozenset({"work.py"}))
    guards.activate([name])
    guards.loading = True
    try:
        theirs = calls("import torch\ndef f(v): return torch.linalg.vector_norm(v)", "work.py")
        assert theirs(torch.ones(4)) == 2.0
        with torch.device("cpu"):
            assert theirs(torch.ones(4)) == 2.0
        with pytest.raises(ForbiddenCall):
            torch.jit.trace(theirs, torch.ones(4))
        with torch.overrides.BaseTorchFunctionMode(), pytest.raises(ForbiddenCall):
            theirs(torch.ones(4))
    finally:
        torch.linalg.vector_norm = real


METHODS = ("numpy.ndarray.dot", "operator.matmul")


def test_methods_are_asked_for() -> None:
    guards = Guards({}, frozenset(["work.py"]))
    guards.activate(METHODS)
    assert guards.take([1, 1], "count")(1) == 2
    assert guards.take(np.ones(2), "missing", None) is None
    for taught in (np.ones(2), np.ndarray):
        with pytest.raises(ForbiddenCall):
            guards.take(taught, "dot")
        with pytest.raises(ForbiddenCall):
            guards.take(taught, "__matmul__")


def test_a_changed_module_asks() -> None:
    text = """
class Own:
    def __init__(self, inner): self.dot = inner
    def __call__(self, x): return x

def own(x): return Own(Own(3)).dot.dot + getattr(Own(4), "dot")
def array(x): return x.dot(x)
def by_name(x): return getattr(x, "".join("dot"))(x)
"""
    guards = Guards({}, frozenset(["work.py"]))
    guards.activate(METHODS)
    names: dict[str, Any] = {TAKE: guards.take, "__name__": "work"}
    exec(compile(checked(ast.parse(text), {"dot"}), "work.py", "exec"), names)
    assert names["own"](1) == 7
    for function, line in (("array", 7), ("by_name", 8)):
        with pytest.raises(ForbiddenCall):
            names[function](np.ones(2))
        assert guards.called is not None
        assert guards.called.line == line


def test_texts_that_are_evaluated_are_read(library: Any) -> None:
    guards = Guards(places(["wxbtoylib.linear"]), frozenset(["work.py"]))
    guards.activate(["wxbtoylib.linear", "operator.matmul"])
    for text in ("'v' + chr(64) + 'v'", "b'v @ v'", "'v' + '.x' * 9000"):
        with pytest.raises(ForbiddenCall):
            calls(f"def f(v): return eval({text})", "work.py")(np.ones(2))
    by_tree = "eval(compile(ast.parse('v @ v', mode='eval'), '', 'eval'))"
    with pytest.raises(ForbiddenCall):
        calls(f"import ast\ndef f(v): return {by_tree}", "work.py")(np.ones(2))
    v = "ast.Name('v', ast.Load())"
    node = f"ast.Expression(ast.BinOp({v}, ast.MatMult(), {v}))"
    built = f"eval(compile(ast.fix_missing_locations({node}), '', 'eval'))"
    with pytest.raises(ForbiddenCall):
        calls(f"import ast\ndef f(v): return {built}", "work.py")(np.ones(2))
    by_library = "timeit.Timer('v @ v', globals={'v': v}).timeit(1)"
    with pytest.raises(ForbiddenCall):
        calls(f"import timeit\ndef f(v): return {by_library}", "work.py")(np.ones(2))
    assert calls("def f(v): return eval('len(v)')", "work.py")(np.ones(2)) == 2
    assert calls("def f(v): return eval('v @ v')", "other.py", "other")(np.ones(2)) == 2.0
    guards.activate(())
    assert calls("def f(v): return eval('v @ v')", "work.py")(np.ones(2)) == 2.0
