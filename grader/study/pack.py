"""`grade pack`: the one file to hand in, made only of what can be graded."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from grader.course.faults import unreadable
from grader.course.outline import Course, Exercise
from grader.course.stubs import is_unfilled
from grader.errors import Fault, SubmissionError
from grader.grading.engine import Grader
from grader.handin.matching import match
from grader.handin.submission import Submission
from grader.report.model import ExerciseResult

__all__ = ["contents", "missing", "unloadable", "write"]

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


def missing(course: Course, submission: Submission) -> list[Exercise]:
    """Exercises that are not begun, or not there."""
    modules = match(course, submission).modules
    return [e for e in course.exercises if e.id not in modules or is_unfilled(modules[e.id])]


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
