"""What the lock refused is told from the exception, whatever wraps it."""

from __future__ import annotations

import errno
import os
import socket
import urllib.error

import pytest

from grader.sandbox.worker.refused import refusal


def raised_in(path: str, error: BaseException) -> BaseException:
    """An exception that went through a file of a library."""
    try:
        exec(compile("raise error", path, "exec"), {"error": error})
    except BaseException as met:
        return met
    raise AssertionError


def denied() -> PermissionError:
    return PermissionError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/usr/lib/python3/socket.py", "network"),
        ("/usr/lib/python3/subprocess.py", "process"),
        ("/usr/lib/python3/multiprocessing/connection.py", "pool"),
        ("/usr/lib/python3/concurrent/futures/process.py", "pool"),
        ("/usr/lib/python3/asyncio/selector_events.py", "asyncio"),
        ("work.py", "other"),
    ],
)
def test_the_library_tells(path: str, kind: str) -> None:
    assert refusal(raised_in(path, denied())) == (kind, "")


def test_the_cause_counts_too() -> None:
    other = RuntimeError("no data")
    other.__cause__ = raised_in("/lib/socket.py", denied())
    assert refusal(other) == ("network", "")
    wrapped = urllib.error.URLError(raised_in("/lib/socket.py", denied()))  # type: ignore[arg-type]
    assert refusal(wrapped) == ("network", "")


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (EOFError("EOF when reading a line"), ("input", "")),
        (EOFError("mine"), ("", "")),
        (socket.gaierror(-3, "no name"), ("network", "")),
        (RuntimeError("can't start new thread"), ("thread", "")),
        (RuntimeError("mine"), ("", "")),
        (FileNotFoundError(2, "gone", "a/b.csv"), ("read", "b.csv")),
        (FileNotFoundError("mine"), ("", "")),
        (PermissionError(errno.EACCES, "denied", b"a/b"), ("write", "b")),
        (PermissionError("mine"), ("", "")),
        (ValueError("mine"), ("", "")),
    ],
)
def test_the_exception_itself(error: BaseException, found: tuple[str, str]) -> None:
    assert refusal(error) == found


def test_an_exception_that_lies_about_itself_is_left_alone() -> None:
    class Lies(OSError):
        @property
        def errno(self) -> int:  # type: ignore[override]
            raise KeyboardInterrupt

    assert refusal(Lies()) == ("", "")
    round_trip = ValueError("a")
    round_trip.__context__ = round_trip
    assert refusal(round_trip) == ("", "")
