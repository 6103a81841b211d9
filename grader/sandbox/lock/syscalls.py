"""System calls: which ones a locked worker may make, and how the lock makes its own.

The list starts from nothing. What is on it is what Python, NumPy, PyTorch and threads need to
compute, to import installed modules and to answer on a descriptor that is already open. libseccomp
knows the numbers of each machine and turns the list into a BPF program, once, in the parent.

Numbers are from the kernel's uapi headers, named beside each.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterator
from typing import Any

import msgspec

__all__ = ["NUMBERS", "Program", "build", "call", "load", "prctl", "seccomp_works"]

#: Calls the lock makes by number, since libc has no functions for them (asm/unistd.h).
NUMBERS = {
    "x86_64": {"capset": 126, "seccomp": 317, "landlock": 444},
    "aarch64": {"capset": 91, "seccomp": 277, "landlock": 444},
}

_SET_MODE_FILTER, _GET_ACTION_AVAIL, _SPEC_ALLOW = 1, 2, 1 << 2  # linux/seccomp.h
_KILL_PROCESS = 0x80000000

_FREE = {
    "its end of the pair, and files open for reading": (
        "read", "readv", "write", "writev", "pread64", "preadv", "lseek", "close",
        "dup", "dup2", "dup3", "poll", "ppoll", "select", "pselect6",
    ),
    "what is installed; Landlock says where": (
        "stat", "lstat", "fstat", "newfstatat", "statx", "access", "faccessat", "faccessat2",
        "getdents", "getdents64", "readlink", "readlinkat", "getcwd",
    ),
    "its own memory": ("brk", "mmap", "munmap", "mremap", "mprotect", "madvise"),
    "its own threads; `clone` is below": (
        "futex", "set_robust_list", "rseq", "set_tid_address", "gettid", "sched_yield",
        "sched_getaffinity", "getcpu", "exit", "exit_group",
    ),
    "its own signals; `tgkill` is below": (
        "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall",
    ),
    "time": (
        "clock_gettime", "clock_getres", "gettimeofday", "time", "times", "nanosleep",
        "clock_nanosleep",
    ),
    "questions about itself": (
        "getpid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getrusage", "getrlimit",
        "uname", "sysinfo", "getrandom",
    ),
}  # fmt: skip

#: Answered with "no such call", so that libraries fall back to older ones that the list knows.
#: The numbers are the same on every machine, and newer than some libseccomp (asm-generic/unistd.h).
_ABSENT = {
    "clone3": 435,
    "openat2": 437,
    "futex_waitv": 449,
    "map_shadow_stack": 453,
    "futex_wake": 454,
    "futex_wait": 455,
    "futex_requeue": 456,
}

# asm-generic/fcntl.h: every way to open that is not plain reading. O_PATH, because Landlock does
# not look at it; O_ASYNC, because it sends signals.
_O_ASYNC = 0o20000
_NOT_READING = {
    "O_WRONLY": 0o1, "O_RDWR": 0o2, "O_CREAT": 0o100, "O_TRUNC": 0o1000, "O_APPEND": 0o2000,
    "O_ASYNC": _O_ASYNC, "O_PATH": 0o10000000, "__O_TMPFILE": 0o20000000,
}  # fmt: skip
# linux/fcntl.h: F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC; F_SETFL is below.
_FCNTL = (0, 1, 2, 3, 1030)
_F_SETFL = 4
# asm-generic/ioctls.h: TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX.
_IOCTL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
_PRCTL = (15, 16)  # linux/prctl.h: PR_SET_NAME, PR_GET_NAME
# linux/sched.h: CLONE_VM, _FS, _FILES, _SIGHAND, _THREAD, _SYSVSEM, _SETTLS, _PARENT_SETTID,
# _CHILD_CLEARTID: what a C library passes for a thread, all of it and no more. musl adds
# CLONE_DETACHED, which no kernel since 2.6 looks at.
_THREAD, _DETACHED = 0x003D0F00, 0x00400000

_ALL = (1 << 64) - 1
#: Stands for the worker's own number until `load` knows it.
_SELF = 0x5E1F5E1F

#: (which argument, mask, value): what the argument must be under the mask.
_Test = tuple[int, int, int]


class Program(msgspec.Struct, frozen=True):
    """A BPF program for seccomp.

    Args:
        code: `struct sock_filter` after `struct sock_filter` (linux/filter.h).
        own: byte offsets of the constants that become the worker's process number.
    """

    code: bytes
    own: tuple[int, ...]


def _conditional() -> Iterator[tuple[str, tuple[_Test, ...]]]:
    """Calls that are allowed for certain arguments only."""
    yield "clone", ((0, _ALL ^ _DETACHED, _THREAD),)
    yield "tgkill", ((0, _ALL, _SELF),)
    yield "prlimit64", ((0, _ALL, 0), (2, _ALL, 0))  # its own limits, and only to read
    closed = sum(_NOT_READING.values())
    yield "open", ((1, closed, 0),)
    yield "openat", ((2, closed, 0),)
    yield "fcntl", ((1, _ALL, _F_SETFL), (2, _O_ASYNC, 0))
    for command in _FCNTL:
        yield "fcntl", ((1, _ALL, command),)
    for command in _IOCTL:
        yield "ioctl", ((1, _ALL, command),)
    for option in _PRCTL:
        yield "prctl", ((0, _ALL, option),)


def build(machine: str = "") -> Program:
    """The program for a machine, by default this one.

    Raises:
        OSError: libseccomp refuses; ImportError or RuntimeError: there is none.
    """
    import pyseccomp

    rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    rules.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)
    if machine and machine != os.uname().machine:
        rules.add_arch(getattr(pyseccomp.Arch, machine.upper()))
        rules.remove_arch(pyseccomp.system_arch())

    def add(action: int, name: str, *tests: _Test) -> None:
        number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
        number = _ABSENT.get(name, -1) if number == -1 else number
        if number != -1:  # an older libseccomp may not know a call: then it stays forbidden
            masked = (pyseccomp.Arg(i, pyseccomp.MASKED_EQ, mask, to) for i, mask, to in tests)
            rules.add_rule(action, number, *masked)

    for names in _FREE.values():
        for name in names:
            add(pyseccomp.ALLOW, name)
    for name, tests in _conditional():
        add(pyseccomp.ALLOW, name, *tests)
    for name in _ABSENT:
        add(pyseccomp.ERRNO(errno.ENOSYS), name)
    for bit in _NOT_READING.values():  # the same answer as a file that may not be written
        add(pyseccomp.ERRNO(errno.EACCES), "open", (1, bit, bit))
        add(pyseccomp.ERRNO(errno.EACCES), "openat", (2, bit, bit))
    return _exported(rules)


def _exported(rules: Any) -> Program:
    """What libseccomp made of the rules, and where in it the worker's number belongs."""
    read, write = os.pipe()  # a few kilobytes: they fit into the pipe at once
    with os.fdopen(read, "rb") as reader:
        with os.fdopen(write, "wb") as writer:
            rules.export_bpf(writer)
        code = reader.read()
    # struct sock_filter: code, jt, jf, k (linux/filter.h); 0x15 is BPF_JMP | BPF_JEQ | BPF_K.
    own = tuple(
        8 * i + 4
        for i, (operation, _, _, k) in enumerate(struct.iter_unpack("=HBBI", code))
        if operation == 0x15 and k == _SELF
    )
    if len(own) != 1:
        raise OSError(errno.EINVAL, "the rule for tgkill is not in the program as expected")
    return Program(code, own)


def load(program: Program) -> None:
    """Put the program on the calling thread, for good; needs no_new_privs."""
    code = ctypes.create_string_buffer(program.code, len(program.code))
    for offset in program.own:
        struct.pack_into("=I", code, offset, os.getpid())
    head = struct.pack("HP", len(program.code) // 8, ctypes.addressof(code))  # struct sock_fprog
    # Without SPEC_ALLOW, kernels before 5.16 switch off speculation for every filtered process,
    # and arithmetic with it; newer ones no longer do.
    call(NUMBERS[os.uname().machine]["seccomp"], _SET_MODE_FILTER, _SPEC_ALLOW, head)


def seccomp_works() -> bool:
    """Whether the kernel takes filters that can kill the process."""
    numbers = NUMBERS.get(os.uname().machine)
    if numbers is None:
        return False
    try:
        call(numbers["seccomp"], _GET_ACTION_AVAIL, 0, struct.pack("=I", _KILL_PROCESS))
    except OSError:
        return False
    return True


_libc = ctypes.CDLL(None, use_errno=True)


def _long(value: int | bytes) -> ctypes.c_long | ctypes.c_char_p:
    return ctypes.c_char_p(value) if isinstance(value, bytes) else ctypes.c_long(value)


def call(number: int, *args: int | bytes) -> int:
    """Make a system call; bytes are passed by address.

    Raises:
        OSError: the kernel refused.
    """
    result: int = _libc.syscall(ctypes.c_long(number), *map(_long, args))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def prctl(option: int, *args: int) -> int:
    """prctl(2), with every argument that is not given 0.

    Raises:
        OSError: the kernel refused.
    """
    padded = (*args, 0, 0, 0, 0)[:4]
    result: int = _libc.prctl(ctypes.c_int(option), *map(ctypes.c_ulong, padded))
    if result < 0:
        raise OSError(ctypes.get_errno(), f"prctl({option}): {os.strerror(ctypes.get_errno())}")
    return result
