"""The pytest plugin: the fixtures `student`, `rng` and `torch` of a hidden suite.

It is registered as an entry point, so plain `pytest` runs a suite in any course; there the
student is the course's own solution, behind the same border. In a judge the provider is the
judge's.
"""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest

from grader.judge.items import PROVIDER, Provider
from grader.sandbox.proxy import Student

__all__ = []


@pytest.fixture
def student(request: pytest.FixtureRequest) -> Student:
    """The student's module for the exercise that this suite marks."""
    given: Student = value_of("student", _provider(request.config), request.node)
    return given


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    """A NumPy generator, seeded from the course and the test: the same at every run."""
    generator: np.random.Generator = value_of("rng", _provider(request.config), request.node)
    return generator


@pytest.fixture
def torch(request: pytest.FixtureRequest) -> Any:
    """PyTorch; the test is skipped where it is not installed."""
    return value_of("torch", _provider(request.config), request.node)


def value_of(name: str, provider: Provider, item: pytest.Item) -> Any:
    """What the fixture `name` of this module gives to an item."""
    if name == "student":
        return provider.student(item)
    if name == "rng":
        return np.random.default_rng(provider.seed(item))
    return pytest.importorskip("torch", reason="PyTorch is not installed")


def direct_arguments(item: pytest.Item) -> tuple[str, ...] | None:
    """The arguments of a test that needs only the fixtures above and its own parameters.

    None for everything else: other fixtures, marks, classes, set-up functions, hooks of a conftest.
    """
    if not isinstance(item, pytest.Function) or item.cls is not None or _is_hooked(item.config):
        return None
    if inspect.iscoroutinefunction(item.obj) or inspect.isgeneratorfunction(item.obj):
        return None
    marks = list(item.iter_markers())
    if any(mark.name != "parametrize" or mark.kwargs.get("indirect") for mark in marks):
        return None
    params = getattr(getattr(item, "callspec", None), "params", {})
    needed = set(item.fixturenames) - set(params) - {"request"}
    known = item._fixtureinfo.name2fixturedefs
    for name in needed:
        found = known.get(name, ())
        if name not in ("student", "rng", "torch") or len(found) != 1:
            return None
        if getattr(found[0].func, "__module__", "") != __name__:
            return None
    names = tuple(item._fixtureinfo.argnames)
    return None if "request" in names else names


def _is_hooked(config: pytest.Config) -> bool:
    """Whether a conftest of the course takes part in running tests."""
    return any(
        str(getattr(plugin, "__file__", "")).endswith("conftest.py")
        and any(name.startswith("pytest_") for name in vars(plugin))
        for plugin in config.pluginmanager.get_plugins()
    )


def _provider(config: pytest.Config) -> Provider:
    provider = config.stash.get(PROVIDER, None)
    if provider is None:
        from grader.judge.plain import PlainProvider

        provider = config.stash[PROVIDER] = PlainProvider()
    return provider


def pytest_unconfigure(config: pytest.Config) -> None:
    provider = config.stash.get(PROVIDER, None)
    if provider is not None:
        provider.close()
