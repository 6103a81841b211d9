import ctypes
import os
import select

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



WAYS = {
    "memfd": lambda: os.memfd_create("wxb_was_here"),
    "large": lambda: os.memfd_create("wxb_was_here", 4),
    "secret": lambda: call((447, 447), 0),
    "faults": lambda: call((323, 282), 1),
    "pipe": lambda: os.pipe(),
    "event": lambda: os.eventfd(0),
    "polled": lambda: select.epoll(),
    "signals": lambda: call((289, 74), -1, SPACE, 8, 0),
    "watched": lambda: call((294, 26), 0),
}


def reached():
    found = []
    for name, way in WAYS.items():
        try:
            found.append(f"{name}: {way()!r}")
        except (OSError, ValueError):
            pass
    return found
