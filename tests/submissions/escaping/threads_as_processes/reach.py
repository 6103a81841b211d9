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


FS, FILES, PARENT, UNTRACED = 0x200, 0x400, 0x8000, 0x800000
WAYS = {
    "sibling": lambda: call((56, 220), PARENT | 17, 0, 0, 0, 0),
    "plain": lambda: call((56, 220), 17, 0, 0, 0, 0),
    "no memory": lambda: call((56, 220), FS | FILES | 17, 0, 0, 0, 0),
    "untraced": lambda: call((56, 220), UNTRACED | 17, 0, 0, 0, 0),
    "newer": lambda: call((435, 435), SPACE, 88),
}


def reached():
    found, own = [], os.getpid()
    for name, way in WAYS.items():
        try:
            answer = way()
        except OSError:
            continue
        if os.getpid() != own:
            os._exit(0)
        found.append(f"{name}: {answer}")
    return found
