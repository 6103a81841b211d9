"""Marking one submission: its exercises, their tests, and what each of them came to."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from grader.course.outline import Course, Exercise
from grader.course.text import read_draft
from grader.errors import WxbError
from grader.grading.talk import Job
from grader.judge.bound import TookTooLong, at_most
from grader.judge.diagnosis.diagnose import diagnose
from grader.judge.diagnosis.hollow import hollow_answer, is_hollow
from grader.judge.diagnosis.replay import Memory, Replay, Run, prefixes
from grader.judge.diagnosis.variants import Variant, load_variants
from grader.judge.pacing import Pacing, in_turns
from grader.judge.scoring import exercise_result, test_result
from grader.judge.suite import Ending
from grader.judge.transcript import Transcript
from grader.judge.verdict import Verdict, empty, last_asked, verdict
from grader.report.model import Diagnosis, ExerciseResult, Outcome, TestResult, is_lost
from grader.sandbox.exchange import Bounds
from grader.sandbox.processes.launch import Launcher
from grader.sandbox.session import Session
from grader.sandbox.stopped import (
    CutShort,
    PutOff,
    SlowCall,
    SlowLoading,
    SlowReading,
    Stopped,
)
from grader.sandbox.wire.protocol import Op

__all__ = ["Marking", "Tests", "text_of"]

#: Bytes of arrays in the calls of one test that are kept for the diagnosis: more than any test of
#: small arrays asks for, and little beside what one answer may take.
_KEPT_BYTES = 1 << 24
#: Most seconds of the judge's own work in one run of a test, starting a worker included. Each time
#: that it is not enough, the next runs of the same submission have half of it: answers that keep
#: a suite busy are one submission's, and no suite comes near the least.
_SUITE_SECONDS, _LEAST_SUITE_SECONDS = 30.0, 5.0
#: A name that no module has.
_NO_NAME = "wxb no name"
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

    Args:
        pacing: whose time is used; without it there is no end to it.

    `answered`: some call of the exercise's module has come back, so that it can be loaded.
    """

    def __init__(
        self,
        exercise: Exercise,
        session: Session,
        transcript: Transcript,
        pacing: Pacing | None = None,
    ) -> None:
        self.exercise, self.session, self.transcript = exercise, session, transcript
        self.pacing = pacing
        self.answered = False


class _Trial:
    """One test function with all its parameters, up to the first that does not pass."""

    def __init__(self, test: str, items: Sequence[Any]) -> None:
        self.test, self.items = test, list(items)
        self.found = Verdict("passed")
        self.runs: list[Run] = []
        self.printed: list[str] = []
        self.seconds = 0.0


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
        self._patience = _SUITE_SECONDS
        self._sound: dict[tuple[str, str, int], bool] = {}

    def mark(self, job: Job, tell: Tell | None = None) -> tuple[ExerciseResult, ...]:
        """What each exercise of a submission came to.

        Args:
            tell: hears of each test when it is done.

        Raises:
            CutShort: the caller wants it no longer.
        """
        self._tests.variation = job.seed
        self._patience = _SUITE_SECONDS
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
        cpu = math.ceil(sum(limits.longest(len(e.tests)) for e in self._course.exercises))
        transcript.session = Session(
            self._launcher,
            Bounds(limits.call, limits.memory, limits.output, cpu + _READING_SECONDS),
            modules,
            {e.id: e.forbidden for e in self._course.exercises if e.forbidden},
            transcript.handle,
            self._interrupt,
        )
        return transcript.session

    def _sitting(self, exercise: Exercise, session: Session, transcript: Transcript) -> _Sitting:
        pacing = Pacing(self._course.limits, len(exercise.tests))
        return _Sitting(exercise, session, transcript, pacing)

    def _exercise(self, sitting: _Sitting, job: Job, tell: Tell | None) -> ExerciseResult:
        exercise, pacing = sitting.exercise, sitting.pacing
        assert pacing is not None
        trials = [_Trial(test, self._tests.items(exercise.id, test)) for test in exercise.tests]
        done: dict[str, TestResult] = {}
        for trial in in_turns(pacing, trials, partial(self._go_on, sitting, pacing)):
            result = done[trial.test] = self._result(exercise, trial)
            if tell is not None:
                tell(exercise.id, trial.test, result.outcome)
            if job.until_lost and is_lost(result.outcome):
                break
        tests = [done[trial.test] for trial in trials if trial.test in done]
        runs = [run for trial in trials for run in trial.runs]
        diagnoses = [] if job.until_lost else self._diagnoses(exercise, runs)
        return exercise_result(exercise, tests, diagnoses)

    def _go_on(self, sitting: _Sitting, pacing: Pacing, trial: _Trial) -> frozenset[str] | None:
        """Take a test as far as it goes: None if it is done, else the functions it waits for."""
        began = time.perf_counter()
        late = None
        while trial.items and trial.found.outcome == "passed" and late is None:
            item = trial.items[0]
            found = self._attempt_twice(sitting, pacing, trial.test, item)
            if found is None:
                late = pacing.waits_for
                continue
            del trial.items[0]
            trial.found = found
            trial.runs.append(self._run_of(sitting, trial.test, item, found))
            trial.printed += [call.exchange.printed for call in sitting.transcript.calls]
        trial.seconds += time.perf_counter() - began
        return late

    def _result(self, exercise: Exercise, trial: _Trial) -> TestResult:
        found, ms = trial.found, trial.seconds * 1000
        text = "".join(trial.printed)[: self._course.limits.output]
        title = self._tests.title(exercise.id, trial.test)
        return test_result(exercise, trial.test, title, found.outcome, found.message, ms, text)

    def _run_of(self, sitting: _Sitting, test: str, item: Any, found: Verdict) -> Run:
        """A run as the diagnosis needs it."""
        lost = found.outcome in ("failed", "error")
        calls = tuple(sitting.transcript.calls)
        if sum(call.exchange.weight for call in calls) > _KEPT_BYTES:
            calls = ()  # too much to hold until the exercise is over: no diagnosis from it
        return Run(test, self._tests.seed(item), lost, calls)

    def _attempt_twice(
        self, sitting: _Sitting, pacing: Pacing, test: str, item: Any
    ) -> Verdict | None:
        """One run; one more where the clock ran out while the processor was somebody else's.

        None where the test is put off.
        """
        session = sitting.session
        for again in (False, True):
            began = time.thread_time()
            allowed = pacing.begin(test)
            found = self._attempt(sitting, item, allowed)
            calls = allowed - session.left
            reason = session.stopped.reason if session.stopped is not None else None
            starved = session.starved and isinstance(reason, SlowCall | SlowReading)
            if not (starved and found is not None and not again and pacing.retry(calls)):
                break
        call = partial(last_asked, sitting.transcript)
        pacing.book(reason, calls, time.thread_time() - began, call)
        sitting.answered |= bool(sitting.transcript.calls)
        if isinstance(reason, SlowCall) and found is not None and not sitting.answered:
            return self._loading(sitting, pacing, item) or found
        return found

    def _loading(self, sitting: _Sitting, pacing: Pacing, item: Any) -> Verdict | None:
        """The verdict on a module that cannot be loaded in time: then no call of it is too slow.

        It is loaded with the first call, whichever it is: a name that no module has tells.
        """
        session, exercise = sitting.session, sitting.exercise.id
        sitting.answered = True  # so it is, or nothing of it is called again
        session.begin(exercise, self._tests.seed(item), math.inf)
        try:
            session.do(Op("call", _NO_NAME))
        except Stopped as stop:
            if isinstance(stop.reason, SlowCall):
                pacing.give_up(SlowLoading(exercise, stop.reason.seconds))
                session.refuse(SlowLoading(exercise, stop.reason.seconds))
                return verdict(Ending("call", stop), sitting.transcript, session.stopped)
        return None

    def _attempt(self, sitting: _Sitting, item: Any, seconds: float = math.inf) -> Verdict | None:
        """One run of one test item; a suite that raised is tried on the reference first."""
        found = self._run(sitting, item, seconds)
        if found is None:
            return None
        if found.doubtful and not self._is_sound(sitting.exercise, item):
            return Verdict("grader_fault", _report_this(sitting.exercise, found.doubtful))
        if found.outcome == "passed":
            return self._with_substance(sitting, item) or found
        return found

    def _run(self, sitting: _Sitting, item: Any, seconds: float = math.inf) -> Verdict | None:
        """One run of one test item, whose calls may take so long; None if it is put off."""
        session, transcript, pacing = sitting.session, sitting.transcript, sitting.pacing
        transcript.begin()
        transcript.session, transcript.pacing = session, pacing
        session.begin(sitting.exercise.id, self._tests.seed(item), seconds)
        # Reading the texts has its own time, and a student's answer may keep a suite busy.
        try:
            with at_most(self._patience + min(seconds, self._course.limits.longest(1))):
                ending = self._tests.run(item, transcript)
        except TookTooLong as error:  # between the phases of the test
            ending = Ending("call", error)
        if isinstance(ending.error, TookTooLong):
            self._patience = max(self._patience / 2, _LEAST_SUITE_SECONDS)
            session.close()  # it may have been interrupted in the middle of an exchange
        if isinstance(ending.error, WxbError | CutShort):
            raise ending.error  # ours, not the suite's: the whole job is off
        if pacing is not None and session.stopped is not None:
            session.refuse(pacing.told(session.stopped.reason))
            if isinstance(session.stopped.reason, PutOff):
                return None
        found = verdict(ending, transcript, session.stopped)
        if found.outcome == "grader_fault":
            return Verdict("grader_fault", _report_this(sitting.exercise, found.message))
        return found

    # --- with the course's own code ------------------------------------------------------------

    def _is_sound(self, exercise: Exercise, item: Any) -> bool:
        """Whether the reference passes this item: if it does, the student's answer is at fault."""
        key = (exercise.id, item.name, self._tests.variation)
        if key not in self._sound:
            modules = {e.id: text_of(self._course.solution(e)) for e in self._course.exercises}
            transcript = Transcript()
            session = self._session(modules, transcript)
            sitting = _Sitting(exercise, session, transcript)
            try:
                found = self._run(sitting, item)
                if found is not None and found.outcome == "timeout":  # a machine with much to do
                    found = self._run(sitting, item)
            finally:
                session.close()
            self._sound[key] = found is not None and found.outcome == "passed"
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
