"""What pages are told of a class and its exercises: frozen values, and what each is worth.

Shares are fractions of 1. Keys of students, exercises, tests and wrong ideas are what the gradebook
and the course call them; a page decides whether it shows a name. Times carry their zone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Generic, Literal, TypeVar

import msgspec

from grader.classroom.statistics.figure import Figure, undefined
from grader.report.model import Outcome

__all__ = [
    "Again",
    "Agreement",
    "Bin",
    "Cluster",
    "Cohort",
    "Flag",
    "Flaky",
    "Heat",
    "HeldIdea",
    "IdeaShare",
    "Item",
    "ItemPage",
    "Kept",
    "Layer",
    "LayerCount",
    "Overview",
    "Page",
    "Quality",
    "QuietTest",
    "Sample",
    "SlowTest",
    "Spread",
    "Step",
    "TestFigures",
]

T = TypeVar("T")
#: Of figures that were stored before there was this one.
NOT_YET = "It is worked out anew in a moment."

#: Whether the source kept every attempt: of "last" nothing is known of the first one.
Kept = Literal["all", "some", "last"]
#: What an exercise is marked with on its row.
Flag = Literal["too_hard", "too_easy", "negative", "nobody_full", "flaky", "cliff", "few"]
#: How far a hand-in came: the first thing that was wrong, in the order in which it is looked at.
Layer = Literal[
    "passed", "untried", "not_begun", "not_run", "type", "axes", "shape", "dtype", "finite",
    "values", "error", "limits", "property",
]  # fmt: skip
ReasonKind = Literal["same_idea", "same_answer", "not_run", "behind", "many_attempts", "nothing"]


class Page(msgspec.Struct, Generic[T], frozen=True):
    """A page of a list.

    Args:
        number: from 1; the last one where a later one was asked for.
        pages: how many there are, at least 1.
        total: rows in all of them.
    """

    rows: tuple[T, ...]
    number: int
    pages: int
    total: int


class Bin(msgspec.Struct, frozen=True):
    """A bar: how many have a value from `low` up to, and without, `high`; the last bin with it."""

    low: float
    high: float
    count: int


class IdeaShare(msgspec.Struct, frozen=True):
    """A wrong idea in an exercise.

    Args:
        students: who ever had it there; `still`: in their last hand-in.
        share: `students` of those who tried the exercise.
        hint: what a student is told against it.
    """

    exercise: str
    idea: str
    students: int
    still: int
    share: Figure
    hint: str = ""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An exercise as a row.

    Args:
        reached: students who handed in anything for it, also what was not begun; active ones.
        tried: students who began it.
        kept: whether first attempts are known.
        first: share of first attempts that passed; undefined where only last hand-ins are known.
        last: share of last hand-ins that pass.
        eventual: share of those who tried that ever passed.
        gave_up: share of those who tried, never passed, and handed in nothing for it in the last
            two days before the newest hand-in of the class.
        attempts: median of the attempts that it takes to pass, those who have not included;
            `quartiles` are the first and third, None where fewer ever passed.
        discrimination: correlation of its score with the rest of the course.
        quintiles: mean score in each fifth of the class by the rest of the course, weakest first;
            None where a fifth is empty.
        top: the wrong idea that most students had.
        upper_lower: mean score of the best 27 % by the rest of the course minus the weakest's.
        efficiency: the part of the discrimination that its scores allow.
        weight: its part in how totals differ; `alpha_without`: alpha of the others. Both over
            students who tried every exercise.
    """

    exercise: str
    unit: str
    title: str
    worth: float
    reached: int
    tried: int
    kept: Kept
    first: Figure
    last: Figure
    eventual: Figure
    gave_up: Figure
    attempts: Figure
    quartiles: tuple[float | None, float | None]
    discrimination: Figure
    quintiles: tuple[float | None, ...]
    top: IdeaShare | None
    flags: tuple[Flag, ...]
    upper_lower: Figure = undefined("upper_lower", 0, NOT_YET)
    efficiency: Figure = undefined("efficiency", 0, NOT_YET)
    weight: Figure = undefined("weight", 0, NOT_YET)
    alpha_without: Figure = undefined("alpha_without", 0, NOT_YET)


class Step(msgspec.Struct, frozen=True):
    """A step of the funnel, in course order.

    Args:
        reached: students who began this exercise, or any after it.
        passed: students who ever passed it.
        drop: share of those who reached the one before that are lost here.
        cliff: more than fifteen hundredths of the class are lost here.
    """

    exercise: str
    unit: str
    reached: int
    passed: int
    drop: float
    cliff: bool


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """The class at a glance.

    Args:
        as_of: when the figures were worked out; None: never yet.
        behind: something was graded since.
        people: active students; `with_work` of them handed in anything.
        sections: section -> active students; "" is none.
        kept: over all exercises.
        first, eventual: over all exercises that students tried.
        alpha: how well the exercises measure one thing together (of complete rows).
        scores: students by their score, in tenths of what they tried.
    """

    as_of: datetime | None
    behind: bool
    title: str
    people: int
    with_work: int
    sections: dict[str, int]
    hand_ins: int
    kept: Kept
    first: Figure
    eventual: Figure
    score: Figure
    alpha: Figure
    scores: tuple[Bin, ...]
    funnel: tuple[Step, ...]
    ideas: tuple[IdeaShare, ...]


class TestFigures(msgspec.Struct, frozen=True):
    """One test of an exercise, over the last hand-ins of those who tried.

    Args:
        position: its place in the suite, from 0, for `who`.
        outcomes: outcome -> students.
        passed: share of those in whose hand-in it could be run.
        first: the same over first attempts.
        worth: its points now; 0 where course.yaml no longer has it.
    """

    test: str
    position: int
    worth: float
    outcomes: dict[str, int]
    passed: Figure
    first: Figure


class LayerCount(msgspec.Struct, frozen=True):
    """How many last hand-ins came as far as a layer; `first` counts first attempts."""

    layer: Layer
    students: int
    first: int


class Cluster(msgspec.Struct, frozen=True):
    """Wrong answers that are alike, and that no idea explains: perhaps the next idea to write.

    Args:
        signature: what they share, for `who` and `samples`.
        tests: the tests that they fail.
        message: what the first of these says.
        programs: how many different texts there are; `students` had one of them, ever.
    """

    exercise: str
    signature: str
    tests: tuple[str, ...]
    layer: Layer
    message: str
    programs: int
    students: int


class ItemPage(msgspec.Struct, frozen=True, kw_only=True):
    """All about an exercise.

    Args:
        to_pass: attempt -> students who passed at it first; the last key stands for all above.
        scores: last hand-ins by score, in tenths.
        clusters: wrong answers that no idea explains, the most frequent first.
    """

    as_of: datetime | None
    behind: bool
    item: Item
    to_pass: dict[int, int]
    scores: tuple[Bin, ...]
    layers: tuple[LayerCount, ...]
    tests: tuple[TestFigures, ...]
    ideas: tuple[IdeaShare, ...]
    clusters: tuple[Cluster, ...]


class Sample(msgspec.Struct, frozen=True):
    """Code with a wrong idea in it, without what could tell whose it is.

    Args:
        code: the functions alone, without comments, docstrings and what stands in texts.
        students: how many have the same code.
    """

    code: str
    students: int
    submission: int


class HeldIdea(msgspec.Struct, frozen=True):
    """A wrong idea of a student's: in how many hand-ins for an exercise; `still`: in the last."""

    exercise: str
    idea: str
    times: int
    still: bool


class Spread(msgspec.Struct, frozen=True):
    """A student with several wrong ideas in force, or one over several exercises."""

    student: str
    ideas: tuple[HeldIdea, ...]


class Again(msgspec.Struct, frozen=True):
    """A wrong idea that stays: who had it in one exercise has it in another one as well.

    Args:
        share: of those with the idea in `exercise` who tried `other`, those who had it there;
            `usual`: of all who tried `other`.
    """

    idea: str
    exercise: str
    other: str
    share: Figure
    usual: Figure


class Heat(msgspec.Struct, frozen=True, kw_only=True):
    """Wrong ideas by exercise.

    Args:
        cells: exercise and idea, in course order, the most frequent first in each exercise.
        spread: students who have wrong ideas in most exercises, by their last hand-ins.
        units: unit -> share of those who tried anything of it that had any wrong idea there.
        again: the same wrong idea in two exercises, the most frequent first.
    """

    as_of: datetime | None
    behind: bool
    cells: tuple[IdeaShare, ...]
    spread: tuple[Spread, ...]
    units: dict[str, Figure]
    again: tuple[Again, ...] = ()


class QuietTest(msgspec.Struct, frozen=True):
    """A test that no program failed; `programs` were run against it."""

    exercise: str
    test: str
    programs: int
    few: bool


class Agreement(msgspec.Struct, frozen=True):
    """Two tests that came to the same in every program; `failed` of them failed both."""

    exercise: str
    a: str
    b: str
    programs: int
    failed: int
    few: bool


class Flaky(msgspec.Struct, frozen=True):
    """The same text, judged by the same suite, came to different verdicts.

    Args:
        tests: those that ended differently, with all they ended in.
        gradings: those of it, for `Gradebook.result`.
    """

    exercise: str
    tests: dict[str, tuple[Outcome, ...]]
    gradings: tuple[int, ...]


class SlowTest(msgspec.Struct, frozen=True):
    """Milliseconds of a test over the newest programs."""

    exercise: str
    test: str
    median: float
    p95: float
    programs: int


class Quality(msgspec.Struct, frozen=True, kw_only=True):
    """What to look at in the tests themselves."""

    as_of: datetime | None
    behind: bool
    quiet: tuple[QuietTest, ...]
    agreements: tuple[Agreement, ...]
    flaky: tuple[Flaky, ...]
    slow: tuple[SlowTest, ...]
    unknown: tuple[Cluster, ...]


class Cohort(msgspec.Struct, frozen=True, kw_only=True):
    """A section of the class.

    Args:
        items: exercise -> share of those who tried it that ever passed.
    """

    section: str
    people: int
    with_work: int
    first: Figure
    eventual: Figure
    score: Figure
    items: dict[str, Figure]
