"""The plugin: its provider, and plain pytest on the suites of a course."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader.judge import fixtures
from grader.judge.plain import PlainProvider


def item(path: Path, name: str, **params: Any) -> Any:
    """What a provider looks at of a pytest item."""
    return SimpleNamespace(path=path, name=name, callspec=SimpleNamespace(params=params))


def test_the_plugin_makes_a_provider_when_it_is_first_asked() -> None:
    config: Any = SimpleNamespace(stash=pytest.Stash())
    fixtures.pytest_unconfigure(config)
    made = fixtures._provider(config)
    assert isinstance(made, PlainProvider)
    assert fixtures._provider(config) is made
    fixtures.pytest_unconfigure(config)


def test_plain_pytest_runs_a_course_suite(
    workshop: Path,
) -> None:
    """With the fixtures of the installed plugin."""
    suites = workshop / "tests" / "hidden" / "a_numbers"
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
         "--import-mode=importlib", str(suites)],
        cwd=workshop, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "17 passed" in ran.stdout
