"""Which of a submission's modules belongs to which exercise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec

from grader.course.outline import Course, Exercise
from grader.course.stubs import is_unfilled
from grader.course.text import read_draft
from grader.handin.archive import work_of
from grader.handin.libraries import missing_libraries
from grader.handin.submission import Submission

__all__ = ["Matched", "match"]

_DEFINED = re.compile(r"^(?:async\s+def|def|class)\s+([A-Za-z_]\w*)", re.MULTILINE)
#: In a notebook a function may also be assigned: `relu = lambda x: …`.
_ASSIGNED = re.compile(r"^([A-Za-z_]\w*)\s*(?::[^=\n]*)?=(?!=)", re.MULTILINE)


class Matched(msgspec.Struct, frozen=True):
    """A submission sorted by exercise.

    Args:
        modules: module name -> text: one for each exercise found, and the helpers beside them.
        files: module name -> the path inside the submission that its text comes from.
        exercises: ids of the exercises that are to be graded.
        notes: sentences about choices that were made.
        data: the data files of the submission, by their paths.
    """

    modules: dict[str, str]
    exercises: tuple[str, ...]
    notes: tuple[str, ...]
    files: dict[str, str] = {}
    data: dict[str, bytes] = {}


def match(course: Course, submission: Submission, wanted: tuple[str, ...] = ()) -> Matched:
    """Sort a submission's files by exercise: by name, and what is left by the functions in it.

    A notebook counts for each exercise that it has functions of, and that has no module.

    Args:
        wanted: ids of the exercises to grade; empty means all of the course, or, for a submission
            that is a single module or notebook, those it belongs to, or those that were packed.
    """
    notes = list(submission.notes)
    files: dict[str, str] = {}
    taken: set[str] = set()
    exercises = list(course.exercises)
    for exercise in exercises:
        paths = _by_name(exercise, submission)
        if paths:
            files[exercise.id] = paths[0]
            taken.update(paths)
            if len(paths) > 1:
                notes.append(f"{exercise.id}: {paths[0]} was graded, not {', '.join(paths[1:])}.")
    for path in submission.sources:
        if path not in taken and not _is_notebook(path):
            found = _by_functions(course, submission.sources[path], set(files))
            if found:
                files[found] = path
                notes.append(f"{path} was read as {found}.py, by the functions in it.")
            else:
                files.setdefault(PurePosixPath(path).stem, path)
    notes += _match_notebooks(course, submission, files)
    if not any(e.id in files for e in exercises):
        what = "has the name or the functions of an exercise" if submission.sources else "is in it"
        notes.append(f"No Python file {what}: is it the right folder?")
    packed, remarks = work_of(submission.packed, course) if not wanted else ((), [])
    notes += remarks
    graded = wanted or packed or tuple(e.id for e in exercises)
    if submission.single and not wanted:
        graded = tuple(e.id for e in exercises if e.id in files)
    modules = {name: submission.sources[path] for name, path in files.items()}
    # Without PyTorch its tests are left out, and that is told where it is done.
    for library, module in missing_libraries(modules, ["torch"]).items():
        notes.append(
            f"{library} is not installed where this is graded ({files[module]} imports it): "
            "only what uses it fails."
        )
    return Matched(modules, graded, tuple(notes), files, submission.data)


def _match_notebooks(
    course: Course, submission: Submission, files: dict[str, str]
) -> Iterator[str]:
    """Add a notebook to `files` for each exercise it has functions of; sentences about it.

    A module wins, unless nothing has been written in it.
    """
    names = {
        path: {*_DEFINED.findall(text), *_ASSIGNED.findall(text)}
        for path, text in submission.sources.items()
        if _is_notebook(path)
    }
    read: dict[str, list[str]] = {path: [] for path in names}
    for exercise in course.exercises if names else ():
        asked = public_names(course, exercise)
        paths = [path for path in names if names[path] & asked]
        paths.sort(key=lambda p: (PurePosixPath(p).stem != exercise.id, -len(names[p] & asked)))
        if not paths:
            continue
        module = files.get(exercise.id)
        if module is not None and not is_unfilled(submission.sources[module]):
            yield f"{exercise.id}: the module was graded, not {', '.join(paths)}."
            continue
        files[exercise.id] = paths[0]
        read[paths[0]].append(f"{exercise.id}.py")
        if len(paths) > 1:
            yield f"{exercise.id}: {paths[0]} was graded, not {', '.join(paths[1:])}."
    for path, found in read.items():
        if found:
            yield f"{path} was read as {_listed(found)}, by the functions in it."
        elif not any(names[path] & public_names(course, e) for e in course.exercises):
            yield f"{path} was not graded: it has no function that an exercise asks for."


def _is_notebook(path: str) -> bool:
    return path.endswith(".ipynb")


def _listed(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _by_name(exercise: Exercise, submission: Submission) -> list[str]:
    """Files with the exercise's name: the one in its unit's folder first, then by depth."""
    paths = [path for path in submission.sources if PurePosixPath(path).name == f"{exercise.id}.py"]
    return sorted(
        paths,
        key=lambda p: (PurePosixPath(p).parent.name != exercise.unit, p.count("/"), p),
    )


def _by_functions(course: Course, text: str, found: set[str]) -> str:
    """The exercise that shares most of its public names with `text`, or ""."""
    names = set(_DEFINED.findall(text))
    best, most = "", 0
    for exercise in course.exercises:
        if exercise.id in found or not names:
            continue
        shared = len(names & public_names(course, exercise))
        if shared > most:
            best, most = exercise.id, shared
    return best


def public_names(course: Course, exercise: Exercise) -> set[str]:
    """Names of the functions and classes an exercise asks for."""
    for path in (course.solution(exercise), course.stub(exercise)):
        try:
            text = read_draft(path)
        except OSError:
            continue
        return {name for name in _DEFINED.findall(text) if not name.startswith("_")}
    return set()
