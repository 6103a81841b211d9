"""How the reference fares in the tests of a course, as far as it was asked.

Where a test could not use a student's answer, or was skipped after one, the reference decides who
is at fault. It has more time than a student, and what it did not get to for want of time is not
known: that is never laid to the suite.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from grader.course.outline import Exercise
from grader.judge.contract import Asked, asked_in
from grader.judge.sitting import Files, Reference, Sitting, Tests, text_of
from grader.judge.transcript import Call, Transcript
from grader.judge.verdict import Verdict
from grader.sandbox.session import Session

__all__ = ["References", "kept"]

#: How many times as long as a student's its calls may take.
_PATIENT = 10
#: Bytes of arrays in the calls of one test that are kept: more than any test of small arrays asks
#: for, and little beside what one answer may take; and of its questions, which are kept for as long
#: as the judge lives.
_KEPT_BYTES, _QUESTION_BYTES = 1 << 24, 1 << 22


class References:
    """The reference before the tests; its answers are kept from one submission to the next.

    Args:
        session: makes a session on modules and the data files beside them, whose calls are written
            into a transcript and may take so many times as long as a student's.
        run: one run of one test item; its outcome is a timeout where the suite had no end.
    """

    def __init__(
        self,
        tests: Tests,
        session: Callable[[dict[str, str], Transcript, Files, float], Session],
        run: Callable[[Sitting, Any], Verdict],
    ) -> None:
        self._tests, self._session, self._run = tests, session, run
        self._known: dict[tuple[str, str, int], Reference] = {}

    def of(self, exercise: Exercise, items: Sequence[Any]) -> list[Reference]:
        """How the reference fares in these items."""
        keys = [(exercise.id, item.name, self._tests.variation) for item in items]
        found = {key: self._known[key] for key in keys if key in self._known}
        if len(found) < len(keys):
            sitting = self._sitting(exercise)
            try:
                for key, item in zip(keys, items, strict=True):
                    if key not in found:
                        found[key] = self._reference(sitting, item)
            finally:
                sitting.session.close()
        self._known |= {key: each for key, each in found.items() if each.sound is not None}
        return [found[key] for key in keys]

    def asked(self, exercise: Exercise) -> list[Asked]:
        """What the suite of an exercise asks of its reference, test by test."""
        found: list[Asked] = []
        sitting = self._sitting(exercise)
        try:
            for test in exercise.tests:
                for item in self._tests.items(exercise.id, test):
                    self._run(sitting, item)
                    found += asked_in(test, sitting.transcript.calls)
        finally:
            sitting.session.close()
        return found

    def _sitting(self, exercise: Exercise) -> Sitting:
        course = self._tests.course
        solutions = {e.id: text_of(course.solution(e)) for e in course.exercises}
        transcript = Transcript()
        return Sitting(exercise, self._session(solutions, transcript, {}, _PATIENT), transcript)

    def _reference(self, sitting: Sitting, item: Any) -> Reference:
        """How it fares in one; once more where the machine may have been at fault."""
        for _ in range(2):
            outcome = self._run(sitting, item).outcome
            if not (outcome == "timeout" or sitting.session.disturbed):
                sound: bool | None = outcome == "passed"
                break
            sound = None
        return Reference(sound, kept(sitting.transcript.calls, _QUESTION_BYTES))


def kept(calls: Sequence[Call], most: int | None = None) -> tuple[Call, ...]:
    """The calls of one run; none if they are too much to hold on to."""
    weight = sum(call.exchange.weight for call in calls)
    return tuple(calls) if weight <= (_KEPT_BYTES if most is None else most) else ()
