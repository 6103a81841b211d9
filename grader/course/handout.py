"""A handout as a folder that somebody works in: its stubs as they were, and a newer one laid over.

A release writes down which files are its own (`guide/handout.json`), and keeps each stub a second
time (`guide/UNIT/EXERCISE.stub`). So it can be told what a student has written, and nothing of
that is ever overwritten or taken away.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from grader.course.outline import Course, Exercise
from grader.course.stubs import is_unfilled, stub
from grader.course.text import plain_lines, read_draft, read_source
from grader.errors import UsageError

__all__ = ["Laid", "is_handout", "lay_over", "original", "save_aside", "write_listing"]

_LISTING = "guide/handout.json"
#: Folders of a handout whose files are the release's alone, listed or not.
_OURS = ("data", "guide", "wheels")


class Laid(msgspec.Struct, frozen=True):
    """What laying a newer handout over an older one came to; paths inside it, with `/`.

    Args:
        kept: modules that a student has written in: they stay as they are.
        saved: other files that were changed, and where they are now.
    """

    kept: tuple[str, ...] = ()
    saved: tuple[tuple[str, str], ...] = ()


class _Listing(msgspec.Struct):
    """Which files a release wrote: path -> SHA-256."""

    files: dict[str, str] = {}
    format: Literal[1] = 1


def is_handout(folder: Path) -> bool:
    """Whether a folder holds a handout."""
    try:
        return "handout: true" in (folder / "course.yaml").read_text("utf-8")
    except (OSError, UnicodeError):
        return False


def original(course: Course, exercise: Exercise) -> str:
    """An exercise's stub as students first get it.

    Raises:
        UsageError: it is a handout of an older version, which keeps no stubs.
        CourseError: the solution cannot be read.
    """
    if not course.handout:
        return stub(read_source(course.solution(exercise), course.root))
    try:
        return plain_lines(course.original(exercise).read_text("utf-8"))
    except (OSError, UnicodeError):
        raise UsageError(
            f"This handout does not hold the stub of {exercise.id} a second time. "
            "Take it from a fresh copy of the handout."
        ) from None


def save_aside(root: Path, path: Path) -> Path:
    """Copy a file of a student's work to `saved/`, under a name that is free; where it is then.

    Raises:
        OSError: it cannot be kept; nothing has changed.
    """
    data = path.read_bytes()
    inside = path.relative_to(root)
    inside = inside.relative_to("exercises") if inside.parts[0] == "exercises" else inside
    folder = root / "saved" / inside.parent
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        copy = folder / f"{path.stem}_{number}{path.suffix}"
        with suppress(FileExistsError):
            with copy.open("xb") as file:
                try:
                    file.write(data)
                    file.flush()
                except OSError:
                    copy.unlink()
                    raise
            return copy
        number += 1


def write_listing(folder: Path) -> None:
    """Write down which files a fresh handout has."""
    files = {name: _digest(folder / name) for name in _files(folder) if name != _LISTING}
    data = msgspec.json.format(msgspec.json.encode(_Listing(files)), indent=1)
    (folder / _LISTING).write_bytes(data + b"\n")


def lay_over(new: Path, old: Path) -> Laid:
    """Make an older handout a newer one, in the same folder.

    A module in exercises/ that somebody has written in stays; any other file of the release that
    was changed is saved aside first. Files that no release wrote are left alone.

    Args:
        new: a fresh handout, in a folder of its own.
        old: where one lies already, or nothing at all.

    Raises:
        OSError: a file cannot be written.
    """
    listed = _listing(old)
    kept: list[str] = []
    saved: list[tuple[str, str]] = []
    fresh = _files(new)
    for name in fresh:
        path = old / name
        if path.is_file() and _is_work(name, path, listed, (new / name).read_bytes()):
            if name.startswith("exercises/") and path.suffix == ".py":
                kept.append(name)
                continue
            aside = save_aside(old, path)
            saved.append((name, aside.relative_to(old).as_posix()))
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.tmp")
        part.write_bytes((new / name).read_bytes())
        part.replace(path)
    gone = set(listed) | {name for tree in _OURS for name in _files(old / tree, f"{tree}/")}
    for name in gone - set(fresh):
        path = old / name
        if name not in listed or (path.is_file() and _digest(path) == listed[name]):
            path.unlink(missing_ok=True)
            with suppress(OSError):  # other files are in it
                path.parent.rmdir()
    return Laid(tuple(kept), tuple(saved))


def _is_work(name: str, path: Path, listed: dict[str, str], fresh: bytes) -> bool:
    """Whether a file that the new handout has, too, was written in by somebody."""
    data = path.read_bytes()
    if data == fresh or name.split("/")[0] in _OURS:
        return False
    if name in listed:
        return hashlib.sha256(_plain(data)).hexdigest() != listed[name]
    if name.startswith("exercises/") and path.suffix == ".py":
        return not is_unfilled(read_draft(path))
    return False  # a handout of an older version: only modules can be told apart


def _listing(folder: Path) -> dict[str, str]:
    try:
        found = msgspec.json.decode((folder / _LISTING).read_bytes(), type=_Listing).files
    except (OSError, msgspec.MsgspecError):
        return {}
    return {name: digest for name, digest in found.items() if _is_inside(name)}


def _is_inside(name: str) -> bool:
    return not name.startswith("/") and ".." not in name.split("/") and "\\" not in name


def _files(folder: Path, before: str = "") -> list[str]:
    return sorted(
        before + path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )


def _digest(path: Path) -> str:
    return hashlib.sha256(_plain(path.read_bytes())).hexdigest()


def _plain(data: bytes) -> bytes:
    """Line ends may have been changed on the way, e.g. by Git."""
    return data.replace(b"\r\n", b"\n")
