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


import struct

HEADER = struct.pack("=Ii", 0x20080522, 0)
ALL = b"\xff" * 24
WAYS = {
    "user": lambda: os.setuid(0),
    "users": lambda: os.setresuid(0, 0, 0),
    "group": lambda: os.setgid(0),
    "groups": lambda: os.setgroups([0]),
    "capabilities": lambda: call((126, 91), HEADER, ALL),
    "ambient": lambda: call((157, 167), 47, 2, 0, 0, 0),
    "kept": lambda: call((157, 167), 8, 1, 0, 0, 0),
    "visible again": lambda: call((157, 167), 4, 1, 0, 0, 0),
    "another filter": lambda: call((317, 277), 1, 0, SPACE),
    "filter by prctl": lambda: call((157, 167), 22, 2, SPACE, 0, 0),
    "another ruleset": lambda: call((444, 444), SPACE, 8, 0),
    "personality": lambda: call((135, 92), 0x0040000),
    "keys": lambda: call((250, 219), 0, -3, 1),
    "descriptor of another": lambda: call((438, 438), 0, 0, 0),
}


def reached():
    found = []
    for name, way in WAYS.items():
        try:
            found.append(f"{name}: {way()!r}")
        except (OSError, ValueError):
            pass
    return found
