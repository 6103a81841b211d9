"""What tests may ask of a module, carried out in this process."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from grader.sandbox.executor import Executor, MissingFunction
from grader.sandbox.wire.protocol import Op


@pytest.fixture
def executor() -> Executor:
    module = ModuleType("work")
    exec(
        "class Thing:\n    size = 3\n    def __getitem__(self, key): return key\n"
        "    def __len__(self): return 7\n"
        "def thing(): return Thing()\n"
        "def double(x, times=2): return x * times\n"
        "def square(x): return x ** 2\n"
        "def constant(x): return 5.0\n"
        "def _hidden(): pass\n",
        module.__dict__,
    )
    return Executor(lambda: module)


def run(executor: Executor, verb: Any, name: str = "", *args: Any, **rest: Any) -> Any:
    return executor.run(Op(verb, name, rest.pop("target", 0), args, rest.pop("kwargs", {})))


def test_calls_and_handles(executor: Executor) -> None:
    assert run(executor, "call", "double", 2, kwargs={"times": 5}) == 10
    number = executor.keep(run(executor, "call", "thing"))
    assert run(executor, "getattr", "size", target=number) == 3
    run(executor, "setattr", "size", 4, target=number)
    assert run(executor, "getattr", "size", target=number) == 4
    assert run(executor, "getitem", "", "key", target=number) == "key"
    assert run(executor, "len", target=number) == 7
    assert run(executor, "fetch", target=number) is executor.handles[number]
    assert run(executor, "keep", "", 12) == 12
    assert run(executor, "invoke", "", 3, target=executor.keep(abs)) == 3
    assert executor.keep(None) == number + 2, "no number is used twice"


def test_a_missing_function_says_what_there_is(executor: Executor) -> None:
    with pytest.raises(MissingFunction, match=r"work\.py defines no halve") as met:
        run(executor, "call", "halve")
    assert set(met.value.defined) == {"Thing", "thing", "double", "square", "constant"}


def test_sources_become_functions(executor: Executor) -> None:
    assert run(executor, "source", " lambda x: np.sqrt(x)")(4.0) == 2.0
    text = "def first(x): return x\ndef second(x): return first(x) + 1"
    assert run(executor, "source", text)(1) == 2
    with pytest.raises(IndexError):
        run(executor, "source", "x = 1")


def test_shared_memory(executor: Executor) -> None:
    torch = pytest.importorskip("torch")
    x = np.zeros(4)
    assert run(executor, "shares", "", x, x[1:])
    assert run(executor, "shares", "", x, torch.from_numpy(x))
    assert not run(executor, "shares", "", x, x.copy())


def test_shared_memory_without_torch(executor: Executor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    assert not run(executor, "shares", "", [1.0], [1.0])


def test_examples_are_statements_in_one_namespace(executor: Executor) -> None:
    assert run(executor, "example", "x = np.array([1.0, 2.0])") is None
    assert run(executor, "example", "double(x).tolist()") == [2.0, 4.0]
    assert run(executor, "example", "len(_) + times if (times := 3) else 0") == 5
    with pytest.raises(MissingFunction, match="defines no nothing"):
        run(executor, "example", "nothing")
    with pytest.raises(SyntaxError):
        run(executor, "example", "x = = 1")


def test_vector_jacobian_products(executor: Executor) -> None:
    torch = pytest.importorskip("torch")
    x = torch.tensor([1.0, 2.0])
    value, (gradient,) = run(executor, "vjp", "square", x, torch.tensor([1.0, 10.0]))
    assert value.tolist() == [1.0, 4.0]
    assert gradient.tolist() == [2.0, 40.0]
    assert not value.requires_grad
    assert not x.requires_grad, "the caller's tensor is left alone"


def test_products_that_are_not_there(executor: Executor) -> None:
    torch = pytest.importorskip("torch")
    g = torch.tensor(1.0)
    assert run(executor, "vjp", "constant", torch.ones(1), g) == (5.0, (None,))
    value, gradients = run(executor, "vjp", "double", torch.tensor([2]), 3, torch.tensor([1]))
    assert (value.tolist(), gradients) == ([6], (None, None))
    z = torch.tensor([1 + 1j])
    _, (gradient,) = run(executor, "vjp", "square", z, torch.tensor([1.0 + 0j]))
    assert gradient.shape == (1,)
