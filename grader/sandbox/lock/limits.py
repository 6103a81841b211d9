"""What any Unix has to keep a process in order: limits, and nothing of its parent's left open.

No border: see `lockdown` for that.
"""

from __future__ import annotations

import errno
import os
import resource
import signal
import sys
import time
from contextlib import suppress

from grader.sandbox.lock import syscalls

__all__ = ["die_with_parent", "set_limits", "start_afresh"]

_PDEATHSIG = 1  # linux/prctl.h
_ENVIRONMENT = {
    "HOME": "/nonexistent",
    "LANG": "C.UTF-8",
    # Libraries that are loaded later must not start a thread for every processor.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # Half of PyTorch, its optimisers included, cannot be imported where this folder is missing.
    "TORCHINDUCTOR_CACHE_DIR": "/",
}


def die_with_parent(parent: int) -> None:
    """End this process when its parent ends (on Linux; elsewhere when it next reads, and fails).

    Raises:
        ProcessLookupError: the parent has ended already.
    """
    if sys.platform == "linux":
        syscalls.prctl(_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise ProcessLookupError(errno.ESRCH, "the parent has ended")


def start_afresh(keep_fd: int) -> None:
    """Leave behind what the parent had: terminal, signal handlers, descriptors, environment.

    Args:
        keep_fd: the one descriptor that stays open, besides the standard three on /dev/null.

    Raises:
        OSError: a step was refused.
    """
    if keep_fd < 3:
        raise OSError(errno.EBADF, "the descriptor to keep is one of the standard three")
    if os.getsid(0) != os.getpid():
        os.setsid()  # no terminal: neither its Ctrl-C nor its input
    _reset_signals()
    _close_descriptors(keep_fd)
    for name in list(os.environ):
        del os.environ[name]
    os.environ.update(_ENVIRONMENT)
    os.chdir("/")  # /proc/self/cwd would tell where the grader was started


def _reset_signals() -> None:
    """As in a new interpreter, but for SIGINT: no traceback for a Ctrl-C meant for the caller."""
    signal.set_wakeup_fd(-1)
    ignored = {signal.SIGINT, signal.SIGPIPE, signal.SIGXFSZ}
    for number in range(1, signal.NSIG):
        with suppress(OSError):  # SIGKILL, SIGSTOP, and two that are the C library's own
            signal.signal(number, signal.SIG_IGN if number in ignored else signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _close_descriptors(keep: int) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    for fd in map(int, os.listdir("/proc/self/fd" if sys.platform == "linux" else "/dev/fd")):
        if fd > 2 and fd != keep:
            with suppress(OSError):  # the one that listed them is closed already
                os.close(fd)


def set_limits(memory: int, cpu: int, files: int) -> None:
    """Limit the resources of this process; fields as in `lockdown.Policy`."""
    cpu += round(time.process_time())  # what a fresh interpreter spent on loading its libraries
    limits = {"CORE": (0, 0), "FSIZE": (0, 0), "CPU": (cpu, cpu + 1), "NOFILE": (files, files)}
    if sys.platform == "linux":
        with open("/proc/self/statm", "rb") as statm:
            size = int(statm.read().split()[0]) * resource.getpagesize()
        limits |= {"AS": (size + memory,) * 2, "MSGQUEUE": (0, 0), "MEMLOCK": (0, 0)}
        with suppress(OSError), open("/proc/self/oom_score_adj", "wb") as score:
            score.write(b"1000")  # where memory runs out, a worker goes before everything else
    for name, (soft, hard) in limits.items():
        number = getattr(resource, f"RLIMIT_{name}")
        ceiling = resource.getrlimit(number)[1]
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)
        resource.setrlimit(number, (soft, hard))
