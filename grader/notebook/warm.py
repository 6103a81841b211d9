"""Graders that stay: one for each course, made anew when a file of the course has changed.

They end with the kernel. A kernel that is killed cannot end them, but they see that it is gone.
"""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from grader.course.libraries import names_torch
from grader.course.outline import Course
from grader.course.reading.load import find
from grader.errors import WxbError
from grader.grading.engine import Grader
from grader.report.model import Isolation
from grader.sandbox.processes.caller import Base

__all__ = ["begin", "close", "grader"]

#: Folders of a course whose files decide what is graded and how.
_TREES = ("tests/hidden", "solutions", "misconceptions", "guide")

Stamp = dict[str, tuple[int, int]]


class _Kept(msgspec.Struct):
    grader: Grader
    stamp: Stamp


class _Asked(msgspec.Struct, frozen=True):
    """What graders differ in, beside what lies in their course."""

    file: Path
    isolation: Isolation | None
    protected: tuple[Path, ...]
    torch: bool


_kept: dict[_Asked, _Kept] = {}
_spare: list[Base] = []
_lock = threading.Lock()


def grader(
    course: str | Path | None = None,
    isolation: Isolation | None = None,
    protected: tuple[Path, ...] = (),
    torch: bool = True,
) -> Grader:
    """The grader of a course, started at the first submission.

    Args:
        course: a course.yaml or its folder; by default the nearest one upward from here.
        isolation, protected, torch: as `Grader` takes them.

    Raises:
        UsageError: there is none.
        CourseError: it has faults.
    """
    path = Path(course) if course is not None else find(Path.cwd())
    file = (path / "course.yaml" if path.is_dir() else path).resolve()
    with _lock:
        stamp = dict(_stamp(file))
        asked = _Asked(file, isolation, protected, torch)
        kept = _kept.get(asked)
        if kept is not None and kept.stamp == stamp:
            return kept.grader
        if kept is not None:
            del _kept[asked]
            kept.grader.close()
        taught = Course.load(file)
        base = _spare.pop() if torch and _spare else None
        made = Grader(taught, isolation=isolation, protected=protected, torch=torch, base=base)
        _kept[asked] = _Kept(made, stamp)
        return made


def close() -> None:
    """End all graders; the next check starts anew."""
    with _lock:
        while _kept:
            _kept.popitem()[1].grader.close()
        while _spare:
            _spare.pop().close()


def begin() -> None:
    """Start to load the slow libraries, in a process of their own: the first check is then fast."""
    with _lock, suppress(OSError):
        if not _spare and not _kept:
            _spare.append(Base(torch=_is_torch_needed() or None))


def _is_torch_needed() -> bool:
    """Whether the course around this folder is about PyTorch; where there is none, it may be."""
    try:
        return names_torch(find(Path.cwd()).parent)
    except WxbError:
        return True


def _stamp(file: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """(path, (time of writing, size)) of everything that the grader was made from."""
    for path in (file, *(p for tree in _TREES for p in (file.parent / tree).rglob("*.*"))):
        with suppress(OSError):
            found = path.stat()
            yield str(path), (found.st_mtime_ns, found.st_size)


def _forget() -> None:
    """In a forked child: the processes are the parent's, and so is whoever holds the lock."""
    global _lock
    _kept.clear()
    _spare.clear()
    _lock = threading.Lock()


atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
