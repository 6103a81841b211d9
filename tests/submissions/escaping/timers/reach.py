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


import signal

WAYS = {
    "alarm": lambda: signal.setitimer(signal.ITIMER_REAL, 60),
    "timer": lambda: call((222, 107), 0, SPACE, SPACE),
    "descriptor": lambda: call((283, 85), 0, 0),
    "queue": lambda: call((244, 184), 0, 0),
    "membarrier": lambda: call((324, 283), 1, 0, 0),
}


def reached():
    found = []
    for name, way in WAYS.items():
        try:
            found.append(f"{name}: {way()!r}")
        except (OSError, ValueError):
            pass
    return found
