"""`grade pack`: the one file to hand in, made only of what can be graded."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from grader.course.digest import suite_digest
from grader.course.faults import unreadable
from grader.course.guide import load_guide
from grader.course.outline import Course, Exercise, Unit
from grader.course.stubs import is_unfilled, unfilled
from grader.errors import Fault, SubmissionError
from grader.grading.engine import Grader
from grader.handin.archive import MANIFEST, Packed
from grader.handin.cells.module import is_from_notebook
from grader.handin.digest import files_of, used_modules
from grader.handin.matching import match, public_names
from grader.handin.submission import Submission
from grader.handin.text import printable
from grader.report.model import ExerciseResult
from grader.version import __version__

__all__ = ["Gap", "Work", "gaps", "gather", "unloadable", "write"]

#: Earliest time a zip can carry: the same work makes the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)
_UNREAD = " was not read"


class Work(msgspec.Struct, frozen=True):
    """What is handed in.

    Args:
        submission: the modules and notebooks of some exercises, what these import, and the data
            files that they name.
        exercises: those that it is for.
        unit: the only unit that it is for, or "".
        notes: a sentence on each file that lies beside them and is left out.
    """

    submission: Submission
    exercises: tuple[Exercise, ...]
    unit: str = ""
    notes: tuple[str, ...] = ()


def gather(course: Course, unit: Unit | None = None, without: tuple[str, ...] = ()) -> Work:
    """The modules in exercises/ that can be graded, and those that they import.

    Args:
        unit: take only this one; by default all of the course.
        without: ids of exercises to leave out.

    Raises:
        SubmissionError: the module of an exercise cannot be read, or there is no file at all.
    """
    whole = Submission.from_path(Path(course.root) / "exercises", own=True)
    units = (unit,) if unit is not None else course.units
    exercises = [e for each in units for e in each.exercises if e.id not in without]
    notes = [f"exercises/{note}" for note in whole.notes if _UNREAD in note or ".ipynb" not in note]
    wanted = {f"{exercise.id}.py" for exercise in exercises}
    faults = [n for n in notes if PurePosixPath(n.partition(_UNREAD)[0]).name in wanted]
    if faults:
        raise SubmissionError("\n".join(faults))
    matched = match(course, whole)
    readings = list(matched.readings())
    ids = [exercise.id for exercise in exercises]
    paths = {each.files[name] for each in readings for name in used_modules(each, ids)}
    others = {f"{exercise.id}.py" for exercise in course.exercises} - wanted
    for path, text in whole.sources.items():
        name = PurePosixPath(path).name
        is_expected = name in others or (name in wanted and is_unfilled(text))
        if path not in paths and not is_expected:
            notes.append(f"exercises/{path} was left out: no exercise needs it.")
    sources = {path: text for path, text in whole.sources.items() if path in paths}
    named = [files_of(each) for each in readings]
    seen = {p for each in named for e in exercises for p in each.get(e.id, {}).values()}
    data = {path: content for path, content in whole.data.items() if path in seen}
    books = {path: book for path, book in whole.notebooks.items() if path in paths}
    return Work(
        Submission.from_sources(sources, whole.student, data=data, notebooks=books),
        tuple(exercises),
        unit.id if unit is not None else "",
        tuple(notes),
    )


class Gap(msgspec.Struct, frozen=True):
    """What is not begun of an exercise: these functions, or, where none is named, all of it."""

    exercise: Exercise
    functions: tuple[str, ...] = ()

    def __str__(self) -> str:
        names = self.functions
        return f"{_listed(names)} in {self.exercise.id}" if names else self.exercise.id


def gaps(course: Course, work: Work) -> list[Gap]:
    """What is not begun, or not there, of each exercise that is not whole."""
    modules = match(course, work.submission).modules
    found = []
    for exercise in work.exercises:
        text = modules.get(exercise.id, "")
        if not text or is_unfilled(text):
            found.append(Gap(exercise))
        elif missing := _missing(course, exercise, text):
            found.append(Gap(exercise, missing))
    return found


def _missing(course: Course, exercise: Exercise, text: str) -> tuple[str, ...]:
    """The functions of an exercise that are as in its stub, or that its module does not name."""
    asked = [*load_guide(course, exercise).examples] or sorted(public_names(course, exercise))
    stubs = unfilled(text)
    if is_from_notebook(text):  # it may hold the functions of other exercises, too
        stubs = tuple(name for name in stubs if name in asked)
    words = set(re.findall(r"\w+", text))
    if re.search(r"^from .* import \*", text, re.MULTILINE):
        return stubs  # they may come from there
    gone = (name for name in asked if not words.issuperset(name.split(".")))
    return (*stubs, *gone)


def _listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def unloadable(course: Course, work: Work, grader: Grader) -> Iterator[Fault]:
    """Modules that cannot even be loaded: no test of theirs could come to anything.

    A function that raises, or never ends, is work in progress and no fault.
    """
    told = set()
    for path, text in work.submission.sources.items():
        try:
            compile(text, path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            told.add(path)
            yield unreadable(Path("exercises", path), error, "")
    matched = match(course, work.submission)
    wanted = [exercise.id for exercise in work.exercises]
    for result in grader.grade(work.submission, wanted).exercises:
        paths = {matched.files[name] for name in used_modules(matched, [result.id])}
        if not result.loaded and paths.isdisjoint(told):
            exercise = course.exercise(result.id)
            assert exercise is not None
            yield Fault(course.stub(exercise).relative_to(course.root), 0, _load_error(result))


def _load_error(result: ExerciseResult) -> str:
    """The error at which a module ended before a single function of it was reached."""
    told = next((test.message for test in result.tests if test.outcome == "error"), "")
    return " ".join(told.splitlines()[:2]) or "it cannot be loaded"


def write(course: Course, work: Work, path: Path) -> None:
    """Write the zip, whole or not at all."""
    folder = Path(course.root) / "exercises"
    packed = Packed(course.title[:200], suite_digest(course), work.unit, __version__)
    new = path.with_name(f".{path.name}.tmp")
    try:
        with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
            _put(archive, MANIFEST, msgspec.json.format(msgspec.json.encode(packed), indent=1))
            for name, text in sorted(work.submission.sources.items()):
                # A notebook goes in as it is in the folder.
                is_notebook = name in work.submission.notebooks
                data = _notebook(folder, name) if is_notebook else text.encode()
                _put(archive, f"exercises/{name}", data)
            for name, content in sorted(work.submission.data.items()):
                _put(archive, f"exercises/{name}", content)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _notebook(folder: Path, name: str) -> bytes:
    """A notebook's bytes; a name that is no text is known in print only."""
    path = folder / name
    if not path.is_file():
        found = (p for p in folder.rglob("*") if printable(p.name) == path.name)
        path = next(found, path)
    return path.read_bytes()


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)
