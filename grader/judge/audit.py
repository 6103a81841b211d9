"""Which files of the course its own code opens: what `grade check` holds against the digests.

An exercise's digest covers the files that `grader.course.digest` lists. If a suite, a solution or a
misconception opened another one, that file would decide marks and be in no digest. So a judge that
is told to listens to Python's audit events from before the suites are imported, and tells
what it heard. It stops nothing: an author is to read about it, not to be surprised by it.

Not heard are files that a library opens in C, programs that are run, and questions whether a file
exists. The interpreter's and the libraries' own files are no part of a course, wherever they lie.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from grader.course.digest import decisive_files
from grader.course.outline import Course, Exercise
from grader.errors import Fault

__all__ = ["Listener", "listen"]

#: Events that name a file or folder as their first argument, and what it is that was done.
_EVENTS = {
    "open": "opens",
    "os.listdir": "lists",
    "os.scandir": "lists",
    "sqlite3.connect": "opens",
}
_IMPORT_SYSTEM = "<frozen importlib"


class _Opened(NamedTuple):
    """A file or folder that was opened: by which line of which file, and for whom."""

    file: str
    line: int
    verb: str
    name: str
    exercise: str


class Listener:
    """What the code of one course opens.

    Attributes:
        exercise: the one that is judged or read; "" while suites are imported.
    """

    def __init__(self, course: Course) -> None:
        self.exercise = ""
        self._course = course
        self._root = course.root.rstrip(os.sep) + os.sep
        self._foreign = tuple(f"{path.rstrip(os.sep)}{os.sep}" for path in self._elsewhere())
        self._opened: dict[_Opened, None] = {}
        self._owners = {
            str(path): exercise.id
            for exercise in course.exercises
            for path in (
                course.suite(exercise),
                course.solution(exercise),
                course.misconceptions(exercise),
            )
        }

    def faults(self, exercise: Exercise) -> list[Fault]:
        """Files and folders that code of this exercise opened, and that its digest leaves out."""
        root = Path(self._course.root)
        known = {str(path) for path in decisive_files(self._course, exercise)}
        found: list[Fault] = []
        for opened in self._opened:
            if opened.exercise != exercise.id and (opened.exercise or opened.file not in known):
                continue
            if opened.name in known or _holds_only(opened.name, known):
                continue
            file, name = (Path(path).relative_to(root) for path in (opened.file, opened.name))
            what = f"{opened.verb} {name.as_posix()}, which is none of the files of {exercise.id}"
            expected = f"a file in data/{exercise.id}/, or an import that stands in the text"
            found.append(Fault(file, opened.line, what, expected))
        return list(dict.fromkeys(found))

    def heard(self, event: str, path: Any) -> None:
        """Python is about to open or list something."""
        name = self._name(path)
        if not name:
            return
        own = list(self._own_code(sys._getframe(1)))
        if not own or (event != "open" and own[0] is None):
            return  # nobody's of the course; or the import system, which looks for a module
        places = [place for place in own if place is not None]
        if places:
            file, line = places[0]
            exercise = self._owners.get(places[-1][0], self.exercise)
            self._opened[_Opened(file, line, _EVENTS[event], name, exercise)] = None

    def _own_code(self, frame: FrameType | None) -> Iterator[tuple[str, int] | None]:
        """Lines of the course that are being run, the innermost first; None for an import."""
        while frame is not None:
            file = frame.f_code.co_filename
            if file.startswith(_IMPORT_SYSTEM):
                yield None
            elif self._is_own(file):
                yield file, frame.f_lineno
            frame = frame.f_back

    def _name(self, path: Any) -> str:
        """The whole path of something in the course, or ""."""
        if isinstance(path, int) or path == ":memory:":
            return ""  # what is open already, or no file
        try:
            name = os.path.abspath(os.fsdecode(path if path is not None else "."))
            if not f"{name}{os.sep}".startswith(self._root):
                name = os.path.realpath(name)
        except (OSError, TypeError, ValueError):
            return ""
        return name if self._is_own(f"{name}{os.sep}") else ""

    def _is_own(self, path: str) -> bool:
        return (
            path.startswith(self._root)
            and not path.startswith(self._foreign)
            and "__pycache__" not in path
        )

    def _elsewhere(self) -> Iterator[str]:
        """Where Python and libraries have their files: a course may have an environment in it."""
        ours = str(Path(__file__).resolve().parents[1])
        for path in (sys.prefix, sys.base_prefix, ours, *sys.path):
            if path.startswith(self._root) and path != self._root:
                yield path


def _holds_only(folder: str, known: set[str]) -> bool:
    """Whether a path is a folder in which everything counts."""
    return os.path.isdir(folder) and all(
        os.path.join(where, name) in known
        for where, _, names in os.walk(folder)
        if "__pycache__" not in where
        for name in names
    )


#: A hook stays for as long as its process lives, so there is one for all who listen.
_listening: list[Listener] = []
_hooked: list[bool] = []


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if _listening and event in _EVENTS:
        _listening[-1].heard(event, args[0])


@contextmanager
def listen(course: Course) -> Iterator[Listener]:
    """Hear what this process opens of a course, until the end of the block."""
    if not _hooked:
        sys.addaudithook(_hook)
        _hooked.append(True)
    _listening.append(Listener(course))
    try:
        yield _listening[-1]
    finally:
        _listening.pop()
