"""What travels to a worker of a cluster and back: bytes, so that nothing of it is ever unpickled.

    to the worker     a `Kit`, once: the course, and how it is judged; it goes by its digest
                      an `Order` for each hand-in
    back              an `Outcome`: reports, or in words why there is none

All are MessagePack. A kit is compressed with zlib, since courses are text.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import platform
import re
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Literal

import msgspec

from grader.classroom.judges import Setup
from grader.course.digest import course_files, exercise_digests
from grader.course.outline import Course
from grader.errors import CourseError, Fault, GraderFault, IsolationError, UsageError, WxbError
from grader.grading.talk import decoded, encoded
from grader.handin.submission import Submission
from grader.report.model import ExerciseResult, Isolation
from grader.version import __version__

__all__ = [
    "Equipment",
    "Faulted",
    "Judged",
    "Kit",
    "Order",
    "Outcome",
    "Refused",
    "differences",
    "kit_for",
    "opened",
    "packed",
    "refused",
    "unpack",
]

#: Libraries that take part in a verdict: with another version of one a mark may be another one.
_DECISIVE = ("numpy", "pytest", "torch")


class Equipment(msgspec.Struct, frozen=True):
    """What a machine judges with.

    Args:
        wxb: its version.
        code: SHA-256 of its modules: two checkouts may call themselves by one version.
        python: such as 3.12.4.
        machine: operating system and architecture.
        libraries: name, as PyPI writes it -> version, of all that is installed.
    """

    wxb: str
    code: str
    python: str
    machine: str
    libraries: dict[str, str]

    @classmethod
    @functools.cache
    def here(cls) -> Equipment:
        """Of this process; looked up once."""
        libraries: dict[str, str] = {}
        # What one package carries inside itself (setuptools puts its own on the path) is its own.
        places = [each for each in sys.path if Path(each).name != "_vendor"]
        for found in importlib.metadata.distributions(path=places):
            name = found.metadata["Name"]
            if name:  # a broken installation has none
                libraries.setdefault(re.sub(r"[-_.]+", "-", name).lower(), found.version)
        libraries.pop("wxb", None)
        system = f"{platform.system()} {platform.machine()}"
        return cls(__version__, _code(), platform.python_version(), system, libraries)


def _code() -> str:
    root = Path(__file__).resolve().parents[2]  # grader/
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(data)}\n".encode() + data)
    return digest.hexdigest()


def differences(here: Equipment, there: Equipment, torch: bool) -> tuple[list[str], list[str]]:
    """How the equipment of a worker differs from the caller's: what may not be, and what is told.

    Args:
        torch: whether PyTorch is used at all.
    """
    wrong, told = [], []
    if here.wxb != there.wxb:
        wrong.append(f"wxb {there.wxb} (here {here.wxb})")
    elif here.code != there.code:
        wrong.append(f"wxb {there.wxb} from other source files")
    if _minor(here.python) != _minor(there.python):
        wrong.append(f"Python {there.python} (here {here.python})")
    elif here.python != there.python:
        told.append(f"Python {there.python} (here {here.python})")
    if here.machine != there.machine:
        told.append(f"{there.machine} (here {here.machine})")
    for name in sorted({*here.libraries, *there.libraries}):
        ours, theirs = here.libraries.get(name), there.libraries.get(name)
        if ours == theirs or (name == "torch" and not torch):
            continue
        words = f"{name} {theirs or 'missing'} (here {ours or 'missing'})"
        (wrong if name in _DECISIVE else told).append(words)
    return wrong, told


def _minor(version: str) -> list[str]:
    return version.split(".")[:2]


class Kit(msgspec.Struct, frozen=True):
    """All that a worker needs before the first hand-in.

    Args:
        course: with root "": where it lies is the worker's business.
        files: path inside the course -> bytes, of all that decides a mark.
        suites: exercise -> digest of what decides its marks, as the caller has it.
        exercises, isolation, torch: as `grader.grading.engine.Grader` has them.
        equipment: the caller's.
    """

    course: Course
    files: dict[str, bytes]
    suites: dict[str, str]
    exercises: tuple[str, ...]
    isolation: Isolation
    torch: bool
    equipment: Equipment


class Order(msgspec.Struct, frozen=True):
    """A hand-in that is to be judged.

    Args:
        kit: digest of the kit that it is judged with.
    """

    kit: str
    submission: Submission
    exercises: tuple[str, ...]


class Judged(msgspec.Struct, frozen=True, tag=True):
    """What its exercises came to.

    Args:
        worker: where.
        differs: how its equipment differs from the caller's, in what decides no mark.
    """

    worker: str
    results: tuple[ExerciseResult, ...]
    differs: tuple[str, ...] = ()


class Faulted(msgspec.Struct, frozen=True, tag=True):
    """A fault of the grader's own over this hand-in."""

    worker: str
    text: str


class Refused(msgspec.Struct, frozen=True, tag=True):
    """This worker judges nothing of this kit: an error that ends the run."""

    worker: str
    kind: Literal["usage", "course", "isolation"]
    text: str
    faults: tuple[Fault, ...] = ()

    def error(self) -> WxbError:
        """What is raised where it arrives."""
        if self.kind == "course":
            return CourseError(list(self.faults))
        text = f"On the Dask worker {self.worker}: {self.text}"
        return IsolationError(text) if self.kind == "isolation" else UsageError(text)


Outcome = Judged | Faulted | Refused


def refused(worker: str, error: UsageError | CourseError | IsolationError) -> Refused:
    """An error, as it travels."""
    if isinstance(error, CourseError):
        return Refused(worker, "course", "", tuple(error.faults))
    kind: Literal["usage", "isolation"] = "usage"
    if isinstance(error, IsolationError):
        kind = "isolation"
    return Refused(worker, kind, str(error))


def kit_for(setup: Setup) -> Kit:
    """The kit for a run.

    Raises:
        UsageError: a file of the course cannot be read, or has a name that is no text.
    """
    course, root = setup.course, Path(setup.course.root)
    files = {}
    for name in course_files(course):
        try:
            name.encode()
            files[name] = (root / name).read_bytes()
        except (OSError, UnicodeError) as error:
            raise UsageError(f"{root / name}: it cannot be sent to a cluster: {error}") from None
    suites = exercise_digests(course)
    exercises = setup.exercises or tuple(suites)
    return Kit(
        msgspec.structs.replace(course, root=""),
        files,
        {name: suites[name] for name in exercises},
        exercises,
        setup.options.isolation,
        setup.options.torch,
        Equipment.here(),
    )


def packed(kit: Kit) -> tuple[str, bytes]:
    """A kit as bytes, and their SHA-256, by which it goes."""
    data = zlib.compress(encoded(kit), 6)
    return hashlib.sha256(data).hexdigest(), data


def opened(data: bytes, digest: str) -> Kit:
    """A kit that has arrived.

    Raises:
        GraderFault: it is not the one that was meant.
    """
    if hashlib.sha256(data).hexdigest() != digest:
        raise GraderFault("the course did not arrive as it was sent")
    kit: Kit = decoded(zlib.decompress(data), Kit)
    return kit


def unpack(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files of a course into a new folder.

    Raises:
        GraderFault: a name leads out of the folder.
        OSError: they cannot be written.
    """
    for name, content in files.items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise GraderFault(f"the course has a file outside of its folder: {name}")
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
