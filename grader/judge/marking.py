"""Marking one submission: its exercises, their tests, and what each of them came to."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from grader.course.outline import Course, Exercise
from grader.course.text import read_draft
from grader.errors import WxbError
from grader.grading.talk import Job
from grader.judge.bound import TookTooLong, at_most
from grader.judge.contract import Asked, asked_in
from grader.judge.diagnosis.diagnose import diagnose
from grader.judge.diagnosis.hollow import hollow_answer, is_hollow
from grader.judge.diagnosis.replay import Memory, Replay, Run, prefixes
from grader.judge.diagnosis.variants import Variant, load_variants
from grader.judge.scoring import exercise_result, test_result
from grader.judge.suite import Ending
from grader.judge.transcript import Transcript
from grader.judge.verdict import Verdict, empty, verdict
from grader.report.model import Diagnosis, ExerciseResult, Outcome, TestResult, is_lost
from grader.sandbox.exchange import Bounds
from grader.sandbox.processes.launch import Launcher
from grader.sandbox.session import Session
from grader.sandbox.stopped import CutShort

__all__ = ["Marking", "Tests", "text_of"]

#: Bytes of arrays in the calls of one test that are kept for the diagnosis: more than any test of
#: small arrays asks for, and little beside what one answer may take.
_KEPT_BYTES = 1 << 24
#: Most seconds of the judge's own work for one test, besides the exercise's limits.
_SUITE_SECONDS = 30.0
#: Most seconds for one look at what the reference or a misconception would have answered.
_REPLAY_SECONDS = 10.0
#: Processor seconds that a worker has beyond the exercises' limits: for reading the texts.
_READING_SECONDS = 5

#: Called as (exercise, test, outcome) after each test.
Tell = Callable[[str, str, Outcome], None]


class Tests(Protocol):
    """What marks a submission: a `Suite`, or in a handout its `Examples`."""

    course: Course
    variation: int

    def items(self, exercise: str, test: str) -> list[Any]: ...
    def title(self, exercise: str, test: str) -> str: ...
    def seed(self, item: Any) -> int: ...
    def run(self, item: Any, transcript: Transcript) -> Ending: ...


class _Sitting:
    """One submission before the tests of one exercise.

    `left` are the seconds that the exercise still has, `spare` those for second attempts.
    """

    def __init__(
        self, exercise: Exercise, session: Session, transcript: Transcript, seconds: float
    ) -> None:
        self.exercise, self.session, self.transcript = exercise, session, transcript
        self.left = self.spare = seconds


class Marking:
    """One course's tests, and what is remembered from one submission to the next.

    Args:
        launcher: where workers come from.
        interrupt: a descriptor; once it can be read, marking ends as CutShort.
    """

    def __init__(self, tests: Tests, launcher: Launcher, interrupt: int | None = None) -> None:
        self._tests, self._launcher, self._interrupt = tests, launcher, interrupt
        self._course = tests.course
        self._variants: dict[str, tuple[Variant, list[Variant]]] = {}
        self._memory = Memory()
        self._sound: dict[tuple[str, str, int], bool] = {}

    def mark(self, job: Job, tell: Tell | None = None) -> tuple[ExerciseResult, ...]:
        """What each exercise of a submission came to.

        Args:
            tell: hears of each test when it is done.

        Raises:
            CutShort: the caller wants it no longer.
        """
        self._tests.variation = job.seed
        transcript = Transcript()
        session = self._session(job.modules, transcript)
        try:
            return tuple(
                self._exercise(self._sitting(exercise, session, transcript), job, tell)
                for exercise in map(self._course.exercise, job.exercises)
                if exercise is not None
            )
        finally:
            session.close()

    def _session(self, modules: dict[str, str], transcript: Transcript) -> Session:
        limits = self._course.limits
        count = sum(1 for _ in self._course.exercises)
        cpu = math.ceil(limits.exercise * count) + _READING_SECONDS
        transcript.session = Session(
            self._launcher,
            Bounds(limits.call, limits.memory, limits.output, cpu),
            modules,
            {e.id: e.forbidden for e in self._course.exercises if e.forbidden},
            transcript.handle,
            self._interrupt,
        )
        return transcript.session

    def _sitting(self, exercise: Exercise, session: Session, transcript: Transcript) -> _Sitting:
        return _Sitting(exercise, session, transcript, self._course.limits.exercise)

    def _exercise(self, sitting: _Sitting, job: Job, tell: Tell | None) -> ExerciseResult:
        exercise = sitting.exercise
        tests: list[TestResult] = []
        runs: list[Run] = []
        for test in exercise.tests:
            result = self._test(sitting, test, runs)
            if tell is not None:
                tell(exercise.id, test, result.outcome)
            tests.append(result)
            if job.until_lost and is_lost(result.outcome):
                break
        diagnoses = [] if job.until_lost else self._diagnoses(exercise, runs)
        return exercise_result(exercise, tests, diagnoses)

    def _test(self, sitting: _Sitting, test: str, runs: list[Run]) -> TestResult:
        """One test function with all its parameters, up to the first that does not pass.

        Args:
            runs: each run is added to them.
        """
        began = time.perf_counter()
        exercise = sitting.exercise.id
        found = Verdict("passed")
        printed: list[str] = []
        for item in self._tests.items(exercise, test):
            found = self._attempt_twice(sitting, item)
            run = self._run_of(sitting, test, item, found)
            printed += [call.exchange.printed for call in sitting.transcript.calls]
            runs.append(run)
            if found.outcome != "passed":
                break
        ms = (time.perf_counter() - began) * 1000
        text = "".join(printed)[: self._course.limits.output]
        title = self._tests.title(exercise, test)
        return test_result(sitting.exercise, test, title, found.outcome, found.message, ms, text)

    def _run_of(self, sitting: _Sitting, test: str, item: Any, found: Verdict) -> Run:
        """A run as the diagnosis needs it."""
        lost = found.outcome in ("failed", "error")
        calls = tuple(sitting.transcript.calls)
        if sum(call.exchange.weight for call in calls) > _KEPT_BYTES:
            calls = ()  # too much to hold until the exercise is over: no diagnosis from it
        return Run(test, self._tests.seed(item), lost, calls)

    def _attempt_twice(self, sitting: _Sitting, item: Any) -> Verdict:
        """One run; one more where the clock ran out while the processor was somebody else's."""
        session = sitting.session
        found = self._attempt(sitting, item)
        if found.outcome == "timeout" and session.starved and sitting.spare > 0:
            sitting.spare -= sitting.left - session.left
            found = self._attempt(sitting, item)
        sitting.left = session.left
        return found

    def _attempt(self, sitting: _Sitting, item: Any) -> Verdict:
        """One run of one test item; a suite that raised is tried on the reference first."""
        found = self._run(sitting, item)
        if found.doubtful and not self._is_sound(sitting.exercise, item):
            return Verdict("grader_fault", _report_this(sitting.exercise, found.doubtful))
        if found.outcome == "passed":
            return self._with_substance(sitting, item) or found
        return found

    def _run(self, sitting: _Sitting, item: Any) -> Verdict:
        session, transcript = sitting.session, sitting.transcript
        transcript.begin()
        transcript.session = session
        session.begin(sitting.exercise.id, self._tests.seed(item), sitting.left)
        # Reading the texts has its own time, and a student's answer may keep a suite busy.
        try:
            with at_most(_SUITE_SECONDS + 2 * self._course.limits.exercise):
                ending = self._tests.run(item, transcript)
        except TookTooLong as error:  # between the phases of the test
            ending = Ending("call", error)
        if isinstance(ending.error, TookTooLong):
            session.close()  # it may have been interrupted in the middle of an exchange
        if isinstance(ending.error, WxbError | CutShort):
            raise ending.error  # ours, not the suite's: the whole job is off
        found = verdict(ending, transcript, session.stopped)
        if found.outcome == "grader_fault":
            return Verdict("grader_fault", _report_this(sitting.exercise, found.message))
        return found

    # --- with the course's own code ------------------------------------------------------------

    def asked_of_the_reference(self, exercise: Exercise) -> list[Asked]:
        """What the suite of an exercise asks of its reference, test by test."""
        found: list[Asked] = []
        transcript = Transcript()
        session = self._session(self._solutions(), transcript)
        sitting = _Sitting(exercise, session, transcript, math.inf)
        try:
            for test in exercise.tests:
                for item in self._tests.items(exercise.id, test):
                    self._run(sitting, item)
                    found += asked_in(test, transcript.calls)
        finally:
            session.close()
        return found

    def _solutions(self) -> dict[str, str]:
        return {e.id: text_of(self._course.solution(e)) for e in self._course.exercises}

    def _is_sound(self, exercise: Exercise, item: Any) -> bool:
        """Whether the reference passes this item: if it does, the student's answer is at fault."""
        key = (exercise.id, item.name, self._tests.variation)
        if key not in self._sound:
            transcript = Transcript()
            session = self._session(self._solutions(), transcript)
            sitting = _Sitting(exercise, session, transcript, math.inf)
            try:
                found = self._run(sitting, item)
                if found.outcome == "timeout":  # on a machine with other things to do
                    found = self._run(sitting, item)
            finally:
                session.close()
            self._sound[key] = found.outcome == "passed"
        return self._sound[key]

    def _with_substance(self, sitting: _Sitting, item: Any) -> Verdict | None:
        """A verdict on answers that passed because there is nothing in them."""
        calls = sitting.transcript.calls
        exchanges = [call.exchange for call in calls]
        if self._course.handout:
            return None  # there is no reference here
        changed = [arg for e in exchanges if e.after is not None for arg in e.after[0]]
        if not any(map(is_hollow, [*changed, *(e.value for e in exchanges)])):
            return None
        run = Run(item.name, self._tests.seed(item), False, tuple(calls))
        right = Replay(self._ideas(sitting.exercise)[0], run, prefixes(run), self._memory)
        try:
            with at_most(_REPLAY_SECONDS):
                told = (hollow_answer(e, right.answer(i)) for i, e in enumerate(exchanges))
                found = [(text, call) for text, call in zip(told, calls, strict=True) if text]
        except (TookTooLong, MemoryError):
            return None
        return empty(*found[0], calls) if found else None

    def _diagnoses(self, exercise: Exercise, runs: list[Run]) -> list[Diagnosis]:
        if self._course.handout or not any(run.lost for run in runs):
            return []
        reference, wrong = self._ideas(exercise)
        try:
            with at_most(_REPLAY_SECONDS):
                return diagnose(runs, reference, wrong, self._memory)
        except (TookTooLong, MemoryError):
            return []  # a student's answer is an argument that is too much for the course's code

    def _ideas(self, exercise: Exercise) -> tuple[Variant, list[Variant]]:
        """The reference and the wrong ideas of an exercise."""
        if exercise.id not in self._variants:
            self._variants[exercise.id] = load_variants(self._course, exercise)
        return self._variants[exercise.id]


def text_of(path: Path) -> str:
    """A file's text, or nothing."""
    try:
        return read_draft(path)
    except OSError:
        return ""


def _report_this(exercise: Exercise, message: str) -> str:
    told = message.splitlines()[0] if message else ""
    return (
        f"{told}\nThis is not your mistake, and its points are not counted.\n"
        f"Please tell whoever runs the course: suite of {exercise.id}."
    )
