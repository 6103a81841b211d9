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


import socket

KEY = 0x77786232


def reached():
    for numbers, rest in (((29, 194), (4096, 0o1666)), ((68, 186), (0o1666,)), ((64, 190), (1, 0o1666))):
        try:
            call(numbers, KEY, *rest)
        except OSError:
            pass
    for name in ("\0wxb_was_here", "/tmp/wxb_was_here.socket"):
        try:
            socket.socket(socket.AF_UNIX).bind(name)
        except OSError:
            pass
    return []
