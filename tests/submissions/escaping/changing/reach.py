import os
import shutil

import numpy as np

BOOK = np.__file__
NEW = "/tmp/wxb_was_here"
WAYS = {
    "link": lambda: os.link(BOOK, NEW),
    "symlink": lambda: os.symlink(BOOK, NEW),
    "rename": lambda: os.rename(BOOK, BOOK + ".wxb"),
    "replace": lambda: os.replace(BOOK, BOOK),
    "unlink": lambda: os.unlink(BOOK + ".not_there"),
    "rmdir": lambda: os.rmdir(os.path.dirname(BOOK) + "/not_there"),
    "truncate": lambda: os.truncate(BOOK, os.stat(BOOK).st_size),
    "mode": lambda: os.chmod(BOOK, os.stat(BOOK).st_mode),
    "owner": lambda: os.chown(BOOK, -1, -1),
    "times": lambda: os.utime(BOOK, ns=(os.stat(BOOK).st_atime_ns, os.stat(BOOK).st_mtime_ns)),
    "attribute": lambda: os.setxattr(BOOK, "user.wxb", b"x"),
    "copy": lambda: shutil.copyfile(BOOK, NEW),
    "through": lambda: os.open(f"/proc/self/fd/{os.open(BOOK, os.O_RDONLY)}", os.O_RDWR),
    "mask": lambda: os.umask(0o022),
}


def reached():
    found = []
    for name, way in WAYS.items():
        try:
            found.append(f"{name}: {way()!r}")
        except FileNotFoundError as error:
            found.append(f"{name}: the kernel looked for it, {error}")
        except OSError:
            pass
    return found
