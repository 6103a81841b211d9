"""Where the lock cannot be had: what is said, and that no child goes on half locked."""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import sys
import threading
from collections.abc import Callable

import pytest

from grader.errors import IsolationError
from grader.sandbox.lock import landlock, lockdown, syscalls
from support import needs
from support.forks import told_by_child

POLICY = lockdown.Policy((), 1 << 30, 7)


# --- what is said --------------------------------------------------------------------------------


@needs.lock
def test_this_machine_has_it() -> None:
    support = lockdown.available()
    assert support.landlock >= 1
    assert support.seccomp
    assert os.uname().machine in support.machine


def _raises(error: BaseException) -> Callable[..., int]:
    def stub(*args: object) -> int:
        raise error

    return stub


@needs.linux
@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSYS, "Linux 5.13"),
        (errno.EOPNOTSUPP, "lsm="),
        (errno.EPERM, "container"),
    ],
)
def test_says_why_there_is_no_landlock(
    monkeypatch: pytest.MonkeyPatch, number: int, says: str
) -> None:
    monkeypatch.setattr(landlock, "abi", _raises(OSError(number, os.strerror(number))))
    support = lockdown.available()
    assert support.landlock == 0
    assert says in support.missing[0]
    with pytest.raises(IsolationError, match=says):
        lockdown.prepare()


@needs.linux
def test_says_why_there_is_no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyseccomp", None)
    support = lockdown.available()
    assert not support.seccomp
    assert "pip install pyseccomp" in support.missing[-1]
    monkeypatch.setattr(syscalls, "seccomp_works", lambda: False)
    assert "no seccomp filters" in lockdown.available().missing[-1]


@needs.linux
def test_says_that_libseccomp_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "pyseccomp", raising=False)
    monkeypatch.setattr(
        ctypes.util, "find_library", lambda name: None if name != "c" else "libc.so.6"
    )
    assert "apt install libseccomp2" in lockdown.available().missing[-1]


def test_says_that_it_needs_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    (sentence,) = lockdown.available().missing
    assert "needs Linux" in sentence


@needs.linux
def test_says_which_processors_it_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    strange = os.uname_result(("Linux", "host", "6.1", "#1", "riscv64"))
    monkeypatch.setattr(os, "uname", lambda: strange)
    (sentence,) = lockdown.available().missing
    assert "x86_64 and aarch64, not riscv64" in sentence


# --- no half-locked child ------------------------------------------------------------------------


@needs.lock
def test_no_lock_on_a_process_with_threads() -> None:
    """The kernel would lock the calling thread alone, so the lock refuses."""
    prepared = lockdown.Prepared(syscalls.build(), landlock.abi())

    def lock(fd: int) -> None:
        threading.Thread(target=threading.Event().wait, daemon=True).start()
        lockdown.lock(prepared, POLICY, fd, os.getppid())

    assert told_by_child(lock) == "EBUSY"


@needs.lock
def test_no_lock_without_a_parent() -> None:
    """Whoever comes too late for its parent does not begin."""
    prepared = lockdown.Prepared(syscalls.build(), landlock.abi())
    assert told_by_child(lambda fd: lockdown.lock(prepared, POLICY, fd, os.getpid())) == "ESRCH"


@needs.lock
def test_keeps_no_standard_descriptor() -> None:
    prepared = lockdown.Prepared(syscalls.build(), landlock.abi())
    assert told_by_child(lambda fd: lockdown.lock(prepared, POLICY, 2, os.getppid())) == "EBADF"


@needs.lock
@pytest.mark.parametrize(
    "prepared",
    [
        lockdown.Prepared(syscalls.Program(bytes(8), ()), 1),  # no program of the kernel's
        lockdown.Prepared(syscalls.Program(b"", ()), 1),
    ],
)
def test_a_step_that_fails_is_an_error(prepared: lockdown.Prepared) -> None:
    """A kernel that refuses leaves no child that believes itself locked."""
    assert told_by_child(lambda fd: lockdown.lock(prepared, POLICY, fd, os.getppid())) == "EINVAL"


@needs.lock
@pytest.mark.parametrize("protection", [mmap.PROT_READ | mmap.PROT_WRITE, mmap.PROT_READ])
def test_no_lock_on_shared_memory(protection: int) -> None:
    """Children would write to what the parent shares, past every rule; mprotect is theirs."""

    def prepare(fd: int) -> list[str]:
        before = lockdown._shared_memory()
        shared = mmap.mmap(-1, 4096, prot=protection)
        with pytest.raises(IsolationError, match="share memory"):
            lockdown.prepare()
        added = [line for line in lockdown._shared_memory() if line not in before]
        shared.close()
        return added

    (added,) = told_by_child(prepare)  # type: ignore[misc]
    assert "-s " in added


def test_limits_alone() -> None:
    """`limit` is what stays where no lock is asked for: tidy and bounded, and no border."""

    def look(fd: int) -> list[object]:
        lockdown.limit(POLICY, fd, os.getppid())
        names = "/proc/self/fd" if sys.platform == "linux" else "/dev/fd"
        return [
            len(os.listdir(names)) - 1,
            "HOME" in os.environ,
            os.getcwd(),
            bool(os.listdir("/")),
        ]

    assert told_by_child(look) == [4, True, "/", True]
