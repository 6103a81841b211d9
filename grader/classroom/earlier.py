"""Earlier hand-ins that count after all, under `keep` "last".

The last hand-in of each student is judged. Where it holds no work for an exercise, or came after
the closing time, the policy would have an earlier one decide: so that one is judged as well, for
these exercises alone. And what came late counts as of the time at which the same was handed in
first: earlier ones with the same sources are settled, too. Else a mark would depend on whether a
class was judged in between.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Self

import msgspec

from grader.classroom.attempt import Attempt, Collected
from grader.classroom.collected import counting, files_of, read_attempts
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.marks import Mark, StudentMarks
from grader.classroom.merged import Mergers
from grader.classroom.people import Person
from grader.course.outline import Course
from grader.errors import SubmissionError
from grader.handin.digest import source_digests
from grader.handin.matching import match
from grader.handin.submission import Submission

__all__ = ["Earlier"]


class _Late(NamedTuple):
    """A hand-in, and late marks whose sources may be in it already."""

    attempt: Attempt
    marks: list[Mark]


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
        course: Course,
        folder: Path,
        about: Collected,
        people: Iterable[Person],
        attempts: Iterable[Attempt],
        picked: Collection[str],
    ) -> None:
        self._course, self._folder = course, folder
        attempts, people = list(attempts), list(people)
        teamed = [] if not any(person.team for person in people) else attempts
        self._teamed = [each for each in teamed if each.folder not in picked]
        every = counting(msgspec.structs.replace(about, keep="all"), people, attempts)
        self._chains: dict[str, dict[str, list[Attempt]]] = {}
        for student, units in every.items():
            for unit, found in units.items():
                if any(each.folder not in picked for each in found):
                    self._chains.setdefault(student, {})[unit] = found[::-1]
        self._picked = picked
        self._asked: set[tuple[str, str]] = set()
        self.students = frozenset(self._chains)

    @classmethod
    def of(
        cls,
        course: Course,
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
        return cls(course, folder, about, people, every, picked)

    def retell(self, book: Gradebook) -> None:
        """Say again whose they are, of those that the gradebook has: when it was last told of one,
        it may have counted for a team-mate, who has handed in own work since.
        """
        recorded = book.recorded(self._teamed) if self._teamed else {}
        for attempt in self._teamed:
            if attempt.folder in recorded and not recorded[attempt.folder].is_all:
                book.settle(attempt)

    def needed(
        self, marks: Sequence[StudentMarks], exercises: Collection[str], book: Gradebook
    ) -> dict[str, tuple[Attempt, set[str]]]:
        """Folder -> a hand-in, and the exercises that it is to be judged for; each pair once.

        Args:
            marks: of these students, as they stand now in the gradebook.
            exercises: those that may be judged.
        """
        found: dict[str, tuple[Attempt, set[str]]] = {}
        late: dict[str, _Late] = {}
        for student in marks:
            units = self._chains.get(student.person.key, {})
            for mark in student.marks:
                if mark.exercise not in exercises:
                    continue
                chain = units.get(mark.unit, units.get("", ()))
                new = [each for each in chain if self._is_new(each, mark)]
                rivals = [each for each in _rivals(mark, chain) if each in new]
                if rivals:
                    self._asked.add((rivals[0].folder, mark.exercise))
                    found.setdefault(rivals[0].folder, (rivals[0], set()))[1].add(mark.exercise)
                else:
                    for attempt in (each for each in new if _tells(each, mark)):
                        self._asked.add((attempt.folder, mark.exercise))
                        late.setdefault(attempt.folder, _Late(attempt, [])).marks.append(mark)
        for attempt, theirs in late.values():
            if same := self._unchanged(attempt, theirs, book):
                found.setdefault(attempt.folder, (attempt, set()))[1].update(same)
        return found

    def _is_new(self, attempt: Attempt, mark: Mark) -> bool:
        pair = attempt.folder, mark.exercise
        return attempt.folder not in self._picked and pair not in self._asked

    def _unchanged(self, attempt: Attempt, marks: list[Mark], book: Gradebook) -> set[str]:
        """The exercises of which an attempt holds the very sources that a mark is for."""
        wanted = tuple({mark.exercise for mark in marks})
        try:
            submission = Submission.from_path(files_of(self._folder, attempt), attempt.student)
        except (SubmissionError, OSError):
            return set()  # it is not what the mark is for
        own = source_digests(match(self._course, submission, wanted))
        return {
            mark.exercise
            for mark in marks
            if mark.grading is not None and book.result(mark.grading).sources == own[mark.exercise]
        }


def _rivals(mark: Mark, chain: Sequence[Attempt]) -> Sequence[Attempt]:
    """Of all attempts, the newest first, those that may decide in place of the one that does."""
    if mark.state in ("override", "excused", "missing"):
        return []
    if mark.state == "closed" or mark.outcome == "not_attempted":
        return chain
    place = next((i for i, each in enumerate(chain) if each.number == mark.attempt), 0)
    return chain[:place]  # an older one was judged, when it was the last or for another unit


def _tells(attempt: Attempt, mark: Mark) -> bool:
    """Whether it would matter that an attempt has the same: it was late, or nobody knows when."""
    is_untimed = mark.at is None and attempt.at is not None
    return mark.state == "graded" and (bool(mark.lateness.over) or is_untimed)
