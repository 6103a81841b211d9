"""After a verdict: remember it, then say why it works, or else offer a hint."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from grader.course.guide import load_guide
from grader.course.outline import Exercise
from grader.report.model import ExerciseResult
from grader.study.progress import Progress

__all__ = ["Remark", "remember"]


class Remark(msgspec.Struct, frozen=True):
    """What there is to say to a student after a verdict on an exercise.

    Args:
        is_first_pass: it is right, and was not at the verdict before.
        why: why it works, at a first pass where the course has a word on it; else "".
        offers_hint: the same failure came back so often that a hint may help.
    """

    exercise: Exercise
    is_first_pass: bool = False
    why: str = ""
    offers_hint: bool = False


def remember(progress: Progress, results: Iterable[ExerciseResult]) -> list[Remark]:
    """Keep verdicts on the modules as they stand; a remark on each exercise that was begun."""
    remarks = [
        _remember(progress, exercise, result)
        for result in results
        if (exercise := progress.course.exercise(result.id)) is not None
        and result.outcome != "not_attempted"
    ]
    if remarks:
        progress.save()
    return remarks


def _remember(progress: Progress, exercise: Exercise, result: ExerciseResult) -> Remark:
    was_right = progress[exercise.id].outcome == "passed"
    progress.record(result, progress.text(exercise))
    if result.outcome == "passed" and not was_right:
        why = load_guide(progress.course, exercise).why
        return Remark(exercise, is_first_pass=True, why=why)
    return Remark(exercise, offers_hint=progress.offers_hint(exercise))
