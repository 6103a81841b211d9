"""A class counted in one pass: student by student, so that nothing but sums and scores is held.

Of each student and exercise two scores and two rests are kept, of two bytes each: 10,000 students
of 31 exercises are 2.5 MB.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from grader.classroom.insight.values import Kept

__all__ = ["WHOLE", "ItemTally", "Paired", "SectionTally", "Tally"]

#: A score of 1 as it is stored.
WHOLE = 10_000
#: Seconds without a hand-in, before the newest of the class, after which somebody has given up.
_QUIET = 2 * 24 * 3600
_TENTHS = 10


class Paired:
    """Scores in an exercise, and of the same students in the rest of the course."""

    def __init__(self) -> None:
        self.scores, self.rests = array("H"), array("H")

    def add(self, score: int, rest: int) -> None:
        self.scores.append(score)
        self.rests.append(rest)


class ItemTally:
    """Counts of one exercise; `to_pass` and `open` are attempts -> students."""

    def __init__(self) -> None:
        self.reached = self.tried = self.sure = 0
        self.first_passed = self.last_passed = self.ever = self.gave_up = self.furthest = 0
        self.to_pass: dict[int, int] = {}
        self.open: dict[int, int] = {}
        self.tenths = [0] * _TENTHS
        self.at_first, self.at_last = Paired(), Paired()

    @property
    def kept(self) -> Kept:
        if not self.sure:
            return "last"
        return "all" if self.sure == self.tried else "some"

    def add(self, row: Any, newest: int) -> None:
        """One student's row."""
        self.reached += 1
        if not row.attempts:
            return
        self.tried += 1
        self.sure += row.sure
        self.first_passed += row.sure and row.first_passed
        self.last_passed += row.last_passed
        if row.last_score is not None:
            self.tenths[tenth(row.last_score)] += 1
        if row.passed_on is not None:
            self.ever += 1
            self.to_pass[row.passed_on] = self.to_pass.get(row.passed_on, 0) + 1
            return
        self.open[row.attempts] = self.open.get(row.attempts, 0) + 1
        self.gave_up += newest - row.last_second >= _QUIET


class SectionTally:
    """Counts of a section, over all its students and exercises."""

    def __init__(self) -> None:
        self.people = self.with_work = self.tries = self.sure = 0
        self.first_passed = self.ever = 0
        self.scored = self.total = self.squares = 0
        self.tenths = [0] * _TENTHS
        self.items: dict[str, list[int]] = {}

    def add(self, tried: Sequence[Any], score: int | None) -> None:
        """One student's rows, of what they began, and their mean score."""
        self.people += 1
        self.with_work += bool(tried)
        for row in tried:
            self.tries += 1
            self.sure += row.sure
            self.first_passed += row.sure and row.first_passed
            self.ever += row.passed_on is not None
            item = self.items.setdefault(row.exercise, [0, 0])
            item[0] += row.passed_on is not None
            item[1] += 1
        if score is not None:
            self.scored += 1
            self.total += score
            self.squares += score * score
            self.tenths[tenth(score)] += 1

    @property
    def kept(self) -> Kept:
        if not self.sure:
            return "last"
        return "all" if self.sure == self.tries else "some"


class Tally:
    """The class.

    Args:
        exercises: ids in course order; rows of others are left out.
        newest: the second of the newest hand-in.
    """

    def __init__(self, exercises: Sequence[str], newest: int) -> None:
        self._places = {name: number for number, name in enumerate(exercises)}
        self._newest = newest
        self.items = {name: ItemTally() for name in exercises}
        self.sections: dict[str, SectionTally] = {}
        self.whole = SectionTally()
        self.complete: list[array[int]] = []
        self.units: dict[frozenset[str], int] = {}

    def add_all(self, students: Iterable[Sequence[Any]]) -> None:
        for rows in students:
            self._add(rows)

    def _add(self, rows: Sequence[Any]) -> None:
        known = [row for row in rows if row.exercise in self._places]
        tried = [row for row in known if row.attempts]
        for row in known:
            self.items[row.exercise].add(row, self._newest)
        if tried:
            last = max(tried, key=lambda row: self._places[row.exercise])
            self.items[last.exercise].furthest += 1
        scored = [row for row in tried if row.last_score is not None]
        score = round(sum(row.last_score for row in scored) / len(scored)) if scored else None
        section = self.sections.setdefault(rows[0].section, SectionTally())
        for each in (section, self.whole):
            each.add(tried, score)
        self._pair(scored, lambda row: row.last_score, lambda item: item.at_last)
        sure = [row for row in tried if row.sure and row.first_score is not None]
        self._pair(sure, lambda row: row.first_score, lambda item: item.at_first)
        if len(scored) == len(self._places):
            found = {row.exercise: row.last_score for row in scored}
            self.complete.append(array("H", [found[name] for name in self._places]))

    def _pair(self, rows: Sequence[Any], score: Any, paired: Any) -> None:
        """Each score of a student with the mean of their others."""
        if len(rows) < 2:
            return
        total = sum(score(row) for row in rows)
        for row in rows:
            own = score(row)
            paired(self.items[row.exercise]).add(own, round((total - own) / (len(rows) - 1)))


def tenth(score: int) -> int:
    """The bin of a score, of ten; a whole one is in the last."""
    return min(_TENTHS - 1, score * _TENTHS // WHOLE)
