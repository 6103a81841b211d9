"""Starting a fresh interpreter: clean environment, one thread, nothing of the caller's."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import IO

__all__ = ["clean_environment", "interpreter"]


def clean_environment() -> dict[str, str]:
    """The environment of every process we start: nothing secret, one thread, a fixed hash seed."""
    kept = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "SYSTEMROOT")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    environment |= dict.fromkeys(threads, "1")
    if logging.getLogger("grader").isEnabledFor(logging.DEBUG):
        environment["WXB_LOG"] = "debug"  # somebody listens
    environment["GLIBC_TUNABLES"] = "glibc.malloc.tcache_count=0"  # for sandbox/memory.py
    return environment | {"LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}


def interpreter(
    call: str, *fds: int, stderr: IO[bytes] | int | None = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start a fresh, isolated interpreter that runs a call, e.g. `package.module.main(5)`.

    It leads a session of its own, so that Ctrl-C reaches the caller alone.

    Args:
        call: what to run; its module is imported first.
        fds: descriptors that it inherits.
        stderr: where its last words go when it dies; None: where ours go.
    """
    root = str(Path(__file__).resolve().parents[3])
    module = call.partition("(")[0].rpartition(".")[0]
    # Taking PyTorch apart in good order takes half a second, and whoever started us waits for it.
    code = (
        f"import os, sys; sys.dont_write_bytecode = True; sys.path.append({root!r}); "
        f"import {module}; {call}; os._exit(0)"
    )
    # Isolated as by -I, which would overlook the hash seed too: of the environment nothing else is
    # Python's.
    return subprocess.Popen(
        [sys.executable, "-P", "-s", "-c", code],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=stderr,
        pass_fds=fds,
        env=clean_environment(),
        start_new_session=True,
    )
