"""The figures of a class, worked out from where everybody stands.

Each is made by pure functions (`classroom/statistics`) of rows that the gradebook gives, and comes
out the same whenever the gradebook is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.figures import IdeaCount
from grader.classroom.gradebook.traits import UNKNOWN
from grader.classroom.insight.hints import hints_of
from grader.classroom.insight.suites import Suites
from grader.classroom.insight.tally import WHOLE, ItemTally, SectionTally, Tally
from grader.classroom.insight.values import (
    Again,
    Bin,
    Cluster,
    Cohort,
    Flag,
    Heat,
    HeldIdea,
    IdeaShare,
    Item,
    ItemPage,
    Kept,
    Overview,
    Quality,
    Spread,
    Step,
)
from grader.classroom.statistics.figure import FEW, Figure, undefined
from grader.classroom.statistics.funnel import Stage, funnel
from grader.classroom.statistics.items import (
    alpha,
    alphas_without,
    discrimination,
    efficiency,
    profile,
    upper_lower,
    weights,
)
from grader.classroom.statistics.shares import attempts_to_pass, mean, share
from grader.course.outline import Exercise

__all__ = ["compute"]

#: First attempts of which fewer, or more, pass than this are too hard, or too easy.
_HARD, _EASY = 0.5, 0.9
#: Attempts that are told apart; the last stands for all above.
_ATTEMPTS = 10
#: Wrong ideas and clusters that are shown: of the class, of an exercise.
_TOP, _CLUSTERS = 10, 12
#: Students who hold several wrong ideas that are listed, and in how many exercises at least.
_SPREAD, _EXERCISES = 50, 2
_ONLY_LAST = "Only last hand-ins are known: the source does not keep every attempt."
_NOBODY_ALL = "Nobody has tried every exercise yet."

Documents = dict[tuple[str, str], bytes]


def compute(book: Gradebook) -> Documents:
    """All figures of a class: (kind, exercise or "") -> JSON.

    Kinds are "overview", "items", "item" (by exercise), "heat", "quality" and "cohorts".
    """
    return _Class(book).documents()


class _Class:
    def __init__(self, book: Gradebook) -> None:
        self._book, self._course = book, book.course
        self._exercises = list(book.course.exercises)
        self._hand_ins, newest = book.figures.counts()
        self._tally = Tally([exercise.id for exercise in self._exercises], newest)
        self._tally.add_all(book.figures.standings())
        self._suites = Suites(book)
        self._ideas: dict[str, list[IdeaCount]] = {}
        for each in book.figures.ideas():
            self._ideas.setdefault(each.exercise, []).append(each)
        for found in self._ideas.values():
            found.sort(key=lambda each: (-each.students, each.what))
        counts = [self._tally.items[each.id].furthest for each in self._exercises]
        rows = [[score / WHOLE for score in row] for row in self._tally.complete]
        self._complete = rows
        names = [exercise.id for exercise in self._exercises]
        self._weights = dict(zip(names, weights("weight", rows), strict=False))
        self._without = dict(zip(names, alphas_without("alpha_without", rows), strict=False))
        stages = funnel(counts, self._tally.whole.people)
        self._stages = dict(zip((each.id for each in self._exercises), stages, strict=True))

    def documents(self) -> Documents:
        pages = [self._page(exercise) for exercise in self._exercises]
        items = [page.item for page in pages]
        found: Documents = {
            ("item", page.item.exercise): msgspec.json.encode(page) for page in pages
        }
        found["items", ""] = msgspec.json.encode(items)
        found["overview", ""] = msgspec.json.encode(self._overview())
        found["heat", ""] = msgspec.json.encode(self._heat(pages))
        found["quality", ""] = msgspec.json.encode(self._quality(pages))
        found["cohorts", ""] = msgspec.json.encode(self._cohorts())
        return found

    # --- the class ----------------------------------------------------------------------------

    def _overview(self) -> Overview:
        whole = self._tally.whole
        ideas = [each for exercise in self._exercises for each in self._shares(exercise)]
        return Overview(
            as_of=None,
            behind=False,
            title=self._course.title,
            people=whole.people,
            with_work=whole.with_work,
            sections={name: each.people for name, each in sorted(self._tally.sections.items())},
            hand_ins=self._hand_ins,
            kept=whole.kept,
            first=_first(whole.kept, whole.first_passed, whole.sure),
            eventual=share("eventual", whole.ever, whole.tries),
            score=_mean(whole),
            alpha=alpha("alpha", self._complete),
            scores=_bins(whole.tenths),
            funnel=tuple(self._step(exercise) for exercise in self._exercises),
            ideas=tuple(sorted(ideas, key=_by_students)[:_TOP]),
        )

    def _step(self, exercise: Exercise) -> Step:
        stage: Stage = self._stages[exercise.id]
        passed = self._tally.items[exercise.id].ever
        return Step(exercise.id, exercise.unit, stage.reached, passed, stage.drop, stage.cliff)

    def _cohorts(self) -> list[Cohort]:
        return [
            Cohort(
                section=name,
                people=each.people,
                with_work=each.with_work,
                first=_first(each.kept, each.first_passed, each.sure),
                eventual=share("eventual", each.ever, each.tries),
                score=_mean(each),
                items={
                    exercise.id: share("eventual", *each.items.get(exercise.id, (0, 0)))
                    for exercise in self._exercises
                },
            )
            for name, each in sorted(self._tally.sections.items())
        ]

    def _heat(self, pages: Sequence[ItemPage]) -> Heat:
        figures = self._book.figures
        spread = figures.spread(_EXERCISES, _SPREAD)
        held: dict[str, list[HeldIdea]] = {}
        order = {exercise.id: number for number, exercise in enumerate(self._exercises)}
        for row in self._book.listing.held([student for student, _ in spread]):
            if row.still:
                idea = HeldIdea(row.exercise, row.what, row.times, row.still)
                held.setdefault(row.student, []).append(idea)
        for ideas in held.values():
            ideas.sort(key=lambda each: (order.get(each.exercise, len(order)), each.idea))
        units = {}
        for unit in self._course.units:
            names = [exercise.id for exercise in unit.exercises]
            units[unit.id] = share("idea_unit", *figures.with_ideas(names))
        return Heat(
            as_of=None,
            behind=False,
            cells=tuple(each for page in pages for each in page.ideas),
            spread=tuple(Spread(student, tuple(held.get(student, ()))) for student, _ in spread),
            units=units,
            again=self._again(),
        )

    def _again(self) -> tuple[Again, ...]:
        """Ideas that stay from one exercise to another, where enough tell of it."""
        had = {(name, each.what): each.students
               for name, found in self._ideas.items() for each in found}  # fmt: skip
        places = {exercise.id: number for number, exercise in enumerate(self._exercises)}
        found = []
        for each in self._book.figures.again():
            if each.had < 2 or not places.get(each.exercise, 0) < places.get(each.other, -1):
                continue  # one student is no pattern; and an idea stays from then on, not backwards
            tried = self._tally.items[each.other].tried
            found.append(
                Again(
                    each.what, each.exercise, each.other,
                    share("idea_again", each.had, each.tried),
                    share("idea", had.get((each.other, each.what), 0), tried),
                )
            )  # fmt: skip
        found.sort(key=lambda a: (-(a.share.value or 0) * a.share.n, a.idea, a.exercise, a.other))
        return tuple(found[:_SPREAD])

    def _quality(self, pages: Sequence[ItemPage]) -> Quality:
        clusters = [each for page in pages for each in page.clusters]
        clusters.sort(key=lambda each: (-each.students, -each.programs, each.signature))
        names = [exercise.id for exercise in self._exercises]
        return Quality(
            as_of=None,
            behind=False,
            quiet=tuple(each for name in names for each in self._suites.quiet(name)),
            agreements=tuple(each for name in names for each in self._suites.agreements(name)),
            flaky=self._suites.flaky,
            slow=self._suites.slow(names),
            unknown=tuple(clusters[:_SPREAD]),
        )

    # --- an exercise --------------------------------------------------------------------------

    def _page(self, exercise: Exercise) -> ItemPage:
        tally, name = self._tally.items[exercise.id], exercise.id
        ideas = self._shares(exercise)
        to_pass: dict[int, int] = {}
        for attempt, count in sorted(tally.to_pass.items()):
            shown = min(attempt, _ATTEMPTS)
            to_pass[shown] = to_pass.get(shown, 0) + count
        return ItemPage(
            as_of=None,
            behind=False,
            item=self._item(exercise, tally, ideas),
            to_pass=to_pass,
            scores=_bins(tally.tenths),
            layers=self._suites.layers(name),
            tests=self._suites.tests(exercise),
            ideas=ideas,
            clusters=self._clusters(name),
        )

    def _item(self, exercise: Exercise, tally: ItemTally, ideas: Sequence[IdeaShare]) -> Item:
        kept = tally.kept
        passed = [a for a, count in tally.to_pass.items() for _ in range(count)]
        others = [a for a, count in tally.open.items() for _ in range(count)]
        median, low, high = attempts_to_pass("attempts", passed, others)
        is_first = kept == "all"
        pairs = tally.at_first if is_first else tally.at_last
        named = "discrimination" if is_first else "discrimination_last"
        scores = [score / WHOLE for score in pairs.scores]
        rests = [rest / WHOLE for rest in pairs.rests]
        if kept == "last":
            median, low, high = undefined("attempts", tally.tried, _ONLY_LAST), None, None
        item = Item(
            exercise=exercise.id,
            unit=exercise.unit,
            title=exercise.title,
            worth=float(exercise.points),
            reached=tally.reached,
            tried=tally.tried,
            kept=kept,
            first=_first(kept, tally.first_passed, tally.sure, tally.tried),
            last=share("last", tally.last_passed, tally.tried),
            eventual=share("eventual", tally.ever, tally.tried),
            gave_up=share("gave_up", tally.gave_up, tally.tried),
            attempts=median,
            quartiles=(low, high),
            discrimination=discrimination(named, scores, rests),
            quintiles=profile(scores, rests),
            top=ideas[0] if ideas else None,
            flags=(),
            upper_lower=upper_lower("upper_lower", scores, rests),
            efficiency=efficiency("efficiency", scores, rests),
            weight=self._weights.get(exercise.id, undefined("weight", 0, _NOBODY_ALL)),
            alpha_without=self._without.get(
                exercise.id, undefined("alpha_without", 0, _NOBODY_ALL)
            ),
        )
        flaky = any(each.exercise == exercise.id for each in self._suites.flaky)
        flags = _flags(item, is_flaky=flaky, is_cliff=self._stages[exercise.id].cliff)
        return msgspec.structs.replace(item, flags=flags)

    def _shares(self, exercise: Exercise) -> tuple[IdeaShare, ...]:
        tried = self._tally.items[exercise.id].tried
        known = [e for e in self._ideas.get(exercise.id, ()) if not e.what.startswith(UNKNOWN)]
        hints = hints_of(self._course, exercise) if known else {}
        return tuple(
            IdeaShare(
                exercise.id, each.what, each.students, each.still,
                share("idea", each.students, tried), hints.get(each.what, ""),
            )
            for each in known
        )  # fmt: skip

    def _clusters(self, exercise: str) -> tuple[Cluster, ...]:
        counts = {
            each.what.removeprefix(UNKNOWN): each.students
            for each in self._ideas.get(exercise, ())
            if each.what.startswith(UNKNOWN)
        }
        most = dict(list(counts.items())[:_CLUSTERS])
        rows = {row.signature: row for row in self._book.figures.unknown(exercise, list(most))}
        return tuple(
            Cluster(
                exercise, signature, self._suites.lost(rows[signature]), rows[signature].layer,
                rows[signature].message, rows[signature].programs, students,
            )
            for signature, students in most.items()
            if signature in rows
        )  # fmt: skip


def _by_students(each: IdeaShare) -> tuple[Any, ...]:
    return -each.students, each.exercise, each.idea


def _first(kept: Kept, passed: int, sure: int, tried: int | None = None) -> Figure:
    if kept == "last" and tried != 0:
        return undefined("first", 0, _ONLY_LAST)
    return share("first", passed, sure)


def _mean(tally: SectionTally) -> Figure:
    return mean("score", tally.total / WHOLE, tally.squares / WHOLE**2, tally.scored)


def _bins(tenths: Sequence[int]) -> tuple[Bin, ...]:
    parts = len(tenths)
    return tuple(Bin(n / parts, (n + 1) / parts, count) for n, count in enumerate(tenths))


def _flags(item: Item, *, is_flaky: bool, is_cliff: bool) -> tuple[Flag, ...]:
    rate = item.first if item.first.value is not None else item.last
    found: list[Flag] = []
    if rate.value is not None and not rate.few:
        found += ["too_hard"] if rate.value < _HARD else []
        found += ["too_easy"] if rate.value > _EASY else []
    goes = item.discrimination
    if goes.value is not None and goes.value < 0 and not goes.few:
        found.append("negative")
    if item.tried and item.eventual.value == 0:
        found.append("nobody_full")
    found += ["flaky"] if is_flaky else []
    found += ["cliff"] if is_cliff else []
    found += ["few"] if item.tried < FEW else []
    return tuple(found)
