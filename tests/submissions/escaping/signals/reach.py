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

PARENT = os.getppid()
WAYS = {
    "parent": lambda: os.kill(PARENT, signal.SIGKILL),
    "grandparents": lambda: [os.kill(PARENT - i, signal.SIGTERM) for i in range(1, 4)],
    "group": lambda: os.killpg(os.getpgid(PARENT), signal.SIGTERM),
    "everybody": lambda: os.kill(-1, signal.SIGUSR1),
    "is it there": lambda: os.kill(PARENT, 0),
    "tkill": lambda: call((200, 130), PARENT, 15),
    "tgkill": lambda: call((234, 131), PARENT, PARENT, 15),
    "queued": lambda: call((129, 138), PARENT, 15, SPACE),
    "by descriptor": lambda: signal.pidfd_send_signal(os.pidfd_open(PARENT), signal.SIGTERM),
    "at my death": lambda: call((157, 167), 1, 9, 0, 0, 0),
}


def reached():
    found = []
    for name, way in WAYS.items():
        try:
            found.append(f"{name}: {way()!r}")
        except (OSError, ValueError):
            pass
    return found
