import fcntl
import os


def reached():
    found = []
    for fd in range(1024):
        try:
            flags = fcntl.fcntl(fd, fcntl.F_GETFL)
        except OSError:
            continue
        fcntl.fcntl(fd, fcntl.F_SETFL, flags | os.O_NONBLOCK)
        for read in (lambda: os.read(fd, 1 << 16), lambda: os.pread(fd, 1 << 16, 0)):
            try:
                data = read()
            except OSError:
                continue
            if data:
                found.append(f"{fd}: {data!r}")
        try:
            found.append(f"{fd}: folder {os.listdir(fd)}")
        except OSError:
            pass
    return found
