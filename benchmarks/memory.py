"""What processes take of the machine's memory, as Linux counts it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

__all__ = ["Memory", "descendants", "memory"]


class Memory(NamedTuple):
    """MiB of some processes together.

    Args:
        pss: proportional set size, in which a page of n processes counts a n-th for each: what
            the machine has to find.
        private: pages that one of them has for itself alone: what would come back at its end.
    """

    pss: float
    private: float


def descendants(root: int) -> list[int]:
    """Every process that was started by this one, or by one of those."""
    children: dict[int, list[int]] = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            parent = int(Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended meanwhile
            continue
        children.setdefault(parent, []).append(int(entry))
    found = list(children.get(root, []))
    for pid in found:
        found += children.get(pid, [])
    return found


def memory(pids: list[int]) -> Memory:
    """Of these processes together (proc(5), smaps_rollup); who has ended counts nothing."""
    pss = private = 0
    for pid in pids:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        pss += sum(map(int, re.findall(r"^Pss:\s+(\d+)", text, re.M)))
        private += sum(map(int, re.findall(r"^Private_\w+:\s+(\d+)", text, re.M)))
    return Memory(pss / 1024, private / 1024)
