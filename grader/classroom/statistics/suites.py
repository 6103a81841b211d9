"""What programs say of the tests that judge them: each distinct program counts once.

A verdict is a text of one letter a test, in the order of the suite; `LETTERS` has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from grader.report.model import Outcome

__all__ = ["LETTERS", "OUTCOMES", "Agreeing", "agreeing", "outcome_counts", "pattern", "quiet",
           "wavering"]  # fmt: skip

#: Outcome -> its letter in a pattern.
LETTERS: dict[Outcome, str] = {
    "passed": "p", "failed": "f", "error": "e", "timeout": "t", "memory": "m", "output": "o",
    "crashed": "c", "forbidden": "x", "not_attempted": "n", "skipped": "s", "grader_fault": "g",
}  # fmt: skip
OUTCOMES: dict[str, Outcome] = {letter: outcome for outcome, letter in LETTERS.items()}
#: Letters that say nothing of a test: it was not run, or not to its end for reasons of its own.
_SILENT = frozenset("nsg")


class Agreeing(NamedTuple):
    """Two tests, by position, that came to the same in all programs; how many failed both."""

    a: int
    b: int
    programs: int
    failed: int


def pattern(outcomes: Iterable[Outcome]) -> str:
    """What tests came to, as a text."""
    return "".join(LETTERS[outcome] for outcome in outcomes)


def outcome_counts(patterns: Mapping[str, int], tests: int) -> list[dict[str, int]]:
    """For each test, outcome -> how many."""
    found: list[dict[str, int]] = [{} for _ in range(tests)]
    for letters, count in patterns.items():
        for counts, letter in zip(found, letters, strict=False):
            outcome = OUTCOMES[letter]
            counts[outcome] = counts.get(outcome, 0) + count
    return found


def quiet(patterns: Mapping[str, int], tests: int) -> list[tuple[int, int]]:
    """(test, programs) of each test that no program failed, though some were run against it."""
    found = []
    for test in range(tests):
        run = {p[test]: 0 for p in patterns if p[test : test + 1] and p[test] not in _SILENT}
        if run.keys() == {"p"}:
            programs = sum(n for p, n in patterns.items() if p[test : test + 1] == "p")
            found.append((test, programs))
    return found


def agreeing(patterns: Mapping[str, int], tests: int) -> list[Agreeing]:
    """Pairs of tests of which one would do: both passed or both lost in every program.

    A pair that all programs pass says nothing, nor does one that all lose.
    """
    found = []
    for a in range(tests):
        for b in range(a + 1, tests):
            pair = _pair(patterns, a, b)
            if pair is not None:
                found.append(pair)
    return found


def _pair(patterns: Mapping[str, int], a: int, b: int) -> Agreeing | None:
    programs = failed = 0
    for letters, count in patterns.items():
        if len(letters) <= b or letters[a] in _SILENT or letters[b] in _SILENT:
            continue
        if (letters[a] == "p") != (letters[b] == "p"):
            return None
        programs += count
        failed += count * (letters[a] != "p")
    return Agreeing(a, b, programs, failed) if 0 < failed < programs else None


def wavering(verdicts: Sequence[str]) -> dict[int, tuple[Outcome, ...]]:
    """Tests that ended differently for the same text: position -> all they ended in."""
    length = max(map(len, verdicts), default=0)
    found = {}
    for test in range(length):
        seen = dict.fromkeys(v[test] for v in verdicts if len(v) > test)
        if len(seen) > 1:
            found[test] = tuple(OUTCOMES[letter] for letter in seen)
    return found
