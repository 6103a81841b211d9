import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)


def call(name, *args):
    """A function of libc; what it refuses is an OSError."""
    result = getattr(LIBC, name)(*args)
    if result < 0:
        raise OSError(ctypes.get_errno(), name)
    return result


import pty
import subprocess
import sys


def by_c():
    if LIBC.system(b"true"):
        raise OSError("system")


WAYS = {
    "run": lambda: subprocess.run(["/bin/true"]),
    "shell": lambda: subprocess.getoutput("true") if os.access("/bin/sh", os.X_OK) else None,
    "python": lambda: subprocess.Popen([sys.executable, "-c", ""]).wait(),
    "spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "terminal": lambda: pty.spawn("/bin/true"),
    "c": by_c,
}


def reached():
    found = []
    for name, way in WAYS.items():
        try:
            found.append(f"{name}: {way()!r}")
        except (OSError, ValueError):
            pass
    return found
