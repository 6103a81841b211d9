"""What the answers of one function say about one wrong idea.

Each answer is one of five things. It is *silent* where student and idea are both right. It is
*explained* where the student is wrong as the idea is. It stands *against* the idea where the
student is right and the idea is not. Where both are wrong, each in its own way, or only the student
is, that is *other*: the idea is not what the student had in mind. If one of the two broke down
there and the other did not, it is only *apart*: two spellings of one idea need not break down at
the same input.

Answers are not all worth the same, so they are counted on five levels:

value    a number, a shape, a kind of thing;
crash    an exception where the reference has an answer, which many ideas come to;
guard    a call that the reference refuses, or one in which the idea's arithmetic breaks down: who
         writes the formula before thinking of the special case, or thinks of it and has the formula
         wrong, holds the idea all the same;
narrow   another answer to integers of less than eight bytes, which wrap round: whether they do says
         nothing of any other idea;
manner   the numbers are right, and only a dtype or a warning tells.

An idea that explains values is judged by values, whatever the guards and manners say. One that
explains only crashes must crash wherever the student does, and nowhere else. One that explains only
guards, or only manners, is judged by those and by the values.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal

import msgspec

__all__ = ["Evidence", "Level", "Sign", "Tally", "gathered", "is_hopeless"]

Sign = Literal["silent", "explained", "against", "other", "apart"]
Level = Literal["value", "crash", "guard", "narrow", "manner"]

#: For one answer of another kind, an idea must explain so many: an idea as it is written down has
#: one way with bytes or zeros, and who holds it may have another.
_EXPLAINED_FOR_ANOTHER = 4


class Tally(msgspec.Struct, frozen=True):
    """How often each thing was seen on one level."""

    explained: int = 0
    against: int = 0
    other: int = 0
    apart: int = 0


class Evidence(msgspec.Struct, frozen=True):
    """What the answers of one function say.

    Args:
        exact: how many of the explained ones are the idea's answer to the last bit.
    """

    value: Tally = Tally()
    crash: Tally = Tally()
    guard: Tally = Tally()
    manner: Tally = Tally()
    narrow: Tally = Tally()
    exact: int = 0

    @property
    def holds(self) -> bool:
        """Whether the idea may be named: what it explains outnumbers what speaks against it."""
        value = self.value
        doubts = value.against + value.apart
        if value.explained:
            enough = value.explained >= _EXPLAINED_FOR_ANOTHER * value.other
            return enough and value.explained + self.crash.explained > doubts
        if value.other:
            return False
        if self.crash.explained:
            return not doubts
        return any(
            level.explained > max(doubts + level.against, level.other + level.apart)
            for level in (self.guard, self.manner)
        )

    @property
    def doubts(self) -> tuple[int, ...]:
        """What speaks against it, the gravest first."""
        value = self.value
        less = map(_contradictions, (self.guard, self.narrow, self.manner))
        return value.other, value.against, value.apart, *less


def _contradictions(level: Tally) -> int:
    return level.against + level.other + level.apart


def gathered(signs: Counter[tuple[Sign, Level]], exact: int = 0) -> Evidence:
    """The evidence of some signs, each with its level."""
    levels: dict[Level, dict[Sign, int]] = {}
    for (sign, level), count in signs.items():
        if sign != "silent":
            levels.setdefault(level, {})[sign] = count
    return Evidence(**{level: Tally(**seen) for level, seen in levels.items()}, exact=exact)


def is_hopeless(signs: Counter[tuple[Sign, Level]], left: int) -> bool:
    """Whether no evidence that begins so can hold, whatever the wrong answers left say."""
    explained, other = signs["explained", "value"], signs["other", "value"]
    return explained + left < _EXPLAINED_FOR_ANOTHER * other
