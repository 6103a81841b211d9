"""What another grading would change of marks that there are, and whether it may.

Marks are shares of points as course.yaml has them now. Nothing here is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from grader.classroom.batched import Change
from grader.classroom.gradebook.marks import share
from grader.classroom.gradebook.values import Tests, Verdict
from grader.course.outline import Course
from grader.handin.text import printable
from grader.report.words import LOOK

__all__ = ["Comparison", "Mode"]

#: What may be done to marks that there are: nothing, raise them, or lower them, too.
Mode = Literal["try", "raise", "lower"]


class Comparison:
    """Compares gradings with those that hold, and collects what differs.

    Args:
        mode: which changes may be made.

    Attributes:
        changes: what would change, or has, in the order in which it was seen.
    """

    def __init__(self, course: Course, mode: Mode) -> None:
        self._course, self._mode = course, mode
        self.changes: list[Change] = []

    def may_hold(
        self,
        students: tuple[str, ...],
        attempt: int,
        exercise: str,
        held: Verdict | None,
        tests: Tests,
        pair: tuple[str, str],
    ) -> bool:
        """Whether a grading may take the place of the one that holds.

        Where both are of one pair, they differ by luck, and the better one holds: that is no
        change. Where nothing could be tried now, what was tried before holds.
        """
        if held is None:
            return self._mode != "try"
        before, after = self._share(exercise, held.tests), self._share(exercise, tests)
        is_luck = (held.sources, held.suite) == pair and held.reusable == "never"
        if before is None or after is None or before == after:
            return self._mode != "try" and not (after is None and before is not None)
        is_lower = after < before
        if is_lower and is_luck:
            return False
        is_made = self._mode == "lower" or (self._mode == "raise" and not is_lower)
        self.changes.append(
            Change(
                students=tuple(map(printable, students)),
                submission=held.submission,
                attempt=attempt,
                exercise=exercise,
                before=self._points(exercise, before),
                after=self._points(exercise, after),
                tests=tuple(_differing(held.tests, tests)),
                outcomes=tests,
                made=is_made,
            )
        )
        return is_made

    def _share(self, name: str, tests: Mapping[str, object]) -> Fraction | None:
        exercise = self._course.exercise(name)
        return None if exercise is None else share(exercise, dict(tests))  # type: ignore[arg-type]

    def _points(self, name: str, part: Fraction) -> float:
        exercise = self._course.exercise(name)
        assert exercise is not None
        return round(float(part * Fraction(exercise.points)), 4)


def _differing(before: Tests, after: Tests) -> list[str]:
    """A sentence for each test that ended otherwise."""
    found = []
    for test in {**before, **after}:
        was, now = before.get(test), after.get(test)
        if was != now:
            words = [LOOK[o].words or o if o is not None else "not there" for o in (was, now)]
            found.append(f"{test}: {words[0]}, now {words[1]}")
    return found
