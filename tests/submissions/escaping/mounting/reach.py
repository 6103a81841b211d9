import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)


def call(name, *args):
    """A function of libc; what it refuses is an OSError."""
    result = getattr(LIBC, name)(*args)
    if result < 0:
        raise OSError(ctypes.get_errno(), name)
    return result


NEW_USER, NEW_NS, NEW_NET, NEW_PID = 0x10000000, 0x00020000, 0x40000000, 0x20000000

WAYS = {
    "mount": lambda: call("mount", b"none", b"/tmp", b"tmpfs", 0, None),
    "bind": lambda: call("mount", b"/", b"/tmp", None, 4096, None),
    "umount": lambda: call("umount2", b"/nonexistent", 0),
    "chroot": lambda: os.chroot("/"),
    "folder": lambda: os.chdir("/"),
    "user": lambda: call("unshare", NEW_USER),
    "files": lambda: call("unshare", NEW_NS),
    "network": lambda: call("unshare", NEW_NET),
    "processes": lambda: call("unshare", NEW_PID | NEW_USER),
    "enter": lambda: call("setns", 0, 0),
}


def reached():
    found = []
    for name, way in WAYS.items():
        try:
            found.append(f"{name}: {way()!r}")
        except (OSError, ValueError):
            pass
    return found
