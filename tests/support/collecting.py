"""A class that a test collects, and what is in it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader import Course
from grader.classroom.attempt import Attempt
from grader.classroom.collect import Request, collect
from grader.classroom.collected import files_of, read_class
from grader.classroom.summary import Summary

#: Writes a file for a test: its name below the test's folder, and what it holds.
Put = Callable[[str, bytes | str], Path]


class Class:
    """A class's folder, what was told of the last run, and what is in it."""

    def __init__(self, root: Path, course: Course | None) -> None:
        self.root, self._course = root, course
        self.summary: Summary

    def collect(self, *sources: Path, **options: Any) -> Summary:
        options = {"into": self.root} | options
        self.summary = collect(Request(sources, **options), self._course)
        return self.summary

    @property
    def attempts(self) -> dict[str, Attempt]:
        """The attempt that counts of each student, by key."""
        _, _, attempts = read_class(self.root)
        return {key: a for a in attempts if a.picked for key in (a.team or (a.student,))}

    @property
    def people(self) -> dict[str, str]:
        return {person.key: person.name for person in read_class(self.root)[1]}

    def files(self, student: str) -> dict[str, bytes]:
        """What is graded of a student's: name -> bytes."""
        folder = files_of(self.root, self.attempts[student])
        found = sorted(path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}

    def problems(self) -> dict[str, str]:
        """Who needs a person, and why."""
        return {problem.who: problem.what for problem in self.summary.problems}

    def state(self) -> dict[str, bytes]:
        """Every file there is, byte for byte."""
        found = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}
