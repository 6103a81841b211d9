"""Hidden suites under plain `pytest`: the student is the course's own solution.

The border is the same (a worker behind a channel), so a suite that passes here talks to students
as it will when it marks them.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

import pytest

from grader.course.outline import Course
from grader.course.reading.load import find
from grader.course.text import read_source
from grader.judge.items import exercise_of, read_only_parameters, seed_of
from grader.judge.transcript import Transcript
from grader.sandbox.exchange import Bounds
from grader.sandbox.lock import lockdown
from grader.sandbox.processes.control import Config
from grader.sandbox.processes.launch import SpawnLauncher
from grader.sandbox.proxy import Student
from grader.sandbox.session import Session

__all__ = ["PlainProvider"]


class PlainProvider:
    """Fixtures outside a judge: one worker with the solutions of each course that is met."""

    def __init__(self) -> None:
        self._courses: dict[Path, Course] = {}
        self._sessions: dict[str, tuple[Session, SpawnLauncher, Transcript]] = {}

    def student(self, item: pytest.Item) -> Student:
        """The solution of the exercise that the item's suite marks."""
        course = self._course(item)
        read_only_parameters(item)
        session, _, transcript = self._session(course)
        transcript.begin()
        session.begin(exercise_of(item.path), self.seed(item), math.inf)
        return transcript.student

    def seed(self, item: pytest.Item) -> int:
        """The seed a judge would use."""
        return seed_of(self._course(item).title, f"{exercise_of(item.path)}::{item.name}", 0)

    def close(self) -> None:
        """End the workers."""
        for session, launcher, _ in self._sessions.values():
            session.close()
            launcher.close()
        self._sessions.clear()

    def _course(self, item: pytest.Item) -> Course:
        path = find(item.path.parent)
        if path not in self._courses:
            self._courses[path] = Course.load(path)
        return self._courses[path]

    def _session(self, course: Course) -> tuple[Session, SpawnLauncher, Transcript]:
        if course.root not in self._sessions:
            locked = not lockdown.available().missing
            readable = lockdown.readable_paths(sys.path, [course.root])
            launcher = SpawnLauncher(Config(readable, locked))
            forbidden = {e.id: e.forbidden for e in course.exercises if e.forbidden}
            modules = {
                e.id: read_source(course.solution(e), course.root)
                for e in course.exercises
                if course.solution(e).is_file()
            }
            launcher.prepare((), tuple({name for names in forbidden.values() for name in names}))
            transcript = Transcript()
            limits = course.limits
            # A developer's machine may be busy: the limits are for students.
            bounds = Bounds(10 * limits.call, limits.memory, limits.output, 3600)
            session = Session(launcher, bounds, modules, forbidden, transcript.handle)
            transcript.session = session
            self._sessions[course.root] = session, launcher, transcript
        return self._sessions[course.root]
