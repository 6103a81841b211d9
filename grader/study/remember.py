"""After a verdict: remember it, then say why it works, or else offer a hint."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from grader.course.guide import load_guide
from grader.course.outline import Exercise
from grader.report.model import ExerciseResult, is_right, is_right_so_far
from grader.report.words import so_far
from grader.study.progress import Progress

__all__ = ["Remark", "remember"]


class Remark(msgspec.Struct, frozen=True):
    """What there is to say to a student after a verdict on an exercise.

    Args:
        is_first_pass: it is right as far as it was tried, and was not at the verdict before; or all
            of it was tried for the first time.
        why: why it works, at a first pass of all of it where the course has a word on it; else "".
        so_far: what passes and what was not tried, where a part was not; else "".
        offers_hint: the same failure came back so often that a hint may help.
    """

    exercise: Exercise
    is_first_pass: bool = False
    why: str = ""
    so_far: str = ""
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
    before = progress[exercise.id]
    was_right = before.outcome == "passed"
    progress.record(result, progress.text(exercise))
    if is_right(result) and (not was_right or before.untried):
        why = load_guide(progress.course, exercise).why
        return Remark(exercise, is_first_pass=True, why=why)
    if is_right_so_far(result) and not is_right(result):
        return Remark(exercise, is_first_pass=not was_right, so_far=so_far(result))
    return Remark(exercise, offers_hint=progress.offers_hint(exercise))
