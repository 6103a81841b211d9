"""Which ideas are named, once the evidence for each is in.

Each function with wrong answers is looked at by itself, and has at most one name. Of the ideas that
hold there, the one wins that has the least against it; then the one that holds in most functions,
so that one idea is not told as two; then the one whose answers are most often the student's to the
last bit; then the one that crashes most often as the student's code does; then the one that
replaces fewest functions; then the one that departs from the reference in the fewest of the
exercise's calls. Whoever is level after that is named only if all that are
level say the same to the student.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from grader.judge.diagnosis.evidence import Evidence

__all__ = ["Candidate", "names"]


class Candidate(msgspec.Struct, frozen=True):
    """One wrong idea, and what speaks for and against it in each function that it replaces.

    Args:
        name: of one that comes in several sizes, with its size.
        replaces: how many functions it replaces.
        evidence: of the functions in which the student gave a wrong answer.
        departs: counts the exercise's calls in which it departs from the reference.
    """

    name: str
    hint: str
    replaces: int
    evidence: Mapping[str, Evidence]
    departs: Callable[[], int]

    def holds_in(self) -> list[str]:
        """The functions in which it may be named."""
        return [function for function, found in self.evidence.items() if found.holds]


def names(candidates: Sequence[Candidate]) -> dict[str, str]:
    """The idea that is named for each function that has one: function -> idea."""
    functions = dict.fromkeys(f for candidate in candidates for f in candidate.holds_in())
    found = {
        function: _winner(function, [c for c in candidates if function in c.holds_in()])
        for function in functions
    }
    return {function: name for function, name in found.items() if name}


def _winner(function: str, candidates: list[Candidate]) -> str:
    """The candidate that wins a function, or nothing."""

    def rank(candidate: Candidate) -> tuple[int, ...]:
        found = candidate.evidence[function]
        holds, crashes = len(candidate.holds_in()), found.crash.explained
        return (*found.doubts, -holds, -found.exact, -crashes, candidate.replaces)

    left = _least(candidates, rank)
    if len(left) > 1:
        left = _least(left, lambda candidate: (candidate.departs(),))
    one_hint = len({candidate.hint for candidate in left}) == 1
    return left[0].name if one_hint else ""


def _least(
    candidates: Iterable[Candidate], rank: Callable[[Candidate], tuple[int, ...]]
) -> list[Candidate]:
    """The candidates of the lowest rank, in their order."""
    ranked = [(rank(candidate), candidate) for candidate in candidates]
    lowest = min(each for each, _ in ranked)
    return [candidate for each, candidate in ranked if each == lowest]
