"""What an attempt came to, kept: the attempt, what was judged, what holds, what figures need."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from grader.classroom.attempt import Attempt
from grader.classroom.gradebook import standings, traits, work
from grader.classroom.gradebook.scores import Suites
from grader.course.outline import Course
from grader.report.model import ExerciseResult
from grader.version import __version__

__all__ = ["add", "count", "settle"]


def settle(
    connection: Connection,
    attempt: Attempt,
    judged: Sequence[ExerciseResult],
    reused: Mapping[str, int],
    *,
    isolation: str = "full",
    seed: int = 0,
    reason: str = "",
    now: datetime,
) -> int:
    """One attempt, as `Gradebook.settle` has it; `count` comes after it."""
    number, is_new = work.record(connection, attempt, now)
    found = [] if is_new else work.verdicts(connection, [number])
    held = {each.exercise: each for each in found}
    unseen = [e for e in judged if work.is_new(e, held.get(e.id), isolation, seed)]
    new = add(connection, unseen, isolation, seed, now)
    work.link(
        connection, number, {**new, **reused},
        reused=reused, reason=reason, now=now, is_new=is_new,
    )  # fmt: skip
    return number


def add(
    connection: Connection,
    judged: Sequence[ExerciseResult],
    isolation: str,
    seed: int,
    now: datetime,
) -> dict[str, int]:
    """Gradings with their traits: exercise -> id."""
    new = work.add_gradings(
        connection, judged, isolation=isolation, seed=seed, grader=__version__, now=now
    )
    traits.add(connection, {new[exercise.id]: exercise for exercise in judged})
    return new


def count(
    connection: Connection,
    course: Course,
    submissions: Collection[int],
    suites: Suites | None = None,
) -> None:
    """Keep what figures are made of in step with attempts; `suites` as `Scores` has it."""
    theirs = standings.members(connection, submissions)
    standings.update_students(connection, course, theirs, suites)
