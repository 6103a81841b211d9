"""`grade nbgrader build`: a course folder of nbgrader's, ready for `generate_assignment`.

    OUT/nbgrader_config.py          one call of `grader.nbgrader.configure`
    OUT/source/UNIT/UNIT.ipynb      the unit's notebook, solutions included
    OUT/source/UNIT/...             the handout of that unit, which `check()` needs

What was written is listed with its digests in OUT/.wxb-nbgrader.json. A later build replaces only
files that are still as an earlier one left them; everything else in OUT is the instructor's.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from grader.authoring.release import refuse_inside, write_course
from grader.classroom.written import replace_file
from grader.course.digest import decisive_files
from grader.course.outline import Course, Unit
from grader.errors import CourseError, Fault, UsageError
from grader.platforms.nbgrader.notebook import unit_notebook

__all__ = ["Built", "build"]

_CONFIG = "nbgrader_config.py"
_LISTING = ".wxb-nbgrader.json"
_TEXT = """\
from grader.nbgrader import configure

c = get_config()  # noqa: F821

configure(
    c,
    course={course},  # the whole course: suites, solutions, due dates
    course_id={course_id},  # its name in the exchange
    late="wxb",  # what course.yaml takes for lateness; "nbgrader": as nbgrader is told
)
"""


class Built(msgspec.Struct, frozen=True):
    """What a build came to; paths inside OUT, with `/`.

    Args:
        written: files that are new or have changed.
        kept: files that are not as an earlier build left them, and stay as they are.
        units: the units that were built.
    """

    written: tuple[str, ...]
    kept: tuple[str, ...]
    units: tuple[str, ...]


class _Listing(msgspec.Struct):
    """Which files earlier builds wrote: path -> SHA-256."""

    files: dict[str, str] = {}
    format: Literal[1] = 1


def build(course: Course, out: Path, units: Iterable[str] = ()) -> Built:
    """Write an nbgrader course, or bring an earlier one up to date.

    Args:
        out: a new folder, or one with an nbgrader course in it.
        units: ids; all by default.

    Raises:
        UsageError: there is no such unit, or the folder is one of the course's own.
        CourseError: a solution or lesson cannot be read, or no cell can be made of it.
    """
    out = out.resolve()
    refuse_inside(course, out)
    wanted = _units(course, tuple(units))
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".wxb-", dir=out) as place:
        fresh = Path(place)
        for unit in wanted:
            _write_unit(course, unit, fresh / "source" / unit.id)
        config = _TEXT.format(
            course=json.dumps(str(course.file()), ensure_ascii=False),
            course_id=json.dumps(_slug(course.title)),
        )
        (fresh / _CONFIG).write_text(config, "utf-8")
        return _lay(fresh, out, tuple(unit.id for unit in wanted))


def _units(course: Course, names: tuple[str, ...]) -> tuple[Unit, ...]:
    for name in names:
        if course.unit(name) is None:
            known = ", ".join(unit.id for unit in course.units)
            raise UsageError(f"{course.title} has no unit {name}; there are {known}.")
    return tuple(unit for unit in course.units if not names or unit.id in names)


def _write_unit(course: Course, unit: Unit, folder: Path) -> None:
    """One assignment: the unit's handout, and its notebook on top."""
    try:
        write_course(course, folder, unit)
    except SyntaxError as error:
        raise CourseError([Fault(Path(unit.id), error.lineno or 0, error.msg)]) from None
    for exercise in unit.exercises:
        for path in decisive_files(course, exercise):
            inside = path.relative_to(course.root)
            if inside.parts[0] == "data":
                (folder / inside).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, folder / inside)
    # The lesson is in the notebook; what it shows stays.
    (folder / course.lesson(unit).relative_to(course.root)).unlink(missing_ok=True)
    text = unit_notebook(course, unit, lambda name: (folder / name).is_file())
    (folder / f"{unit.id}.ipynb").write_text(text, "utf-8")


def _slug(title: str) -> str:
    """A name for the exchange: nbgrader makes folders of it."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "course"


def _lay(fresh: Path, out: Path, units: tuple[str, ...]) -> Built:
    """Put a fresh build over what is there."""
    listed = _listed(out)
    written: list[str] = []
    kept: list[str] = []
    names = sorted(p.relative_to(fresh).as_posix() for p in fresh.rglob("*") if p.is_file())
    now = dict(listed)
    for name in names:
        data, path = (fresh / name).read_bytes(), out / name
        there, digest = _digest(path), hashlib.sha256(data).hexdigest()
        if there not in (None, digest, listed.get(name)):
            kept.append(name)
            continue
        if there != digest:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, data, many=True, has_marks=False)
            written.append(name)
        now[name] = digest
    for name in set(listed) - set(names):
        if name.startswith(tuple(f"source/{unit}/" for unit in units)):
            del now[name]
            if _digest(out / name) == listed[name]:
                (out / name).unlink()
                with suppress(OSError):  # other files are in it
                    (out / name).parent.rmdir()
    listing = msgspec.json.format(msgspec.json.encode(_Listing(now)), indent=1)
    replace_file(out / _LISTING, listing + b"\n", has_marks=False)
    return Built(tuple(written), tuple(kept), units)


def _digest(path: Path) -> str | None:
    """SHA-256 of a file; None where there is none."""
    if not path.exists() and not path.is_symlink():
        return None
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "something else"


def _listed(out: Path) -> dict[str, str]:
    try:
        found = msgspec.json.decode((out / _LISTING).read_bytes(), type=_Listing).files
    except (OSError, msgspec.MsgspecError):
        return {}
    return {name: digest for name, digest in found.items() if _is_inside(name)}


def _is_inside(name: str) -> bool:
    return not name.startswith("/") and ".." not in name.split("/") and "\\" not in name
