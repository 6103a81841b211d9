"""Who descends from whom, and waiting until they are gone; read from /proc."""

from __future__ import annotations

import os
import time
from pathlib import Path


def parents() -> dict[int, int]:
    """Every process that has not ended, and its parent."""
    found = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            state, parent = Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            found[int(entry)] = int(parent)
    return found


def below(pid: int) -> dict[int, int]:
    """All that descend from a process, each with its generation: 1 for its children."""
    known = parents()
    found: dict[int, int] = {}
    new, generation = {pid}, 0
    while new:
        generation += 1
        new = {child for child, parent in known.items() if parent in new}
        found |= dict.fromkeys(new, generation)
    return found


def wait_until_gone(*pids: int, seconds: float = 20) -> None:
    """Wait until processes have ended, which they do within moments."""
    until = time.monotonic() + seconds
    while left := set(pids) & parents().keys():
        assert time.monotonic() < until, f"still there: {left}"
        time.sleep(0.005)
