"""`grade watch` as its user has it: a real terminal, real editors' ways of saving, real keys."""

from __future__ import annotations

import os
import re
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

#: Seconds until something is on the screen; far above what it takes.
PATIENCE = 60

Start = Callable[..., pexpect.spawn]


@pytest.fixture
def start(course_dir: Path) -> Iterator[Start]:
    """Start `grade watch` in a terminal of 80 columns; whatever happens, it is ended."""
    running: list[pexpect.spawn] = []

    def spawn(*args: str, rows: int = 40, **environment: str) -> pexpect.spawn:
        known = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES")}
        child = pexpect.spawn(
            sys.executable,
            ["-m", "grader.cli", "watch", *args],
            cwd=course_dir,
            env={**known, "TERM": "xterm-256color", **environment},
            dimensions=(rows, 80),
            timeout=PATIENCE,
            encoding="utf-8",
        )
        running.append(child)
        return child

    yield spawn
    for child in running:
        child.close(force=True)


def stub(course_dir: Path, name: str = "double") -> Path:
    return course_dir / "exercises" / "01_a" / f"{name}.py"


RIGHT = "def double(x):\n    return 2 * x\n"
WRONG = "def double(x):\n    return x + 1\n"


def ready(child: pexpect.spawn) -> None:
    """Everything is loaded: the current exercise has its verdict."""
    child.expect("Not begun")


def test_save_see_understand_next(start: Start, course_dir: Path) -> None:
    child = start()
    ready(child)
    stub(course_dir).write_text(WRONG)
    child.expect("You add one.")
    child.expect("Wrong value: expected 4.0, got 3.0")
    child.expect(r"exercises/01_a/double.py.*graded in \d+ ms")
    stub(course_dir).write_text(RIGHT)
    child.expect("Why it works")
    child.expect("Because double is what it is")
    child.expect("1 of 2 done, 2.5 of 4 points")
    child.send("n")
    child.expect("What is half as much")
    stub(course_dir, "half").write_text("def half(x):\n    return x / 2\n")
    child.expect("All of it is right. Well done")
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_an_editor_that_saves_by_renaming(start: Start, course_dir: Path) -> None:
    child = start()
    ready(child)
    new = course_dir / "exercises" / "01_a" / ".double.py.swp"
    new.write_text(WRONG)
    os.replace(new, stub(course_dir))
    child.expect("expected 4.0, got 3.0")
    backup = stub(course_dir).with_suffix(".py~")
    os.replace(stub(course_dir), backup)  # the old file goes first, as Vim may do it
    stub(course_dir).write_text(RIGHT)
    child.expect("double is right")


def test_windows_line_ends_and_a_syntax_error(start: Start, course_dir: Path) -> None:
    child = start()
    ready(child)
    stub(course_dir).write_bytes(b"def double(x):\r\n    return 2 * (x\r\n")
    child.expect("double.py, line 2: SyntaxError")
    child.expect(r"return 2 \* \(x")
    child.expect(r"\^")
    stub(course_dir).write_bytes(RIGHT.replace("\n", "\r\n").encode())
    child.expect("double is right")


def test_a_file_saved_in_two_halves_is_graded_whole(start: Start, course_dir: Path) -> None:
    child = start()
    ready(child)
    with stub(course_dir).open("w") as file:
        file.write("def double(x):\n    return (2\n")
        file.flush()
        os.fsync(file.fileno())
        file.write("        * x)\n")
    child.expect("double is right")


def test_a_resize_is_drawn_at_once(start: Start, course_dir: Path) -> None:
    child = start(rows=24)
    ready(child)
    stub(course_dir).write_text(WRONG)
    child.expect("graded in")
    child.setwinsize(10, 50)
    child.expect(r"\x1b\[10;1H\x1b\[2K.*n next")
    child.expect(r"…")  # what does not fit is announced


def test_no_color_means_no_colour(start: Start, course_dir: Path) -> None:
    child = start(NO_COLOR="1")
    ready(child)
    stub(course_dir).write_text(WRONG)
    child.expect("graded in")
    assert not re.search(r"\x1b\[[0-9;]*(3[0-7]|9[0-7])m", child.before + child.after)


@pytest.mark.parametrize("key", ["\x03", "q"])
def test_the_terminal_is_left_as_it_was(start: Start, course_dir: Path, key: str) -> None:
    child = start()
    before = termios.tcgetattr(child.child_fd)
    child.expect("double")  # also while everything still loads
    child.send(key)
    child.expect(r"\x1b\[\?25h\x1b\[\?1049l")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == (130 if key == "\x03" else 0)
    assert before[3] & termios.ECHO


def test_a_mended_loop_is_graded_without_waiting_for_its_end(
    start: Start, course_dir: Path
) -> None:
    text = (course_dir / "course.yaml").read_text()
    (course_dir / "course.yaml").write_text(
        text.replace("2s, exercise: 6s", "5min, exercise: 9min")
    )
    child = start()
    ready(child)
    stub(course_dir).write_text("def double(x):\n    while True:\n        pass\n")
    child.expect("grading …")
    child.send("h")
    child.expect("One number")  # keys still work
    time.sleep(0.5)
    stub(course_dir).write_text(RIGHT)
    child.expect("double is right")


def test_a_file_that_is_taken_away_is_missed(start: Start, course_dir: Path) -> None:
    child = start()
    ready(child)
    stub(course_dir).write_text(WRONG)
    child.expect("graded in")
    stub(course_dir).unlink()
    child.expect("The file below is gone")
    stub(course_dir).write_text(RIGHT)
    child.expect("double is right")


def test_keys_work_again_after_it_was_stopped(course_dir: Path) -> None:
    environment = {**os.environ, "TERM": "xterm-256color", "PS1": "ready> "}
    shell = pexpect.spawn(
        "bash",
        ["--norc", "-i"],
        cwd=course_dir,
        env=environment,
        timeout=PATIENCE,
        encoding="utf-8",
    )
    shell.sendline(f"'{sys.executable}' -m grader.cli watch")
    shell.expect("Not begun")
    shell.send("\x1a")
    shell.expect("Stopped")
    shell.sendline("fg")
    shell.expect(r"\x1b\[\?1049h")
    shell.expect("q quit")
    shell.send("q")  # without a line end
    shell.expect(r"\x1b\[\?1049l")
    shell.sendline("stty -a")
    shell.expect(r"[^-]icanon")
    shell.close(force=True)


def test_without_exercises_there_is_nothing_to_watch(start: Start, course_dir: Path) -> None:
    (course_dir / "exercises").rename(course_dir / "elsewhere")
    child = start()
    child.expect("There is no folder exercises/")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 2


def test_plain_moves_no_cursor(start: Start, course_dir: Path) -> None:
    child = start("--plain")
    child.expect(r"\d\d:\d\d:\d\d watching 2 exercises; now: double; Ctrl-C ends\r\n")
    child.expect(r"double: not begun\r\n")
    stub(course_dir).write_text(WRONG)
    child.expect(r"double: 0 of 2 tests, 0 of 2.5 points. The double of 2 is 4.0. Wrong value")
    child.expect("\r\n")
    assert "\x1b" not in child.before
    child.send("h")
    child.expect("hint 1 for double: One number. h opens the next one.\r\n")
    stub(course_dir).write_text(RIGHT)
    child.expect(
        "2 of 2 tests, 2.5 of 2.5 points. Right. Because double is what it is. now: .*half"
    )
    assert "\x1b" not in child.before + child.after
    child.sendintr()
    child.expect(pexpect.EOF)


def test_a_broken_suite_ends_it_with_the_fault(start: Start, course_dir: Path) -> None:
    suite = course_dir / "tests" / "hidden" / "01_a" / "test_half.py"
    suite.write_text(suite.read_text() + "\nimport nothing_like_it\n")
    child = start()
    child.expect(r"\x1b\[\?1049l")
    child.expect("tests/hidden/01_a/test_half.py:.*nothing_like_it")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 2
