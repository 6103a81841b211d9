"""Trying each misconception of an exercise where students are: in part, or beside other work."""

from __future__ import annotations

from collections.abc import Mapping

from grader.course.outline import Exercise
from grader.judge.diagnosis.replay import Run
from grader.judge.diagnosis.situations import Stage, situations
from grader.judge.marking import Marking
from grader.judge.sitting import Tests, text_of

__all__ = ["rehearse"]


def rehearse(
    marking: Marking, tests: Tests, exercise: Exercise, lost: Mapping[str, tuple[str, ...]]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """The misconceptions that are named in each situation of those that are asked about.

    Args:
        lost: misconception -> the tests that the whole of it loses.

    Returns:
        Misconception -> how a situation is told -> names. Situations with nothing of the idea
        in them are left out.
    """
    tests.variation = 0
    items = [(test, item) for test in exercise.tests for item in tests.items(exercise.id, test)]
    references = marking.references(exercise, [item for _, item in items])
    runs = [
        Run(test, tests.seed(item), True, asked.calls)
        for (test, item), asked in zip(items, references, strict=True)
    ]
    reference, wrong = marking.ideas(exercise)
    text = text_of(tests.course.solution(exercise))
    stage = Stage(runs, reference, wrong, marking.memory, text)
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for idea in (idea for idea in wrong if idea.name in lost and idea.size is None):
        played = {
            each.told: stage.named_in(each, idea, lost[idea.name])
            for each in situations(idea, reference)
        }
        found[idea.name] = {told: names for told, names in played.items() if names is not None}
    return found
