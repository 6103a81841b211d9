"""Keys, one at a time, while `grade watch` has the terminal."""

from __future__ import annotations

import os
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["keys", "lent", "single_keys"]

#: What terminals send for special keys (xterm's control sequences, after ESC).
_SEQUENCES = {
    "[A": "up",
    "[B": "down",
    "[C": "n",
    "[D": "p",
    "OA": "up",
    "OB": "down",
    "OC": "n",
    "OD": "p",
    "[5~": "page up",
    "[6~": "page down",
}
_PLAIN = {"\r": "enter", "\n": "enter", "\x1b": "escape"}


@contextmanager
def single_keys(fd: int) -> Iterator[None]:
    """Have keys come one by one and unseen; Ctrl-C still interrupts. Put back how it was."""
    before = termios.tcgetattr(fd)
    tty.setcbreak(fd, termios.TCSANOW)
    try:
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSANOW, before)


@contextmanager
def lent(fd: int) -> Iterator[None]:
    """Inside of `single_keys`: have keys as a shell wants them, and then one by one again.

    A shell that a stopped program comes back from does not put this in order.
    """
    single = termios.tcgetattr(fd)
    lines = [*single]
    lines[3] |= termios.ICANON | termios.ECHO
    termios.tcsetattr(fd, termios.TCSANOW, lines)
    try:
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSANOW, single)


def keys(fd: int) -> list[str]:
    """The keys that were pressed, once the descriptor can be read; "q" when it is gone."""
    data = os.read(fd, 1024).decode("utf-8", "replace")
    return list(_parsed(data)) if data else ["q"]


def _parsed(data: str) -> Iterator[str]:
    at = 0
    while at < len(data):
        if data[at] == "\x1b" and at + 1 < len(data):
            found = next((s for s in _SEQUENCES if data.startswith(s, at + 1)), None)
            if found is not None:
                yield _SEQUENCES[found]
                at += 1 + len(found)
                continue
            at = _end_of_sequence(data, at + 1)
            continue
        yield _PLAIN.get(data[at], data[at])
        at += 1


def _end_of_sequence(data: str, at: int) -> int:
    """Past a sequence that means nothing here: `ESC [ … letter`."""
    if data[at] not in "[O":
        return at + 1
    at += 1
    while at < len(data) and not (data[at].isalpha() or data[at] == "~"):
        at += 1
    return at + 1
