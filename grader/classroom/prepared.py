"""What is graded of a hand-in: its zips unpacked, its files under the names that they had.

What was handed in stays as it is. Beside it `read/` is made, only where something differs. An LMS
and a browser rename files: `magnitude-1.py`, `magnitude (2).py`, `9f3a_magnitude.py` are all
`magnitude.py`, as long as no other file is.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath

import msgspec

from grader.course.outline import Course
from grader.handin.archive import MANIFEST, Packed, is_archive
from grader.handin.cells.file import NOTEBOOK_LIMIT
from grader.handin.matching import public_names
from grader.handin.names import kind_of, stem, uncopied
from grader.handin.unpacking import DAMAGED, Bounds, entries, open_zip, write

__all__ = ["Names", "Prepared", "prepare"]

#: Bytes that come out of all the zips of a hand-in, and zips within zips.
_TOTAL, _NESTING = 64 << 20, 3
_BOUNDS = Bounds(entries=5000)
_MANIFEST_LIMIT = 8 << 10
_DEFINED = re.compile(rb"(?:^|[\"\n])\s*(?:async\s+def|def|class)\s+([A-Za-z_]\w*)")
_READ = (".py", ".ipynb")
_NAMES_FROM = 1 << 20


class Prepared(msgspec.Struct):
    """What became of a hand-in's files.

    Args:
        units: ids of the units that something in it is for.
        packed: what `grade pack` said in it.
        count: modules and notebooks that can be read.
        notes: what was done, a sentence each.
        problems: what could not be done, a sentence each.
    """

    units: tuple[str, ...] = ()
    packed: Packed | None = None
    count: int = 0
    notes: list[str] = []
    problems: list[str] = []


class Names:
    """The names of a course's exercises, and which unit each function belongs to."""

    def __init__(self, course: Course | None) -> None:
        self.units: dict[str, str] = {}  # exercise -> unit
        self._functions: dict[str, set[str]] = {}
        for exercise in course.exercises if course is not None else ():
            self.units[exercise.id] = exercise.unit
            for name in public_names(course, exercise) if course is not None else ():
                self._functions.setdefault(name, set()).add(exercise.unit)

    def exercise(self, stem: str) -> str:
        """The exercise that a file of this name is for, once what was put before it is gone."""
        plain = stem.casefold()
        ends = (plain[found.end() :] for found in re.finditer("[-_ ]", plain))
        return next((end for end in (plain, *ends) if end in self.units), "")

    def units_of(self, paths: Iterable[Path]) -> tuple[str, ...]:
        """The units that files are for: by their names, else by the functions in them."""
        found: set[str] = set()
        for path in paths:
            if path.stem in self.units:
                found.add(self.units[path.stem])
            else:
                found |= self._by_functions(path)
        order = list(dict.fromkeys(self.units.values()))
        return tuple(sorted(found, key=order.index))

    def _by_functions(self, path: Path) -> set[str]:
        with path.open("rb") as file:
            data = file.read(_NAMES_FROM).replace(rb"\n", b"\n")  # as in a notebook's JSON
        names = {name.decode() for name in _DEFINED.findall(data)}
        shared = [self._functions[name] for name in names if name in self._functions]
        sure = {unit for units in shared if len(units) == 1 for unit in units}
        return sure or {unit for units in shared for unit in units}


def prepare(files: Path, read: Path, names: Names, twins: Iterable[str] = ()) -> Prepared:
    """Make `read`, where what is graded differs from `files`; say what is in it.

    Args:
        twins: files that have another's name, so that they are not read.
    """
    prepared = Prepared()
    left_out = set(twins)
    every = sorted(path for path in files.rglob("*") if path.is_file())
    zips = [path for path in every if path.suffix.lower() == ".zip"]
    kept = [p for p in every if p not in zips and p.relative_to(files).as_posix() not in left_out]
    renamed = _renamed(kept, names, prepared)
    if zips or left_out or renamed:
        for path in kept:
            _copy(path, read / renamed.get(path, path).relative_to(files))
        for path in zips:
            inside = read / path.relative_to(files).with_suffix("")
            _unpack(path, read if len(every) == 1 else inside, prepared)
        read.mkdir(parents=True, exist_ok=True)
        for path, name in _renamed(
            _modules(read), names, Prepared() if renamed else prepared
        ).items():
            path.rename(name)
            renamed[path] = name
    for path, name in renamed.items():
        prepared.notes.append(f"{path.name} was read as {name.name}.")
    place = read if read.is_dir() else files
    for path in every:
        if is_archive(path.name) and path.suffix.lower() != ".zip":
            prepared.problems.append(
                f"{path.name} is an archive of a kind that is not read; a zip is."
            )
    modules = _modules(place)
    for path in modules:
        if not path.stat().st_size and (path.stem in names.units or len(modules) == 1):
            prepared.problems.append(f"{path.name} is empty.")
    prepared.count = len(modules)
    prepared.units = names.units_of(modules)
    prepared.packed = _manifest(place)
    return prepared


def _modules(folder: Path) -> list[Path]:
    paths = folder.rglob("*") if folder.is_dir() else ()
    found = (p for p in paths if p.suffix in _READ and p.is_file() and not p.is_symlink())
    return sorted(path for path in found if "__MACOSX" not in path.parts)


def _renamed(paths: Iterable[Path], names: Names, prepared: Prepared) -> dict[Path, Path]:
    """Each file that an LMS or a browser renamed, and where it belongs, if that is free."""
    every = dict.fromkeys(paths)
    taken = {(path.parent, path.name.casefold()) for path in every}
    wanted: dict[Path, list[Path]] = {}
    for path in every:
        name = _original(path, names)
        if not name or path.with_name(name) in every:
            continue
        is_own = name.casefold() == path.name.casefold()
        if is_own or (path.parent, name.casefold()) not in taken:
            wanted.setdefault(path.with_name(name), []).append(path)
    for target, sources in wanted.items():
        if len(sources) > 1:
            both = " and ".join(source.name for source in sources)
            prepared.problems.append(f"{both} may both be {target.name}.")
    return {sources[0]: target for target, sources in wanted.items() if len(sources) == 1}


def _original(path: Path, names: Names) -> str:
    """The name that a file had before it was renamed, or ""."""
    kind = kind_of(path.name)
    if not kind or path.name in (f"{name}.py" for name in names.units):
        return ""
    whole, plain = stem(path.name), uncopied(path.name)
    exercise = names.exercise(plain) if kind == "py" else ""
    was_renamed = not whole.isidentifier() and plain.isidentifier()
    name = f"{exercise or (plain if was_renamed else whole)}.{kind}"
    return name if name != path.name else ""


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)


def _unpack(path: Path, place: Path, prepared: Prepared) -> None:
    """Unpack a zip, and the zips in it, within the bounds of one hand-in."""
    waiting, left = [(path, place, path.name, 1)], _TOTAL
    inner: list[Path] = []
    while waiting:
        source, into, name, depth = waiting.pop(0)
        try:
            with source.open("rb") as file, open_zip(file, _BOUNDS) as archive:
                if len(archive.infolist()) > _BOUNDS.entries:
                    prepared.problems.append(
                        f"Only the first {_BOUNDS.entries:,} entries of {name} were unpacked."
                    )
                for entry in entries(archive, _BOUNDS):
                    if "__MACOSX" in entry.parts:
                        continue
                    reason, size = entry.reason, 0
                    target = into.joinpath(*entry.parts)
                    if not reason:
                        most = min(left, NOTEBOOK_LIMIT)
                        size, reason = write(archive, entry.info, target, most, _BOUNDS)
                        left -= size
                    if reason:
                        prepared.problems.append(f"{entry.name} in {name} was left out: {reason}.")
                    elif target.suffix.lower() == ".zip":
                        inner.append(target)
                        if depth < _NESTING:
                            inside = f"{entry.name} in {name}"
                            waiting.append((target, target.with_suffix(""), inside, depth + 1))
                        else:
                            prepared.problems.append(
                                f"{entry.name} in {name} was left out: zips lie in zips, "
                                f"{_NESTING} deep."
                            )
        except DAMAGED as error:
            why = str(error).strip() or "it is damaged"
            prepared.problems.append(f"{name} cannot be unpacked: {why}.")
    for target in inner:
        target.unlink()


def _manifest(place: Path) -> Packed | None:
    """What `grade pack` said, wherever in it the archive was unpacked."""
    for path in sorted(place.rglob(MANIFEST), key=lambda p: len(PurePosixPath(p).parts))[:3]:
        with suppress(OSError, msgspec.MsgspecError):
            if path.stat().st_size <= _MANIFEST_LIMIT:
                return msgspec.json.decode(path.read_bytes(), type=Packed)
    return None
