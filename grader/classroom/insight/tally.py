"""A class counted in one pass: student by student, so that nothing but sums and scores is held.

Of each student and exercise two scores and two rests are kept, of two bytes each: 10,000 students
of 31 exercises are 2.5 MB.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence

from grader.classroom.gradebook.figures import Stood
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

    def add(self, row: Stood, newest: int) -> None:
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

    def add(self, tried: Sequence[Stood], score: int | None) -> None:
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

    def add_all(self, students: Iterable[Sequence[Stood]]) -> None:
        for rows in students:
            self._add(rows)

    def _add(self, rows: Sequence[Stood]) -> None:
        known = [row for row in rows if row.exercise in self._places]
        tried = [row for row in known if row.attempts]
        for row in known:
            self.items[row.exercise].add(row, self._newest)
        if tried:
            last = max(tried, key=lambda row: self._places[row.exercise])
            self.items[last.exercise].furthest += 1
        last_scores = {r.exercise: r.last_score for r in tried if r.last_score is not None}
        section = self.sections.setdefault(rows[0].section, SectionTally())
        total, count = sum(last_scores.values()), len(last_scores)
        for each in (section, self.whole):
            each.add(tried, round(total / count) if count else None)
        self._pair(last_scores, lambda item: item.at_last)
        sure = {r.exercise: r.first_score for r in tried if r.sure and r.first_score is not None}
        self._pair(sure, lambda item: item.at_first)
        if count == len(self._places):
            self.complete.append(array("H", [last_scores[name] for name in self._places]))

    def _pair(self, scores: Mapping[str, int], paired: Callable[[ItemTally], Paired]) -> None:
        """Each score of a student with the mean of their others."""
        if len(scores) < 2:
            return
        total = sum(scores.values())
        for exercise, own in scores.items():
            paired(self.items[exercise]).add(own, round((total - own) / (len(scores) - 1)))


def tenth(score: int) -> int:
    """The bin of a score, of ten; a whole one is in the last."""
    return min(_TENTHS - 1, score * _TENTHS // WHOLE)
