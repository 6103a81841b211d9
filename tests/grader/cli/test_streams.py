"""Where nothing can be printed or written, there is one sentence, and never a verdict."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support.commands import Grade
from support.courses.length import solve

linux = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
#: The command without PyTorch, which takes seconds to load.
LIGHT = (
    "from grader.cli import main\nfrom grader.sandbox.processes.caller import Base\n"
    "Base.__init__.__defaults__ = (False,)\nmain()"
)
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(course_dir: Path, tmp_path: Path) -> Run:
    """`grade ARGS…` as a process of its own."""

    def run(*args: str, **options: object) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"XDG_STATE_HOME": str(tmp_path / "state")}
        environment.pop("COVERAGE_PROCESS_CONFIG", None)  # it could not write either
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": course_dir}
        command = [sys.executable, "-c", LIGHT, *args]
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            command, **{"text": True, "env": environment, **pipes, **options}, check=False
        )

    return run


def no_room() -> None:
    """In the child: no file may hold a byte."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


@linux
@pytest.mark.parametrize("args", ["list", "list --plain", "--help", "--version", "length --json"])
def test_a_full_disk_is_one_sentence(run: Run, args: str) -> None:
    with open("/dev/full", "wb") as full:
        ran = run(*args.split(), stdout=full)
    assert (ran.returncode, ran.stderr) == (
        2,
        "Standard output cannot be written: No space left on device.\n",
    )


@linux
def test_a_full_standard_error_changes_no_exit_status(run: Run) -> None:
    with open("/dev/full", "wb") as full:
        assert run("list", stderr=full).returncode == 0
        assert run("lenght", stderr=full).returncode == 2


@pytest.mark.parametrize("args", ["list", "--help", "length --json"])
def test_a_reader_that_is_gone_ends_it_without_a_word(
    run: Run, course_dir: Path, args: str
) -> None:
    solve(course_dir)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ran = run(*args.split(), stdout=writing)
    finally:
        os.close(writing)
    assert (ran.returncode, ran.stderr) == (141, "")


def test_a_closed_standard_output_is_nobody(run: Run, course_dir: Path) -> None:
    solve(course_dir)
    assert run("list", preexec_fn=lambda: os.close(1)).returncode == 0
    assert run("length", "--json", preexec_fn=lambda: os.close(1)).returncode == 0


def test_where_nothing_can_be_written_hints_go_on(run: Run) -> None:
    ran = run("hint", "length", preexec_fn=no_room)
    assert ran.returncode == 0
    assert "Hint 1" in ran.stdout
    assert "`grade hint length --all` shows every one." in ran.stderr
    ran = run("hint", "length", "--all", preexec_fn=no_room)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Hint 3, a line with blanks" in ran.stdout
    ran = run("solution", "length", "--give-up", preexec_fn=no_room)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "it could not be remembered that length was given up" in ran.stderr


def test_what_has_to_be_written_is_one_sentence(run: Run, course_dir: Path) -> None:
    solve(course_dir)
    ran = run("length", preexec_fn=no_room)
    assert ran.returncode == 0
    assert ran.stderr == f"{course_dir} cannot be written, so this is not remembered.\n"
    for args in (("pack",), ("reset", "length"), ("release", "../out")):
        ran = run(*args, preexec_fn=no_room)
        assert ran.returncode == 2
        assert "File too large" in ran.stderr
        assert ran.stderr.count("\n") == 1
    assert not list(course_dir.parent.glob("**/*.tmp"))
    assert not (course_dir / "handin.zip").exists()
    assert "return 2 * v" in (course_dir / "exercises/01_a/length.py").read_text()


def test_a_name_that_is_no_text(run: Run, course_dir: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("names are text here")
    solve(course_dir)
    (course_dir / os.fsdecode(b"exercises/caf\xe9.py")).write_text("x = 1\n")
    assert run("length").returncode == 0
    packed = run("pack")
    assert packed.returncode == 0
    assert packed.stdout.startswith("exercises/caf?.py was left out: no exercise needs it.\n")
    theirs = course_dir.parent / os.fsdecode(b"ren\xe9")
    theirs.mkdir()
    (theirs / "length.py").write_text((course_dir / "exercises/01_a/length.py").read_text())
    assert run("run", "--submission", os.fsencode(theirs)).returncode == 0  # type: ignore[arg-type]
    course = course_dir.rename(course_dir.parent / os.fsdecode(b"caf\xe9"))
    assert "1 of 1 exercises done" in run("list", cwd=course).stdout
    assert "Hint 1" in run("hint", "length", cwd=course).stdout
    for args in (("length",), ("pack",)):
        ran = run(*args, cwd=course)
        assert (ran.returncode, ran.stderr) == (0, "")
    suite = course / "tests/hidden/01_a/test_length.py"
    suite.write_text(f"raise OSError(__file__)\n{suite.read_text()}")
    ran = run("length", cwd=course)
    assert ran.returncode == 2
    assert ran.stderr.startswith("tests/hidden/01_a/test_length.py:1: OSError: ")
    assert "caf\\xe9/tests/hidden" in ran.stderr
    assert "fault of the grader" not in ran.stderr


def test_progress_is_kept_elsewhere_where_it_cannot_be_kept_here(
    grade: Grade, course_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (course_dir / ".wxb").write_text("in the way")
    for number in (1, 2):
        ran = grade("hint", "length")
        assert (ran.status, ran.err) == (0, "")
        assert f"Hint {number}" in ran.out
    assert len(list(tmp_path.glob("state/wxb/*/progress.json"))) == 1
    (course_dir / ".wxb").unlink()
    assert "Hint 3" in grade("hint", "length").out
    assert (course_dir / ".wxb/progress.json").exists()
