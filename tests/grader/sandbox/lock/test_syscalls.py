"""The filter as the kernel reads it: its BPF program is run here, on any machine, for any call."""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Callable, Iterator

import pytest

from support import needs

pytestmark = needs.linux
try:
    import pyseccomp
except (ImportError, RuntimeError):  # it looks for the system's library when it is imported
    pytest.skip(f"{needs.SYSTEM}libseccomp2", allow_module_level=True)

from grader.sandbox.lock import syscalls  # noqa: E402

ALLOW, KILL = 0x7FFF0000, 0x80000000
EPERM, EACCES, ENOSYS = (0x00050000 | n for n in (errno.EPERM, errno.EACCES, errno.ENOSYS))
ONES = (1 << 64) - 1
X32 = 0x40000000
_REACHING = """
    execve execveat fork vfork kill tkill ptrace socket socketpair connect sendmsg recvmsg
    io_uring_setup memfd_create memfd_secret mount unshare setns bpf perf_event_open keyctl
    userfaultfd process_vm_readv process_vm_writev pidfd_open pidfd_send_signal pidfd_getfd
    rt_sigqueueinfo rt_tgsigqueueinfo shmget msgget semget mq_open splice tee vmsplice
    sendfile truncate ftruncate unlinkat renameat2 mkdirat linkat symlinkat fchmodat fchownat
    utimensat setxattr setuid setgid setgroups setresuid personality chdir fchdir chroot
    setrlimit sched_setaffinity sched_setscheduler setpriority timer_create setitimer
    open_by_handle_at name_to_handle_at inotify_add_watch fanotify_init pipe2 eventfd2 seccomp
    mknodat landlock_restrict_self setsid setpgid wait4 capset quotactl process_madvise kcmp
"""
Verdict = Callable[..., int]


def verdict(program: bytes, arch: int, number: int, args: tuple[int, ...] = ()) -> int:
    """Run a classic BPF program over one `struct seccomp_data`; only what libseccomp emits."""
    padded = (*args, *(6 - len(args)) * (0,))
    data = struct.pack("=IIQ6Q", number & 0xFFFFFFFF, arch, 0, *padded)
    code = list(struct.iter_unpack("=HBBI", program))
    accumulator = at = 0
    jumps = {0x15: int.__eq__, 0x25: int.__gt__, 0x35: int.__ge__}
    while True:
        operation, yes, no, k = code[at]
        at += 1
        if operation == 0x20:
            accumulator = struct.unpack_from("=I", data, k)[0]
        elif operation == 0x54:
            accumulator &= k
        elif operation == 0x05:
            at += k
        elif operation in jumps:
            at += yes if jumps[operation](accumulator, k) else no
        elif operation == 0x06:
            return k
        else:
            raise AssertionError(f"an operation that this test does not know: {operation:#x}")


@pytest.fixture(scope="module", params=sorted(syscalls.NUMBERS))
def machine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def arch(machine: str) -> int:
    return int(getattr(pyseccomp.Arch, machine.upper()))


@pytest.fixture(scope="module")
def program(machine: str) -> syscalls.Program:
    return syscalls.build(machine)


@pytest.fixture
def ask(program: syscalls.Program, arch: int) -> Verdict:
    """ask("openat", 0, 0, flags): what the filter answers."""

    def ask(name: str, *args: int) -> int:
        number = pyseccomp.resolve_syscall(arch, name)
        if number < 0:
            pytest.skip(f"there is no {name} on this machine")
        return verdict(program.code, arch, number, args)

    return ask


def known(arch: int) -> Iterator[tuple[int, str]]:
    for number in range(600):
        try:
            yield number, pyseccomp.resolve_syscall(arch, number).decode()
        except ValueError:
            yield number, f"number {number}"


def test_only_what_is_on_the_list_is_allowed(program: syscalls.Program, arch: int) -> None:
    """Of all numbers, with any arguments, no other than the listed calls come through."""
    free = {name for names in syscalls._FREE.values() for name in names}
    answers = [(), (ONES,) * 6, (1,) * 6]
    allowed, sometimes = set(), set()
    for number, name in known(arch):
        verdicts = {verdict(program.code, arch, number, args) for args in answers}
        if verdicts == {ALLOW}:
            allowed.add(name)
        elif ALLOW in verdicts:
            sometimes.add(name)
        elif not verdicts <= {EPERM, EACCES}:
            assert verdicts == {ENOSYS}
            assert number in syscalls._ABSENT.values()
    here = {name for name in free if pyseccomp.resolve_syscall(arch, name) >= 0}
    assert allowed == here
    assert sometimes <= {"prlimit64", "open", "openat", "fcntl", "ioctl", "prctl"}


@pytest.mark.parametrize("name", _REACHING.split())
def test_refused_whatever_the_arguments(ask: Verdict, name: str) -> None:
    """Calls that reach beyond the process are refused for any arguments."""
    assert {ask(name), ask(name, *(ONES,) * 6), ask(name, *(1,) * 6)} == {EPERM}


def test_other_machines_calls_kill(program: syscalls.Program, arch: int) -> None:
    """A call through another calling convention, such as 32-bit or x32, ends the process."""
    i386 = 0x40000003
    assert verdict(program.code, i386, 20) == KILL
    if arch == pyseccomp.Arch.X86_64:
        assert verdict(program.code, arch, X32 | 0) == KILL
        assert verdict(program.code, arch, X32 | 520) == KILL
    assert verdict(program.code, arch, -1) != ALLOW


def test_clone_is_for_threads(ask: Verdict) -> None:
    """`clone` makes threads as a C library does, and nothing else; `clone3` is not there."""
    thread = 0x003D0F00
    assert ask("clone", thread) == ALLOW
    assert ask("clone", thread | 0x00400000) == ALLOW
    assert ask("clone", 17) == EPERM  # fork
    assert ask("clone", 0x4111) == EPERM  # vfork
    for missing in (0x00010000, 0x00000100, 0x00000200, 0x00000400, 0x00000800):
        assert ask("clone", thread & ~missing) == EPERM
    for added in (0x10000000, 0x40000000, 0x00002000, 0x00008000, 1 << 33, 9):
        assert ask("clone", thread | added) == EPERM
    assert ask("clone3") == ENOSYS


def test_tgkill_is_for_oneself(program: syscalls.Program, arch: int) -> None:
    """The filter carries a place for the process's own number, and only that one may be hit."""
    number = pyseccomp.resolve_syscall(arch, "tgkill")
    code = bytearray(program.code)
    for offset in program.own:
        struct.pack_into("=I", code, offset, 4321)
    assert verdict(bytes(code), arch, number, (4321, 1, 6)) == ALLOW
    for other in (4320, 1, 0, ONES, 4321 | 1 << 32, syscalls._SELF):
        assert verdict(bytes(code), arch, number, (other, 1, 6)) == EPERM


def test_limits_can_be_read_and_not_changed(ask: Verdict) -> None:
    assert ask("prlimit64", 0, 7, 0, 4096) == ALLOW
    assert ask("prlimit64", 0, 7, 4096, 0) == EPERM
    assert ask("prlimit64", os.getppid(), 7, 0, 4096) == EPERM
    assert ask("prlimit64", 1 << 32, 7, 0, 4096) == EPERM


@pytest.mark.parametrize(("name", "at"), [("open", 1), ("openat", 2)])
def test_files_open_for_reading_only(ask: Verdict, name: str, at: int) -> None:
    before = (4096,) * at
    for flags in (0, os.O_CLOEXEC, os.O_DIRECTORY, os.O_NOFOLLOW | os.O_NONBLOCK, 0o2000000):
        assert ask(name, *before, flags) == ALLOW
    asynchronous, o_path, tmpfile = 0o20000, 0o10000000, 0o20000000
    for flags in (os.O_WRONLY, os.O_RDWR, 3, os.O_CREAT, os.O_TRUNC, os.O_APPEND, asynchronous,
                  o_path, tmpfile, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, ONES):  # fmt: skip
        assert ask(name, *before, flags) == EACCES


def test_descriptors_send_no_signals(ask: Verdict) -> None:
    """Of fcntl and ioctl, only what neither signals, locks nor owns."""
    duplicate, get, set_cloexec, get_flags, set_flags, duplicate_cloexec = 0, 1, 2, 3, 4, 1030
    for command in (duplicate, get, set_cloexec, get_flags, duplicate_cloexec):
        assert ask("fcntl", 5, command, ONES) == ALLOW
    assert ask("fcntl", 5, set_flags, os.O_NONBLOCK) == ALLOW
    assert ask("fcntl", 5, set_flags, 0o20000) == EPERM
    for command in (*range(5, 64), *(n for n in range(1024, 1060) if n != 1030)):
        assert ask("fcntl", 5, command, 0) == EPERM
    allowed = {0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451}
    for command in (*range(0x5400, 0x5480), *range(0x8900, 0x8A00), 0x5452, 1 << 32 | 0x5401):
        assert ask("ioctl", 5, command) == (ALLOW if command in allowed else EPERM)


def test_prctl_only_names(ask: Verdict) -> None:
    for option in range(80):
        assert ask("prctl", option, 1) == (ALLOW if option in (15, 16) else EPERM)
    assert ask("prctl", 0x53564D41, 0) == EPERM
