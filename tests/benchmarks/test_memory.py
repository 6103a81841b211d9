"""Memory is counted over the processes that were started."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from benchmarks.memory import Memory, descendants, memory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")

#: Holds 32 MiB, starts a process that does nothing, says so and waits.
HOLDER = """
import subprocess, sys
held = b"x" * (32 << 20)
child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
print("ready", flush=True)
input()
"""


def test_what_a_family_takes() -> None:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", HOLDER], **pipes) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"ready\n"
        family = descendants(os.getpid())
        assert holder.pid in family
        below = descendants(holder.pid)
        assert len(below) == 1
        assert below[0] in family
        taken = memory([holder.pid])
        assert taken.pss >= taken.private >= 32
        holder.communicate(b"\n")
    assert memory([holder.pid]) == Memory(0, 0)
