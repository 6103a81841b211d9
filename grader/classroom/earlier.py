"""Earlier hand-ins that count after all, under `keep` "last".

The last hand-in of each student is judged. Where it holds no work for an exercise, or came after
the closing time, the policy would have an earlier one decide: so that one is judged as well, for
these exercises alone. Else a mark would depend on whether a class was judged in between.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Self

import msgspec

from grader.classroom.attempt import Attempt, Collected
from grader.classroom.collected import counting, read_attempts
from grader.classroom.gradebook.marks import Mark, StudentMarks
from grader.classroom.merged import Mergers
from grader.classroom.people import Person

__all__ = ["Earlier"]


class Earlier:
    """The hand-ins of a class that do not count, as far as others of their students' do.

    Args:
        attempts: all of the class, as they were collected.
        picked: folders of those that count.

    Attributes:
        students: who has any.
    """

    def __init__(
        self,
        about: Collected,
        people: Iterable[Person],
        attempts: Iterable[Attempt],
        picked: Collection[str],
    ) -> None:
        every = counting(msgspec.structs.replace(about, keep="all"), people, attempts)
        self._chains: dict[str, dict[str, list[Attempt]]] = {}
        for student, units in every.items():
            for unit, found in units.items():
                chain = [each for each in reversed(found) if each.folder not in picked]
                if chain:
                    self._chains.setdefault(student, {})[unit] = chain
        self._asked: set[tuple[str, str]] = set()
        self.students = frozenset(self._chains)

    @classmethod
    def of(
        cls,
        folder: Path,
        about: Collected,
        people: Iterable[Person],
        attempts: Collection[Attempt],
        mergers: Mergers,
    ) -> Self:
        """Those of a class that was read."""
        picked = {attempt.folder for attempt in attempts if attempt.picked}
        # As they were written down: a class that is read has worked out who is of a team.
        every = () if len(picked) == len(attempts) else read_attempts(folder, mergers)
        return cls(about, people, every, picked)

    def needed(
        self, marks: Sequence[StudentMarks], exercises: Collection[str]
    ) -> dict[str, tuple[Attempt, set[str]]]:
        """Folder -> a hand-in, and the exercises that it is to be judged for; each pair once.

        Args:
            marks: of these students, as they stand now.
            exercises: those that may be judged.
        """
        found: dict[str, tuple[Attempt, set[str]]] = {}
        for student in marks:
            units = self._chains.get(student.person.key, {})
            for mark in student.marks:
                if mark.exercise not in exercises or not _is_open(mark):
                    continue
                for attempt in units.get(mark.unit, units.get("", ())):
                    pair = attempt.folder, mark.exercise
                    if pair not in self._asked:
                        self._asked.add(pair)
                        found.setdefault(attempt.folder, (attempt, set()))[1].add(mark.exercise)
                        break
        return found


def _is_open(mark: Mark) -> bool:
    """Whether an earlier hand-in may decide in place of what was judged."""
    if mark.state in ("override", "excused", "missing"):
        return False
    return mark.state == "closed" or mark.outcome == "not_attempted"
