"""What is taught, as frozen values: course, units, exercises, and where their files lie.

Nothing here reads a file: `Course.load` hands over to `grader.course.reading.load`.
Points are exact decimals; times are seconds; sizes are bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal

import msgspec

__all__ = [
    "LIBRARY_SECONDS",
    "Attempts",
    "Course",
    "Dates",
    "Exercise",
    "Feedback",
    "Late",
    "Limits",
    "Unit",
]

#: Seconds that libraries may take to load for one exercise, in all its workers together.
LIBRARY_SECONDS = 20.0


class Limits(msgspec.Struct, frozen=True):
    """What one submission may use.

    Args:
        call: wall-clock seconds for one call of a student's function.
        exercise: wall-clock seconds for all the tests of one exercise together, the judge's own
            work on the answers included. One function does not use up another's: each has two
            call limits first, and only what needs more is held to what the exercise has left.
        memory: bytes a worker may map beyond what it was born with.
        output: characters that are kept of what a submission prints during one test; the rest is
            cut, and ten million of them end the test.
    """

    call: float = 2.0
    exercise: float = 10.0
    memory: int = 1 << 30
    output: int = 64 << 10

    def longest(self, tests: int) -> float:
        """Most seconds that a submission's code can take for an exercise of so many tests.

        Each function has two call limits, and one that gave no answer a third; where there are
        more functions than tests, they are held to as much for each test. What is left over has
        the exercise's time, and second attempts as much again, the last of which may outlast it
        by two call limits. Loading the module, in all workers together, has as much once more;
        the last attempt may outlast it by four call limits. Libraries that it loads have time of
        their own besides.
        """
        own = 3 * self.call * tests + 3 * self.exercise + 7 * self.call
        return own + LIBRARY_SECONDS


class Feedback(msgspec.Struct, frozen=True):
    """What a student sees of a hidden test that failed."""

    hidden: Literal["everything", "title", "nothing"] = "title"


class Late(msgspec.Struct, frozen=True):
    """The price of handing in late: `lose` of the marks for each `every` begun after `grace`.

    Args:
        grace: after the due date, free of charge.
        lose: fraction of 1 that each period costs.
        every: how long a period is; a day is 24 hours, also where clocks are changed.
        at_most: fraction of 1 that can be lost; the rest is the floor.
        budget: late days that a student has for the whole course before anything is lost.
    """

    grace: timedelta = timedelta(0)
    lose: Decimal = Decimal(0)
    every: timedelta = timedelta(days=1)
    at_most: Decimal = Decimal(1)
    budget: int = 0


class Attempts(msgspec.Struct, frozen=True):
    """Which of a student's attempts at an exercise decides the mark.

    Args:
        choose: the last one, or the best one after what lateness costs.
        counted: how many count, the first ones; None: all.
    """

    choose: Literal["last", "best"] = "last"
    counted: int | None = None


class Dates(msgspec.Struct, frozen=True):
    """When a section's work is due, and when nothing more is taken; None: as for the others."""

    due: datetime | None = None
    closes: datetime | None = None


class Exercise(msgspec.Struct, frozen=True):
    """One exercise: a module a student fills, and the tests that mark it.

    Args:
        id: the module's name, unique in the course.
        unit: the id of its unit.
        title: a line for people.
        tests: points of each test function, in the order of course.yaml; in a handout the names
            of the functions that have examples, without points.
        forbidden: dotted names that the exercise's own code must not call.
        worth: in a handout, the points that its hidden tests give.
    """

    id: str
    unit: str
    title: str
    tests: dict[str, Decimal]
    forbidden: tuple[str, ...] = ()
    worth: Decimal = Decimal(0)

    @property
    def points(self) -> Decimal:
        """Sum of the points of its tests."""
        return sum(self.tests.values(), self.worth)


class Unit(msgspec.Struct, frozen=True):
    """A folder of exercises with one lesson.

    Args:
        due: when it is due, with the time zone.
        closes: after this time nothing that is handed in counts.
        sections: section of the class -> its own dates.
    """

    id: str
    title: str
    exercises: tuple[Exercise, ...]
    due: datetime | None = None
    closes: datetime | None = None
    sections: dict[str, Dates] = {}


class Course(msgspec.Struct, frozen=True):
    """A course as course.yaml describes it.

    Args:
        root: the folder that holds course.yaml.
        handout: what students get: stubs, lessons and guides, no suites and no solutions.
    """

    root: str
    title: str
    units: tuple[Unit, ...]
    limits: Limits = Limits()
    feedback: Feedback = Feedback()
    late: Late = Late()
    attempts: Attempts = Attempts()
    handout: bool = False

    @classmethod
    def load(cls, path: str | Path) -> Course:
        """Read a course.yaml (or the folder that holds one).

        Raises:
            CourseError: with every fault that was found, each with its line.
        """
        from grader.course.reading.load import load

        return load(Path(path))

    @property
    def exercises(self) -> Iterator[Exercise]:
        """All exercises in course order."""
        for unit in self.units:
            yield from unit.exercises

    @property
    def points(self) -> Decimal:
        """Sum of the points of all exercises."""
        return sum((exercise.points for exercise in self.exercises), Decimal(0))

    def unit(self, name: str) -> Unit | None:
        """The unit called `name`, if there is one."""
        return next((u for u in self.units if u.id == name), None)

    def exercise(self, name: str) -> Exercise | None:
        """The exercise called `name`, if there is one."""
        return next((e for e in self.exercises if e.id == name), None)

    # Paths follow from names: an exercise is the same name in four trees.

    def file(self) -> Path:
        return Path(self.root, "course.yaml")

    def stub(self, exercise: Exercise) -> Path:
        return Path(self.root, "exercises", exercise.unit, f"{exercise.id}.py")

    def lesson(self, unit: Unit) -> Path:
        return Path(self.root, "exercises", unit.id, "README.md")

    def solution(self, exercise: Exercise) -> Path:
        return Path(self.root, "solutions", exercise.unit, f"{exercise.id}.py")

    def misconceptions(self, exercise: Exercise) -> Path:
        return Path(self.root, "misconceptions", exercise.unit, f"{exercise.id}.py")

    def suite(self, exercise: Exercise) -> Path:
        return Path(self.root, "tests", "hidden", exercise.unit, f"test_{exercise.id}.py")

    def accepts(self, exercise: Exercise) -> Path:
        return Path(self.root, "tests", "accepts", exercise.unit, exercise.id)

    def equivalents(self, exercise: Exercise) -> Path:
        return Path(self.root, "tests", "equivalents", exercise.unit, f"{exercise.id}.yaml")

    def guide(self, exercise: Exercise) -> Path:
        return Path(self.root, "guide", exercise.unit, f"{exercise.id}.json")

    def original(self, exercise: Exercise) -> Path:
        return Path(self.root, "guide", exercise.unit, f"{exercise.id}.stub")
