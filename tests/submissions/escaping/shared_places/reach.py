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


import _posixshmem
import multiprocessing

KEY = 0x77786231
WAYS = {
    "memory": lambda: call((29, 194), KEY, 4096, 0o1666),
    "queue": lambda: call((68, 186), KEY, 0o1666),
    "semaphores": lambda: call((64, 190), KEY, 1, 0o1666),
    "named queue": lambda: call((240, 180), b"wxb_was_here\0", 0o102, 0o600, 0),
    "named memory": lambda: _posixshmem.shm_open("/wxb_was_here", os.O_CREAT | os.O_RDWR),
    "lock": lambda: multiprocessing.Lock(),
}


def reached():
    found = []
    for name, way in WAYS.items():
        try:
            found.append(f"{name}: {way()!r}")
        except (OSError, ValueError):
            pass
    return found
