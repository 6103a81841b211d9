"""Plain folders and files, or a zip of them: one folder, zip, module or notebook a student.

class/jdoe/magnitude.py, class/roe.zip, class/Ann Lee.ipynb        a class
jdoe/magnitude.py, jdoe/exercises/01_vectors/…                     one student
class/jdoe_magnitude.py, class/roe_magnitude.py                    one module a student
download/hw1/jdoe/magnitude.py, download/hw1/roe/magnitude.py      a class, wrapped in folders
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from grader.classroom.intake.handin import HandIn, Identity, Known
from grader.classroom.intake.pack import owner_of
from grader.classroom.intake.tree import Item, Tree

__all__ = ["SOURCE", "hand_ins", "is_list", "recognises"]

SOURCE = "folder"
#: What lies beside a class's hand-ins: rosters, grades, notes of who marks it.
_LISTS = frozenset(
    {".csv", ".tsv", ".xlsx", ".ods", ".md", ".rst", ".log", ".yml", ".yaml", ".toml"}
)
#: Systems whose ids a folder may be called by.
_IDS = ("student", "login", "hub", "sis", "canvas", "email", "github")
#: Folders of the work itself, which are nobody's name.
_WORK = frozenset({"exercises", "src", "work", "submission", "files"})


def recognises(tree: Tree, known: Known) -> bool:
    """Whatever nothing else recognises."""
    return True


def hand_ins(tree: Tree, known: Known) -> Iterator[HandIn]:
    """One hand-in for each student's folder or file."""
    items = [item for item in tree.items if item.parts]
    for item in tree.items:
        if not item.parts:
            yield HandIn(SOURCE, tree.origin(item.name), (), [((), item)])
    if not tree.is_folder and tree.path.suffix.lower() != ".zip":
        yield _of(tree, _owner(tree.path.stem, known), tree.name, [(items[0].parts, items[0])])
        return
    base = _wrapped(items, known, 3 if tree.is_folder else 2)
    if _is_one(items, base, known):
        name = tree.name if tree.is_folder else tree.path.stem
        whole = items if tree.is_folder else [tree.whole()]
        owner = base[-1] if base else _owner(name, known)
        yield _of(tree, owner, "", [(item.parts, item) for item in whole])
        return
    found: dict[str, list[tuple[tuple[str, ...], Item]]] = {}
    for item in items:
        inside = item.parts[len(base) :]
        if len(inside) == 1 and is_list(inside[0]):
            note = f"{tree.origin(item.name)} is a list or a note, and was left out."
            yield HandIn(SOURCE, tree.origin(item.name), (), [], notes=[note])
        elif len(inside) > 1:
            found.setdefault(inside[0], []).append((inside[1:], item))
        else:
            stem = PurePosixPath(inside[0]).stem
            found.setdefault(_owner(stem, known), []).append((inside, item))
    for owner, files in found.items():
        yield _of(tree, owner, "/".join((*base, owner)), files)


def is_list(name: str) -> bool:
    """Whether a file beside hand-ins is none itself, by its ending."""
    return PurePosixPath(name).suffix.lower() in _LISTS


def _of(tree: Tree, owner: str, origin: str, files: list[tuple[tuple[str, ...], Item]]) -> HandIn:
    who = (Identity(owner, word=owner),) if owner else ()
    return HandIn(SOURCE, tree.origin(origin), who, files, team=owner)


def _owner(stem: str, known: Known) -> str:
    """Whose a file is by its name: `jdoe`, `jdoe_magnitude`, `jdoe_handin`; "" for `magnitude`."""
    if stem in known.exercises or stem in known.units:
        return ""
    ends = [
        e for e in (*known.exercises, *known.units) if re.search(rf"[-_ ]{re.escape(e)}$", stem)
    ]
    name = stem[: -len(max(ends, key=len))].strip(" -_") if ends else stem
    return owner_of(name, known.units)


def _wrapped(items: list[Item], known: Known, depth: int) -> tuple[str, ...]:
    """The one folder that everything lies in, as a zip of a folder has it.

    Args:
        depth: parts that each path has at least; of a folder of students one may be the only one.
    """
    tops = {item.parts[0] for item in items}
    if len(tops) == 1 and all(len(item.parts) >= depth for item in items):
        top = next(iter(tops))
        return () if top in _WORK or top in known.units else _deeper(items, (top,), known)
    return _deeper(items, (), known)


def _deeper(items: list[Item], base: tuple[str, ...], known: Known) -> tuple[str, ...]:
    """The base, or a folder further in: where several folders in the only one have files of the
    same names, they are students', unless the roster knows that one as a student.
    """
    level = len(base)
    tops = {item.parts[level] for item in items if len(item.parts) > level}
    if len(tops) != 1 or not all(len(item.parts) > level + 2 for item in items):
        return base
    top = next(iter(tops))
    is_somebody = any(known.has(system, top) for system in _IDS)
    if top in _WORK or top in known.units or is_somebody:
        return base
    folders: dict[str, set[tuple[str, ...]]] = {}
    for item in items:
        folders.setdefault(item.parts[level + 1], set()).add(item.parts[level + 2 :])
    of_work = any(name in _WORK or name in known.units for name in folders)
    files = [file for inside in folders.values() for file in inside]
    if len(folders) > 1 and not of_work and len(set(files)) < len(files):
        return (*base, top)
    return _deeper(items, (*base, top), known) if len(folders) == 1 else base


def _is_one(items: list[Item], base: tuple[str, ...], known: Known) -> bool:
    """Whether the files are one student's: exercises, units or `exercises/` lie at the top."""
    for item in items:
        top = item.parts[len(base)]
        is_file = len(item.parts) == len(base) + 1
        if is_file and PurePosixPath(top).stem in known.exercises:
            return True
        if not is_file and (top in known.units or top in _WORK):
            return True
    return False
