"""`grade pack`: the one file to hand in, made only of what can be graded."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from grader.course.faults import unreadable
from grader.course.guide import load_guide
from grader.course.outline import Course, Exercise
from grader.course.stubs import is_unfilled, unfilled
from grader.errors import Fault, SubmissionError
from grader.grading.engine import Grader
from grader.handin.cells.module import is_from_notebook
from grader.handin.matching import match, public_names
from grader.handin.submission import Submission
from grader.report.model import ExerciseResult

__all__ = ["Gap", "contents", "gaps", "unloadable", "write"]

#: Earliest time a zip can carry: the same work makes the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)


def contents(course: Course, without: tuple[str, ...] = ()) -> Submission:
    """What is handed in: the modules in exercises/, and those that they may import.

    Args:
        without: exercises to leave out.

    Raises:
        SubmissionError: a file cannot be read, or there is none.
    """
    whole = Submission.from_path(Path(course.root) / "exercises")
    faults = [f"exercises/{note}" for note in whole.notes if ".ipynb" not in note]
    if faults:  # what a notebook leaves out is its own affair
        raise SubmissionError("\n".join(faults))
    left_out = {f"{name}.py" for name in without}
    sources = {
        path: text
        for path, text in whole.sources.items()
        if path.rpartition("/")[2] not in left_out
    }
    return Submission.from_sources(sources, whole.student)


class Gap(msgspec.Struct, frozen=True):
    """What is not begun of an exercise: these functions, or, where none is named, all of it."""

    exercise: Exercise
    functions: tuple[str, ...] = ()

    def __str__(self) -> str:
        names = self.functions
        return f"{_listed(names)} in {self.exercise.id}" if names else self.exercise.id


def gaps(course: Course, submission: Submission) -> list[Gap]:
    """What is not begun, or not there, of each exercise that is not whole."""
    modules = match(course, submission).modules
    found = []
    for exercise in course.exercises:
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
    gone = (name for name in asked if not words.issuperset(name.split(".")))
    return (*stubs, *gone)


def _listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def unloadable(course: Course, submission: Submission, grader: Grader) -> Iterator[Fault]:
    """Modules that cannot even be loaded: no test of theirs could come to anything."""
    for path, text in submission.sources.items():
        try:
            compile(text, path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            yield unreadable(Path("exercises", path), error, "")
    for result in grader.grade(submission).exercises:
        if _breaks_at_import(result):
            exercise = course.exercise(result.id)
            assert exercise is not None
            first = next(test for test in result.tests if test.outcome != "skipped")
            what = " ".join(first.message.splitlines()[:2])
            yield Fault(course.stub(exercise).relative_to(course.root), 0, what)


def _breaks_at_import(result: ExerciseResult) -> bool:
    """All tests end the same wrong way before a single function is reached."""
    ends = {
        (test.outcome, test.message.partition("\n")[0])
        for test in result.tests
        if test.outcome != "skipped"
    }
    if len(ends) != 1:
        return False
    outcome, message = next(iter(ends))
    broken = outcome in ("error", "crashed", "timeout", "memory", "output")
    return broken and len(result.tests) > 1 and "SyntaxError" not in message


def write(submission: Submission, path: Path, folder: Path) -> None:
    """Write the zip, whole or not at all.

    Args:
        folder: where the submission was read; notebooks go in as they are there.
    """
    new = path.with_name(f".{path.name}.tmp")
    try:
        with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in sorted(submission.sources.items()):
                entry = zipfile.ZipInfo(f"exercises/{name}", _TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                is_notebook = name.endswith(".ipynb")
                archive.writestr(entry, (folder / name).read_bytes() if is_notebook else text)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
