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


import resource
import struct

ENDLESS = struct.pack("=QQ", (1 << 64) - 1, (1 << 64) - 1)
NONE = struct.pack("=QQ", 0, 0)


def raised(name):
    number = getattr(resource, name)
    hard = resource.getrlimit(number)[1]
    resource.setrlimit(number, (hard, hard))
    return resource.getrlimit(number)


WAYS = {
    "memory": lambda: raised("RLIMIT_AS"),
    "time": lambda: raised("RLIMIT_CPU"),
    "files": lambda: raised("RLIMIT_NOFILE"),
    "own": lambda: call((302, 261), 0, resource.RLIMIT_AS, ENDLESS, 0),
    "parent": lambda: call((302, 261), os.getppid(), resource.RLIMIT_CORE, NONE, 0),
    "parent, to read": lambda: call((302, 261), os.getppid(), resource.RLIMIT_CORE, 0, SPACE),
    "itself by number": lambda: call((302, 261), os.getpid(), resource.RLIMIT_AS, ENDLESS, 0),
    "first": lambda: call((302, 261), 1, resource.RLIMIT_CORE, 0, SPACE),
}


def reached():
    found = []
    for name, way in WAYS.items():
        try:
            found.append(f"{name}: {way()!r}")
        except (OSError, ValueError):
            pass
    return found
