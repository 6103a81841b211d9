"""What of a submission the verdict on an exercise depends on, and digests of it.

That is the exercise's own module, the modules of the submission that it imports, and what those
import, by name, as the worker finds them (`grader.sandbox.worker.modules`): their texts, in which a
notebook's cells have their places, and the names of their files, which people are shown. A text
whose imports cannot be read from it (`importlib`, `exec`, …) may use any module there is.

Data files that the text of one of these modules names are part of it, bit for bit
(`grader.handin.beside`): the worker gets these, and no others.

Line ends, a byte order mark and blank lines at the end are not part of it; nor are the folders
that a student keeps the files in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

import msgspec

from grader.course.imports import Imports, imports_of
from grader.handin.beside import seen_from
from grader.handin.matching import Matched
from grader.handin.text import plain_ends

__all__ = ["files_of", "source_digests", "used_modules"]


def source_digests(matched: Matched) -> dict[str, str]:
    """Exercise -> SHA-256 of the sources that its verdict depends on.

    An exercise that nothing was handed in for has a digest, too: the same in every submission.
    """
    imports = _Read(matched.modules)
    parts: dict[str, tuple[str, str, str]] = {}
    digests: dict[str, str] = {}
    for exercise in matched.exercises:
        used = _used(exercise, imports)
        parts.update({name: _part(matched, name) for name in used if name not in parts})
        terms: tuple[object, ...] = exercise, [parts[name] for name in used]
        seen = _seen(matched, exercise, used)
        if seen:
            terms += ([(name, _data(matched, path)) for name, path in sorted(seen.items())],)
        digests[exercise] = hashlib.sha256(msgspec.json.encode(terms)).hexdigest()
    return digests


def files_of(matched: Matched) -> dict[str, dict[str, str]]:
    """Exercise -> the data files that its modules may open, as they see them -> their paths."""
    if not matched.data:
        return {}
    imports = _Read(matched.modules)
    found = {e: _seen(matched, e, _used(e, imports)) for e in matched.exercises}
    return {exercise: seen for exercise, seen in found.items() if seen}


def _seen(matched: Matched, exercise: str, used: list[str]) -> dict[str, str]:
    path = matched.files.get(exercise, f"{exercise}.py")
    return dict(seen_from(path, matched.data, (matched.modules[name] for name in used)))


def _data(matched: Matched, path: str) -> str:
    return hashlib.sha256(matched.data[path]).hexdigest()


def used_modules(matched: Matched, exercises: Iterable[str]) -> set[str]:
    """The modules of a submission that the verdicts on some exercises depend on."""
    imports = _Read(matched.modules)
    return {name for exercise in exercises for name in _used(exercise, imports)}


class _Read(dict[str, Imports]):
    """Module -> what it imports, read when it is asked for: one exercise needs few of them."""

    def __init__(self, modules: Mapping[str, str]) -> None:
        super().__init__()
        self.modules = modules

    def __missing__(self, name: str) -> Imports:
        self[name] = imports_of(self.modules[name])
        return self[name]


def _used(exercise: str, imports: _Read) -> list[str]:
    """The modules that an exercise's verdict depends on, in alphabetical order."""
    if exercise not in imports.modules:
        return []
    by_top: dict[str, set[str]] = {}
    for name in imports.modules:
        by_top.setdefault(name.partition(".")[0], set()).add(name)
    used, todo = {exercise}, [exercise]
    while todo:
        read = imports[todo.pop()]
        if read.dynamic:
            return sorted(imports.modules)
        # Who imports something of a folder may use all of it: `__init__.py` may import the rest.
        tops = {name.partition(".")[0] for name in read.names}
        new = {name for top in tops for name in by_top.get(top, ())} - used
        used |= new
        todo += new
    return sorted(used)


def _part(matched: Matched, module: str) -> tuple[str, str, str]:
    file = PurePosixPath(matched.files.get(module, f"{module}.py")).name
    return module, file, hashlib.sha256(plain_ends(matched.modules[module]).encode()).hexdigest()
