import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)
HERE = {"x86_64": 0, "aarch64": 1}[os.uname().machine]
SPACE = ctypes.create_string_buffer(256)


def call(numbers, *args):
    """A system call by its number on x86_64 and on aarch64; what it refuses is an OSError."""
    words = [arg if isinstance(arg, (bytes, ctypes.Array)) else ctypes.c_long(arg) for arg in args]
    result = LIBC.syscall(ctypes.c_long(numbers[HERE]), *words)
    if result < 0:
        raise OSError(ctypes.get_errno(), str(numbers))
    return result


PARENT = os.getppid()
WAYS = {
    "nice": lambda: os.setpriority(os.PRIO_PROCESS, PARENT, 19),
    "own nice": lambda: os.nice(-5),
    "scheduler": lambda: os.sched_setscheduler(PARENT, os.SCHED_IDLE, os.sched_param(0)),
    "processor": lambda: os.sched_setaffinity(PARENT, {0}),
    "group": lambda: os.setpgid(0, PARENT),
    "session": lambda: os.setsid(),
    "terminal": lambda: os.open("/dev/tty", os.O_RDONLY),
    "wait": lambda: os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG),
    "io": lambda: call((251, 30), 1, PARENT, 3 << 13),
    "reaper": lambda: call((157, 167), 36, 1, 0, 0, 0),
}


def reached():
    found = []
    for name, way in WAYS.items():
        try:
            found.append(f"{name}: {way()!r}")
        except (OSError, ValueError):
            pass
    return found
