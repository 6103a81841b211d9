"""The modules of a submission by the names that they are imported by.

A file `helpers.py` is `helpers`, in whatever folder it lies. Where a module imports from a folder
(`from mylib.lengths import *`), its files are `mylib` and `mylib.lengths`, too, whether or not it
has an `__init__.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from grader.course.imports import imports_of
from grader.handin.names import stem

__all__ = ["package_modules"]


def package_modules(sources: Mapping[str, str], known: Iterable[str]) -> dict[str, str]:
    """Dotted module name -> path, for the files in folders that something imports from.

    Args:
        sources: path -> text.
        known: modules that are no folders.
    """
    folders: dict[str, list[str]] = {}
    for path in sources:
        for part in PurePosixPath(path).parts[:-1]:
            if part.isidentifier():
                folders.setdefault(part, []).append(path)
    if not folders:
        return {}
    used = {n.partition(".")[0] for text in sources.values() for n in imports_of(text).names}
    found: dict[str, str] = {}
    for name in sorted(folders.keys() & used - set(known)):
        for path in sorted(folders[name], key=lambda p: (p.count("/"), p)):
            parts = PurePosixPath(path).parts
            inside = [*parts[parts.index(name) : -1], stem(path)]
            if inside[-1] == "__init__":
                inside.pop()
            if all(part.isidentifier() for part in inside):
                found.setdefault(".".join(inside), path)
    return found
