"""The zip that Gradescope builds an autograder from.

    setup.sh  run_autograder                       what Gradescope runs (autograder_samples, specs)
    requirements.txt  constraints.txt  wheels/     what setup.sh installs, wxb's own wheel included
    course/                                        the units, with hidden tests and solutions
    handout/                                       the same as students have it, for its examples
    wxb.json                                       what is graded

The same course makes the same bytes.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path

import msgspec

from grader.authoring.release import release
from grader.classroom.exports.export import Clock
from grader.classroom.written import replacing
from grader.course.libraries import names_torch
from grader.course.outline import Course
from grader.errors import UsageError
from grader.platforms.bundle import copy_part, write_requirements
from grader.platforms.gradescope.settings import NAME, Settings
from grader.platforms.reports.gradescope import Visibility

__all__ = ["Built", "build"]

#: Earliest time a zip can carry.
_TIME = (1980, 1, 1, 0, 0, 0)
_SCRIPTS = ("setup.sh", "run_autograder")


class Built(msgspec.Struct, frozen=True):
    """What came of it."""

    settings: Settings
    files: int
    size: int


def build(
    course: Course,
    out: Path,
    exercises: tuple[str, ...],
    *,
    torch: bool | None = None,
    late: Clock = "lms",
    show: Visibility = "after_due_date",
    index: str = "",
) -> Built:
    """Write the zip.

    Args:
        exercises: ids; empty: all.
        torch: whether PyTorch is installed there; None: where the exercises need it.
        show: from when on students see the hidden tests.
        index: a further package index for pip.

    Raises:
        UsageError: something else is there, or the course is a handout, or shows what is hidden.
    """
    _refuse_others(out)
    ids = exercises or tuple(e.id for e in course.exercises)
    with tempfile.TemporaryDirectory(prefix="wxb-") as place:
        folder = Path(place)
        part = copy_part(course, folder / "course", ids)
        handed = release(part, folder / "handout")
        if handed.leaks:
            raise UsageError(
                f"The handout would show what is hidden: {handed.leaks[0]}. `grade release` tells "
                "all such places."
            )
        shutil.rmtree(folder / "handout" / "wheels")  # it is the one in wheels/
        settings = Settings(
            course=course.title,
            exercises=tuple(e.id for e in part.exercises),
            torch=names_torch(part.root) if torch is None else torch,
            late=late,
            show=show,
        )
        write_requirements(folder, torch=settings.torch, index=index)
        (folder / NAME).write_bytes(msgspec.json.format(msgspec.json.encode(settings)) + b"\n")
        for name in _SCRIPTS:
            (folder / name).write_bytes((Path(__file__).parent / name).read_bytes())
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        with replacing(out) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in files:
                name = path.relative_to(folder).as_posix()
                entry = zipfile.ZipInfo(name, _TIME)
                entry.external_attr = (0o100755 if name in _SCRIPTS else 0o100644) << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
    return Built(settings, len(files), out.stat().st_size)


def _refuse_others(out: Path) -> None:
    """See that nothing is replaced that is no autograder of ours."""
    if out.suffix.lower() != ".zip":
        raise UsageError(f"{out}: Gradescope takes a zip; name a file that ends in .zip.")
    if not out.parent.is_dir():
        raise UsageError(f"{out.parent}: there is no such folder.")
    if not out.exists():
        return
    try:
        with zipfile.ZipFile(out) as archive:
            is_ours = {NAME, *_SCRIPTS} <= set(archive.namelist())
    except (OSError, zipfile.BadZipFile):
        is_ours = False
    if not is_ours:
        raise UsageError(f"{out}: it is no autograder of `grade`; name another file.")
