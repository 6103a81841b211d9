"""The steps of the lock, against a kernel that a test plays: what is asked of it, in which order.

That a real kernel keeps its promises is shown in test_lockdown, in children that are really locked.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the lock needs Linux")

from grader.errors import IsolationError  # noqa: E402
from grader.sandbox.lock import landlock, lockdown, syscalls  # noqa: E402

MACHINE = os.uname().machine
if MACHINE not in syscalls.NUMBERS:
    pytest.skip(f"the lock does not know {MACHINE}", allow_module_level=True)
NUMBERS = syscalls.NUMBERS[MACHINE]


class Kernel:
    """Writes down every call; answers 0, a descriptor, or as it is told.

    Args:
        answers: name of the call -> what it answers: a number, or an error to raise.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.answers: dict[str, Any] = {}
        self._names = {number: name for name, number in NUMBERS.items()}
        first = NUMBERS["landlock"]
        self._names |= {first: "create", first + 1: "add", first + 2: "restrict"}
        for module in (landlock, syscalls):
            monkeypatch.setattr(module, "call", self.call)
        monkeypatch.setattr(syscalls, "prctl", self.prctl)

    def call(self, number: int, *args: int | bytes) -> int:
        return self._answer(self._names[number], args)

    def prctl(self, option: int, *args: int) -> int:
        return self._answer("prctl", (option, *args))

    def _answer(self, name: str, args: tuple[Any, ...]) -> int:
        self.asked.append((name, *args))
        answer = self.answers.get(name, 0)
        answer = answer(*args) if callable(answer) else answer
        if isinstance(answer, OSError):
            raise answer
        return int(answer)

    def of(self, name: str) -> list[tuple[Any, ...]]:
        return [tuple(rest) for called, *rest in self.asked if called == name]


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> Kernel:
    return Kernel(monkeypatch)


# --- Landlock -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "scopes", "files", "net", "scoped", "flags"),
    [
        (1, True, (1 << 13) - 1, 0, 0, 0),
        (2, True, (1 << 14) - 1, 0, 0, 0),
        (3, True, (1 << 15) - 1, 0, 0, 0),
        (4, True, (1 << 15) - 1, 3, 0, 0),
        (5, True, (1 << 16) - 1, 3, 0, 0),
        (6, True, (1 << 16) - 1, 3, 3, 0),
        (6, False, (1 << 16) - 1, 3, 0, 0),
        (7, True, (1 << 16) - 1, 3, 3, 1),
        (99, True, (1 << 16) - 1, 3, 3, 1),
    ],
)
def test_a_kernel_is_asked_for_what_it_knows(
    kernel: Kernel, version: int, scopes: bool, files: int, net: int, scoped: int, flags: int
) -> None:
    kernel.answers["create"] = lambda *args: os.open(os.devnull, os.O_RDONLY)
    landlock.restrict([], scopes, version)
    ((attributes, size, zero),) = kernel.of("create")
    assert struct.unpack("=QQQ", attributes) == (files, net, scoped)
    assert (size, zero) == (24, 0)
    ((ruleset, asked),) = kernel.of("restrict")
    assert asked == flags
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(ruleset)


def test_files_and_folders_may_be_read_and_what_is_not_there_is_left_out(
    kernel: Kernel, tmp_path: Path
) -> None:
    (tmp_path / "book").write_text("x")
    allowed: dict[str, int] = {}

    def add(ruleset: int, kind: int, rule: bytes, zero: int) -> int:
        rights, fd = struct.unpack("=Qi", rule)
        allowed[os.readlink(f"/proc/self/fd/{fd}")] = rights
        return 0

    kernel.answers |= {"create": lambda *args: os.open(os.devnull, os.O_RDONLY), "add": add}
    here = [str(tmp_path), str(tmp_path / "book")]
    landlock.restrict([*here, str(tmp_path / "gone"), str(tmp_path / "book/below")], True, 3)
    assert allowed == {here[0]: 4 | 8, here[1]: 4}


def test_a_refusal_closes_the_ruleset(kernel: Kernel) -> None:
    kernel.answers["create"] = lambda *args: os.open(os.devnull, os.O_RDONLY)
    kernel.answers["restrict"] = OSError(errno.EPERM, "no")
    with pytest.raises(PermissionError):
        landlock.restrict([], True, 1)
    ((ruleset, _),) = kernel.of("restrict")
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(ruleset)


def test_the_version_is_asked_for(kernel: Kernel) -> None:
    kernel.answers["create"] = 6
    assert landlock.abi() == 6
    assert kernel.of("create") == [(0, 0, 1)]


# --- privileges -----------------------------------------------------------------------------------

_NO_NEW_PRIVS, _DUMPABLE, _DROP = 38, 4, 24


def test_privileges_go_before_they_could_come_back(
    kernel: Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups: list[Any] = []
    monkeypatch.setattr(lockdown.os, "setgroups", groups.append)
    kernel.answers["prctl"] = lambda option, *rest: (
        OSError(errno.EINVAL, "that was the last one") if rest and rest[0] == 41 else 0
    )
    lockdown._drop_privileges()
    assert groups == [[]]
    options = [args[0] for args in kernel.of("prctl")]
    assert options[0] == _NO_NEW_PRIVS
    assert options[-1] == _DUMPABLE
    assert [args[1] for args in kernel.of("prctl") if args[0] == _DROP] == list(range(42))
    ((header, data),) = kernel.of("capset")
    assert struct.unpack("=Ii", header) == (0x20080522, 0)
    assert data == bytes(24)


def test_an_ordinary_user_has_nothing_to_drop(
    kernel: Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(groups: list[int]) -> None:
        raise PermissionError(errno.EPERM, "no")

    monkeypatch.setattr(lockdown.os, "setgroups", refuse)
    kernel.answers["prctl"] = lambda option, *rest: (
        OSError(errno.EPERM, "no") if option == _DROP else 0
    )
    lockdown._drop_privileges()
    assert len([args for args in kernel.of("prctl") if args[0] == _DROP]) == 1


def test_any_other_refusal_is_an_error(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lockdown.os, "setgroups", lambda groups: None)
    kernel.answers["prctl"] = lambda option, *rest: (
        OSError(errno.EIO, "broken") if option == _DROP else 0
    )
    with pytest.raises(OSError, match="broken"):
        lockdown._drop_privileges()


# --- the whole lock -------------------------------------------------------------------------------

PREPARED = lockdown.Prepared(syscalls.Program(bytes(8), ()), 5)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """The steps of a lock, in order; none of them is taken."""
    done: list[tuple[Any, ...]] = []

    def note(name: str) -> Callable[..., None]:
        return lambda *args: done.append((name, *args))

    for name in ("die_with_parent", "start_afresh", "set_limits", "_drop_privileges"):
        monkeypatch.setattr(lockdown, name, note(name))
    monkeypatch.setattr(lockdown.landlock, "restrict", note("files"))
    monkeypatch.setattr(lockdown.syscalls, "load", note("calls"))
    monkeypatch.setattr(lockdown.os, "listdir", lambda path: ["1"])
    return done


def test_from_the_outside_in(steps: list[tuple[Any, ...]]) -> None:
    policy = lockdown.Policy(("/usr",), memory=7, cpu=8, scopes=False, files=9)
    lockdown.lock(PREPARED, policy, 5, 1234)
    assert steps == [
        ("die_with_parent", 1234),
        ("start_afresh", 5),
        ("set_limits", 7, 8, 9),
        ("_drop_privileges",),
        ("files", ("/usr",), False, 5),
        ("calls", PREPARED.program),
    ]


def test_without_landlock_for_tests_of_the_other_rules(steps: list[tuple[Any, ...]]) -> None:
    lockdown.lock(PREPARED, lockdown.Policy((), 1, 1, landlock=False), 5, 1)
    assert [name for name, *_ in steps][-2:] == ["_drop_privileges", "calls"]


def test_never_with_a_second_thread(
    steps: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lockdown.os, "listdir", lambda path: ["1", "2"])
    with pytest.raises(OSError, match="several threads"):
        lockdown.lock(PREPARED, lockdown.Policy((), 1, 1), 5, 1)
    assert steps == []


# --- preparing ------------------------------------------------------------------------------------


@pytest.fixture
def able(monkeypatch: pytest.MonkeyPatch) -> None:
    support = lockdown.Support("here", 6, True, ())
    monkeypatch.setattr(lockdown, "available", lambda: support)
    monkeypatch.setattr(lockdown.syscalls, "build", lambda: PREPARED.program)
    monkeypatch.setattr(lockdown, "_shared_memory", list)


@pytest.mark.usefixtures("able")
def test_prepared_once_for_every_child(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lockdown.prepare() == lockdown.Prepared(PREPARED.program, 6)
    monkeypatch.setattr(lockdown, "_shared_memory", lambda: ["7f00-7f01 rw-s /dev/zero"])
    with pytest.raises(IsolationError, match=r"share memory.*7f00"):
        lockdown.prepare()

    def refuse() -> None:
        raise OSError("no rule today")

    monkeypatch.setattr(lockdown.syscalls, "build", refuse)
    with pytest.raises(IsolationError, match="cannot be prepared: no rule today"):
        lockdown.prepare()


def test_without_proc_there_is_no_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lockdown.os.path, "exists", lambda path: False)
    assert "/proc is not mounted" in lockdown.available().missing[-1]


def test_shared_memory_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    maps = tmp_path / "smaps"
    maps.write_text(
        "7f00-7f01 rw-p 00000000 00:00 0 \nSize:  4 kB\nVmFlags: rd wr mr mw me ac \n"
        "7f02-7f03 r--s 00000000 00:01 5 /dev/zero (deleted)\nSize: 4 kB\nVmFlags: rd sh mr \n"
    )
    monkeypatch.setattr(lockdown, "open", lambda name: maps.open(), raising=False)
    assert lockdown._shared_memory() == ["7f02-7f03 r--s 00000000 00:01 5 /dev/zero (deleted)"]


# --- system calls ---------------------------------------------------------------------------------


def test_the_program_is_loaded_with_the_workers_own_number(kernel: Kernel) -> None:
    program = syscalls.Program(bytes(range(32)), (4, 20))
    seen: list[bytes] = []

    def look(mode: int, flags: int, head: bytes) -> int:
        count, address = struct.unpack("HP", head)
        seen.append(ctypes.string_at(address, 8 * count))
        assert (mode, flags) == (1, 4)
        return 0

    kernel.answers["seccomp"] = look
    syscalls.load(program)
    own = struct.pack("=I", os.getpid())
    assert seen == [bytes(range(4)) + own + bytes(range(8, 20)) + own + bytes(range(24, 32))]
    assert program.code == bytes(range(32)), "the program itself stays as it is"


def test_whether_filters_work(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    assert syscalls.seccomp_works()
    kernel.answers["seccomp"] = OSError(errno.EINVAL, "no")
    assert not syscalls.seccomp_works()
    monkeypatch.setattr(syscalls, "NUMBERS", {})
    assert not syscalls.seccomp_works()


def test_a_program_without_the_workers_number_is_refused() -> None:
    class Rules:
        def export_bpf(self, file: Any) -> None:
            file.write(struct.pack("=HBBI", 6, 0, 0, 0))

    with pytest.raises(OSError, match="tgkill is not in the program"):
        syscalls._exported(Rules())


def test_calls_that_the_kernel_refuses_are_errors() -> None:
    """The real ones, with arguments that no kernel takes."""
    with pytest.raises(OSError, match="Invalid argument"):
        syscalls.call(NUMBERS["seccomp"], 99, 0, 0)
    with pytest.raises(OSError, match=r"prctl\(99999\)"):
        syscalls.prctl(99999)
    assert syscalls.prctl(3) in (0, 1, 2)  # PR_GET_DUMPABLE
