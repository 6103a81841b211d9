"""A hand-in's bytes, copied into a folder of its own, one file after the other."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from grader.classroom.intake.handin import HandIn
from grader.classroom.intake.tree import FILE_LIMIT, Item, Tree

__all__ = ["Copied", "copy_files"]

#: Bytes of one hand-in, and of one name in it: file systems take 255.
_LIMIT, _PART_BYTES = 256 << 20, 240
#: Files with one name that are kept.
_TWINS = 100
_TAKEN = "another one has the same name"


class Copied(msgspec.Struct):
    """What was copied.

    Args:
        twins: files that have another's name and got a new one: they are kept, and not read.
        notes: what was remarkable, a sentence each.
        problems: what could not be copied as it is, a sentence each.
    """

    twins: list[str] = []
    notes: list[str] = []
    problems: list[str] = []


def copy_files(tree: Tree, hand_in: HandIn, files: Path) -> Copied:
    """Copy a hand-in's files into a folder, which is made."""
    files.mkdir()
    copied = Copied()
    seen: dict[str, str] = {}
    left = _LIMIT
    for path, item in hand_in.files:
        parts = tuple(_short(part) for part in path or item.parts)
        if not parts or any(part in ("", ".", "..") or "/" in part for part in parts):
            copied.problems.append(f"{item.name}: {item.reason or 'it has no name'}.")
            continue
        name = "/".join(parts)
        most = min(FILE_LIMIT, left)
        size, reason = _copy(tree, item, files.joinpath(*parts), most, copied, name)
        left = max(0, left - size)
        if reason and size > most and most < FILE_LIMIT:
            reason = f"together the files are larger than {_LIMIT >> 20} MiB"
        if reason:
            copied.problems.append(f"{name} was left out: {reason}.")
        twin = seen.setdefault(name.casefold(), name)
        if twin != name:
            copied.notes.append(f"{twin} and {name} differ in case only.")
    return copied


def _copy(
    tree: Tree, item: Item, target: Path, most: int, copied: Copied, name: str
) -> tuple[int, str]:
    """Copy one file, under another name where its own is taken; its size, and why it is not there,
    or "".
    """
    size, reason = tree.copy(item, target, most)
    number = 1
    while reason == _TAKEN and number < _TWINS:
        number += 1
        other = target.with_name(f"{target.stem}~{number}{target.suffix}")
        size, reason = tree.copy(item, other, most)
        if not reason:
            copied.twins.append(f"{name.rpartition('/')[0]}/{other.name}".lstrip("/"))
            copied.problems.append(f"{name} is there more than once: the first one is graded.")
    return size, reason


def _short(part: str) -> str:
    """A name that fits into a folder: what is cut of a long one is told apart by a digest."""
    if len(part.encode("utf-8", "replace")) <= _PART_BYTES:
        return part
    stem, dot, ending = part.rpartition(".")
    ending = dot + ending if stem and len(ending) < 10 else ""
    tail = f"~{hashlib.sha256(part.encode('utf-8', 'replace')).hexdigest()[:8]}{ending}"
    return part[: _PART_BYTES // 4 - len(tail)] + tail
