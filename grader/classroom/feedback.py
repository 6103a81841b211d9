"""What each student gets back: a page and Markdown from the report, as the course lets them see it.

A unit's feedback waits until it is due for the last student of the class, for whoever reads it
could still hand it in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grader.classroom.choices import Files, attempts_of, choices_of
from grader.classroom.exports.export import Notice
from grader.classroom.exports.filling import Notes
from grader.classroom.exports.work import work_of
from grader.classroom.feedback_files import File, refuse_others, write_files
from grader.classroom.feedback_names import System, file_stem, is_own, prefix_for
from grader.classroom.gradebook.marks import Ledger, Mark, StudentMarks, marks, reweighted
from grader.classroom.gradebook.order import Place, in_order
from grader.classroom.gradebook.values import Submission
from grader.classroom.people import called
from grader.course.outline import Course, Unit
from grader.report.model import ExerciseResult, Report, TestResult
from grader.report.page import Section, to_markdown, to_page
from grader.report.plain import to_plain
from grader.report.safe import safe
from grader.report.view import ReportView, for_student, view_exercise
from grader.report.words import notes as words_of
from grader.report.words import points
from grader.version import __version__

if TYPE_CHECKING:
    from grader.classroom.gradebook.book import Gradebook

__all__ = [
    "Asked",
    "Handed",
    "Standing",
    "hand_back",
    "has_work",
    "put_together",
    "remark_on",
    "report_of",
    "standing",
    "text_for",
    "unjudged",
]


class Asked(msgspec.Struct, frozen=True):
    """What is to be handed back.

    Args:
        out: a folder, or a file that ends in .zip.
        system: the LMS that is to take it; None: named by students' keys.
        units: ids; empty: all that were graded.
        now_already: also what could still be handed in.
    """

    out: Path
    now: datetime
    system: System | None = None
    units: tuple[str, ...] = ()
    now_already: bool = False


class Standing(msgspec.Struct, frozen=True):
    """Whether a unit can be handed back.

    Args:
        until: when it is due for the last student; None where it is not due at all.
        open_for: the students who have time left.
    """

    unit: str
    until: datetime | None
    open_for: tuple[str, ...]


class Handed(msgspec.Struct, frozen=True):
    """What came of it.

    Args:
        students: how many got something.
        files: how many files were written.
        units: the units that they are about.
        waiting: the units that wait.
    """

    out: str
    students: int
    files: int
    units: tuple[str, ...]
    waiting: tuple[Standing, ...]
    notices: tuple[Notice, ...] = ()
    format: int = 1


class _Document(msgspec.Struct, frozen=True):
    """One student's or one team's document, before it is made."""

    stem: str
    whose: str
    student: StudentMarks
    units: tuple[Unit, ...]
    shared: bool = False


def standing(unit: Unit, students: Sequence[StudentMarks], now: datetime) -> Standing:
    """For whom a unit is still open."""
    dates = [(s, due) for s in students if (due := s.dates[unit.id].due) is not None]
    last = max((due for _, due in dates), key=datetime.timestamp, default=None)
    return Standing(
        unit.id,
        last,
        tuple(called(s.person) for s, due in dates if due.timestamp() > now.timestamp()),
    )


def hand_back(book: Gradebook, asked: Asked) -> Handed:
    """Write everybody's feedback, and remember where it is.

    Raises:
        UsageError: something is there that is not feedback.
    """
    course, ledger = book.course, book.ledger()
    active = [key for key, person in ledger.people.items() if person.active]
    students, notes = marks(course, ledger, active), Notes()
    graded = {m.unit for s in students for m in s.marks if m.grading is not None}
    units = [u for u in course.units if u.id in (asked.units or graded)]
    stands = [standing(unit, students, asked.now) for unit in units]
    waiting = [] if asked.now_already else [each for each in stands if each.open_for]
    held = {each.unit for each in waiting}
    ready = tuple(unit for unit in units if unit.id not in held)
    for each in stands if asked.now_already else ():
        for who in each.open_for:
            notes.add("Can still hand in what others now read about", f"{each.unit}: {who}", True)
    documents = list(_documents(asked, _Work(course, ledger), students, ready, notes))
    files = 2 * len(documents)
    if documents:
        names = [f"{d.stem}{end}" for d in documents for end in (".html", ".md")]
        refuse_others(asked.out, names)
        book.note_place("feedback", asked.out)  # first: no file of theirs is ever unknown
        write_files(asked.out, _files(book, documents))
    done = tuple(unit.id for unit in ready)
    people = len({document.student.person.key for document in documents})
    return Handed(str(asked.out), people, files, done, tuple(waiting), notes.notices())


# --- who gets what ------------------------------------------------------------------------------


class _Work:
    """Who handed in what for which unit, looked up once for a whole class."""

    def __init__(self, course: Course, ledger: Ledger) -> None:
        self.people = ledger.people
        self._units: dict[int, set[str]] = {}
        for verdict in ledger.verdicts:
            exercise = course.exercise(verdict.exercise)
            if exercise is not None and verdict.outcome != "not_attempted":
                self._units.setdefault(verdict.submission, set()).add(exercise.unit)
        self._theirs: dict[str, list[Submission]] = {}
        for submission in ledger.submissions:
            for key in submission.students:
                self._theirs.setdefault(key, []).append(submission)

    def handed_in(self, student: StudentMarks, unit: Unit) -> list[Submission]:
        """What a student handed in for a unit, the newest last."""
        deciding = {m.submission for m in student.marks if m.unit == unit.id}
        found = [
            each
            for each in self._theirs.get(student.person.key, ())
            if each.unit == unit.id
            or each.id in deciding
            or (each.unit is None and unit.id in self._units.get(each.id, ()))
        ]
        return in_order(found, lambda each: Place(each.number, each.id, each.at))

    def ids(self, system: System) -> set[str]:
        """Everybody's ids in a system."""
        return {person.aliases.get(system, "") for person in self.people.values()} - {""}


def _documents(
    asked: Asked,
    work: _Work,
    students: Sequence[StudentMarks],
    units: tuple[Unit, ...],
    notes: Notes,
) -> Iterator[_Document]:
    taken: set[str] = set()
    ids = set() if asked.system is None else work.ids(asked.system)
    for student in students:
        own = tuple(unit for unit in units if has_work(student, unit))
        who = called(student.person)
        if units and not own:
            notes.add("Handed in nothing, so there is nothing to say", who)
        elif asked.system is None and own:
            stem = file_stem(student.person.key, taken)
            taken.add(stem.casefold())
            yield _Document(stem, who, student, own)
        elif asked.system is not None:
            for unit in own:
                found = _for_system(asked.system, work, ids, student, unit)
                if found is None:
                    notes.add(_NOT_THERE[asked.system], f"{who}: {unit.id}", True)
                elif found.stem.casefold() in taken:
                    notes.add("Handed back in their team's file", f"{who}: {unit.id}")
                else:
                    taken.add(found.stem.casefold())
                    yield found


_NOT_THERE: Mapping[System, str] = {
    "canvas": "Without an upload in Canvas, which takes nothing back for them",
    "moodle": "Without a participant's number, so that Moodle would not find them",
}


def _for_system(
    system: System, work: _Work, ids: Collection[str], student: StudentMarks, unit: Unit
) -> _Document | None:
    """A student's document for one assignment; a team's is one, without what is personal."""
    handed_in = work.handed_in(student, unit)
    start = prefix_for(system, student.person, handed_in, ids)
    if not start:
        return None
    stem = f"{start}feedback-{unit.id.replace('_', '-')}"
    team = handed_in[-1].students if handed_in else ()
    if len(team) < 2 or is_own(system, student.person, start):
        return _Document(stem, called(student.person), student, (unit,))
    whose = ", ".join(called(work.people[key]) for key in team if key in work.people)
    return _Document(stem, whose, student, (unit,), shared=True)


def has_work(student: StudentMarks, unit: Unit) -> bool:
    """Whether a student handed in anything for a unit, or a person gave points."""
    return any(m.unit == unit.id and m.state not in ("missing", "excused") for m in student.marks)


# --- what it says -------------------------------------------------------------------------------


def report_of(
    course: Course, student: StudentMarks, unit: Unit, result: Callable[[int], ExerciseResult]
) -> Report:
    """What decides a student's marks in a unit, as one report, with the points of today.

    Args:
        result: a grading by its id.
    """
    found = []
    for mark in student.marks:
        exercise = course.exercise(mark.exercise)
        if mark.unit == unit.id and mark.grading is not None and exercise is not None:
            found.append(_with_lines(reweighted(exercise, result(mark.grading)), mark))
    return put_together(course, student, found)


def put_together(
    course: Course,
    student: StudentMarks,
    exercises: Sequence[ExerciseResult],
    notes: Sequence[str] = (),
) -> Report:
    """One report of what was judged at different times, perhaps by different suites.

    Its isolation is the weakest under which any of it was judged.
    """
    judged = {each.id for each in exercises}
    kinds = {mark.isolation for mark in student.marks if mark.exercise in judged}
    return Report(
        course=course.title,
        suite="",
        grader=__version__,
        isolation="none" if "none" in kinds else "full",
        student=student.person.key,
        submission="",
        earned=sum((each.earned for each in exercises), Decimal(0)),
        possible=sum((each.possible for each in exercises), Decimal(0)),
        exercises=tuple(exercises),
        notes=tuple(notes),
    )


def _with_lines(result: ExerciseResult, mark: Mark) -> ExerciseResult:
    """With the points that a void test gives to all."""
    lines = {line.test: line for line in mark.lines}
    tests: list[TestResult] = []
    for test in result.tests:
        line = lines.get(test.id)
        if line is not None:
            test = msgspec.structs.replace(test, earned=line.earned, possible=line.possible)
        tests.append(test)
    return msgspec.structs.replace(
        result,
        tests=tuple(tests),
        earned=sum((test.earned for test in tests), Decimal(0)),
        possible=sum((test.possible for test in tests), Decimal(0)),
    )


def text_for(
    course: Course, student: StudentMarks, unit: Unit, result: Callable[[int], ExerciseResult]
) -> str:
    """One unit's feedback for one student as text, as far as the course lets them see it.

    It follows from the gradebook alone, so that it is the same wherever it is written.

    Args:
        result: a grading by its id.
    """
    document = _Document("", called(student.person), student, (unit,))
    section = _section(course, document, unit, result, lambda number: None)
    return safe(f"{section.heading}: {section.score}\n\n{to_plain(section.view).strip()}\n")


def _files(book: Gradebook, documents: Sequence[_Document]) -> Iterator[File]:
    """Each document twice: as a page, as Markdown."""
    title, work = book.course.title, work_of(book)
    parts = work.result, work.files
    for document in documents:
        sections = [_section(book.course, document, unit, *parts) for unit in document.units]
        yield File(f"{document.stem}.html", to_page(title, document.whose, sections))
        yield File(f"{document.stem}.md", to_markdown(title, document.whose, sections))


def _section(
    course: Course,
    document: _Document,
    unit: Unit,
    result: Callable[[int], ExerciseResult],
    files: Files,
) -> Section:
    report = report_of(course, document.student, unit, result)
    seen = for_student(report, course.feedback)
    own = {mark.exercise: mark for mark in document.student.marks if mark.unit == unit.id}
    views = []
    for judged in seen.exercises:
        view = view_exercise(judged, course.feedback)
        if not document.shared:
            view = msgspec.structs.replace(view, remark=remark_on(own[judged.id]))
        views.append(view)
    graded, due = [own[judged.id] for judged in seen.exercises], document.student.dates[unit.id].due
    closing = attempts_of(graded, None if due is None else due.tzinfo)
    closing += [*choices_of(course, graded, files), *words_of(seen)]
    left_out = own.keys() - {judged.id for judged in seen.exercises}
    for mark in own.values():
        if mark.exercise in left_out:
            closing.append(f"{mark.exercise}: {unjudged(mark, document.shared)}")
    earned, possible = report.earned, report.possible
    if not document.shared:
        earned = sum((mark.earned for mark in own.values()), Decimal(0))
        possible = sum((mark.possible for mark in own.values()), Decimal(0))
    score = f"{points(earned)} of {points(possible)}"
    return Section(f"{unit.id}  {unit.title}", score, ReportView(tuple(views), tuple(closing)))


def remark_on(mark: Mark) -> str:
    """What made the mark another one than the tests alone; never why a person did so."""
    told = []
    if any(line.void is not None for line in mark.lines):
        told.append("A test was wrong, so its points are everybody's.")
    counts = f"{points(mark.earned)} of {points(mark.possible)}"
    if mark.state == "override":
        told.append(f"A person gave {counts} for it.")
    elif mark.state == "excused":
        told.append("It does not count for you.")
    elif mark.lateness.lost:
        lost = points(mark.lateness.lost * 100)
        told.append(f"Handed in late: {lost} % lost, so it counts {counts}.")
    return " ".join(told)


def unjudged(mark: Mark, shared: bool) -> str:
    """What is said of an exercise of which nothing was judged."""
    if mark.state == "override" and not shared:
        return f"a person gave {points(mark.earned)} of {points(mark.possible)} for it."
    if mark.state == "excused" and not shared:
        return "it does not count for you."
    if mark.state == "closed":
        return "what was handed in came too late to count."
    return "nothing was handed in for it."
