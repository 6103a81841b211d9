"""What a run of `grade batch` came to, as values: a screen and `--json` show them."""

from __future__ import annotations

from typing import Literal

import msgspec

from grader.report.model import Outcome

__all__ = ["Batched", "Change", "Concern", "Kind", "Tally"]

Kind = Literal[
    "unmatched", "empty", "doubt", "missing", "unit", "unread", "timeout", "memory", "crashed",
    "grader_fault",
]  # fmt: skip


class Concern(msgspec.Struct, frozen=True):
    """A hand-in that needs a person.

    Args:
        student: their key; "" where it is not known whose it is.
        where: the folder of its files, inside the class.
        kind: unmatched: it is not known whose it is; empty: nothing in it is for an exercise;
            doubt: a file was not read, or one of several answers was graded; missing: it imports
            what is neither in it nor installed; unit: the course has no such unit; unread: its
            files cannot be read; the others are what tests ended in. Only of "unit", "unread",
            "unmatched" and "grader_fault" no mark was stored.
        what: a sentence.
    """

    student: str
    where: str
    kind: Kind
    what: str


class Change(msgspec.Struct, frozen=True):
    """An exercise of a hand-in that comes out otherwise by another suite.

    Args:
        students: whose it is.
        attempt: number of the attempt; `submission` is its id in the gradebook.
        before, after: points of the exercise's, as course.yaml has them now, before lateness.
        tests: a sentence for each test that ended otherwise; `outcomes` has them all.
        made: whether it was changed.
    """

    students: tuple[str, ...]
    submission: int
    attempt: int
    exercise: str
    before: float
    after: float
    tests: tuple[str, ...]
    outcomes: dict[str, Outcome]
    made: bool


class Tally(msgspec.Struct, frozen=True):
    """How many hand-ins there are, and what became of them so far.

    Args:
        judged: of which at least one exercise was judged now.
        reused: of which everything had been judged before, for this or another hand-in.
        settled: that were settled by an earlier run, so that nothing was done.
        unmarked: for which nothing could be stored.
        concerns: those that need a person, whichever of the four they are.
    """

    total: int
    judged: int = 0
    reused: int = 0
    settled: int = 0
    unmarked: int = 0
    concerns: int = 0

    @property
    def done(self) -> int:
        return self.judged + self.reused + self.settled + self.unmarked


class Batched(msgspec.Struct, frozen=True, kw_only=True):
    """A run.

    Args:
        folder: the class.
        gradebook: where the marks are, for people.
        exercises: exercises that were judged, counted for each hand-in; `twins` of them were
            taken from gradings that were there.
        changes: marks that there were, and that come out otherwise now; which of them were made.
        untried: libraries that were left out, so that tests which need them count for nobody.
        interrupted: it was stopped before everything was settled.
        unpacked: where a zip was collected into; "" where a class was given.
        collecting: what needs a person of what was collected from it, a sentence each.
        notes: what a person should know, a sentence each.
    """

    format: Literal[1] = 1
    course: str
    folder: str
    gradebook: str
    tally: Tally
    exercises: int
    twins: int
    changes: tuple[Change, ...] = ()
    concerns: tuple[Concern, ...]
    untried: tuple[str, ...] = ()
    interrupted: bool = False
    seconds: float = 0.0
    unpacked: str = ""
    collecting: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
