"""One thread for each numerical library, so that ways to mark are compared and not schedulers."""

from __future__ import annotations

import os
import sys

__all__ = ["one_thread"]

_ONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def one_thread(module: str) -> None:
    """Go on with one thread a library, here and in all that is started from here.

    The libraries read the number as they load, so `module` is run anew where it is not set.
    """
    if any(os.environ.get(name) != number for name, number in _ONE.items()):
        sys.stdout.flush()
        command = [sys.executable, "-m", module, *sys.argv[1:]]
        os.execve(sys.executable, command, {**os.environ, **_ONE})
