"""Which of a submission's modules belongs to which exercise."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import msgspec

from grader.course.outline import Course, Exercise
from grader.submission import Submission

__all__ = ["Matched", "match"]

_DEFINED = re.compile(r"^(?:async\s+def|def|class)\s+([A-Za-z_]\w*)", re.MULTILINE)


class Matched(msgspec.Struct, frozen=True):
    """A submission sorted by exercise.

    Args:
        modules: module name -> text: one for each exercise found, and the helpers beside them.
        exercises: ids of the exercises that are to be graded.
        notes: sentences about choices that were made.
    """

    modules: dict[str, str]
    exercises: tuple[str, ...]
    notes: tuple[str, ...]


def match(course: Course, submission: Submission, wanted: tuple[str, ...] = ()) -> Matched:
    """Sort a submission's files by exercise: by name, and what is left by the functions in it.

    Args:
        wanted: ids of the exercises to grade; empty means all of the course, or, for a submission
            that is a single module, the one it belongs to.
    """
    notes = list(submission.notes)
    modules: dict[str, str] = {}
    taken: set[str] = set()
    exercises = list(course.exercises)
    for exercise in exercises:
        paths = _by_name(exercise, submission)
        if paths:
            modules[exercise.id] = submission.sources[paths[0]]
            taken.update(paths)
            if len(paths) > 1:
                notes.append(f"{exercise.id}: {paths[0]} was graded, not {', '.join(paths[1:])}.")
    for path in submission.sources:
        if path not in taken:
            found = _by_functions(course, submission.sources[path], set(modules))
            if found:
                modules[found] = submission.sources[path]
                notes.append(f"{path} was read as {found}.py, by the functions in it.")
            else:
                modules.setdefault(PurePosixPath(path).stem, submission.sources[path])
    graded = wanted or tuple(e.id for e in exercises)
    if submission.single and not wanted:
        graded = tuple(e.id for e in exercises if e.id in modules)
    return Matched(modules, graded, tuple(notes))


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
            text = path.read_text("utf-8")
        except OSError:
            continue
        return {name for name in _DEFINED.findall(text) if not name.startswith("_")}
    return set()
