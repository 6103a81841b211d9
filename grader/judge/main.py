"""The judge: a trusted process that holds the suites and asks locked workers for answers.

It is forked from the base, takes one course, and then judges any number of submissions. Student
code never runs here; what comes from workers is data, and every number in it is distrusted.
"""

from __future__ import annotations

import math
import re
import socket
import time
import traceback
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

from grader.course.outline import Course, Exercise
from grader.errors import CourseError, IsolationError, WxbError
from grader.grading.talk import (
    Audit,
    Audited,
    Done,
    FaultText,
    Job,
    Progress,
    Refused,
    Review,
    Stop,
    Take,
    Taken,
    receive,
    send,
)
from grader.judge.audit import Listener, listen
from grader.judge.bound import TookTooLong, at_most
from grader.judge.diagnosis.diagnose import diagnose
from grader.judge.diagnosis.hollow import hollow_answer, is_hollow
from grader.judge.diagnosis.replay import Memory, Replay, Run, prefixes
from grader.judge.diagnosis.variants import Variant, load_variants, serve_solutions
from grader.judge.examples import Examples
from grader.judge.review import review
from grader.judge.scoring import exercise_result, test_result
from grader.judge.suite import Ending, hold
from grader.judge.verdict import Verdict, empty, verdict
from grader.report.model import FREE, Diagnosis, ExerciseResult, TestResult
from grader.sandbox.exchange import Bounds, CutShort
from grader.sandbox.processes.launch import Launcher
from grader.sandbox.proxy import Call, Student
from grader.sandbox.session import Session

__all__ = ["main"]

#: Bytes of arrays in the calls of one test that are kept for the diagnosis.
_KEPT_BYTES = 1 << 24

#: Most seconds of the judge's own work for one test (besides the exercise's limits), and for one
#: look at what the reference or a misconception would have answered.
_SUITE_SECONDS, _REPLAY_SECONDS = 30.0, 10.0

_SLOW_MODULE = re.compile(r"\b(?:torch\s*\.\s*(?:optim|testing|nn\s*\.\s*utils)|scipy|pandas)\b")


def main(caller: socket.socket, launcher: Launcher) -> None:
    """Take a course from the caller and judge until the caller hangs up."""
    take = receive(caller, Take)
    if take is None:
        return
    try:
        exercises = [e for e in take.course.exercises if e.id in take.exercises]
        _warm(launcher, take.course, exercises)
        if take.course.handout:
            _Bench(caller, launcher, Examples(take.course)).work()
            return
        serve_solutions(take.course)
        with ExitStack() as stack:
            heard = stack.enter_context(listen(take.course)) if take.audit else None
            hold(
                take.course,
                exercises,
                lambda suite: _Bench(caller, launcher, suite, heard).work(),
            )
    except CourseError as error:
        faults = tuple(FaultText.of(fault) for fault in error.faults)
        send(caller, Refused("course", str(error), faults))
    except IsolationError as error:
        send(caller, Refused("isolation", str(error)))
    except BrokenPipeError:
        pass  # the caller is gone: nobody is left to tell
    except Exception:
        send(caller, Refused("grader", traceback.format_exc()[-8000:]))


def _warm(launcher: Launcher, course: Course, exercises: list[Exercise]) -> None:
    """Have the zygote load what the suites name, and find what must not be called."""
    texts = [_text(course.suite(e)) + _text(course.solution(e)) for e in exercises]
    forbidden = {name for e in exercises for name in e.forbidden}
    launcher.prepare(_slow_modules(texts), tuple(sorted(forbidden)))


def _slow_modules(texts: list[str]) -> tuple[str, ...]:
    found = {re.sub(r"\s", "", match) for text in texts for match in _SLOW_MODULE.findall(text)}
    return tuple(sorted(found))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


class Tests(Protocol):
    """What marks a submission: a `Suite`, or in a handout its `Examples`."""

    course: Course
    variation: int

    def items(self, exercise: str, test: str) -> list[Any]: ...
    def title(self, exercise: str, test: str) -> str: ...
    def seed(self, item: Any) -> int: ...
    def run(self, item: Any, student: Student) -> Ending: ...


class _Clock:
    """Seconds that one exercise has left, and seconds left for second attempts at its tests."""

    def __init__(self, seconds: float) -> None:
        self.left = self.spare = seconds


class _Bench:
    """One course's suites, and the submissions that come by."""

    def __init__(
        self,
        caller: socket.socket,
        launcher: Launcher,
        suite: Tests,
        listener: Listener | None = None,
    ) -> None:
        self._caller = caller
        self._launcher = launcher
        self._suite = suite
        self._listener = listener
        self._course = suite.course
        self._variants: dict[str, tuple[Variant, list[Variant]]] = {}
        self._memory = Memory()
        self._warm: set[str] = set()
        self._sound: dict[tuple[str, str, int], bool] = {}

    def work(self) -> None:
        """Judge one job after another."""
        send(self._caller, Taken())
        while (job := receive(self._caller, Job | Review | Audit | Stop)) is not None:  # type: ignore[arg-type]
            if isinstance(job, Stop):
                continue  # what it was to stop is done
            if isinstance(job, Audit):
                send(self._caller, self._audited(job.exercise))
                continue
            if self._listener is not None:
                names = (job.exercise,) if isinstance(job, Review) else job.exercises
                self._listener.exercise = names[0] if len(names) == 1 else ""
            if isinstance(job, Review):
                exercise = self._course.exercise(job.exercise)
                assert exercise is not None
                send(self._caller, review(self._course, exercise))
                continue
            # Of what a submission names, only PyTorch's own: another package may start threads,
            # and the zygote could never fork again.
            named = _slow_modules(list(job.modules.values()))
            slow = {name for name in named if name.startswith("torch.")} - self._warm
            if slow:
                self._warm |= slow
                self._launcher.prepare(tuple(sorted(slow)), ())
            self._suite.variation = job.seed
            try:
                results = tuple(self._results(job))
            except CutShort:
                results = None
            send(self._caller, Done(results))

    def _audited(self, name: str) -> Audited:
        exercise = self._course.exercise(name)
        if self._listener is None or exercise is None:
            return Audited()
        return Audited(tuple(FaultText.of(fault) for fault in self._listener.faults(exercise)))

    def _session(self, modules: dict[str, str], student: Student) -> Session:
        limits = self._course.limits
        count = sum(1 for _ in self._course.exercises)
        bounds = Bounds(
            limits.call, limits.memory, limits.output, math.ceil(limits.exercise * count) + 5
        )
        forbidden = {e.id: e.forbidden for e in self._course.exercises if e.forbidden}
        caller = self._caller.fileno()
        return Session(self._launcher, bounds, modules, forbidden, student.wxb_handle, caller)

    def _results(self, job: Job) -> Iterator[ExerciseResult]:
        student = Student()
        session = self._session(job.modules, student)
        try:
            for name in job.exercises:
                exercise = self._course.exercise(name)
                if exercise is not None:
                    yield self._exercise(exercise, session, student, job)
        finally:
            session.close()

    def _exercise(
        self, exercise: Exercise, session: Session, student: Student, job: Job
    ) -> ExerciseResult:
        clock = _Clock(self._course.limits.exercise)
        tests: list[TestResult] = []
        runs: list[Run] = []
        for test in exercise.tests:
            result, done = self._test(exercise, test, session, student, clock)
            if job.progress:
                send(self._caller, Progress(exercise.id, test, result.outcome))
            tests.append(result)
            runs += done
            if job.until_lost and result.outcome != "passed" and result.outcome not in FREE:
                break
        return exercise_result(
            exercise, tests, [] if job.until_lost else self._diagnoses(exercise, runs)
        )

    def _test(
        self, exercise: Exercise, test: str, session: Session, student: Student, clock: _Clock
    ) -> tuple[TestResult, list[Run]]:
        """One test function with all its parameters, up to the first that does not pass."""
        began = time.perf_counter()
        found = Verdict("passed")
        runs: list[Run] = []
        printed: list[str] = []
        for item in self._suite.items(exercise.id, test):
            found = self._attempt(exercise, item, session, student, clock.left)
            if found.outcome == "timeout" and session.starved and clock.spare > 0:
                clock.spare -= clock.left - session.left
                found = self._attempt(exercise, item, session, student, clock.left)
            clock.left = session.left
            lost = found.outcome in ("failed", "error")
            calls = tuple(student.wxb_calls)
            printed += [call.exchange.printed for call in calls]
            if sum(call.exchange.weight for call in calls) > _KEPT_BYTES:
                calls = ()  # too much to hold until the exercise is over: no diagnosis from it
            runs.append(Run(test, self._suite.seed(item), lost, calls))
            if found.outcome != "passed":
                break
        ms = (time.perf_counter() - began) * 1000
        text = "".join(printed)[: self._course.limits.output]
        title = self._suite.title(exercise.id, test)
        result = test_result(exercise, test, title, found.outcome, found.message, ms, text)
        return result, runs

    def _attempt(
        self, exercise: Exercise, item: Any, session: Session, student: Student, left: float
    ) -> Verdict:
        """One run of one item; a suite that raised is tried on the reference first."""
        found = self._run(exercise, item, session, student, left)
        if found.doubtful and not self._is_sound(exercise, item):
            return Verdict("grader_fault", _report_this(exercise, found.doubtful))
        if found.outcome == "passed":
            return self._with_substance(exercise, item, student.wxb_calls) or found
        return found

    def _with_substance(self, exercise: Exercise, item: Any, calls: list[Call]) -> Verdict | None:
        """A verdict on answers that passed because there is nothing in them."""
        exchanges = [call.exchange for call in calls]
        if self._course.handout:
            return None  # there is no reference here
        changed = [arg for e in exchanges if e.after is not None for arg in e.after[0]]
        if not any(map(is_hollow, [*changed, *(e.value for e in exchanges)])):
            return None
        run = Run(item.name, self._suite.seed(item), False, tuple(calls))
        right = Replay(self._ideas(exercise)[0], run, prefixes(run), self._memory)
        try:
            with at_most(_REPLAY_SECONDS):
                told = (hollow_answer(e, right.answer(i)) for i, e in enumerate(exchanges))
                found = [(text, call) for text, call in zip(told, calls, strict=True) if text]
        except (TookTooLong, MemoryError):
            return None
        return empty(*found[0], calls) if found else None

    def _run(
        self, exercise: Exercise, item: Any, session: Session, student: Student, left: float
    ) -> Verdict:
        student.wxb_calls, student.wxb_asked = [], None
        student.wxb_session = session
        session.begin(exercise.id, self._suite.seed(item), left)
        # Reading the texts has its own time, and a student's answer may keep a suite busy.
        try:
            with at_most(_SUITE_SECONDS + 2 * self._course.limits.exercise):
                ending = self._suite.run(item, student)
        except TookTooLong as error:  # between the phases of the test
            ending = Ending("call", error)
        if isinstance(ending.error, TookTooLong):
            session.close()  # it may have been interrupted in the middle of an exchange
        if isinstance(ending.error, WxbError | CutShort):
            raise ending.error  # ours, not the suite's: the whole job is off
        found = verdict(ending, student, session.stopped)
        if found.outcome == "grader_fault":
            return Verdict("grader_fault", _report_this(exercise, found.message))
        return found

    def _is_sound(self, exercise: Exercise, item: Any) -> bool:
        """Whether the reference passes this item: if it does, the student's answer is at fault."""
        key = (exercise.id, item.name, self._suite.variation)
        if key not in self._sound:
            modules = {e.id: _text(self._course.solution(e)) for e in self._course.exercises}
            student = Student()
            session = self._session(modules, student)
            try:
                found = self._run(exercise, item, session, student, math.inf)
                if found.outcome == "timeout":  # on a machine with other things to do
                    found = self._run(exercise, item, session, student, math.inf)
            finally:
                session.close()
            self._sound[key] = found.outcome == "passed"
        return self._sound[key]

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


def _report_this(exercise: Exercise, message: str) -> str:
    told = message.splitlines()[0] if message else ""
    return (
        f"{told}\nThis is not your mistake, and its points are not counted.\n"
        f"Please tell whoever runs the course: suite of {exercise.id}."
    )
