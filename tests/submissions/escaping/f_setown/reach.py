import fcntl
import os
import signal
import struct

F_SETOWN, F_SETSIG, F_SETOWN_EX, F_NOTIFY, F_SETLEASE = 8, 10, 15, 1026, 1024
FIOASYNC, FIOSETOWN, SIOCSPGRP = 0x5452, 0x8901, 0x8902
PARENT = struct.pack("=i", os.getppid())


def on_every_descriptor(way):
    done = []
    for fd in range(256):
        try:
            done.append((fd, way(fd)))
        except OSError:
            pass
    if not done:
        raise OSError
    return done


WAYS = {
    "owner": lambda fd: fcntl.fcntl(fd, F_SETOWN, os.getppid()),
    "group": lambda fd: fcntl.fcntl(fd, F_SETOWN, -os.getppid()),
    "owner by type": lambda fd: fcntl.fcntl(fd, F_SETOWN_EX, struct.pack("=ii", 1, os.getppid())),
    "signal": lambda fd: fcntl.fcntl(fd, F_SETSIG, signal.SIGKILL),
    "async": lambda fd: fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK | os.O_ASYNC),
    "async by ioctl": lambda fd: fcntl.ioctl(fd, FIOASYNC, struct.pack("=i", 1)),
    "owner by ioctl": lambda fd: fcntl.ioctl(fd, FIOSETOWN, PARENT),
    "group by ioctl": lambda fd: fcntl.ioctl(fd, SIOCSPGRP, PARENT),
    "notes": lambda fd: fcntl.fcntl(fd, F_NOTIFY, 1),
    "lease": lambda fd: fcntl.fcntl(fd, F_SETLEASE, 0),
}


def reached():
    found = []
    for name, way in WAYS.items():
        try:
            found.append(f"{name}: {on_every_descriptor(way)}")
        except OSError:
            pass
    return found
