"""The gradebook's face: each method is one transaction, and takes and gives values."""

from __future__ import annotations

import getpass
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import msgspec
from sqlalchemy import select

from grader.classroom.attempt import Attempt
from grader.classroom.gradebook import (
    adjustments,
    arrivals,
    erase,
    figures,
    listing,
    merging,
    pushes,
    runs,
    settling,
    students,
    tables,
    work,
)  # fmt: skip
from grader.classroom.gradebook.alone import alone
from grader.classroom.gradebook.claim import claim
from grader.classroom.gradebook.database import Database, insert_once
from grader.classroom.gradebook.marks import Ledger, StudentMarks, marks
from grader.classroom.gradebook.office import Noted, Office, note
from grader.classroom.gradebook.place import find, left_behind
from grader.classroom.gradebook.scores import Suites
from grader.classroom.gradebook.values import (
    Adjustment,
    Erased,
    Imported,
    Merger,
    Pair,
    Push,
    Recorded,
    Submission,
    Verdict,
)
from grader.classroom.gradebook.versions import prepare
from grader.classroom.merged import attempt_of
from grader.classroom.people import Person
from grader.course.outline import Course
from grader.errors import UsageError
from grader.report.model import ExerciseResult

__all__ = ["Gradebook", "me"]


def me() -> str:
    """Who is at work, as the system knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's user may have no name
        return "somebody"


class Gradebook:
    """The gradebook of a course, open; a context manager that closes it.

    Args:
        course: whose it is.
        url: a file's path or an SQLAlchemy URL; else `WXB_GRADEBOOK`, else the course's own place.

    Raises:
        UsageError: it cannot be opened or made, is another course's, or a newer wxb's. Any method
            may raise it, too, where the database has gone, is full or locked.
        IsolationError: student code could read it where it is.

    Attributes:
        where: the place, for people.
        office: who may open the pages of the class, and what they did there.
        runs: how far runs over the class are, those of other programs too.
        mergers: students who turned out to be one.
        notes: what a person should know of it: an upgrade, a network disk.
        figures, listing: what pages are made of (`classroom/insight` reads them).
        protected: paths that no worker may be able to read; a `Grader` takes them.
    """

    def __init__(self, course: Course, url: str | None = None) -> None:
        self.course = course
        self._suites: Suites = {}
        place = find(course, url)
        self.where = place.shown
        self.protected: tuple[Path, ...] = () if place.file is None else (place.file,)
        is_new = place.file is not None and not place.file.exists()
        others = left_behind(place) if is_new and not place.given else []
        self._database = Database(place)
        self.office = Office(self._database)
        self.runs = runs.Runs(self._database)
        self.mergers = merging.Mergers(self._database, course)
        self.figures = figures.Figures(self._database, course)
        self.listing = listing.Listing(self._database)
        self._database.notes += [
            f"This course has a new gradebook, and {other} is that of a course of this title whose "
            "folder is gone. If you moved the course, name that with --gradebook."
            for other in others
        ]
        try:
            prepare(self._database)
            claim(self._database, course)
        except BaseException:
            self.close()
            raise

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(self._database.notes)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- students ---------------------------------------------------------------------------

    def import_roster(self, people: Sequence[Person]) -> Imported:
        """Take in a whole roster: names follow ids, and who is not in it is inactive from now."""
        with self._database.writing() as connection:
            imported = students.import_roster(connection, people)
            if any((imported.added, imported.changed, imported.gone, imported.returned)):
                figures.forget(connection)
            return imported

    def people(
        self, *, everyone: bool = False, keys: Collection[str] | None = None
    ) -> dict[str, Person]:
        """Key -> student, by name; `everyone` has those, too, who have gone; `keys`: only these."""
        with self._database.reading() as connection:
            found = students.everybody(connection, keys)
        return {key: each for key, each in found.items() if everyone or each.active}

    def sections(self) -> list[str]:
        """The sections of the class."""
        with self._database.reading() as connection:
            return students.sections(connection)

    def person(self, text: str) -> Person:
        """The student who is meant by a key, an id elsewhere, an e-mail address or a whole name.

        Raises:
            UsageError: nobody is, or more than one.
        """
        return students.find(self.people(everyone=True), text)

    # --- what was handed in -----------------------------------------------------------------

    def settle(
        self,
        attempt: Attempt,
        judged: Sequence[ExerciseResult] = (),
        reused: Mapping[str, int] | None = None,
        *,
        isolation: str = "full",
        seed: int = 0,
        reason: str = "",
    ) -> int:
        """Keep what an attempt came to, all of it or nothing; the submission's id.

        Doing it twice changes nothing: an attempt is known by student, source, number, digest and
        unit, and a verdict that says what holds already is not added again. What is judged again
        and comes out otherwise, e.g. after a timeout, is a new grading beside the old one.

        Args:
            judged: what was judged for it.
            reused: exercise -> id of a grading that was there (`known`).
            reason: why it replaces what held before, where something did.
        """
        with self._database.writing() as connection:
            own = attempt_of(attempt, merging.known(connection))
            number = settling.settle(
                connection, own, judged, reused or {}, isolation=isolation, seed=seed,
                reason=reason, now=_now(),
            )  # fmt: skip
            settling.count(connection, self.course, [number], self._suites)
            return number

    def settle_all(self, entries: Iterable[tuple[Attempt, Mapping[str, int]]]) -> None:
        """Keep many attempts of which everything was judged before, all of them or nothing.

        Args:
            entries: attempts, and by exercise the id of a grading that was there.
        """
        with self._database.writing() as connection:
            mergers = merging.known(connection)
            numbers = [
                settling.settle(connection, attempt_of(attempt, mergers), (), reused, now=_now())
                for attempt, reused in entries
            ]
            settling.count(connection, self.course, numbers, self._suites)

    def keep(
        self, judged: Sequence[ExerciseResult], *, isolation: str = "full", seed: int = 0
    ) -> dict[str, int]:
        """Keep gradings of one submission that decide no mark yet, as a regrade that is only tried.

        Returns:
            Exercise -> the id of its grading, for `replace`.
        """
        with self._database.writing() as connection:
            return settling.add(connection, judged, isolation, seed, _now())

    def replace(self, submission: int, gradings: Mapping[str, int], reason: str) -> None:
        """Let other gradings hold for exercises of a submission; `history` has the old ones."""
        with self._database.writing() as connection:
            work.link(connection, submission, gradings, reason=reason, now=_now())
            settling.count(connection, self.course, [submission], self._suites)

    def known(
        self,
        pairs: Iterable[Pair],
        *,
        isolation: str = "full",
        seed: int = 0,
        untried: bool = False,
    ) -> dict[Pair, int]:
        """(sources, suite) -> a grading of that pair which can be used again.

        Timeouts, memory, crashes and faults of the grader are never among them.

        Args:
            untried: also gradings in which tests were not run for want of a library.
        """
        with self._database.reading() as connection:
            return work.known(connection, pairs, isolation, seed, untried)

    def recorded(self, attempts: Sequence[Attempt]) -> dict[str, Recorded]:
        """Folder of an attempt -> what is known of it, for those that were settled before."""
        with self._database.reading() as connection:
            mergers = merging.known(connection)
            return work.recorded(connection, [attempt_of(each, mergers) for each in attempts])

    def submissions(self, student: str | None = None, unit: str | None = None) -> list[Submission]:
        """Attempts, in the order in which they were recorded; a unit's with those for any unit."""
        with self._database.reading() as connection:
            return arrivals.submissions(connection, student, unit)

    def verdicts(self, submissions: Collection[int] | None = None) -> list[Verdict]:
        """The verdicts that hold, of some submissions or of all."""
        with self._database.reading() as connection:
            return work.verdicts(connection, submissions)

    def history(self, submission: int, exercise: str) -> list[Verdict]:
        """All verdicts on an exercise of a submission; the last one holds."""
        with self._database.reading() as connection:
            return work.history(connection, submission, exercise)

    def result(self, grading: int) -> ExerciseResult:
        """All that a grading came to, with the points of that time (see `marks.reweighted`).

        Raises:
            KeyError: there is no such grading.
        """
        with self._database.reading() as connection:
            found = work.result(connection, grading)
        if found is None:
            raise KeyError(grading)
        return found

    # --- adjustments ------------------------------------------------------------------------

    def adjust(self, entries: Sequence[Adjustment], noted: Noted | None = None) -> list[int]:
        """Add entries, and a line of the log, all or none; their new ids."""
        with self._database.writing() as connection:
            note(connection, noted, _now())
            return [adjustments.add(connection, entry) for entry in entries]

    def take_back(
        self, entries: Sequence[Adjustment], *, who: str, why: str, noted: Noted | None = None
    ) -> None:
        """End entries by later ones; what was ended before stays as it is."""
        with self._database.writing() as connection:
            note(connection, noted, _now())
            for entry in entries:
                adjustments.take_back(connection, entry, who, why, _now())

    def adjustments(self, *, all_of_them: bool = False) -> list[Adjustment]:
        """The entries that hold; or all, also those that were taken back."""
        with self._database.reading() as connection:
            found = adjustments.entries(connection)
        return [entry for entry in found if all_of_them or entry.taken_back is None]

    def may_read_why(self, entry: Adjustment | Merger) -> bool:
        """Whether whoever is at work may read why: it is theirs, or the gradebook's file is."""
        file = self._database.place.file
        return entry.who == me() or (file is not None and file.stat().st_uid == os.geteuid())

    # --- what was written to other systems --------------------------------------------------

    def pushes(self, place: str, student: str | None = None) -> list[Push]:
        """What was written to a place, or begun, for one student or all, the first one first."""
        with self._database.reading() as connection:
            return pushes.entries(connection, place, student)

    def begin_push(self, entry: Push) -> int:
        """Note what is about to be written; the entry's id."""
        with self._database.writing() as connection:
            return pushes.add(connection, entry)

    def see_push(self, entry: int, seen: str) -> None:
        """Note that it is there, with what the system says of it."""
        with self._database.writing() as connection:
            pushes.see(connection, entry, seen)

    @contextmanager
    def alone(self, what: str) -> Iterator[None]:
        """No other process does `what`, e.g. "grade push", on this gradebook meanwhile.

        Raises:
            UsageError: one does.
        """
        with alone(self._database, what) as is_alone:
            if not is_alone:
                raise UsageError(f"Another {what} is at work with {self.where}; wait for it.")
            yield

    # --- marks ------------------------------------------------------------------------------

    def ledger(self, student: str | None = None) -> Ledger:
        """All that marks are a view of, at one moment; of one student alone, or of all."""
        with self._database.reading() as connection:
            handed_in = arrivals.submissions(connection, student)
            ids = None if student is None else [each.id for each in handed_in]
            return Ledger(
                students.everybody(connection, None if student is None else [student]),
                handed_in,
                work.verdicts(connection, ids),
                adjustments.entries(connection),
            )

    def marks(
        self, students: Collection[str] | None = None, *, everyone: bool = False
    ) -> list[StudentMarks]:
        """The marks of some students, or of the class, by name.

        Args:
            students: keys.
            everyone: also of those who have gone.
        """
        ledger = self.ledger(*(students if students is not None and len(students) == 1 else ()))
        if students is None:
            keys = [key for key, each in ledger.people.items() if everyone or each.active]
        else:
            keys = [key for key in ledger.people if key in students]
        return marks(self.course, ledger, keys)

    # --- one student's data -----------------------------------------------------------------

    def note_place(self, kind: str, path: Path) -> None:
        """Remember where files of students lie: `collected` for a class, `feedback`, `log`."""
        with self._database.writing() as connection:
            insert_once(connection, tables.place, {"kind": kind, "path": str(path.resolve())})

    def places(self) -> list[tuple[str, Path]]:
        """(kind, path) of each place that is remembered."""
        with self._database.reading() as connection:
            rows = connection.execute(select(tables.place)).all()
        return [(row.kind, Path(row.path)) for row in rows]

    def export(self, student: str) -> dict[str, Any]:
        """Everything that the gradebook holds about one student, as plain values."""
        with self._database.reading() as connection:
            found = erase.export(connection, student)
        own = self.marks([student])
        return {**found, "marks": msgspec.to_builtins([m for each in own for m in each.marks])}

    def erase(self, student: str) -> Erased:
        """Remove one student from the gradebook, its copies, and all places that it remembers.

        What they handed in with a team stays for the others, without them.
        """
        return erase.erase(self._database, student, self.places())


def _now() -> datetime:
    return datetime.now(UTC)
