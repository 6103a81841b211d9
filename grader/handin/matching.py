"""Which of a submission's modules belongs to which exercise."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath

import msgspec

from grader.course.imports import imports_of
from grader.course.outline import Course, Exercise
from grader.course.stubs import is_unfilled
from grader.course.text import read_draft
from grader.handin.archive import is_archive, work_of
from grader.handin.books import Books, Other
from grader.handin.doubts import differ
from grader.handin.libraries import missing_libraries
from grader.handin.names import copy_number, is_module_name, original, stem
from grader.handin.packages import package_modules
from grader.handin.submission import Submission

__all__ = ["UNREAD", "Matched", "match", "public_names"]

_DEFINED = re.compile(r"^(?:async\s+def|def|class)\s+([A-Za-z_]\w*)", re.MULTILINE)
#: What a note says between a file that holds nothing for us, and the reason.
UNREAD = " was not read: "
#: Libraries that are loaded before a submission is: no module of one's own takes their place.
_TAUGHT = frozenset(("numpy", "torch"))
#: Suffixes under which programs are saved by mistake; `digits.csv` is no program.
_MISTAKEN = frozenset({
    "", ".txt", ".text", ".md", ".rtf", ".doc", ".docx", ".odt", ".pages", ".pdf", ".html", ".htm",
    ".pyc", ".pyi", ".pyw", ".py3", ".bak", ".orig", ".old", ".java", ".r", ".m",
})  # fmt: skip


class Matched(msgspec.Struct, frozen=True):
    """A submission sorted by exercise.

    Args:
        modules: module name -> text: one for each exercise found, and the helpers beside them;
            those in folders have dots in their names.
        files: module name -> the path inside the submission that its text comes from.
        exercises: ids of the exercises that are to be graded.
        notes: sentences about choices that were made.
        data: the data files of the submission, by their paths.
        chosen: exercise -> which file was graded, where another answers in another way.
        missing: library that is not installed here -> the file that imports it.
        unread: exercise -> why there is no module for it, though a file has its name.
        broken: exercise -> function -> why it is not there, though a cell of a notebook begins it.
        others: exercise -> other texts for its module, where it is not known which of several
            functions of one name is meant.
    """

    modules: dict[str, str]
    exercises: tuple[str, ...]
    notes: tuple[str, ...]
    files: dict[str, str] = {}
    unread: dict[str, str] = {}
    others: dict[str, tuple[Other, ...]] = {}
    broken: dict[str, dict[str, str]] = {}
    data: dict[str, bytes] = {}
    chosen: dict[str, str] = {}
    missing: dict[str, str] = {}

    def read_as(self, exercise: str, text: str) -> Matched:
        """The same submission with another text for an exercise's module."""
        return msgspec.structs.replace(self, modules={**self.modules, exercise: text})

    def readings(self) -> Iterator[Matched]:
        """The submission in each way that it can be read, one exercise changed at a time."""
        yield self
        for exercise, others in self.others.items():
            yield from (self.read_as(exercise, other.text) for other in others[1:])


def match(course: Course, submission: Submission, wanted: tuple[str, ...] = ()) -> Matched:
    """Sort a submission's files by exercise: by name, and what is left by the functions in it.

    A notebook counts for each exercise that it has functions of, and that has no module; so does a
    module that is called as no exercise is.

    Args:
        wanted: ids of the exercises to grade; empty means all of the course, or, for a submission
            that is a single module or notebook, those it belongs to, or those that were packed.
    """
    notes = list(submission.notes)
    files: dict[str, str] = {}
    asked = {exercise.id: public_names(course, exercise) for exercise in course.exercises}
    books = Books(course, submission, asked)
    chosen: dict[str, str] = {}
    notes += _match_names(course, submission, books, files, chosen)
    notes += _match_functions(submission, books, asked, files)
    found = books.match(files)
    notes += found.notes
    unread = _unread(course, submission, files)
    for path in submission.others:
        if is_archive(path):
            notes.append(f"{path}{UNREAD}it is an archive; unpack it, or hand it in by itself.")
    notes += [told for told in unread.values() if told not in notes]
    is_folder = not submission.single or submission.sources  # a notebook may hold nothing yet
    found_none = not any(e.id in files for e in course.exercises)
    if found_none and is_folder and not _is_told(submission, unread):
        what = "has the name or the functions of an exercise" if submission.sources else "is in it"
        notes.append(f"No Python file {what}: is it the right folder?")
    packed, remarks = work_of(submission.packed, course) if not wanted else ((), [])
    notes += remarks
    graded = wanted or packed or tuple(e.id for e in course.exercises)
    if submission.single and not wanted:
        graded = tuple(e.id for e in course.exercises if e.id in files)
    files |= package_modules(submission.sources, files)
    notes += _unused(course, submission, files)
    modules = {name: submission.sources[path] for name, path in files.items()} | found.modules
    # Without PyTorch its tests are left out, and that is told where it is done.
    tops = ["torch", *(name.partition(".")[0] for name in modules)]
    found_missing = missing_libraries(modules, tops)
    missing = {library: files[module] for library, module in found_missing.items()}
    for library, path in missing.items():
        notes.append(
            f"{library} is not installed where this is graded ({path} imports it): "
            "only what uses it fails."
        )
    return Matched(
        modules,
        graded,
        tuple(dict.fromkeys(notes)),
        files,
        unread,
        found.others,
        found.broken,
        submission.data,
        chosen | found.chosen,
        missing,
    )


def _match_names(
    course: Course,
    submission: Submission,
    books: Books,
    files: dict[str, str],
    chosen: dict[str, str],
) -> Iterator[str]:
    """Add to `files` the modules that have an exercise's name; sentences about them."""
    names = {exercise.id.lower(): exercise.id for exercise in course.exercises}
    found: dict[str, list[str]] = {}
    for path in submission.sources:
        if path not in books:
            whole = stem(path)
            exercise = whole if whole in names.values() else names.get(whole.lower(), "")
            exercise = exercise or names.get(original(path), "")
            if exercise:
                found.setdefault(exercise, []).append(path)
    for each in course.exercises:
        paths = sorted(found.get(each.id, ()), key=lambda path: _rank(path, each))
        if len(paths) > 1:  # nobody's work is behind somebody's, whatever they are called
            paths.sort(key=lambda path: is_unfilled(submission.sources[path]))
        if paths:
            files[each.id] = paths[0]
            if stem(paths[0]) != each.id or not is_module_name(paths[0]):
                yield f"{paths[0]} was read as {each.id}.py."
            if len(paths) > 1:
                told = f"{each.id}: {paths[0]} was graded, not {', '.join(paths[1:])}."
                if differ(*_texts(submission, paths)):
                    chosen[each.id] = told
                yield told


def _texts(submission: Submission, paths: list[str]) -> tuple[str, list[str]]:
    texts = [submission.sources[path] for path in paths]
    return texts[0], texts[1:]


def _rank(path: str, exercise: Exercise) -> tuple[bool, bool, int, bool, int, str]:
    """The smallest is graded: a file's own name, then the latest copy; near its unit, then high."""
    return (
        not is_module_name(path) or stem(path) != exercise.id,
        stem(path).lower() != exercise.id.lower(),
        -copy_number(path),
        PurePosixPath(path).parent.name != exercise.unit,
        path.count("/"),
        path,
    )


def _match_functions(
    submission: Submission, books: Books, asked: dict[str, set[str]], files: dict[str, str]
) -> Iterator[str]:
    """Add to `files` all other modules: for exercises by their functions, or as helpers."""
    several: dict[str, set[str]] = {}  # path -> its functions that answer nothing yet
    taken = {path for path in submission.sources if _is_taken(path, files)}
    for path, text in submission.sources.items():
        if path in taken or path in books:
            continue
        names = set(_DEFINED.findall(text))
        best = max(
            (e for e in asked if e not in files and names & asked[e]),
            key=lambda e: len(names & asked[e]),
            default="",
        )
        if best and not books.is_better(best, path, names & asked[best]):
            files[best] = path
            several[path] = names - asked[best]
            yield f"{path} was read as {best}.py, by the functions in it."
        elif stem(path) != "__init__":
            files.setdefault(stem(path), path)
    for path, left in several.items():  # what has a module of its own by now is that one's
        for each, names in asked.items():
            own = left & names
            if own and each not in files and not books.is_better(each, path, own):
                files[each] = path
                left -= own
                yield f"{path} was read as {each}.py, too, by the functions in it."


def _is_taken(path: str, files: dict[str, str]) -> bool:
    """Whether a file has been sorted by its name, be it behind another one."""
    return stem(path) in files or any(original(path) == name.lower() for name in files)


def _unread(course: Course, submission: Submission, files: dict[str, str]) -> dict[str, str]:
    """Exercise -> a sentence, where a file has its name and could not be read as a module."""
    found: dict[str, str] = {}
    names = {e.id.lower(): e.id for e in course.exercises if e.id not in files}
    for note in submission.notes:
        path, is_unread, _ = note.partition(UNREAD)
        exercise = names.get(original(path)) if is_unread else None
        if exercise:
            found.setdefault(exercise, note)
    for path in submission.others:
        exercise = names.get(original(path))
        is_program = PurePosixPath(path).suffix.lower() in _MISTAKEN
        if exercise and exercise not in found and is_program:
            found[exercise] = f"{path}{UNREAD}hand in {exercise}.py, a plain Python file."
    return found


def _unused(course: Course, submission: Submission, files: dict[str, str]) -> Iterator[str]:
    """A sentence on each helper behind another module of its name, where something imports it."""
    exercises = {exercise.id for exercise in course.exercises}
    left = [
        path
        for path, text in submission.sources.items()
        if stem(path) in files
        and stem(path) not in exercises
        and path not in files.values()
        and text != submission.sources[files[stem(path)]]
    ]
    used = {n for path in files.values() for n in imports_of(submission.sources[path]).names}
    for path in left:
        name = stem(path)
        if name in used:
            yield f"{path} was not used: {files[name]} has the same name, and was imported."
    for name in sorted((used & files.keys() & (sys.stdlib_module_names | _TAUGHT)) - exercises):
        yield f"{files[name]} was not used: a library has its name, and was imported; rename yours."


def _is_told(submission: Submission, unread: dict[str, str]) -> bool:
    """Whether there is a better reason why nothing was found than a wrong folder."""
    is_unread = any(UNREAD in note for note in submission.notes)
    return is_unread or bool(unread) or any(map(is_archive, submission.others))


def public_names(course: Course, exercise: Exercise) -> set[str]:
    """Names of the functions and classes an exercise asks for."""
    for place in (course.solution, course.stub):
        path = place(exercise)
        try:
            now = os.stat(path)
            return set(_public(path, now.st_mtime_ns, now.st_size, now.st_ino))
        except OSError:
            continue
    return set()


@lru_cache(maxsize=1024)
def _public(path: Path, *state: int) -> frozenset[str]:
    """The same of one file, as it is now: each hand-in of a class asks for those of a course."""
    names = _DEFINED.findall(read_draft(path))
    return frozenset(name for name in names if not name.startswith("_"))
