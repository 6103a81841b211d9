"""The file that remembers what a student has reached: `.wxb/progress.json` beside course.yaml.

Where that folder cannot be written, it is kept below `~/.local/state/wxb` (`XDG_STATE_HOME`). It is
safe to delete, and a broken or unreadable one remembers nothing.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Literal

import msgspec

from grader.course.text import read_regular
from grader.report.model import Outcome

__all__ = ["PROGRESS", "File", "Met", "Record", "places", "read", "write"]

#: The file's name.
PROGRESS = "progress.json"
#: Visualizer -> ids of its challenges, in the order in which they were met.
Met = dict[str, tuple[str, ...]]


class Record(msgspec.Struct, frozen=True):
    """What is remembered of one exercise.

    Args:
        source: digest of the module's text when it was graded last.
        outcome, earned, possible: what it came to then.
        untried: why some of its tests could not be run then, or "".
        opened: the kinds of hints that were opened.
        given_up: the solution was shown before the exercise had passed.
        named: the hint of the wrong idea that was recognised then, or "".
        failure: digest of the first failure; `repeats` counts how often it came back.
    """

    source: str = ""
    outcome: Outcome = "not_attempted"
    earned: Decimal = Decimal(0)
    possible: Decimal = Decimal(0)
    untried: str = ""
    opened: tuple[str, ...] = ()
    given_up: bool = False
    named: str = ""
    failure: str = ""
    repeats: int = 0


class File(msgspec.Struct):
    """`met`: unit -> the challenges of its lesson's visualizers that were met."""

    format: Literal[1] = 1
    exercises: dict[str, Record] = {}
    met: dict[str, Met] = {}


def places(root: str) -> tuple[Path, Path]:
    """Where the file of a course may lie: beside it, or else with the user."""
    return Path(root) / ".wxb" / PROGRESS, _elsewhere(root)


def _elsewhere(root: str) -> Path:
    """Where progress is kept if the course's folder cannot be written."""
    state = os.environ.get("XDG_STATE_HOME", "")
    home = Path(state) if os.path.isabs(state) else Path(os.path.expanduser("~/.local/state"))
    return home / "wxb" / hashlib.sha256(os.fsencode(root)).hexdigest()[:32] / PROGRESS


def read(paths: Sequence[Path]) -> File:
    """What the newest of some files remembers; a broken or unreadable one remembers nothing."""
    found = []
    for path in paths:
        with suppress(OSError, msgspec.MsgspecError):
            file = msgspec.json.decode(read_regular(path), type=File)
            found.append((path.stat().st_mtime_ns, file))
    return max(found, key=lambda each: each[0])[1] if found else File()


def write(path: Path, data: bytes) -> bool:
    """Write a file, whole or not at all; whether it could be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A name that nobody can have put a pipe or a link under.
        fd, new = tempfile.mkstemp(".tmp", "progress.", path.parent)
        try:
            with open(fd, "wb") as file:
                file.write(data)
            os.replace(new, path)
        finally:
            Path(new).unlink(missing_ok=True)
    except OSError:
        return False
    return True
