"""What decides the marks of an exercise, and digests of it.

A verdict on the same sources stays the same until one of these changes:

- the exercise's suite, solution and misconceptions (which decide diagnoses), and each `conftest.py`
  and `__init__.py` in a folder above the suite; in a handout its guide;
- what these import, and what that imports: helper modules of the course, solutions of other
  exercises. A text whose imports cannot be read from it (`importlib`, `exec`, …) may import
  anything, so everything in the trees counts for it;
- `data/EXERCISE/`: the folder belongs to the exercise of its name, and to whoever imports that
  exercise's solution;
- of course.yaml the course's title (it is part of every seed, so it decides random inputs), the
  limits, the exercise's forbidden names, and which tests there are, in which order;
- the grader's version.

All else is outside: points, titles of units and exercises, due dates and the rules for late work,
which are reckoned from verdicts; feedback, which decides what is shown of them; stubs, lessons,
accepted variants, other exercises. Python and the libraries are outside, too: a course is to mark
alike with each version that it supports.

`grade check` refuses a course whose own code opens a file of the course that is not in the list.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from grader.course.imports import Imports, imports_of
from grader.course.outline import Course, Exercise
from grader.version import __version__

__all__ = ["course_files", "decisive_files", "exercise_digests", "suite_digest", "together"]

_HIDDEN = "tests/hidden"
#: Where everything counts for a text that may import anything.
_TREES = ("data", "guide", "misconceptions", "solutions", _HIDDEN)
_BOM = b"\xef\xbb\xbf"
#: Packages that are no part of a course, whatever lies in it: the grader's version stands for it.
_ELSEWHERE = frozenset({"grader", "numpy", "pytest", "torch"}) | sys.stdlib_module_names
#: pytest asks each conftest.py that has hooks about every test, wherever it lies.
_HOOK = re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]+pytest_|\bimport[ \t]*\*", re.MULTILINE)


def exercise_digests(course: Course) -> dict[str, str]:
    """Exercise -> SHA-256 of all that decides its marks. Each file is read once."""
    files = _Files(course)
    return {exercise.id: files.digest(exercise) for exercise in course.exercises}


def together(digests: dict[str, str]) -> str:
    """One digest for those of all exercises of a course."""
    return hashlib.sha256(msgspec.json.encode(list(digests.items()))).hexdigest()


def suite_digest(course: Course) -> str:
    """SHA-256 of all that decides marks in a course."""
    return together(exercise_digests(course))


def decisive_files(course: Course, exercise: Exercise) -> tuple[Path, ...]:
    """The files that decide the marks of an exercise, in the order of their paths."""
    root = Path(course.root)
    return tuple(root / name for name in _Files(course).of(exercise))


def course_files(course: Course) -> tuple[str, ...]:
    """All that judging reads of a course, by paths inside it, with `/`.

    That is what decides marks, with course.yaml, and the stubs: by names that are asked for in them
    it is told for which exercise a file is, where there is no solution.
    """
    files = _Files(course)
    root = Path(course.root)
    found = {name for exercise in course.exercises for name in files.of(exercise)}
    others = [course.file(), *map(course.stub, course.exercises)]
    found.update(path.relative_to(root).as_posix() for path in others if path.is_file())
    return tuple(sorted(found))


class _Files:
    """The files of one course, each looked at once; they go by their paths inside it, with `/`."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._root = course.root
        self._solutions = {e.id: self._name(course.solution(e)) for e in course.exercises}
        self._owners = {name: exercise for exercise, name in self._solutions.items()}
        self._digests: dict[str, str] = {}
        self._imports: dict[str, Imports] = {}
        self._there: dict[str, bool] = {}
        self._meant: dict[tuple[str, str], tuple[str, ...]] = {}
        self._below: dict[str, tuple[str, ...]] = {}

    def digest(self, exercise: Exercise) -> str:
        """The digest of what decides the marks of one exercise."""
        terms = (
            __version__,
            self._course.title,
            self._course.handout,
            self._course.limits,
            exercise.id,
            sorted(set(exercise.forbidden)),
            list(exercise.tests),
            [(name, self._digests[name]) for name in self.of(exercise)],
        )
        return hashlib.sha256(msgspec.json.encode(terms)).hexdigest()

    def of(self, exercise: Exercise) -> tuple[str, ...]:
        """The files that decide the marks of one exercise."""
        found = set(self._own(exercise))
        todo = list(found)
        while todo:
            new = set(self._led_to(todo.pop())) - found
            found |= new
            todo += new
        # A file that is there and cannot be read is as good as missing.
        return tuple(sorted(filter(self._read, found)))

    def _own(self, exercise: Exercise) -> Iterator[str]:
        """What belongs to an exercise by its name or place."""
        suite = self._name(self._course.suite(exercise))
        names = [suite, self._solutions[exercise.id]]
        names.append(self._name(self._course.misconceptions(exercise)))
        if self._course.handout:
            names.append(self._name(self._course.guide(exercise)))
        yield from filter(self._is_file, names)
        above = set(_folders(suite))
        for name in self._all(_HIDDEN):
            folder, _, last = name.rpartition("/")
            if last == "conftest.py" and (folder in above or self._has_hooks(name)):
                yield name
        yield from self._all(f"data/{exercise.id}")

    def _led_to(self, name: str) -> Iterator[str]:
        """What one file brings with it."""
        if not name.endswith(".py") or name.startswith("data/"):
            return
        for folder in _folders(name):
            yield from filter(self._is_file, (_join(folder, "__init__.py"),))
        if name in self._owners:
            yield from self._all(f"data/{self._owners[name]}")
        self._read(name)
        imports = self._imports[name]
        if imports.dynamic:
            for tree in _TREES:
                yield from self._all(tree)
        for imported in imports.names:
            yield from self._found(name.rpartition("/")[0], imported)

    def _found(self, folder: str, imported: str) -> tuple[str, ...]:
        """The course's own files that an import may mean, in a file of `folder`."""
        key = folder, imported
        if key not in self._meant:
            self._meant[key] = tuple(filter(self._is_file, self._candidates(folder, imported)))
        return self._meant[key]

    def _candidates(self, folder: str, imported: str) -> Iterator[str]:
        rest = imported.lstrip(".")
        parts = [part for part in rest.split(".") if part.isidentifier()]
        bases = [*_folders(f"{folder}/")]
        if rest != imported:
            # One dot is the file's own folder, each further one the folder above.
            above = len(imported) - len(rest) - 1
            bases = bases[above : above + 1]
        elif not parts or parts[0] in _ELSEWHERE:
            return
        elif parts[0] in self._solutions:
            yield self._solutions[parts[0]]
        for base in bases:
            for i in range(1, len(parts) + 1):
                stem = _join(base, "/".join(parts[:i]))
                yield f"{stem}.py"
                yield f"{stem}/__init__.py"

    def _has_hooks(self, name: str) -> bool:
        return self._read(name) and _HOOK.search(self._text(name)) is not None

    def _all(self, folder: str) -> tuple[str, ...]:
        """Every file below a folder, but not what Python keeps beside its modules."""
        if folder not in self._below:
            found: list[str] = []
            for where, folders, names in os.walk(os.path.join(self._root, folder)):
                folders[:] = [inner for inner in folders if inner != "__pycache__"]
                place = self._name(Path(where))
                found += filter(self._is_file, (f"{place}/{name}" for name in names))
            self._below[folder] = tuple(found)
        return self._below[folder]

    def _is_file(self, name: str) -> bool:
        if name not in self._there:
            self._there[name] = os.path.isfile(os.path.join(self._root, name))
        return self._there[name]

    def _read(self, name: str) -> bool:
        """Take a file's digest and, of a module, its imports; whether it can be read."""
        if name not in self._digests:
            self._imports[name] = Imports(frozenset(), False)
            try:
                if name.endswith(".py"):
                    data = self._module(name)
                    self._imports[name] = imports_of(data.decode("utf-8", "replace"))
                    self._digests[name] = hashlib.sha256(data).hexdigest()
                else:
                    with open(os.path.join(self._root, name), "rb") as file:
                        self._digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError:
                self._digests[name] = ""
        return self._digests[name] != ""

    def _module(self, name: str) -> bytes:
        """A module as it is run: line ends and a byte order mark make no difference."""
        with open(os.path.join(self._root, name), "rb") as file:
            data = file.read().removeprefix(_BOM)
        return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data

    def _text(self, name: str) -> str:
        return self._module(name).decode("utf-8", "replace")

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()


def _folders(name: str) -> Iterator[str]:
    """The folders that a file is in, from its own up to the course's, which is ""."""
    while name:
        name = name.rpartition("/")[0]
        yield name


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
