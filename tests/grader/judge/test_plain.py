"""Under plain pytest the student is the solution, behind the same border."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.errors import UsageError
from grader.judge.items import seed_of
from grader.judge.plain import PlainProvider
from grader.sandbox.processes import launch
from support.launchers import small_interpreter


def item(path: Path, name: str, **params: Any) -> Any:
    """What a provider looks at of a pytest item."""
    return SimpleNamespace(path=path, name=name, callspec=SimpleNamespace(params=params))


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[PlainProvider]:
    monkeypatch.setattr(launch, "interpreter", small_interpreter)
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
    assert len(other._asker.calls) == 2
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
