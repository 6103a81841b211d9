import ctypes
import getpass
import os
import re
import sys

MARK = re.compile(r"CANARY-[a-z]+-\w{6}")


def reached():
    environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    known, i = [f"{key}={value}" for key, value in os.environ.items()], 0
    while environ and environ[i]:
        known.append(environ[i].decode())
        i += 1
    allowed = ("OMP_", "OPENBLAS_", "MKL_", "KMP_", "LANG=", "LC_CTYPE=", "HOME=/nonexistent", "TORCH")
    found = [line for line in known if not line.startswith(allowed)]
    found += MARK.findall(" ".join([*known, *sys.argv, *sys.orig_argv, os.getcwd()]))
    for ask in (os.getlogin, getpass.getuser, lambda: os.path.expanduser("~root/.ssh")):
        try:
            found += MARK.findall(ask())
        except (OSError, KeyError):
            pass
    return found if os.getcwd() == "/" else [*found, os.getcwd()]
