"""Zips that `grade pack` made, one a student: a single one, or a folder of them.

Whose it is stands in the file's name alone: `jdoe.zip`; `handin.zip` tells nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from grader.classroom.intake.handin import HandIn, Identity, Known
from grader.classroom.intake.tree import Item, Tree
from grader.handin.archive import MANIFEST
from grader.handin.unpacking import DAMAGED, Bounds, entries, open_zip

__all__ = ["SOURCE", "hand_ins", "holds_pack", "owner_of", "recognises"]

SOURCE = "pack"
_BOUNDS = Bounds(entries=5000)
#: What `grade pack` calls its file: it may stand before or behind a student's name.
_OWN = r"(?:^|[-_ ])handin(?:_(?:%s))?(?=[-_ (]|$)"
#: A unit's id, where no course tells them.
_UNIT = r"\d\d_\w+"
_COPY = re.compile(r"[-_ ]?\(\d+\)$|-\d+$")


def recognises(tree: Tree, known: Known) -> bool:
    """Whether it is such a zip, or a folder with nothing but such zips."""
    if not tree.is_folder:
        return _is_packed(tree.items)
    here = [item for item in tree.items if len(item.parts) == 1]
    return bool(here) and len(here) == len(tree.items) and all(map(holds_pack, here))


def hand_ins(tree: Tree, known: Known) -> Iterator[HandIn]:
    """Each zip, by the name of its file."""
    for item in tree.items if tree.is_folder else [tree.whole()]:
        stem = item.parts[-1].rpartition(".")[0]
        owner = owner_of(stem, known.units)
        yield HandIn(
            SOURCE,
            tree.origin(item.name) if tree.is_folder else tree.name,
            (Identity(owner, word=owner),) if owner else (),
            [(item.parts[-1:], item)],
        )


def owner_of(stem: str, units: Collection[str] = ()) -> str:
    """The student's name in a packed file's: `jdoe_handin_01_vectors` is jdoe's.

    Args:
        units: ids of the course's units, where there is a course.
    """
    own = _OWN % ("|".join(map(re.escape, units)) or _UNIT)
    return re.sub(own, "", _COPY.sub("", stem), flags=re.IGNORECASE).strip(" -_")


def holds_pack(item: Item) -> bool:
    """Whether a file of a folder is a zip that `grade pack` made."""
    if item.reason or not isinstance(item.handle, str) or not item.name.lower().endswith(".zip"):
        return False
    try:
        with open(item.handle, "rb") as file, open_zip(file, _BOUNDS) as archive:
            return _is_packed(
                [Item(e.parts, e.name, e.info, e.reason) for e in entries(archive, _BOUNDS)]
            )
    except (*DAMAGED, OSError):
        return False


def _is_packed(items: list[Item]) -> bool:
    return any(item.parts[-1:] == (MANIFEST,) and len(item.parts) <= 2 for item in items)
