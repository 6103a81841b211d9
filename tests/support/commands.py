"""`grade ARGS…` inside this process."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest


class Ran(NamedTuple):
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


Grade = Callable[..., Ran]


def grade_in(capsys: pytest.CaptureFixture[str]) -> Grade:
    """`grade("run", "length")`: the command, in whatever folder the test is."""
    from grader.cli.app import app

    def run(*args: str) -> Ran:
        with pytest.raises(SystemExit) as stop:
            app(list(args), prog_name="grade")
        printed = capsys.readouterr()
        return Ran(int(stop.value.code or 0), printed.out, printed.err)

    return run
