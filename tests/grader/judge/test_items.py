"""What a test needs besides its body: its exercise, and parameters that stay as they are."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from grader.judge.items import exercise_of, read_only_parameters


def item(path: Path, name: str, **params: Any) -> Any:
    """What a provider looks at of a pytest item."""
    return SimpleNamespace(path=path, name=name, callspec=SimpleNamespace(params=params))


def test_arrays_inside_parameters_become_read_only() -> None:
    arrays = [np.ones(1) for _ in range(4)]
    read_only_parameters(
        item(
            Path("test_x.py"), "t", a=arrays[0], b=[arrays[1], (arrays[2], "x")], c={"d": arrays[3]}
        )
    )
    assert [array.flags.writeable for array in arrays] == [False, False, False, True]
    read_only_parameters(SimpleNamespace())  # type: ignore[arg-type]


def test_exercise_of_a_suite() -> None:
    assert exercise_of(Path("a/test_rolling.py")) == "rolling"
