"""A student's module and a suite's tests with no border between them.

Nothing here loads a course: what the other ways to mark start anew for each submission is not made
slower by it.
"""

from __future__ import annotations

import copy
import importlib.util
import inspect
import itertools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from grader.judge.items import seed_of
from grader.sandbox.executor import Executor
from grader.sandbox.wire.protocol import Op
from grader.sandbox.wire.values import identical

__all__ = ["Check", "LocalStudent", "suite_checks"]


class LocalHandle:
    """Stands in for a handle: the value itself, with `fetch` and `shares_memory`."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def fetch(self) -> Any:
        return self.value

    def shares_memory(self, other: LocalHandle) -> bool:
        return bool(np.shares_memory(_as_array(self.value), _as_array(other.value)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.value, name)

    def __getitem__(self, key: Any) -> Any:
        return self.value[key]

    def __len__(self) -> int:
        return len(self.value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.value(*[_bare(a) for a in args], **kwargs)


def _bare(value: Any) -> Any:
    return value.value if isinstance(value, LocalHandle) else value


def _copied(value: Any) -> Any:
    """What a call gets: what a handle stands for is there already, everything else is copied."""
    return value.value if isinstance(value, LocalHandle) else copy.deepcopy(value)


def _as_array(value: Any) -> Any:
    return value.detach().numpy() if hasattr(value, "detach") else np.asarray(value)


class _Keep:
    def __init__(self, student: LocalStudent) -> None:
        self._student = student

    def __getattr__(self, name: str) -> Callable[..., LocalHandle]:
        function = getattr(self._student.module, name)
        return lambda *args, **kwargs: LocalHandle(function(*map(_copied, args), **kwargs))

    def __call__(self, value: Any) -> LocalHandle:
        return value if isinstance(value, LocalHandle) else LocalHandle(copy.deepcopy(value))


class _InPlace:
    def __init__(self, student: LocalStudent) -> None:
        self._student = student

    def __getattr__(self, name: str) -> Callable[..., tuple[Any, tuple[Any, ...]]]:
        def call(*args: Any) -> tuple[Any, tuple[Any, ...]]:
            args = copy.deepcopy(args)
            return getattr(self._student.module, name)(*args), args

        return call


class LocalStudent:
    """The `student` fixture without a border: deep copies in, changed inputs found."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        self.keep = _Keep(self)
        self.inplace = _InPlace(self)
        self.warnings: tuple[str, ...] = ()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        function = getattr(self.module, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            copies = [_copied(a) for a in args]
            answer = function(*copies, **kwargs)
            for before, after in zip(args, copies, strict=True):
                if isinstance(before, np.ndarray):
                    np.testing.assert_array_equal(before, after)
                elif not isinstance(before, LocalHandle):
                    assert identical(before, after), "an argument changed"
            return answer

        return call

    def vjp(self, name: str, args: tuple[Any, ...], cotangent: Any) -> Any:
        op = Op("vjp", name, args=(*args, cotangent))
        return Executor(lambda: self.module).run(op)

    def source(self, text: str) -> LocalHandle:
        return LocalHandle(Executor(lambda: self.module).run(Op("source", text)))


class Check:
    """One run of one test function: what pytest would make an item of."""

    def __init__(
        self, exercise: str, function: Callable[..., None], name: str, values: dict[str, Any]
    ) -> None:
        self.id = f"{exercise}::{name}"
        self.function, self.values = function, values
        self.wants = set(inspect.signature(function).parameters)

    def ask(self, student: LocalStudent, course: str) -> None:
        """Run it; it raises where something does not hold."""
        arguments = dict(self.values)
        if "student" in self.wants:
            arguments["student"] = student
        if "rng" in self.wants:
            seed = seed_of(course, self.id, 0)
            arguments["rng"] = np.random.default_rng(seed)
        if "torch" in self.wants:
            import torch

            arguments["torch"] = torch
        self.function(**arguments)

    def run(self, student: LocalStudent, course: str) -> bool:
        """Whether it passes."""
        try:
            self.ask(student, course)
        except (Exception, pytest.fail.Exception):
            return False
        return True


def suite_checks(exercise: str, path: Path, tests: Iterable[str]) -> Iterator[Check]:
    """Every run of every test of one suite."""
    module = _import(f"suite_{exercise}", path)
    for test in tests:
        function = getattr(module, test)
        for label, values in _parameters(function):
            name = f"{test}[{label}]" if label else test
            yield Check(exercise, function, name, values)


def _import(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _parameters(function: Callable[..., None]) -> Iterator[tuple[str, dict[str, Any]]]:
    marks = [m for m in getattr(function, "pytestmark", []) if m.name == "parametrize"]
    axes = []
    for mark in marks:
        names = mark.args[0]
        names = [n.strip() for n in names.split(",")] if isinstance(names, str) else list(names)
        rows = []
        for row in mark.args[1]:
            row = getattr(row, "values", row) if isinstance(row, type(pytest.param(0))) else row
            row = row if len(names) > 1 or type(row).__name__ == "ParameterSet" else (row,)
            rows.append(dict(zip(names, row, strict=True)))
        axes.append(rows)
    for number, combination in enumerate(itertools.product(*axes)):
        values = {key: value for part in combination for key, value in part.items()}
        yield (str(number) if axes else ""), values
