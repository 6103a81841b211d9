"""Figures of the tests themselves: what they came to, and which of them to look at.

Tests are those of the newest suite of each exercise; what an older one came to counts for tests
that have the same name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.figures import Alike, Timed
from grader.classroom.insight.values import (
    Agreement,
    Flaky,
    Layer,
    LayerCount,
    QuietTest,
    SlowTest,
    TestFigures,
)
from grader.classroom.statistics.figure import FEW, Figure
from grader.classroom.statistics.shares import percentile, share
from grader.classroom.statistics.suites import OUTCOMES, agreeing, quiet, wavering
from grader.course.outline import Exercise
from grader.report.model import FREE

__all__ = ["Suites"]

#: Slow is what takes longer, in milliseconds, at the 95th percentile; how many are listed.
_SLOW, _SLOWEST = 200.0, 20
_FLAKY = 50
_LAYERS: tuple[Layer, ...] = (
    "not_begun", "not_run", "limits", "error", "type", "axes", "shape", "dtype", "finite",
    "values", "property", "untried", "passed",
)  # fmt: skip


class Suites:
    """The tests of a course, by what was judged with them."""

    def __init__(self, book: Gradebook) -> None:
        self._book = book
        self._names: dict[tuple[str, str, int], tuple[str, ...]] = {}
        self._last = _by_exercise(book.figures.verdicts(first=False))
        self._first = _by_exercise(book.figures.verdicts(first=True))
        self._programs = {
            exercise: _newest(found)
            for exercise, found in _by_exercise(book.figures.programs()).items()
        }

    def names(self, of: Alike | Timed) -> tuple[str, ...]:
        """The tests behind the letters of a pattern."""
        key = of.exercise, of.suite, len(of.pattern)
        if key not in self._names:
            self._names[key] = self._book.figures.names(of)
        return self._names[key]

    def lost(self, row: Any) -> tuple[str, ...]:
        """The tests that a grading lost."""
        names = self.names(row)
        letters = zip(names, row.pattern, strict=False)
        return tuple(test for test, letter in letters if letter not in "psg")

    # --- what they came to --------------------------------------------------------------------

    def layers(self, exercise: str) -> tuple[LayerCount, ...]:
        """How far hand-ins came, from nothing to everything."""
        last, first = self._by_layer(self._last, exercise), self._by_layer(self._first, exercise)
        return tuple(
            LayerCount(layer, last.get(layer, 0), first.get(layer, 0))
            for layer in _LAYERS
            if layer in last or layer in first
        )

    @staticmethod
    def _by_layer(found: dict[str, list[Alike]], exercise: str) -> dict[str, int]:
        counts: dict[str, int] = {}
        for each in found.get(exercise, ()):
            counts[each.layer] = counts.get(each.layer, 0) + each.students
        return counts

    def tests(self, exercise: Exercise) -> tuple[TestFigures, ...]:
        """What each test came to, in the order of course.yaml."""
        last = self._outcomes(self._last.get(exercise.id, ()))
        first = self._outcomes(self._first.get(exercise.id, ()))
        names = [*exercise.tests, *(name for name in last if name not in exercise.tests)]
        return tuple(
            TestFigures(
                name, number, float(exercise.tests.get(name, 0)), last.get(name, {}),
                _passed("test", last.get(name, {})), _passed("test_first", first.get(name, {})),
            )
            for number, name in enumerate(names)
        )  # fmt: skip

    def _outcomes(self, found: Iterable[Alike]) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, int]] = {}
        for each in found:
            for test, letter in zip(self.names(each), each.pattern, strict=False):
                own, outcome = counts.setdefault(test, {}), OUTCOMES[letter]
                own[outcome] = own.get(outcome, 0) + each.students
        return counts

    # --- which to look at ---------------------------------------------------------------------

    def quiet(self, exercise: str) -> list[QuietTest]:
        """Tests that no program failed."""
        names, patterns = self._patterns(exercise)
        return [
            QuietTest(exercise, names[test], programs, programs < FEW)
            for test, programs in quiet(patterns, len(names))
        ]

    def agreements(self, exercise: str) -> list[Agreement]:
        """Pairs of tests of which one would do."""
        names, patterns = self._patterns(exercise)
        return [
            Agreement(exercise, names[a], names[b], programs, failed, programs < FEW)
            for a, b, programs, failed in agreeing(patterns, len(names))
        ]

    def _patterns(self, exercise: str) -> tuple[tuple[str, ...], dict[str, int]]:
        found = self._programs.get(exercise, [])
        patterns: dict[str, int] = {}
        for each in found:
            patterns[each.pattern] = patterns.get(each.pattern, 0) + each.students
        return (self.names(found[0]) if found else ()), patterns

    @cached_property
    def flaky(self) -> tuple[Flaky, ...]:
        """Texts that came to different verdicts."""
        found = []
        for rows in self._book.figures.wavering(_FLAKY):
            names = self.names(rows[0])
            tests = wavering([row.pattern for row in rows])
            found.append(
                Flaky(
                    rows[0].exercise,
                    {names[test]: ends for test, ends in tests.items() if test < len(names)},
                    tuple(row.grading for row in rows),
                )
            )
        return tuple(found)

    def slow(self, exercises: Sequence[str]) -> tuple[SlowTest, ...]:
        """The slowest tests, of those that are slow."""
        found: list[SlowTest] = []
        for exercise in exercises:
            times: dict[str, list[float]] = {}
            for each in self._book.figures.timed(exercise):
                told = each.times.split(",") if each.times else []
                for test, ms in zip(self.names(each), told, strict=False):
                    times.setdefault(test, []).append(float(ms))
            for test, ms_each in times.items():
                p95 = percentile(ms_each, 0.95)
                if p95 >= _SLOW:
                    median = percentile(ms_each, 0.5)
                    found.append(SlowTest(exercise, test, median, p95, len(ms_each)))
        found.sort(key=lambda each: (-each.p95, each.exercise, each.test))
        return tuple(found[:_SLOWEST])


def _by_exercise(found: Iterable[Alike]) -> dict[str, list[Alike]]:
    grouped: dict[str, list[Alike]] = {}
    for each in found:
        grouped.setdefault(each.exercise, []).append(each)
    return grouped


def _newest(found: Sequence[Alike]) -> list[Alike]:
    """Those of the suite that was used last."""
    suite = max(found, key=lambda each: each.grading).suite
    return [each for each in found if each.suite == suite]


def _passed(name: str, outcomes: dict[str, int]) -> Figure:
    run = sum(count for outcome, count in outcomes.items() if outcome not in FREE)
    return share(name, outcomes.get("passed", 0), run, "It was run with nobody's yet.")
