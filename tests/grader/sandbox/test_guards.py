"""Guards: library functions that refuse one caller and serve all others."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np
import pytest

from grader.sandbox.guards import ForbiddenCall, Guards, places

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
    assert guards.called == f"{NORM}\nwork.py:2"
    assert np.linalg.norm(np.ones(4)) == 2.0
    assert calls("def f(v): return np.linalg.norm(v)", "library.py", "library")(np.ones(4)) == 2.0


def test_text_that_is_evaluated_counts_as_its_module(guards: Guards) -> None:
    guards.activate([NORM])
    with pytest.raises(ForbiddenCall):
        calls("def f(v): return eval('np.linalg.norm(v)')", "work.py")(np.ones(4))
    assert guards.called == f"{NORM}\nwork.py:1"


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
    assert np.linalg.norm.__wrapped__ is before
    once = np.linalg.norm
    guards.activate([NORM])
    assert np.linalg.norm is once, "one guard is enough"


def test_a_type_written_in_c_takes_no_guard() -> None:
    guards = Guards({"builtins.float.hex": [(float, "hex")]}, frozenset())
    guards.activate(["builtins.float.hex", "not.looked.up"])
    assert (1.0).hex() == float.hex(1.0)


def test_a_package_is_looked_through_by_its_top_name() -> None:
    found = places(["functools.reduce", "math.hypot"])
    assert found["functools.reduce"] == [(functools, "reduce")]
    assert found["math.hypot"] == [(math, "hypot")]
