"""Marking one submission: its exercises, their tests, and what each of them came to."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import msgspec

from grader.course.outline import Exercise
from grader.errors import WxbError
from grader.grading.talk import Job
from grader.judge.bound import TookTooLong, at_most
from grader.judge.contract import Asked, asked_in
from grader.judge.diagnosis.diagnose import Findings, diagnose
from grader.judge.diagnosis.hollow import hollows, may_be_hollow, unchecked
from grader.judge.diagnosis.replay import Memory, Replay, Run, is_of_loading, prefixes
from grader.judge.diagnosis.variants import Variant, load_variants
from grader.judge.further import Interview, Questions
from grader.judge.pacing import Pacing, in_turns
from grader.judge.scoring import because, exercise_result, test_result
from grader.judge.sitting import Marked, Reference, Sitting, Tests, Trial, text_of
from grader.judge.suite import Ending
from grader.judge.transcript import Call, Transcript
from grader.judge.verdict import Verdict, empty, last_asked, verdict
from grader.report.model import ExerciseResult, Outcome, TestResult, is_lost
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

__all__ = ["Marking"]

logger = logging.getLogger(__name__)

#: Bytes of arrays in the calls of one test that are kept for the diagnosis: more than any test of
#: small arrays asks for, and little beside what one answer may take.
_KEPT_BYTES = 1 << 24
#: Bytes of the questions of one test that are kept for as long as the judge lives.
_QUESTION_BYTES = 1 << 22
#: Most seconds of the judge's own work in one run of a test, starting a worker included. Each time
#: that it is not enough, the next runs of the same submission have half of it: answers that keep
#: a suite busy are one submission's, and no suite comes near the least.
_SUITE_SECONDS, _LEAST_SUITE_SECONDS = 30.0, 5.0
#: A name that no module has.
_NO_NAME = "wxb no name"
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
        self._known: dict[tuple[str, str, int], Reference] = {}

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

    def _sitting(self, exercise: Exercise, session: Session, transcript: Transcript) -> Sitting:
        pacing = Pacing(self._course.limits, len(exercise.tests))
        return Sitting(exercise, session, transcript, pacing)

    def _exercise(self, sitting: Sitting, job: Job, tell: Tell | None) -> Marked:
        """The marks of one exercise; its runs only where there is something to explain."""
        exercise, pacing = sitting.exercise, sitting.pacing
        assert pacing is not None
        trials = [Trial(test, self._tests.items(exercise.id, test)) for test in exercise.tests]
        done: dict[str, TestResult] = {}
        for trial in in_turns(pacing, trials, partial(self._go_on, sitting, pacing)):
            result = done[trial.test] = self._tested(exercise, trial)
            if tell is not None:
                tell(exercise.id, trial.test, result.outcome)
            if job.until_lost and is_lost(result.outcome):
                break
        tests = [done[trial.test] for trial in trials if trial.test in done]
        runs = [run for trial in trials for run in trial.runs]
        wrong = any(run.lost for run in runs) or _is_half_done(tests, runs)
        return Marked(exercise, tests, runs if wrong and not job.until_lost else [])

    def _result(self, marked: Marked, job: Job) -> ExerciseResult:
        """An exercise's result, once nothing can change its marks any more."""
        exercise = marked.exercise
        unexplained = not marked.runs or any(map(is_of_loading, marked.runs))
        if unexplained or self._course.handout or not self._ideas(exercise)[1]:
            return exercise_result(exercise, marked.tests, [])
        further = self._further(marked, job)
        source = job.modules.get(exercise.id, "")
        found = self._findings(exercise, marked.runs, further, source)
        tests = [because(test, found.because.get(test.id, "")) for test in marked.tests]
        return exercise_result(exercise, tests, found.diagnoses)

    def _go_on(self, sitting: Sitting, pacing: Pacing, trial: Trial) -> frozenset[str] | None:
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

    def _tested(self, exercise: Exercise, trial: Trial) -> TestResult:
        found, ms = trial.found, trial.seconds * 1000
        text = "".join(trial.printed)[: self._course.limits.output]
        title = self._tests.title(exercise.id, trial.test)
        return test_result(exercise, trial.test, title, found.outcome, found.message, ms, text)

    def _run_of(self, sitting: Sitting, test: str, item: Any, found: Verdict) -> Run:
        """A run as the diagnosis needs it."""
        lost = found.outcome in ("failed", "error")
        return Run(test, self._tests.seed(item), lost, _kept(sitting.transcript.calls))

    def _attempt_twice(
        self, sitting: Sitting, pacing: Pacing, test: str, item: Any
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

    def _loading(self, sitting: Sitting, pacing: Pacing, item: Any) -> Verdict | None:
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

    def _attempt(self, sitting: Sitting, item: Any, seconds: float = math.inf) -> Verdict | None:
        """One run of one test item; a suite that raised is tried on the reference first."""
        found = self._run(sitting, item, seconds)
        if found is None:
            return None
        if found.doubtful and not self._is_sound(sitting.exercise, item):
            return Verdict("grader_fault", _report_this(sitting.exercise, found.doubtful))
        if found.outcome == "passed":
            return self._with_substance(sitting, item) or found
        return found

    def _run(self, sitting: Sitting, item: Any, seconds: float = math.inf) -> Verdict | None:
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

    def asked_of_the_reference(self, exercise: Exercise) -> list[Asked]:
        """What the suite of an exercise asks of its reference, test by test."""
        found: list[Asked] = []
        transcript = Transcript()
        session = self._session(self._solutions(), transcript)
        sitting = Sitting(exercise, session, transcript)
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
        return self._references(exercise, [item])[0].sound

    def _references(self, exercise: Exercise, items: list[Any]) -> list[Reference]:
        """How the reference fares in these items."""
        keys = [(exercise.id, item.name, self._tests.variation) for item in items]
        if any(key not in self._known for key in keys):
            transcript = Transcript()
            session = self._session(self._solutions(), transcript)
            sitting = Sitting(exercise, session, transcript)
            try:
                for key, item in zip(keys, items, strict=True):
                    if key not in self._known:
                        self._known[key] = self._reference(sitting, item)
            finally:
                session.close()
        return [self._known[key] for key in keys]

    def _reference(self, sitting: Sitting, item: Any) -> Reference:
        found = self._run(sitting, item)
        if found is not None and found.outcome == "timeout":  # a machine with much to do
            found = self._run(sitting, item)
        sound = found is not None and found.outcome == "passed"
        return Reference(sound, _kept(sitting.transcript.calls, _QUESTION_BYTES))

    def _with_substance(self, sitting: Sitting, item: Any) -> Verdict | None:
        """A verdict on answers that passed because there is nothing in them."""
        calls = sitting.transcript.calls
        doubtful = [call for call in calls if may_be_hollow(call.exchange)]
        if self._course.handout or not doubtful:
            return None  # in a handout there is no reference
        run = Run(item.name, self._tests.seed(item), False, tuple(calls))
        right = Replay(self._ideas(sitting.exercise)[0], run, prefixes(run), self._memory)
        found = hollows(calls, right.answer)
        if found is None:
            return empty(unchecked(doubtful[0].exchange), doubtful[0], calls)
        for told, call, refused in found:
            if not (refused and self._is_refused(sitting.exercise, item, call)):
                return empty(told, call, calls)
        return None

    def _is_refused(self, exercise: Exercise, item: Any, call: Call) -> bool:
        """Whether the reference, in this test, is asked the same and raises, and it may."""
        asked = call.exchange
        (reference,) = self._references(exercise, [item])
        return any(
            e.raised is not None and (e.do, e.sizes, e.body) == (asked.do, asked.sizes, asked.body)
            for e in (known.exchange for known in reference.calls)
        )

    def _findings(
        self, exercise: Exercise, runs: list[Run], further: list[Run], source: str
    ) -> Findings:
        """What explains the wrong answers of an exercise."""
        reference, wrong = self._ideas(exercise)
        try:
            with at_most(_REPLAY_SECONDS):
                return diagnose(runs, further, reference, wrong, self._memory, source)
        except (TookTooLong, Exception):
            # A student's answer is an argument that is too much for the course's code, or for us.
            logger.exception("no diagnosis of %s", exercise.id)
            return Findings([], {})

    def _further(self, marked: Marked, job: Job) -> list[Run]:
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
        except WxbError:
            raise
        except Exception:  # evidence is wanted, not owed
            logger.exception("no further answers about %s", exercise.id)
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


def _report_this(exercise: Exercise, message: str) -> str:
    told = message.splitlines()[0] if message else ""
    return (
        f"{told}\nThis is not your mistake, and its points are not counted.\n"
        f"Please tell whoever runs the course: suite of {exercise.id}."
    )
