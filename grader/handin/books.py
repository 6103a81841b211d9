"""The notebooks of a submission: for which exercises they count, and the modules made of them."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec

from grader.course.imports import imports_of
from grader.course.outline import Course, Exercise
from grader.course.stubs import is_unfilled, unfilled
from grader.handin.cells.module import Made, is_from_notebook
from grader.handin.cells.notebook import Notebook
from grader.handin.cells.sections import Sections, described
from grader.handin.doubts import differ
from grader.handin.names import copy_number, stem
from grader.handin.read import FILE_LIMIT
from grader.handin.submission import Submission

__all__ = ["Books", "Found", "Other"]

_DEFINED = re.compile(r"^(?:async\s+def|def|class)\s+([A-Za-z_]\w*)", re.MULTILINE)
#: In a notebook's module a function may also be assigned: `relu = lambda x: …`.
_ASSIGNED = re.compile(r"^([A-Za-z_]\w*)\s*(?::[^=\n]*)?=(?!=)", re.MULTILINE)
#: How alike a name must be to come along for one that is not there: it may be that one, mistyped.
_ALIKE = 0.6
#: Modules of notebooks together, in characters: all of them cross to the judge at once.
_TOTAL_LIMIT = 4 << 20


class Other(msgspec.Struct, frozen=True):
    """Another module that an exercise may be graded by.

    Args:
        text: of the module.
        note: what is to be said if it is the one that counts.
    """

    text: str
    note: str


class Found(msgspec.Struct):
    """What notebooks give.

    Args:
        modules: exercise -> text.
        notes: sentences about choices that were made, and about what was left out.
        others: exercise -> other texts, where it is not known which one is meant; the first of
            them is the one in `modules`.
        broken: exercise -> name of a function -> the sentence on the cell that should define it
            and cannot be read.
        chosen: exercise -> the sentence of `notes` that says which file was graded, where others
            answer in another way.
    """

    modules: dict[str, str] = {}
    notes: list[str] = []
    others: dict[str, tuple[Other, ...]] = {}
    broken: dict[str, dict[str, str]] = {}
    chosen: dict[str, str] = {}


class Books:
    """The notebooks of a submission.

    Args:
        asked: exercise -> names of its functions.
    """

    def __init__(self, course: Course, submission: Submission, asked: dict[str, set[str]]) -> None:
        self._course, self._submission, self._asked = course, submission, asked
        counts = Counter(name for names in asked.values() for name in names)
        self._shared = {name for name, count in counts.items() if count > 1}
        texts = submission.sources
        paths = [p for p in texts if p in submission.notebooks or is_from_notebook(texts[p])]
        self._names = {path: self._functions(path) for path in paths}
        self._sections: dict[str, Sections] = {}

    def __contains__(self, path: str) -> bool:
        return path in self._names

    def is_better(self, exercise: str, path: str, names: set[str]) -> bool:
        """Whether a notebook is rather an exercise's answer than a module that is not named so.

        Args:
            path: of the module.
            names: those of the exercise's functions that it has.
        """
        for book in self._names:
            ours = self._begun(exercise, book)
            text = self._submission.sources[book]
            if ours and (len(ours) >= len(names) or _imports(text, stem(path))):
                return True
        return False

    def match(self, files: dict[str, str]) -> Found:
        """Add a notebook to `files` for each exercise it has functions of.

        A module wins, unless nothing has been written in it.
        """
        found = Found()
        read: dict[str, list[str]] = {path: [] for path in self._names}
        for exercise in self._course.exercises if self._names else ():
            paths = self._paths(exercise)
            broken = self._broken(exercise, paths or list(self._names))
            if broken and exercise.id not in files:
                found.broken[exercise.id] = broken
            if not paths:
                continue
            module = files.get(exercise.id)
            if module is not None and not is_unfilled(self._submission.sources[module]):
                told = f"{exercise.id}: the module was graded, not {', '.join(paths)}."
                found.notes.append(told)
                if self._differ(exercise, module, paths):
                    found.chosen[exercise.id] = told
                continue
            files[exercise.id] = paths[0]
            read[paths[0]].append(f"{exercise.id}.py")
            if len(paths) > 1:
                told = f"{exercise.id}: {paths[0]} was graded, not {', '.join(paths[1:])}."
                found.notes.append(told)
                if self._differ(exercise, paths[0], paths[1:]):
                    found.chosen[exercise.id] = told
            self._make(exercise, paths[0], found)
        found.notes += self._sums(read)
        return found

    def _functions(self, path: str) -> set[str]:
        """Names of a notebook's functions, and of those that it imports from modules beside it."""
        book, text = self._submission.notebooks.get(path), self._submission.sources[path]
        if book is None:
            return {*_DEFINED.findall(text), *_ASSIGNED.findall(text)}
        found = book.functions
        if "*" in found:
            for other, source in self._submission.sources.items():
                if _imports(text, stem(other)):
                    found |= set(_DEFINED.findall(source))
        return found

    def _paths(self, exercise: Exercise) -> list[str]:
        """The notebooks that have functions of an exercise, the one that is graded first."""
        asked = self._asked[exercise.id]
        paths = [path for path in self._names if self._names[path] & asked]
        if self._submission.single:
            paths = [path for path in paths if self._is_about(path, exercise)]
        return sorted(paths, key=lambda p: self._rank(p, exercise)) if len(paths) > 1 else paths

    def _rank(self, path: str, exercise: Exercise) -> tuple[bool, bool, int, bool, bool, int]:
        """The smallest is graded: nobody's work is behind an empty copy, whatever it is called."""
        begun, copy = len(self._begun(exercise.id, path)), copy_number(path)
        is_other = stem(path) != exercise.id
        return not begun, is_other, -begun, stem(path) != exercise.unit, copy > 0, -copy

    def _begun(self, exercise: str, path: str) -> set[str]:
        """An exercise's functions in which somebody has written something."""
        has = self._asked[exercise] & self._names[path]
        return has - set(unfilled(self._answer(exercise, path))) if has else has

    def _broken(self, exercise: Exercise, paths: list[str]) -> dict[str, str]:
        """An exercise's functions that stand in cells that cannot be read, with the sentences."""
        found: dict[str, str] = {}
        for path in paths:
            book = self._submission.notebooks.get(path)
            if book is not None:
                for name in self._asked[exercise.id] & book.broken.keys() - self._names[path]:
                    found.setdefault(name, f"{path}: {book.broken[name]}.")
        return found

    def _differ(self, exercise: Exercise, graded: str, others: list[str]) -> bool:
        """Whether an exercise has another answer in one of these notebooks."""
        own, *rest = (self._answer(exercise.id, path) for path in (graded, *others))
        return differ(own, rest, definitions=True)

    def _answer(self, exercise: str, path: str) -> str:
        book = self._submission.notebooks.get(path)
        if book is None:
            return self._submission.sources[path]
        return book.module(self._asked[exercise] & self._names[path]).text

    def _is_about(self, path: str, exercise: Exercise) -> bool:
        """Whether a notebook has more of an exercise than names that are others' as well."""
        has = self._names[path] & self._asked[exercise.id]
        book = self._submission.notebooks.get(path)
        if book is None or has - self._shared or self._of(path).names(exercise):
            return True
        rivals = (names & self._names[path] for names in self._asked.values() if names & has)
        return all(len(names) <= len(has) for names in rivals)

    def _of(self, path: str) -> Sections:
        if path not in self._sections:
            book = self._submission.notebooks[path]
            self._sections[path] = Sections(self._course, book)
        return self._sections[path]

    def _make(self, exercise: Exercise, path: str, found: Found) -> None:
        """Make an exercise's module of a notebook, in each way that it can be read."""
        book = self._submission.notebooks.get(path)
        if book is None:
            return
        asked = self._asked[exercise.id]
        names = (asked & (book.bound | self._names[path])) | _alike(asked, self._names[path])
        readings = self._of(path).readings(exercise, asked, asked & self._shared)
        others: list[Other] = []
        for reading in readings:
            made = book.module(names, reading.without)
            room = _TOTAL_LIMIT - sum(map(len, found.modules.values()))
            if len(made.text) > min(FILE_LIMIT, room):
                told = f"{path}: what {exercise.id} needs is larger than {FILE_LIMIT >> 10} KiB"
                found.notes.append(f"{told}, so it was not graded.")
                found.modules[exercise.id] = ""
                return
            if not others:
                found.notes += [f"{path}: {told}." for told in _renamed(book, made, asked)]
                found.modules[exercise.id] = made.text
                found.notes += [f"{path}: {note}." for note in made.notes]
            told = (
                f"{exercise.id}: {path} defines {' and '.join(reading.taken)} several times, and "
                f"nothing in it says which is meant: {described(reading.taken)} was graded"
            )
            others.append(Other(made.text, told))
        if len(others) > 1:
            found.others[exercise.id] = tuple(others)

    def _sums(self, read: dict[str, list[str]]) -> Iterator[str]:
        """A sentence on each notebook: what it was read as."""
        for path, found in read.items():
            if found == [PurePosixPath(path).name]:
                continue
            if found:
                yield f"{path} was read as {_listed(found)}, by the functions in it."
            elif not any(self._names[path] & names for names in self._asked.values()):
                yield f"{path} was not graded: it has no function that an exercise asks for."


def _renamed(book: Notebook, made: Made, asked: set[str]) -> Iterator[str]:
    """A sentence on each function whose name is given another value further down, e.g. a result."""
    for name in sorted(asked & book.functions):
        last = next(s for s in reversed(book.statements) if name in s.binds)
        new = rf"{name}\s*(?::[^=\n]*)?=(?!=)|for\s[^\n:]*?\b{name}\b[^\n:]*?\sin\s"
        is_new = re.match(new, last.text) is not None
        if is_new and name not in last.functions and last.text in made.text:
            cell = book.cells[last.cell].label
            yield f"{cell}: line {last.line} gives {name} another value, and the last one counts"


def _imports(text: str, module: str) -> bool:
    return any(module in name.split(".") for name in imports_of(text).names)


def _alike(asked: set[str], names: set[str]) -> set[str]:
    """Functions that may be one that is asked for and missing, under a name that is mistyped."""
    others = sorted(names - asked)
    found: set[str] = set()
    for name in asked - names:
        found.update(difflib.get_close_matches(name, others, 3, _ALIKE))
        found.update(n for n in others if len(n) == len(name) and not n.isascii())
    return found


def _listed(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
