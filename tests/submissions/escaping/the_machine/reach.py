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


WAYS = {
    "clock": lambda: call((227, 112), 99, SPACE),
    "adjusted": lambda: call((159, 171), SPACE),
    "name": lambda: call((170, 161), b"wxb\0", -1),
    "module": lambda: call((175, 105), 0, 0, b"\0"),
    "programs": lambda: call((321, 280), 0, SPACE, 72),
    "measured": lambda: call((298, 241), SPACE, 0, -1, -1, 0),
    "log": lambda: call((103, 116), 10, 0, 0),
    "accounting": lambda: call((163, 89), 0),
    "quota": lambda: call((179, 60), 0, 0, 0, 0),
    "swap": lambda: call((167, 224), b"/nonexistent\0", 0),
    "messages": lambda: os.open("/dev/kmsg", os.O_RDONLY),
    "memory": lambda: os.open("/dev/mem", os.O_RDONLY),
    "disks": lambda: os.listdir("/dev"),
    "settings": lambda: os.open("/proc/sys/kernel/core_pattern", os.O_RDONLY),
    "buses": lambda: os.listdir("/sys"),
}


def reached():
    found = []
    for name, way in WAYS.items():
        try:
            found.append(f"{name}: {way()!r}")
        except (OSError, ValueError):
            pass
    return found
