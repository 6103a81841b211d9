"""`grade batch`: every hand-in of a collected class that counts, judged once, settled at once.

A hand-in is settled in one transaction as soon as the last of its exercises is known. So whatever
ends a run, and at whichever moment, the next one finds what is settled and goes on with the rest.

Nothing is judged twice: not what this hand-in came to before, nor what another one came to whose
sources for the exercise are the same. While one of such twins is being judged, the other is judged
for the rest of its exercises and then kept until the first is settled (`twins.py`); one that has
nothing else to be judged for is looked at again after all others.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

import msgspec

from grader.classroom.attempt import Attempt
from grader.classroom.batched import Batched, Change, Concern, Kind, Tally
from grader.classroom.collected import files_of, policy_notes, read_class, read_unmatched
from grader.classroom.compared import Comparison
from grader.classroom.concerns import doubts, lacking, nothing_for, outcomes_of, unusual
from grader.classroom.earlier import Earlier
from grader.classroom.enrol import enrol
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.values import Pair, Recorded, Tests, Verdict, tests_of
from grader.classroom.insight.refresh import Refresher
from grader.classroom.judges import Answer, Asked, Judges, LocalJudges, Setup
from grader.classroom.known import Known
from grader.classroom.plan import (
    Options,
    Stop,
    check_class,
    check_libraries,
    counting_for,
    wanted_of,
)
from grader.classroom.twins import Twins
from grader.course.digest import exercise_digests
from grader.course.outline import Course
from grader.errors import GraderFault, SubmissionError
from grader.handin.digest import source_digests
from grader.handin.matching import Matched, match
from grader.handin.submission import Submission
from grader.handin.text import printable
from grader.report.model import ExerciseResult

__all__ = ["Batch"]

#: Hand-ins that are looked up in the gradebook at a time.
_BLOCK = 400
#: Faults of the grader without a judged hand-in between them, for each judge, after which it is
#: the machine that needs a person, and not the next hand-in.
_FAULTS = 5
#: Characters of a reason that are kept.
_WORDS = 500
_NEW = Recorded(0, False, {})


class _Task(msgspec.Struct):
    """A hand-in on its way.

    Args:
        todo: the exercises that it is judged for; `awaited`: those that a twin is judged for.
        reused: exercise -> grading that is known already.
        held: what held before.
        results: what was judged for it.
    """

    attempt: Attempt
    submission_id: int
    todo: tuple[str, ...]
    awaited: tuple[str, ...]
    reused: dict[str, int]
    held: Mapping[str, Verdict]
    pairs: dict[str, Pair]
    missing: dict[str, str]
    results: tuple[ExerciseResult, ...] = ()

    def own(self) -> list[Pair]:
        return [self.pairs[name] for name in self.todo]


class Batch:
    """One run over a class.

    Args:
        folder: a collected class.
        heard: called with the tally after each hand-in.
        told: called with each hand-in that needs a person.
        stop: ends the run early.
        judges: makes those who judge; this machine's processors by default.

    Raises:
        UsageError: it is no class, or a library that its suites need is missing.
    """

    def __init__(
        self,
        course: Course,
        folder: Path,
        book: Gradebook,
        options: Options,
        *,
        heard: Callable[[Tally], None] = lambda tally: None,
        told: Callable[[Concern], None] = lambda concern: None,
        stop: Stop | None = None,
        judges: Callable[[Setup], Judges] = LocalJudges,
    ) -> None:
        check_class(folder)
        self._course, self._book, self._options = course, book, options
        self._folder, self._shown = folder.resolve(), folder
        self._heard, self._told, self._stop = heard, told, stop or Stop()
        mergers = book.mergers.known()
        about, people, attempts = read_class(self._folder, mergers, course)
        self._about, self._people = about, people
        self._attempts, self._no_unit = counting_for(course, attempts, options)
        needed = {name for a in self._attempts for name in wanted_of(course, a, options.only)}
        self._exercises = tuple(e.id for e in course.exercises if e.id in needed)
        if options.torch:
            check_libraries(course, self._exercises)
        self._earlier = Earlier.of(course, self._folder, about, people, attempts, mergers)
        self._narrowed: dict[str, set[str]] = {}
        self._suites = exercise_digests(course)
        self._known = Known(book, options, self._suites)
        self._alike: Twins[_Task] = Twins(everyone=options.fresh)
        self._later: list[Attempt] = []
        self._half: dict[str, tuple[ExerciseResult, ...]] = {}  # folder -> judged; the rest waits
        self._concerns: list[Concern] = []
        self._tally = Tally(len(self._attempts) + (0 if options.again else len(self._no_unit)))
        self._exercises_judged = self._twins = self._faults = 0
        self._compared = Comparison(course, options.mode)
        self._new_judges = judges
        self._figures = Refresher(book)
        self._is_started = False

    @property
    def tally(self) -> Tally:
        """How far it is."""
        return self._tally

    def run(self) -> Batched:
        """Judge what is not judged yet.

        Raises:
            UsageError: the gradebook cannot be used any more; what was settled is safe.
            CourseError, IsolationError, GraderFault: judging cannot begin, or not go on.
        """
        began = time.monotonic()
        if not self._options.again:
            self._welcome()
        with closing(self._new_judges(self._setup())) as self._judges:
            todo: Sequence[Attempt] = self._attempts
            while todo and not self._stop.asked:
                self._later = []
                for answer in self._judges.judge(self._asked(todo)):
                    self._end(answer)
                todo = self._later or self._earlier_ones()
        self._figures.end()
        return self._came_to(time.monotonic() - began)

    def _welcome(self) -> None:
        """Note where the class is and who is in it; tell of what cannot be judged."""
        self._book.note_place("collected", self._folder)
        enrol(self._book, self._about, self._people)
        self._earlier.retell(self._book)
        for attempt in read_unmatched(self._folder):
            what = f"It is not known whose it is: {attempt.origin}."
            self._concern("", self._where(attempt), "unmatched", what)
        for attempt in self._no_unit:
            units = attempt.unit or ", ".join(attempt.units)
            self._unmarked(attempt, "unit", f"It is for {units}, and the course has no such unit.")

    def _setup(self) -> Setup:
        protected = *map(Path, self._book.protected), self._folder
        return Setup(self._course, self._exercises, self._options, protected, self._stop)

    def _came_to(self, seconds: float) -> Batched:
        about, course = self._about, self._course
        notes = [*self._judges.notes, *policy_notes(about, course)]
        if about.course and about.course != course.title:
            notes.append(f"It was collected for {about.course!r}, and judged by {course.title!r}.")
        return Batched(
            course=course.title,
            folder=str(self._shown),
            gradebook=self._book.where,
            tally=self._tally,
            exercises=self._exercises_judged,
            twins=self._twins,
            changes=tuple(self._compared.changes),
            concerns=tuple(self._concerns),
            untried=() if self._options.torch else ("torch",),
            interrupted=self._tally.done < self._tally.total,
            seconds=round(seconds, 3),
            notes=tuple(map(printable, notes)),
        )

    # --- what there is to do ----------------------------------------------------------------

    def _asked(self, attempts: Sequence[Attempt]) -> Iterator[Asked[_Task]]:
        """What is to be judged; what needs no judge is settled on the way."""
        source = iter(attempts)
        while block := list(islice(source, _BLOCK)):
            recorded = self._book.recorded(block)
            for attempt in block:
                if self._stop.asked:
                    return
                asked = self._begun(attempt, recorded.get(attempt.folder, _NEW))
                if asked is not None:
                    yield asked

    def _earlier_ones(self) -> list[Attempt]:
        """The hand-ins that are to be judged as well: later ones hold no work, or came too late."""
        if self._options.again or not self._earlier.students or self._stop.asked:
            return []
        marks = self._book.marks(self._earlier.students, everyone=True)
        found = self._earlier.needed(marks, self._exercises, self._book)
        self._narrowed.update({folder: names for folder, (_, names) in found.items()})
        self._tally = msgspec.structs.replace(self._tally, total=self._tally.total + len(found))
        return [attempt for attempt, _ in found.values()]

    def _begun(self, attempt: Attempt, there: Recorded) -> Asked[_Task] | None:
        wanted = wanted_of(self._course, attempt, self._options.only)
        narrowed = self._narrowed.get(attempt.folder)
        for some in (narrowed, there.held if self._options.again else None):
            if some is not None:
                wanted = tuple(name for name in wanted if name in some)
        if self._known.is_settled(wanted, there, narrowed is not None):
            self._count("settled")
            return None
        try:
            submission = Submission.from_path(files_of(self._folder, attempt), attempt.student)
        except (SubmissionError, OSError) as error:
            self._unmarked(attempt, "unread", printable(str(error)))
            return None
        matched = match(self._course, submission, wanted)
        sources = source_digests(matched)
        pairs = {name: (sources[name], self._suites[name]) for name in wanted}
        half = tuple(r for r in self._half.get(attempt.folder, ()) if r.id in wanted)
        left = (name for name in wanted if all(name != result.id for result in half))
        open_ = [name for name in left if not self._known.holds(name, there, pairs[name])]
        known = self._known.gradings([pairs[name] for name in open_])
        new = [name for name in open_ if pairs[name] not in known]
        alike = self._alike.awaited(pairs[name] for name in new)
        todo = tuple(name for name in new if pairs[name] not in alike)
        if new and not todo:
            self._later.append(attempt)
            return None
        awaited = tuple(name for name in new if pairs[name] in alike)
        reused = {name: known[pairs[name]] for name in open_ if pairs[name] in known}
        held = self._known.verdicts(there)
        task = _Task(
            attempt, there.submission, todo, awaited, reused, held, pairs, matched.missing, half
        )  # fmt: skip
        if not todo:
            self._settle(task)
            self._look_into(task, matched)
            return None
        self._alike.begin(task.own())
        self._look_into(task, matched)
        if not self._is_started:
            self._judges.start()
            self._is_started = True
        return Asked(task, submission, todo, msgspec.structs.replace(matched, exercises=todo))

    # --- judging -----------------------------------------------------------------------------

    def _end(self, answer: Answer[_Task]) -> None:
        task = answer.tag
        if answer.results is not None:
            self._faults = 0
            self._exercises_judged += len(answer.results)
            task.results += answer.results
            self._alike.hold(task, [task.pairs[name] for name in task.awaited])
        else:
            if answer.fault:
                self._faulted(task, answer.fault)
            self._alike.end(task.own())
        while (judged := self._alike.ready()) is not None:
            self._complete(judged)
            self._alike.end(judged.own())

    def _complete(self, task: _Task) -> None:
        """Settle what is judged with what its twins came to, or keep it until that is known."""
        self._note_luck(task)
        known = self._known.gradings([task.pairs[name] for name in task.awaited])
        task.reused |= {n: known[task.pairs[n]] for n in task.awaited if task.pairs[n] in known}
        if len(known) == len(task.awaited):
            self._settle(task)
        else:  # luck had a part in it, or it was not judged after all
            self._keep(task, task.results)  # others wait for what is judged already
            self._half[task.attempt.folder] = task.results
            self._later.append(task.attempt)

    def _note_luck(self, task: _Task) -> None:
        pairs = ((result, task.pairs[result.id]) for result in task.results)
        self._alike.luck.update(pair for result, pair in pairs if self._known.is_luck(result, pair))

    def _faulted(self, task: _Task, fault: str) -> None:
        """A fault of the grader's own over one hand-in; many in a row are no hand-in's."""
        self._alike.luck.update(task.own())
        self._unmarked(task.attempt, "grader_fault", f"A fault of the grader's own: {fault}")
        self._faults += 1
        if self._faults >= _FAULTS * self._judges.jobs:
            raise GraderFault(
                f"{self._faults} hand-ins in a row could not be judged; the last time: {fault}. "
                "What was judged before is kept: the same command goes on from there."
            )

    def _settle(self, task: _Task) -> None:
        """Let hold what may, in one transaction; keep beside it what may not, and is known now."""
        made = len(self._compared.changes)
        kept, left = list[ExerciseResult](), list[ExerciseResult]()
        for result in task.results:
            if "grader_fault" in outcomes_of(result):
                continue  # it decides nothing: what held before still holds
            (kept if self._may_hold(task, result.id, tests_of(result)) else left).append(result)
        reused = {n: g for n, g in task.reused.items() if self._may_reuse(task, n, g)}
        if task.attempt.folder in self._half:  # what of it is in the gradebook since then
            pairs = {r.id: task.pairs[r.id] for r in kept}
            known = self._known.gradings([p for p in pairs.values() if p not in self._alike.luck])
            reused |= {name: known[pair] for name, pair in pairs.items() if pair in known}
            kept = [r for r in kept if r.id not in reused]
        if left:
            self._keep(task, left)
        reason = self._reason(task, self._compared.changes[made:])
        if not self._options.again:
            self._book.settle(
                task.attempt, kept, reused, isolation=self._options.isolation, reason=reason
            )
        elif kept or reused:
            new = self._book.keep(kept, isolation=self._options.isolation)
            self._book.replace(task.submission_id, {**new, **reused}, reason)
        self._twins += len(task.reused)
        who, where = task.attempt.student, self._where(task.attempt)
        if found := unusual(task.results):
            self._concern(who, where, *found)
        if lack := lacking(task.missing, task.results):
            self._concern(who, where, "missing", lack)
        self._count("judged" if task.results else "reused")

    def _keep(self, task: _Task, results: Sequence[ExerciseResult]) -> None:
        """Keep gradings that hold for nobody yet, each once, if luck has no part in them."""
        pairs = {task.pairs[r.id] for r in results} - self._alike.luck
        there = self._book.known(pairs, isolation=self._options.isolation, untried=True)
        if new := [r for r in results if task.pairs[r.id] in pairs - there.keys()]:
            self._book.keep(new, isolation=self._options.isolation)

    def _may_reuse(self, task: _Task, name: str, grading: int) -> bool:
        held = task.held.get(name)
        if held is None or held.grading == grading:
            return not self._options.again
        return self._may_hold(task, name, tests_of(self._book.result(grading)))

    def _may_hold(self, task: _Task, name: str, tests: Tests) -> bool:
        students = task.attempt.team or (task.attempt.student,)
        number, held, pair = task.attempt.number, task.held.get(name), task.pairs[name]
        return self._compared.may_hold(students, number, name, held, tests, pair)

    def _reason(self, task: _Task, changes: Sequence[Change]) -> str:
        if all(held.suite == self._suites.get(name) for name, held in task.held.items()):
            return ""
        tests = [f"{each.exercise} {test}" for each in changes if each.made for test in each.tests]
        why = "regrade" if self._options.again else "judged by a newer suite"
        return ": ".join(filter(None, (why, "; ".join(tests))))[:_WORDS]

    # --- what is told ------------------------------------------------------------------------

    def _look_into(self, task: _Task, matched: Matched) -> None:
        """Tell of a hand-in in which nothing is for an exercise, or not all of it was graded."""
        if task.attempt.folder in self._half:
            return
        where, wanted = self._where(task.attempt), (*task.pairs,)
        empty, doubt = nothing_for(matched, wanted), doubts(matched, wanted)
        if empty and not doubt and task.attempt.folder not in self._narrowed:
            self._concern(task.attempt.student, where, "empty", empty)
        if doubt:
            self._concern(task.attempt.student, where, "doubt", doubt)

    def _unmarked(self, attempt: Attempt, kind: Kind, what: str) -> None:
        self._concern(attempt.student, self._where(attempt), kind, what)
        self._count("unmarked")

    def _concern(self, student: str, where: str, kind: Kind, what: str) -> None:
        concern = Concern(printable(student), printable(where), kind, printable(what))
        self._concerns.append(concern)
        self._tally = msgspec.structs.replace(self._tally, concerns=len(self._concerns))
        self._told(concern)

    def _where(self, attempt: Attempt) -> str:
        return files_of(self._folder, attempt).relative_to(self._folder).as_posix()

    def _count(self, what: str) -> None:
        self._tally = msgspec.structs.replace(self._tally, **{what: getattr(self._tally, what) + 1})
        self._heard(self._tally)
        self._figures.tick()
