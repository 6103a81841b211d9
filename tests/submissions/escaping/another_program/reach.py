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


import errno

REFUSED = (errno.EPERM, errno.EACCES)


def becomes(*way):
    """The kernel may say no, but not that there is no such file: then it looked."""
    try:
        way[0](*way[1:])
    except OSError as error:
        return error.errno not in REFUSED
    return True


def reached():
    path = b"/nonexistent\0"
    ways = {
        "execve": becomes(os.execve, "/bin/true", ["true"], {}),
        "by descriptor": becomes(os.execve, 0, ["true"], {}),
        "execve by number": becomes(call, (59, 221), path, 0, 0),
        "execveat": becomes(call, (322, 281), -100, path, 0, 0, 0),
    }
    return [name for name, way in ways.items() if way]
