"""A control group of Linux with a limit of memory, as a hub puts a student's server into one.

Version 2 is tried where it is mounted, then version 1; either asks for the right to write there,
which root has as a rule, and a container may not. A limit on address space (`ulimit -v`) would be
no stand-in: PyTorch reserves gigabytes that it never touches.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["Group", "group"]

#: Seconds until the processes of a group that were told to end have ended.
_PATIENCE = 20.0
#: version -> files for the limit, that with swap, the most that was used, and who was killed.
_FILES = {
    2: ("memory.max", "memory.swap.max", "memory.peak", "memory.events"),
    1: (
        "memory.limit_in_bytes",
        "memory.memsw.limit_in_bytes",
        "memory.max_usage_in_bytes",
        "memory.oom_control",
    ),
}


class Group:
    """A control group that processes can be put into."""

    def __init__(self, folder: Path, version: int) -> None:
        self._folder, self.version = folder, version

    def enter(self) -> None:
        """Put this process into it, and all that it starts."""
        (self._folder / "cgroup.procs").write_text(str(os.getpid()))

    def pids(self) -> list[int]:
        """The processes that are in it."""
        return [int(pid) for pid in (self._folder / "cgroup.procs").read_text().split()]

    def peak(self) -> int:
        """The most bytes that were used, pages of files included that the kernel could drop."""
        return int((self._folder / _FILES[self.version][2]).read_text())

    def killed(self) -> int:
        """How many processes were ended because there was no memory left."""
        text = (self._folder / _FILES[self.version][3]).read_text()
        return int(dict(line.split() for line in text.splitlines())["oom_kill"])

    def limit(self, size: int) -> None:
        """Let it use at most so many bytes, and no swap."""
        most, swap, *_ = _FILES[self.version]
        (self._folder / most).write_text(str(size))
        with suppress(OSError):  # without accounting of swap the file is missing
            (self._folder / swap).write_text(str(size if self.version == 1 else 0))

    def remove(self) -> None:
        """Take it away, once the last process in it has ended."""
        end = time.monotonic() + _PATIENCE
        while self.pids() and time.monotonic() < end:
            time.sleep(0.05)
        self._folder.rmdir()


@contextmanager
def group(size: int) -> Iterator[Group | None]:
    """A group with a limit of `size` bytes; None where none can be made."""
    found = next(_made(), None)
    if found is None:
        yield None
        return
    try:
        found.limit(size)
        yield found
    finally:
        found.remove()


def _made() -> Iterator[Group]:
    for version, place in _places():
        folder = place / f"wxb-{os.getpid()}-{time.monotonic_ns()}"
        try:
            if version == 2:
                (place / "cgroup.subtree_control").write_text("+memory")
            folder.mkdir()
        except OSError:
            continue
        if (folder / _FILES[version][0]).exists():
            yield Group(folder, version)
            return
        folder.rmdir()


def _places() -> Iterator[tuple[int, Path]]:
    """Where a group may be made: in our own, and above all."""
    own = {}
    with suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            own[controllers] = path.lstrip("/")
        for line in Path("/proc/self/mounts").read_text().splitlines():
            _, where, kind, options, *_ = line.split()
            if kind == "cgroup2":
                yield from ((2, place) for place in (Path(where, own.get("", "")), Path(where)))
            elif kind == "cgroup" and "memory" in options.split(","):
                yield from (
                    (1, place) for place in (Path(where, own.get("memory", "")), Path(where))
                )
