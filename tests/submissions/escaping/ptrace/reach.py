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


TRACEME, PEEK, ATTACH, SEIZE = 0, 2, 16, 0x4206
PARENT = os.getppid()

WAYS = {
    "seize": lambda: call((101, 117), SEIZE, PARENT, 0, 0),
    "peek": lambda: call((101, 117), PEEK, PARENT, id(SPACE), SPACE),
    "traceme": lambda: call((101, 117), TRACEME, 0, 0, 0),
    "any tracer": lambda: call((157, 167), 0x59616D61, -1, 0, 0),  # PR_SET_PTRACER
    "kcmp": lambda: call((312, 272), PARENT, os.getpid(), 2, 0, 0),
    "madvise": lambda: call((440, 440), 0, 0, 0, 0, 0),
}


def reached():
    found = []
    for name, way in WAYS.items():
        try:
            found.append(f"{name}: {way()!r}")
        except (OSError, ValueError):
            pass
    return found
