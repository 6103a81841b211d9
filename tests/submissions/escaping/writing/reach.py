import mmap
import os
import pathlib
import shelve
import tempfile

import numpy as np

NAME = "wxb_was_here"
HERE = os.path.dirname(os.path.dirname(np.__file__))
PLACES = ["/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/", "/root", "/run", "/proc/self", HERE]


def reached():
    found = []
    for place in PLACES:
        path = f"{place}/{NAME}"
        ways = {
            "open": lambda: open(path, "w"),
            "append": lambda: open(path, "ab"),
            "created": lambda: os.open(path, os.O_CREAT),
            "unnamed": lambda: os.open(place, os.O_TMPFILE | os.O_RDWR, 0o600),
            "folder": lambda: os.mkdir(path),
            "node": lambda: os.mknod(path),
            "fifo": lambda: os.mkfifo(path),
            "numpy": lambda: np.save(path, np.zeros(1)),
            "memmap": lambda: np.memmap(path, float, "w+", shape=(1,)),
            "path": lambda: pathlib.Path(path).touch(),
            "shelf": lambda: shelve.open(path),
            "temporary": lambda: tempfile.mkstemp(prefix=NAME, dir=place),
        }
        for name, way in ways.items():
            try:
                found.append(f"{place} {name}: {way()}")
            except OSError:
                pass
    for path in ("/dev/null", "/etc/passwd", np.__file__, "/proc/self/oom_score_adj"):
        try:
            found.append(f"{path}: {os.open(path, os.O_RDWR)}")
        except OSError:
            pass
    try:
        shared = mmap.mmap(os.open(np.__file__, os.O_RDONLY), 4, mmap.MAP_SHARED, mmap.PROT_WRITE)
        found.append(f"mapped: {shared}")
    except OSError:
        pass
    return found
