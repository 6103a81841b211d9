"""Figures for others' eyes: nothing that tells of a few people.

A share is left out where it would tell of fewer than `k` students on either side, and any figure
that rests on fewer. In tables small cells are left out, and others with them, so that they do not
follow from the sum (`statistics/anonymous.py`). Bars are joined until none is small. Other counts
are rounded to multiples of `k`. Nobody is listed.

That all of `k` or more came to the same is shown: it tells of each of them, but of no few.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, overload

import msgspec

from grader.classroom.insight.values import (
    Bin,
    Cluster,
    Cohort,
    Heat,
    IdeaShare,
    Item,
    ItemPage,
    LayerCount,
    Overview,
    Quality,
    Step,
    TestFigures,
)
from grader.classroom.statistics.anonymous import K, suppressed
from grader.classroom.statistics.figure import Figure, undefined

__all__ = ["shared"]

#: Figures that are a count out of `n`.
_SHARES = frozenset(
    {
        "first",
        "last",
        "eventual",
        "gave_up",
        "test",
        "test_first",
        "idea",
        "idea_unit",
        "idea_again",
    }
)
T = TypeVar("T", Overview, Item, ItemPage, Heat, Quality)


@overload
def shared(value: T, k: int = K) -> T: ...
@overload
def shared(value: tuple[Cohort, ...], k: int = K) -> tuple[Cohort, ...]: ...
def shared(value: Any, k: int = K) -> Any:
    """The same value without small cells.

    Args:
        value: what a function of `read` gave; of `items`, one after the other.
        k: students below whom nothing is told.
    """
    return _Shared(k).of(value)


class _Shared:
    def __init__(self, k: int) -> None:
        self._k = k

    def of(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return self._cohorts(value)
        if isinstance(value, Overview):
            return self._overview(value)
        if isinstance(value, Item):
            return self._item(value)
        if isinstance(value, ItemPage):
            return self._page(value)
        return self._heat(value) if isinstance(value, Heat) else self._quality(value)

    # --- numbers ------------------------------------------------------------------------------

    def _figure(self, figure: Figure) -> Figure:
        if figure.value is None:
            return figure
        sides = [figure.n]
        if figure.name in _SHARES:
            count = round(figure.value * figure.n)
            sides += [count, figure.n - count]
        if figure.n < self._k or any(0 < side < self._k for side in sides):
            why = f"Not shared: it would tell of fewer than {self._k} students."
            return undefined(figure.name, 0, why)
        return figure

    def _rounded(self, count: int) -> int:
        return self._k * ((2 * count + self._k) // (2 * self._k))

    def _table(self, cells: dict[Any, int]) -> dict[Any, int]:
        return {key: n for key, n in suppressed(cells, self._k).items() if n is not None}

    def _bins(self, bins: Sequence[Bin]) -> tuple[Bin, ...]:
        """Neighbours are joined until each has nobody or enough."""
        found: list[Bin] = []
        for each in bins:
            if found and 0 < found[-1].count < self._k:
                found[-1] = Bin(found[-1].low, each.high, found[-1].count + each.count)
            else:
                found.append(each)
        while len(found) > 1 and 0 < found[-1].count < self._k:
            last = found.pop()
            found[-1] = Bin(found[-1].low, last.high, found[-1].count + last.count)
        return tuple(found) if sum(each.count for each in found) >= self._k else ()

    def _idea(self, idea: IdeaShare) -> IdeaShare | None:
        share = self._figure(idea.share)
        if idea.students < self._k or share.value is None:
            return None
        small = any(0 < each < self._k for each in (idea.still, idea.students - idea.still))
        still = self._rounded(idea.still) if small else idea.still
        return msgspec.structs.replace(idea, share=share, still=still)

    def _ideas(self, ideas: Sequence[IdeaShare]) -> tuple[IdeaShare, ...]:
        return tuple(found for each in ideas if (found := self._idea(each)) is not None)

    def _clusters(self, clusters: Sequence[Cluster]) -> tuple[Cluster, ...]:
        return tuple(each for each in clusters if each.students >= self._k)

    # --- the class ----------------------------------------------------------------------------

    def _overview(self, value: Overview) -> Overview:
        return msgspec.structs.replace(
            value,
            with_work=self._rounded(value.with_work),
            sections=self._table(value.sections),
            hand_ins=self._rounded(value.hand_ins),
            first=self._figure(value.first),
            eventual=self._figure(value.eventual),
            score=self._figure(value.score),
            alpha=self._figure(value.alpha),
            scores=self._bins(value.scores),
            funnel=tuple(map(self._step, value.funnel)),
            ideas=self._ideas(value.ideas),
        )

    def _step(self, step: Step) -> Step:
        reached = self._rounded(step.reached)
        return msgspec.structs.replace(
            step, reached=reached, passed=self._rounded(step.passed), drop=round(step.drop, 1)
        )

    def _heat(self, value: Heat) -> Heat:
        units = {name: self._figure(each) for name, each in value.units.items()}
        cells = self._ideas(value.cells)
        again = tuple(
            msgspec.structs.replace(each, usual=self._figure(each.usual))
            for each in value.again
            if self._figure(each.share).value is not None
        )
        return msgspec.structs.replace(value, cells=cells, spread=(), units=units, again=again)

    def _quality(self, value: Quality) -> Quality:
        return msgspec.structs.replace(value, unknown=self._clusters(value.unknown))

    def _cohorts(self, value: tuple[Cohort, ...]) -> tuple[Cohort, ...]:
        kept = self._table({each.section: each.people for each in value})
        return tuple(
            msgspec.structs.replace(
                each,
                with_work=self._rounded(each.with_work),
                first=self._figure(each.first),
                eventual=self._figure(each.eventual),
                score=self._figure(each.score),
                items={name: self._figure(figure) for name, figure in each.items.items()},
            )
            for each in value
            if each.section in kept
        )

    # --- an exercise --------------------------------------------------------------------------

    def _item(self, item: Item) -> Item:
        enough = item.tried >= 5 * self._k  # a fifth of the class is a group, too
        return msgspec.structs.replace(
            item,
            reached=self._rounded(item.reached),
            tried=self._rounded(item.tried),
            first=self._figure(item.first),
            last=self._figure(item.last),
            eventual=self._figure(item.eventual),
            gave_up=self._figure(item.gave_up),
            attempts=self._figure(item.attempts),
            quartiles=item.quartiles if item.tried >= self._k else (None, None),
            discrimination=self._figure(item.discrimination),
            quintiles=item.quintiles if enough else (None,) * len(item.quintiles),
            top=None if item.top is None else self._idea(item.top),
            upper_lower=self._figure(item.upper_lower),
            efficiency=self._figure(item.efficiency),
            weight=self._figure(item.weight),
            alpha_without=self._figure(item.alpha_without),
        )

    def _page(self, page: ItemPage) -> ItemPage:
        return msgspec.structs.replace(
            page,
            item=self._item(page.item),
            to_pass=self._table(page.to_pass),
            scores=self._bins(page.scores),
            layers=tuple(map(self._layer, page.layers)),
            tests=tuple(map(self._test, page.tests)),
            ideas=self._ideas(page.ideas),
            clusters=self._clusters(page.clusters),
        )

    def _layer(self, layer: LayerCount) -> LayerCount:
        students, first = self._rounded(layer.students), self._rounded(layer.first)
        return msgspec.structs.replace(layer, students=students, first=first)

    def _test(self, test: TestFigures) -> TestFigures:
        return msgspec.structs.replace(
            test,
            outcomes=self._table(test.outcomes),
            passed=self._figure(test.passed),
            first=self._figure(test.first),
        )
