"""What marking came to, in the form in which every way of marking can tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

__all__ = ["Marked", "Marks", "difference", "gather"]

#: Whether each test passes, by "exercise::test"; one dict for a submission.
Marks = dict[str, bool]


class Marked(NamedTuple):
    """Submissions, marked: seconds for each of them, and what they came to."""

    seconds: float
    marks: list[Marks]


def gather(runs: Iterable[tuple[str, bool]]) -> Marks:
    """The marks of single runs such as "exercise::test[2]": a test passes if all its runs do."""
    marks: Marks = {}
    for name, passed in runs:
        test = name.partition("[")[0]
        marks[test] = passed and marks.get(test, True)
    return marks


def difference(got: Sequence[Marks], expected: Sequence[Marks]) -> str | None:
    """The first test that is marked otherwise than expected, in words; None if there is none.

    Compared is whether each test function passes, with all its parameters. How it is lost is not:
    (c) tells a stub that was not begun from a wrong answer, and only (c) does. Nothing else
    has to be left out, because no submission of the table loops, floods or calls what is
    forbidden, where the lock and the limits of (c) would decide.
    """
    if len(got) != len(expected):
        return f"{len(got)} submissions are marked, not {len(expected)}"
    for number, (ours, theirs) in enumerate(zip(got, expected, strict=True), 1):
        for test in sorted(ours.keys() | theirs.keys()):
            if ours.get(test) is not theirs.get(test):
                told = f"{_word(ours.get(test))}, not {_word(theirs.get(test))}"
                return f"submission {number}, {test}: {told}"
    return None


def _word(passed: bool | None) -> str:
    return "not marked" if passed is None else "passed" if passed else "lost"
