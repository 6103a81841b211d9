"""Marking one submission: its exercises, their tests, and what each of them came to."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from grader.course.outline import LIBRARY_SECONDS, Exercise
from grader.grading.talk import Job
from grader.judge.bound import TookTooLong, at_most
from grader.judge.contract import Asked
from grader.judge.diagnosis.hollow import hollows, may_be_hollow, unchecked
from grader.judge.diagnosis.memory import Memory
from grader.judge.diagnosis.posing import may_pose, posing
from grader.judge.diagnosis.replay import Run, replay_of
from grader.judge.diagnosis.variants import Variant, load_variants
from grader.judge.explaining import Explaining
from grader.judge.pacing import Pacing, in_turns
from grader.judge.recollection import Recollection
from grader.judge.references import References, kept
from grader.judge.scoring import as_kept, because, exercise_result, test_result
from grader.judge.sitting import (
    Files,
    Marked,
    Reference,
    Sitting,
    Tests,
    Trial,
    is_half_done,
    is_of_loading,
)
from grader.judge.suite import Ending
from grader.judge.transcript import Call, Transcript
from grader.judge.verdict import Verdict, empty, given_up, last_asked, untold, verdict
from grader.report.model import ExerciseResult, Outcome, TestResult, is_lost
from grader.sandbox.exchange import Bounds
from grader.sandbox.foreseen import Unrepeated
from grader.sandbox.processes.launch import Launcher
from grader.sandbox.session import Session
from grader.sandbox.stopped import Died, PutOff, SlowCall, SlowLoading, SlowReading
from grader.sandbox.wire.protocol import Facts

__all__ = ["Marking"]

logger = logging.getLogger(__name__)

#: Most seconds of the judge's own work in one run of a test, starting a worker included. Each time
#: that it is not enough, the next runs of the same submission have half of it: answers that keep
#: a suite busy are one submission's, and no suite comes near the least.
_SUITE_SECONDS, _LEAST_SUITE_SECONDS = 30.0, 5.0
#: Most seconds for one run of one test on the reference: far more than any that a course could use.
_REFERENCE_SECONDS = 60.0
#: Processor seconds that a worker has beyond the exercises' limits: for reading the texts.
_READING_SECONDS = 5

#: Called as (exercise, test, outcome) after each test.
Tell = Callable[[str, str, Outcome], None]


class Marking:
    """One course's tests, and what is remembered from one submission to the next.

    `memory`: what the course's own code answered. What tests made of answers is kept as well.

    Args:
        launcher: where workers come from.
        interrupt: a descriptor; once it can be read, marking ends as CutShort.
    """

    def __init__(self, tests: Tests, launcher: Launcher, interrupt: int | None = None) -> None:
        self._tests, self._launcher, self._interrupt = tests, launcher, interrupt
        self._course = tests.course
        self._variants: dict[str, tuple[Variant, list[Variant]]] = {}
        self.memory = Memory()
        self._recollection = Recollection()
        self._patience = _SUITE_SECONDS
        self._reference = References(tests, self.session, self._run_reference)
        self._explaining = Explaining(tests, self.references, self.ideas, self.memory)

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
        session = self.session(job.modules, transcript, job.beside())
        try:
            marked = [
                self._exercise(self._sitting(exercise, session, transcript), job, tell)
                for exercise in map(self._course.exercise, job.exercises)
                if exercise is not None
            ]
            session.settle()
            return tuple(self._result(each, job, transcript) for each in marked)
        finally:
            session.close()
            transcript.begin()
            transcript.session = None  # handles in what is remembered hold on to the transcript

    def session(
        self,
        modules: dict[str, str],
        transcript: Transcript,
        files: Files | None = None,
        patient: float = 1,
        facts: Mapping[str, Facts] | None = None,
    ) -> Session:
        """A submission behind the border, whose calls are written into a transcript.

        Args:
            patient: how many times as long as a student's its calls may take.
            facts: what its texts say, if that is known.
        """
        limits = self._course.limits
        longest = sum(limits.longest(len(e.tests)) for e in self._course.exercises)
        cpu = math.ceil(patient * longest) + _READING_SECONDS
        transcript.session = Session(
            self._launcher,
            Bounds(
                patient * limits.call,
                limits.memory,
                limits.output,
                cpu,
                limits.exercise,
                LIBRARY_SECONDS,
            ),
            modules,
            {e.id: e.forbidden for e in self._course.exercises if e.forbidden},
            transcript.handle,
            self._interrupt,
            files,
            facts,
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
        wrong = any(run.lost for run in runs) or is_half_done(tests, runs)
        loaded = not any(map(is_of_loading, runs))
        return Marked(exercise, tests, runs if wrong and not job.until_lost else [], loaded)

    def _result(self, marked: Marked, job: Job, transcript: Transcript) -> ExerciseResult:
        """An exercise's result, once nothing can change its marks any more."""
        exercise = marked.exercise
        unexplained = not marked.runs or not marked.loaded
        if unexplained or self._course.handout or not self.ideas(exercise)[1]:
            return exercise_result(exercise, marked.tests, [], marked.loaded)
        source = job.modules.get(exercise.id, "")
        found = self._explaining.of(marked, source, transcript)
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
            trial.cut += sum(call.exchange.cut for call in sitting.transcript.calls)
        trial.seconds += time.perf_counter() - began
        return late

    def _tested(self, exercise: Exercise, trial: Trial) -> TestResult:
        found, ms = trial.found, trial.seconds * 1000
        text = as_kept("".join(trial.printed), trial.cut, self._course.limits.output)
        title = self._tests.title(exercise.id, trial.test)
        return test_result(exercise, trial.test, title, found.outcome, found.message, ms, text)

    def _run_of(self, sitting: Sitting, test: str, item: Any, found: Verdict) -> Run:
        """A run as the diagnosis needs it."""
        lost = found.outcome in ("failed", "error")
        return Run(test, self._tests.seed(item), lost, kept(sitting.transcript.calls))

    def _attempt_twice(
        self, sitting: Sitting, pacing: Pacing, test: str, item: Any
    ) -> Verdict | None:
        """One run; one more where it was disturbed: what ended it may be nobody's doing.

        The clock ran out while the processor was somebody else's, or the worker was killed from
        outside. Code that sleeps, or that kills its own process, looks the same: what the second
        run comes to counts. None where the test is put off.
        """
        session = sitting.session
        for again in (False, True):
            began = time.thread_time()
            allowed = pacing.begin(test)
            found = self._attempt(sitting, item, allowed)
            calls = allowed - session.left
            reason = session.stopped.reason if session.stopped is not None else None
            if again or found is None or not session.disturbed:
                break
            killed = isinstance(reason, Died)
            if not (killed or isinstance(reason, SlowCall | SlowReading)):
                break
            if not pacing.retry(calls, killed):
                break
        call = partial(last_asked, sitting.transcript)
        pacing.book(reason, calls, time.thread_time() - began, call)
        if isinstance(reason, SlowLoading):
            pacing.give_up(reason)  # no call of it is too slow
        return found

    def _attempt(self, sitting: Sitting, item: Any, seconds: float = math.inf) -> Verdict | None:
        """One run of one test item; None if it is put off.

        Where the same answers were given to it before, it ends as it did then.
        """
        transcript, seed = sitting.transcript, self._tests.seed(item)
        self._begin(sitting, item, seconds)
        if not self._tests.is_of_answers(item):
            return self._judged(sitting, item, seconds)
        begin = partial(self._begin, sitting, item, seconds)
        known = self._recollection.follow(item, seed, transcript, begin)
        if known is not None:
            transcript.recall(known.calls)
            return known.verdict
        try:
            found = self._judged(sitting, item, seconds)
        except Unrepeated:
            self._recollection.never(item)
            sitting.session.close()  # it was asked what the test does not ask
            self._begin(sitting, item, seconds)
            return self._judged(sitting, item, seconds)
        # Where the worker was ended, the next tests find a new one, and have to.
        goes_on = sitting.session.asked and sitting.session.stopped is None
        if found is not None and goes_on and self._tests.is_of_answers(item):
            self._recollection.learn(item, seed, transcript.calls, found)
        return found

    def _judged(self, sitting: Sitting, item: Any, seconds: float) -> Verdict | None:
        """One run that has begun; a suite that raised is tried on the reference first."""
        found = self._run(sitting, item, seconds)
        if found is None:
            return None
        if found.outcome == "passed":
            return self._with_substance(sitting, item) or self._of_its_kind(sitting, item) or found
        is_skipped = found.outcome == "skipped" and bool(sitting.transcript.calls)
        if self._course.handout or not (found.doubtful or is_skipped):
            return found  # in a handout there is no reference
        sitting.session.close()  # nothing of the student's takes the reference's time
        (reference,) = self.references(sitting.exercise, [item])
        if is_skipped:
            return given_up(found, sitting.transcript) if reference.sound else found
        if reference.sound:
            return found
        unknown = "; the reference could not be tried" if reference.sound is None else ""
        return Verdict("grader_fault", _report_this(sitting.exercise, found.doubtful + unknown))

    def _run(self, sitting: Sitting, item: Any, seconds: float = math.inf) -> Verdict | None:
        """One run of one test item, whose calls may take so long; None if it is put off."""
        session, pacing = sitting.session, sitting.pacing
        # Reading the texts has its own time, and a student's answer may keep a suite busy.
        theirs = min(seconds, self._course.limits.longest(1)) + session.loading
        ending = self._ending(sitting, item, self._patience + theirs)
        if isinstance(ending.error, TookTooLong):
            self._patience = max(self._patience / 2, _LEAST_SUITE_SECONDS)
        elif session.foreseen:
            raise Unrepeated("a test asks less after the same answers")
        if pacing is not None and session.stopped is not None:
            session.refuse(pacing.told(session.stopped.reason))
            if isinstance(session.stopped.reason, PutOff):
                return None
        return self._verdict(sitting, ending)

    def _begin(self, sitting: Sitting, item: Any, seconds: float = math.inf) -> None:
        """A run begins, whose calls may take so long together."""
        session, transcript = sitting.session, sitting.transcript
        transcript.begin()
        transcript.session, transcript.pacing = session, sitting.pacing
        session.begin(sitting.exercise.id, self._tests.seed(item), seconds)

    def _ending(self, sitting: Sitting, item: Any, most: float) -> Ending:
        """How a run that has begun ends, all of which may take `most` seconds."""
        session = sitting.session
        try:
            with at_most(most):
                ending = self._tests.run(item, sitting.transcript)
        except TookTooLong as error:  # between the phases of the test
            ending = Ending("call", error)
        if session.failed is not None:
            ending = Ending("call", session.failed)  # whatever the suite made of it
        if isinstance(ending.error, TookTooLong):
            session.close()  # it may have been interrupted in the middle of an exchange
        elif session.failed is not None:
            raise session.failed  # ours, not the suite's: the whole job is off
        return ending

    def _verdict(self, sitting: Sitting, ending: Ending) -> Verdict:
        try:
            found = verdict(ending, sitting.transcript, sitting.session.stopped)
        except Exception as error:  # one answer that cannot be told of costs no other test
            logger.warning("no words for an answer", exc_info=True)
            found = untold(error)
        if ending.error is not None:
            ending.error.__traceback__ = None  # a circle: it would keep all runs for a while
        if found.outcome == "grader_fault":
            return Verdict("grader_fault", _report_this(sitting.exercise, found.message))
        return found

    # --- with the course's own code ------------------------------------------------------------

    def asked_of_the_reference(self, exercise: Exercise) -> list[Asked]:
        """What the suite of an exercise asks of its reference, test by test."""
        return self._reference.asked(exercise)

    def references(self, exercise: Exercise, items: list[Any]) -> list[Reference]:
        """How the reference fares in these items."""
        return self._reference.of(exercise, items)

    def _run_reference(self, sitting: Sitting, item: Any) -> Verdict:
        """One run of it, in which the suite has its whole time, whatever a student's had."""
        self._begin(sitting, item)
        ending = self._ending(sitting, item, _REFERENCE_SECONDS)
        if isinstance(ending.error, TookTooLong):
            return Verdict("timeout")
        return self._verdict(sitting, ending)

    def _with_substance(self, sitting: Sitting, item: Any) -> Verdict | None:
        """A verdict on answers that passed because there is nothing in them."""
        calls = sitting.transcript.calls
        doubtful = [call for call in calls if may_be_hollow(call.exchange)]
        if self._course.handout or not doubtful:
            return None  # in a handout there is no reference
        run = Run(item.name, self._tests.seed(item), False, tuple(calls))
        right = replay_of(self.ideas(sitting.exercise)[0], run, self.memory)
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
        (reference,) = self.references(exercise, [item])
        return any(
            e.raised is not None and (e.do, e.sizes, e.body) == (asked.do, asked.sizes, asked.body)
            for e in (known.exchange for known in reference.calls)
        )

    def _of_its_kind(self, sitting: Sitting, item: Any) -> Verdict | None:
        """A verdict on answers that passed because they equal what they are not."""
        calls = sitting.transcript.calls
        if self._course.handout or not any(may_pose(call.exchange) for call in calls):
            return None  # in a handout there is no reference
        run = Run(item.name, self._tests.seed(item), False, tuple(calls))
        right = replay_of(self.ideas(sitting.exercise)[0], run, self.memory)
        found = posing(calls, right.answer)
        return empty(*found, calls) if found else None

    def ideas(self, exercise: Exercise) -> tuple[Variant, list[Variant]]:
        """The reference and the wrong ideas of an exercise."""
        if exercise.id not in self._variants:
            self._variants[exercise.id] = load_variants(self._course, exercise)
        return self._variants[exercise.id]


def _report_this(exercise: Exercise, message: str) -> str:
    told = message.splitlines()[0] if message else ""
    return (
        f"{told}\nThis is not your mistake, and its points are not counted.\n"
        f"Please tell whoever runs the course: suite of {exercise.id}."
    )
