"""Hidden suites under plain pytest: the student is the solution, behind the same border."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.errors import UsageError
from grader.judge import fixtures
from grader.judge.items import exercise_of, read_only_parameters, seed_of
from grader.judge.plain import PlainProvider


def item(path: Path, name: str, **params: Any) -> Any:
    """What a provider looks at of a pytest item."""
    return SimpleNamespace(path=path, name=name, callspec=SimpleNamespace(params=params))


@pytest.fixture
def provider() -> Iterator[PlainProvider]:
    provider = PlainProvider()
    yield provider
    provider.close()


def test_the_student_is_the_courses_own_solution(provider: PlainProvider, workshop: Path) -> None:
    suites = workshop / "tests" / "hidden" / "a_numbers"
    array = np.array([1.0, 3.0])
    student = provider.student(item(suites / "test_rolling.py", "test_a", x=[array], y=3))
    assert student.moving_average(array, 2).tolist() == [2.0]
    assert not array.flags.writeable, "parameters are shared by all runs"
    other = provider.student(item(suites / "test_temperature.py", "test_b"))
    assert other is student, "one worker for a course"
    assert other.to_kelvin(0.0) == 273.15
    with pytest.raises(ValueError, match="colder than cold"):
        other.to_kelvin(-300.0)
    assert len(other.wxb_calls) == 2
    provider.close()
    assert provider.student(item(suites / "test_rolling.py", "test_a")).pairs(2) == [(0, 1)]


def test_seeds_follow_from_course_and_test(provider: PlainProvider, workshop: Path) -> None:
    suite = workshop / "tests" / "hidden" / "a_numbers" / "test_rolling.py"
    seed = provider.seed(item(suite, "test_a"))
    assert seed == seed_of("Workshop", "rolling::test_a", 0)
    assert seed != provider.seed(item(suite, "test_b"))
    assert seed != seed_of("Workshop", "rolling::test_a", 1)
    assert 0 <= seed < 2**32


def test_a_suite_outside_a_course(provider: PlainProvider, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no course\.yaml"):
        provider.student(item(tmp_path / "test_x.py", "test_a"))


def test_arrays_inside_parameters_become_read_only() -> None:
    arrays = [np.ones(1) for _ in range(4)]
    read_only_parameters(
        item(
            Path("test_x.py"), "t", a=arrays[0], b=[arrays[1], (arrays[2], "x")], c={"d": arrays[3]}
        )
    )
    assert [array.flags.writeable for array in arrays] == [False, False, False, True]
    read_only_parameters(SimpleNamespace())  # type: ignore[arg-type]


def test_the_plugin_makes_a_provider_when_it_is_first_asked() -> None:
    config: Any = SimpleNamespace(stash=pytest.Stash())
    fixtures.pytest_unconfigure(config)
    made = fixtures._provider(config)
    assert isinstance(made, PlainProvider)
    assert fixtures._provider(config) is made
    fixtures.pytest_unconfigure(config)


def test_exercise_of_a_suite() -> None:
    assert exercise_of(Path("a/test_rolling.py")) == "rolling"


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
