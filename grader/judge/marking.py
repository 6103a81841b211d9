"""Marking one submission: its exercises, their tests, and what each of them came to."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import msgspec

from grader.course.outline import Course, Exercise
from grader.course.text import read_draft
from grader.errors import WxbError
from grader.grading.talk import Job
from grader.judge.bound import TookTooLong, at_most
from grader.judge.diagnosis.diagnose import Findings, diagnose
from grader.judge.diagnosis.hollow import hollow_answer, is_hollow
from grader.judge.diagnosis.replay import Memory, Replay, Run, prefixes
from grader.judge.diagnosis.variants import Variant, load_variants
from grader.judge.further import Interview, Questions
from grader.judge.scoring import because, exercise_result, test_result
from grader.judge.suite import Ending
from grader.judge.transcript import Call, Transcript
from grader.judge.verdict import Verdict, empty, verdict
from grader.report.model import ExerciseResult, Outcome, TestResult, is_lost
from grader.sandbox.exchange import Bounds
from grader.sandbox.processes.launch import Launcher
from grader.sandbox.session import Session
from grader.sandbox.stopped import CutShort

__all__ = ["Marking", "Tests", "text_of"]

#: Bytes of arrays in the calls of one test that are kept for the diagnosis: more than any test of
#: small arrays asks for, and little beside what one answer may take.
_KEPT_BYTES = 1 << 24
#: Bytes of the questions of one test that are kept for as long as the judge lives.
_QUESTION_BYTES = 1 << 22
#: Most seconds of the judge's own work for one test, besides the exercise's limits.
_SUITE_SECONDS = 30.0
#: Most seconds for one look at what the reference or a misconception would have answered.
_REPLAY_SECONDS = 10.0
#: Most seconds that a submission answers further questions about one exercise.
_FURTHER_SECONDS = 5.0
#: Outcomes of tests whose questions are asked to the end, once one test of the exercise has failed.
_ASKED_ON = frozenset({"failed", "error", "not_attempted"})
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


class _Marked(NamedTuple):
    """The marks of one exercise, and the runs that may explain what was lost."""

    exercise: Exercise
    tests: list[TestResult]
    runs: list[Run]


class _Reference(NamedTuple):
    """Whether the reference passes one item, and what it was asked there."""

    sound: bool
    calls: tuple[Call, ...]


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
        self._known: dict[tuple[str, str, int], _Reference] = {}

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
            marked = [
                self._exercise(self._sitting(exercise, session, transcript), job, tell)
                for exercise in map(self._course.exercise, job.exercises)
                if exercise is not None
            ]
        finally:
            session.close()
        return tuple(self._result(each, job) for each in marked)

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

    def _exercise(self, sitting: _Sitting, job: Job, tell: Tell | None) -> _Marked:
        """The marks of one exercise; its runs only where there is something to explain."""
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
        wrong = any(run.lost for run in runs) or _is_half_done(tests, runs)
        return _Marked(exercise, tests, runs if wrong and not job.until_lost else [])

    def _result(self, marked: _Marked, job: Job) -> ExerciseResult:
        """An exercise's result, once nothing can change its marks any more."""
        exercise = marked.exercise
        if not marked.runs or self._course.handout or not self._ideas(exercise)[1]:
            return exercise_result(exercise, marked.tests, [])
        further = self._further(marked, job)
        source = job.modules.get(exercise.id, "")
        found = self._findings(exercise, marked.runs, further, source)
        tests = [because(test, found.because.get(test.id, "")) for test in marked.tests]
        return exercise_result(exercise, tests, found.diagnoses)

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
        return Run(test, self._tests.seed(item), lost, _kept(sitting.transcript.calls))

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

    def _is_sound(self, exercise: Exercise, item: Any) -> bool:
        """Whether the reference passes this item: if it does, the student's answer is at fault."""
        return self._references(exercise, [item])[0].sound

    def _references(self, exercise: Exercise, items: list[Any]) -> list[_Reference]:
        """How the reference fares in these items."""
        keys = [(exercise.id, item.name, self._tests.variation) for item in items]
        if any(key not in self._known for key in keys):
            modules = {e.id: text_of(self._course.solution(e)) for e in self._course.exercises}
            transcript = Transcript()
            session = self._session(modules, transcript)
            sitting = _Sitting(exercise, session, transcript, math.inf)
            try:
                for key, item in zip(keys, items, strict=True):
                    if key not in self._known:
                        self._known[key] = self._reference(sitting, item)
            finally:
                session.close()
        return [self._known[key] for key in keys]

    def _reference(self, sitting: _Sitting, item: Any) -> _Reference:
        found = self._run(sitting, item)
        if found.outcome == "timeout":  # on a machine with other things to do
            found = self._run(sitting, item)
        return _Reference(
            found.outcome == "passed", _kept(sitting.transcript.calls, _QUESTION_BYTES)
        )

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

    def _findings(
        self, exercise: Exercise, runs: list[Run], further: list[Run], source: str
    ) -> Findings:
        """What explains the wrong answers of an exercise."""
        reference, wrong = self._ideas(exercise)
        try:
            with at_most(_REPLAY_SECONDS):
                return diagnose(runs, further, reference, wrong, self._memory, source)
        except (TookTooLong, MemoryError):
            # A student's answer is an argument that is too much for the course's code.
            return Findings([], {})

    def _further(self, marked: _Marked, job: Job) -> list[Run]:
        """Answers to the questions of lost tests that were not reached, from a fresh worker."""
        exercise = marked.exercise
        open_tests = [t.id for t in marked.tests if t.outcome in _ASKED_ON]
        items = [(test, i) for test in open_tests for i in self._tests.items(exercise.id, test)]
        references = self._references(exercise, [item for _, item in items])
        reached = {(run.test, run.seed): len(run.calls) for run in marked.runs}
        transcript = Transcript()
        session = self._session(job.modules, transcript)
        interview = Interview(exercise.id, session, transcript, _FURTHER_SECONDS)
        found = []
        try:
            for (test, item), reference in zip(items, references, strict=True):
                seed = self._tests.seed(item)
                known = reached.get((test, seed), 0)
                if reference.sound and len(reference.calls) > known:
                    run = interview.ask(Questions(test, seed, reference.calls, known))
                    found.append(msgspec.structs.replace(run, calls=_kept(run.calls)))
        finally:
            session.close()
        return found

    def _ideas(self, exercise: Exercise) -> tuple[Variant, list[Variant]]:
        """The reference and the wrong ideas of an exercise."""
        if exercise.id not in self._variants:
            self._variants[exercise.id] = load_variants(self._course, exercise)
        return self._variants[exercise.id]


def _is_half_done(tests: Sequence[TestResult], runs: Sequence[Run]) -> bool:
    """Whether tests ended at a stub, and another function is written that they would have asked."""
    return any(run.calls for run in runs) and any(t.outcome == "not_attempted" for t in tests)


def _kept(calls: Sequence[Call], most: int | None = None) -> tuple[Call, ...]:
    """The calls of one run; none if they are too much to hold on to."""
    weight = sum(call.exchange.weight for call in calls)
    return tuple(calls) if weight <= (_KEPT_BYTES if most is None else most) else ()


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
