"""Who may need help now, and why: by what their last hand-ins have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

__all__ = ["Kind", "Situation", "Why", "reasons"]

Kind = Literal["same_idea", "same_answer", "not_run", "behind", "many_attempts", "nothing"]

#: Hand-ins in a row with one wrong idea, or with one wrong answer, after which help is due: with an
#: idea the hint was read and did not help.
_IDEA, _ANSWER = 2, 3
#: Attempts at one exercise without a pass.
_MANY = 5


class Situation(NamedTuple):
    """A student at an exercise.

    Args:
        same: how many hand-ins in a row, up to the last, failed in the same way.
        ideas: wrong ideas of the last one.
        ran: whether its module could be loaded.
    """

    exercise: str
    attempts: int
    passed: bool
    now_passes: bool
    same: int
    ideas: tuple[str, ...]
    ran: bool


class Why(NamedTuple):
    """A reason; the heavier, the sooner somebody should look."""

    kind: Kind
    exercise: str
    text: str
    weight: int


def reasons(situations: Iterable[Situation]) -> list[Why]:
    """Why a student may need help, the heaviest reason first; one for each exercise at most."""
    found = [why for each in situations if (why := _reason(each)) is not None]
    return sorted(found, key=lambda why: (-why.weight, why.exercise))


def _reason(at: Situation) -> Why | None:
    if at.now_passes or at.passed or not at.attempts:
        return None
    name = at.exercise
    if at.ideas and at.same >= _IDEA:
        text = f"{at.ideas[0]} in {at.same} hand-ins in a row for {name}."
        return Why("same_idea", name, text, 3 + at.same)
    if at.same >= _ANSWER:
        text = f"The same wrong answer in {at.same} hand-ins in a row for {name}."
        return Why("same_answer", name, text, 2 + at.same)
    if at.attempts >= _MANY:
        text = f"{at.attempts} hand-ins for {name}, none of which passes."
        return Why("many_attempts", name, text, at.attempts)
    if not at.ran:
        return Why("not_run", name, f"The last hand-in for {name} cannot be loaded.", 3)
    return None
