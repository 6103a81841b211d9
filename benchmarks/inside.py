"""What tests in a notebook need, in a peer's own process: the student's functions, and a try.

A notebook has one namespace, so the student's module is the notebook itself.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable

import pytest

from benchmarks.local import Check, LocalStudent

__all__ = ["attempt"]


def attempt(function: Callable[..., None], exercise: str, course: str) -> None:
    """Run one test of a suite on the functions that the notebook has by now.

    Raises:
        AssertionError: what the test asserts does not hold. Any other error is the student's.
    """
    assert not hasattr(function, "pytestmark"), "a notebook's tests have no parameters"
    check = Check(exercise, function, function.__name__, {})
    try:
        with warnings.catch_warnings():
            # nbgrader gives a cell nothing as soon as a line of it stands on stderr.
            warnings.simplefilter("ignore")
            check.ask(LocalStudent(sys.modules["__main__"]), course)
    except pytest.fail.Exception as error:  # no Exception: it would end the kernel's cell oddly
        raise AssertionError(str(error)) from None
