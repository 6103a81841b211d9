import ctypes
import multiprocessing
import os
import subprocess

LIBC = ctypes.CDLL(None, use_errno=True)


def by_call(name):
    child = getattr(LIBC, name)()
    if child == 0:
        os._exit(0)
    if child < 0:
        raise OSError(ctypes.get_errno(), name)
    return child


WAYS = {
    "fork": os.fork,
    "forkpty": os.forkpty,
    "libc": lambda: by_call("fork"),
    "vfork": lambda: by_call("vfork"),
    "spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "subprocess": lambda: subprocess.run(["true"]),
    "popen": lambda: os.popen("true").read(),
    "process": lambda: multiprocessing.Process(target=print).start(),
    "pool": lambda: multiprocessing.get_context("fork").Process(target=print).start(),
}


def reached():
    found = []
    for _ in range(2):
        for name, way in WAYS.items():
            try:
                found.append(f"{name}: {way()}")
            except OSError:
                pass
            if len(found) > 20:
                return found
    return found
