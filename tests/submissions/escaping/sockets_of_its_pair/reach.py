import array
import os
import socket
import stat


def pair():
    for fd in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                return socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, os.dup(fd))
        except OSError:
            continue
    raise AssertionError("there is no pair")


PASSED = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0]))]
WAYS = {
    "descriptors": lambda: pair().sendmsg([b"x"], PASSED),
    "send": lambda: pair().send(b"x"),
    "receive": lambda: pair().recv(1, socket.MSG_DONTWAIT | socket.MSG_PEEK),
    "whose": lambda: pair().getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12),
    "smaller": lambda: pair().setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1),
    "end": lambda: pair().shutdown(socket.SHUT_RDWR),
    "name": lambda: pair().bind("\0wxb_was_here"),
}


def reached():
    found = []
    for name, way in WAYS.items():
        try:
            found.append(f"{name}: {way()!r}")
        except (OSError, ValueError):
            pass
    return found
