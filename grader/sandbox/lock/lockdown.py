"""The lock: what a worker gives up before a line of the submission runs.

`prepare` once in the parent, `lock` in each child. The steps of `lock` go from the outside in:

    the parent's death is its own · a session, signals, descriptors, an environment of its own
    resource limits · privileges · Landlock (files) · seccomp (system calls), which is last because
    it forbids all of the steps before it

`limit` is the first half alone: what can be had on any Unix, and no border.
"""

from __future__ import annotations

import errno
import os
import struct
import sys
from contextlib import suppress

import msgspec

from grader.errors import IsolationError
from grader.sandbox.lock import landlock, syscalls
from grader.sandbox.lock.limits import die_with_parent, set_limits, start_afresh
from grader.sandbox.lock.paths import readable_paths, refuse

__all__ = [
    "Policy",
    "Prepared",
    "Support",
    "available",
    "die_with_parent",
    "limit",
    "lock",
    "prepare",
    "readable_paths",
    "refuse",
]


class Policy(msgspec.Struct, frozen=True):
    """What one worker may use.

    Args:
        readable: absolute paths of folders and files that may be read.
        memory: bytes of address space beyond what the process has when it is locked.
        cpu: seconds of processor time.
        scopes: use Landlock's scopes where the kernel has them.
        landlock: use Landlock at all. This and `scopes` are for tests, which show that the other
            rules hold by themselves.
        files: descriptors that may be open at once.
    """

    readable: tuple[str, ...]
    memory: int
    cpu: int
    scopes: bool = True
    landlock: bool = True
    files: int = 256


class Support(msgspec.Struct, frozen=True):
    """What this machine offers.

    Args:
        machine: kernel and architecture, for people.
        landlock: ABI version of Landlock, 0 where there is none.
        seccomp: whether the kernel takes filters and libseccomp can build them.
        missing: a sentence for each thing that stands in the way of the lock, and what to do.
    """

    machine: str
    landlock: int
    seccomp: bool
    missing: tuple[str, ...]


class Prepared(msgspec.Struct, frozen=True):
    """What `prepare` found out and built, so that `lock` need not."""

    program: syscalls.Program
    landlock: int


def available() -> Support:
    """What this machine offers; takes milliseconds and never raises."""
    system = os.uname()
    name = f"{system.sysname} {system.release} {system.machine}"
    if sys.platform != "linux":
        return Support(name, 0, False, (f"The lock needs Linux; this is {system.sysname}.",))
    if system.machine not in syscalls.NUMBERS or sys.maxsize < 1 << 32:
        known = " and ".join(syscalls.NUMBERS)
        return Support(name, 0, False, (f"The lock knows 64-bit {known}, not {system.machine}.",))
    version, without_landlock = _landlock()
    without_seccomp = _seccomp()
    missing = [reason for reason in (without_landlock, without_seccomp) if reason]
    if not os.path.exists("/proc/self/statm"):
        missing.append("/proc is not mounted; the memory limit is set from it.")
    return Support(name, version, not without_seccomp, tuple(missing))


def _landlock() -> tuple[int, str]:
    """The ABI version, and why there is none."""
    try:
        return landlock.abi(), ""
    except OSError as error:
        if error.errno == errno.EOPNOTSUPP:
            return 0, "Landlock is switched off; start the kernel with landlock in its lsm= list."
        if error.errno == errno.ENOSYS:
            return 0, "The kernel has no Landlock; Linux 5.13 or newer, built with it, is needed."
        return 0, f"Landlock cannot be used ({error.strerror}); does a container forbid it?"


def _seccomp() -> str:
    """Why filters cannot be had, or nothing."""
    if not syscalls.seccomp_works():
        return "The kernel takes no seccomp filters, or a container forbids them."
    try:
        import pyseccomp  # noqa: F401
    except ImportError:
        return "The package pyseccomp is not installed: pip install pyseccomp."
    except (RuntimeError, OSError, AttributeError):
        return "The library libseccomp is not there; on Debian and Ubuntu: apt install libseccomp2."
    return ""


def prepare() -> Prepared:
    """Build and look up what `lock` needs; once, in the parent.

    Raises:
        IsolationError: this machine cannot lock, or the process shares memory with others, which
            its children would then write to.
    """
    support = available()
    if support.missing:
        raise IsolationError("The lock cannot be had here: " + " ".join(support.missing))
    try:
        shared = _shared_memory()
        program = syscalls.build()
    except OSError as error:
        raise IsolationError(f"The lock cannot be prepared: {error}") from None
    if shared:
        raise IsolationError(f"A worker would share memory with other processes: {shared[0]}")
    return Prepared(program, support.landlock)


def _shared_memory() -> list[str]:
    """Mappings of this process that are shared and writable, or could be made so."""
    found, mapping = [], ""
    with open("/proc/self/smaps") as maps:
        for line in maps:
            name, *values = line.split()
            if name == "VmFlags:" and "sh" in values:
                found.append(mapping)
            elif not name.endswith(":"):
                mapping = line.strip()
    return found


# --- in the child -------------------------------------------------------------------------------


def lock(prepared: Prepared, policy: Policy, keep_fd: int, parent: int) -> None:
    """Give up everything but computing, reading `policy.readable`, and the one descriptor.

    Nothing of it can be undone. To be called in a process of one thread: the kernel takes
    privileges and rights to files from the calling thread only.

    Args:
        keep_fd: the descriptor that stays open, 3 or higher.
        parent: the process with which this one dies.

    Raises:
        OSError: a step was refused. The process is then half locked and must end.
    """
    if len(os.listdir("/proc/self/task")) != 1:
        raise OSError(errno.EBUSY, "a process with several threads cannot be locked")
    limit(policy, keep_fd, parent)
    _drop_privileges()
    if policy.landlock:
        landlock.restrict(policy.readable, policy.scopes, prepared.landlock)
    syscalls.load(prepared.program)


def limit(policy: Policy, keep_fd: int, parent: int) -> None:
    """The part of the lock that any Unix has: an orderly process with limits, and no border.

    Raises:
        OSError: a step was refused.
    """
    die_with_parent(parent)
    start_afresh(keep_fd)
    set_limits(policy.memory, policy.cpu, policy.files)


# linux/prctl.h and linux/capability.h
_DUMPABLE, _NO_NEW_PRIVS = 4, 38
_CAPBSET_DROP, _CAPABILITY_VERSION_3 = 24, 0x20080522


def _drop_privileges() -> None:
    """No capabilities, none to be had, and nothing in /proc for others of the same user."""
    with suppress(PermissionError):  # an ordinary user keeps the groups it has
        os.setgroups([])
    syscalls.prctl(_NO_NEW_PRIVS, 1)
    for capability in range(64):
        try:
            syscalls.prctl(_CAPBSET_DROP, capability)
        except OSError as error:
            # EINVAL: that was the last one. EPERM: an ordinary user may not drop them, and gains
            # nothing through them either, with no_new_privs.
            if error.errno not in (errno.EINVAL, errno.EPERM):
                raise
            break
    # struct __user_cap_header_struct, and two empty __user_cap_data_struct. Ambient capabilities
    # go with the others.
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    syscalls.call(syscalls.NUMBERS[os.uname().machine]["capset"], header, bytes(24))
    syscalls.prctl(_DUMPABLE, 0)
