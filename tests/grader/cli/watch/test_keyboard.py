"""Keys as terminals send them."""

from __future__ import annotations

import os
import termios
from collections.abc import Iterator
from contextlib import suppress

import pytest

from grader.cli.watch.canvas import Canvas
from grader.cli.watch.keyboard import keys, lent, single_keys


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"nq", ["n", "q"]),
        (b"\x1b[A\x1b[B", ["up", "down"]),
        (b"\x1b[5~\x1b[6~", ["page up", "page down"]),
        (b"\x1b[C\x1b[D", ["n", "p"]),
        (b"\x1b", ["escape"]),
        (b"\x1b[1;5Cq", ["q"]),
        (b"\x1bOPq", ["q"]),
        (b"\x1bxq", ["q"]),
        (b"\n", ["enter"]),
        ("ä".encode(), ["ä"]),
    ],
)
def test_keys(sent: bytes, expected: list[str]) -> None:
    read, write = os.pipe()
    os.write(write, sent)
    assert keys(read) == expected
    os.close(write)
    assert keys(read) == ["q"], "a keyboard that is gone quits"
    os.close(read)


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    ours, theirs = os.openpty()
    yield ours, theirs
    os.close(ours)
    os.close(theirs)


def test_the_terminal_is_put_back(terminal: tuple[int, int]) -> None:
    _, fd = terminal
    before = termios.tcgetattr(fd)
    with suppress(KeyboardInterrupt), single_keys(fd):
        assert not termios.tcgetattr(fd)[3] & termios.ICANON
        assert not termios.tcgetattr(fd)[3] & termios.ECHO
        assert termios.tcgetattr(fd)[3] & termios.ISIG, "Ctrl-C must still interrupt"
        raise KeyboardInterrupt
    assert termios.tcgetattr(fd) == before


def test_keys_are_lent_to_a_shell(terminal: tuple[int, int]) -> None:
    _, fd = terminal
    with single_keys(fd):
        single = termios.tcgetattr(fd)
        with lent(fd):
            assert termios.tcgetattr(fd)[3] & termios.ICANON
            assert termios.tcgetattr(fd)[3] & termios.ECHO
        assert termios.tcgetattr(fd) == single


def received(fd: int, until: str) -> str:
    """What arrived at the terminal's other end, up to some text: a read may bring a part."""
    text = ""
    while until not in text:
        text += os.read(fd, 65536).decode()
    return text


def test_the_second_screen_is_given_back(terminal: tuple[int, int]) -> None:
    ours, fd = terminal
    termios.tcsetwinsize(fd, (6, 40))
    canvas = Canvas(fd)
    with suppress(KeyboardInterrupt), canvas.taken():
        assert canvas.size() == (40, 6)
        scroll = canvas.draw([f"line {n}" for n in range(10)], ["footer"], 99)
        raise KeyboardInterrupt
    drawn = received(ours, "\x1b[?1049l")
    assert scroll == 5
    assert drawn.startswith("\x1b[?1049h")
    assert "\x1b[6;1H\x1b[2Kfooter" in drawn
    assert "line 9" in drawn
    assert "line 4" not in drawn


def test_what_does_not_fit_is_announced(terminal: tuple[int, int]) -> None:
    ours, fd = terminal
    termios.tcsetwinsize(fd, (4, 40))
    assert Canvas(fd).draw([f"line {n}" for n in range(10)], ["one", "two", "three"], 0) == 0
    drawn = received(ours, "two\x1b[0m")
    assert "9 more lines" in drawn
    assert "two" in drawn
    assert "three" not in drawn, "on a tiny terminal the footer gives way"
