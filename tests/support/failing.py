"""What is said of a test that fails, and a student whose calls such tests may show."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from _pytest.assertion import util as rewriting

from grader.judge.comparing.libraries import Comparison, compared, failure
from grader.judge.comparing.statement import statement_of

__all__ = ["Student", "student", "told"]


def told(test: Callable[[], None], answers: Sequence[object] = ()) -> list[str]:
    """The lines for what a test raises, put together as a judge does."""
    found: list[Comparison] = []

    def explain(op: str, left: object, right: object) -> None:
        found.append(compared(op, left, right, answers))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rewriting, "_reprcompare", explain)
        with pytest.raises((AssertionError, TypeError, ValueError, pytest.fail.Exception)) as met:
            test()
    lines, table = failure(met.value, found, answers, statement_of(met.value))
    assert len(lines.splitlines()) <= 3
    return [*lines.splitlines(), *table.splitlines()]


class Student:
    """Like the proxy: its functions say what they are."""

    def __repr__(self) -> str:
        return "student"

    def half(self, x: float) -> float:
        return x / 2


student = Student()
