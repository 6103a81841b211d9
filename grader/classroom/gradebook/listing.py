"""Lists of students, a page at a time, and all that is kept of one: plain rows for pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple, get_args

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from grader.classroom.gradebook import arrivals, standings, tables
from grader.classroom.gradebook.database import Database, in_parts
from grader.classroom.gradebook.traits import UNKNOWN
from grader.classroom.gradebook.values import Submission
from grader.classroom.people import folded
from grader.classroom.statistics.suites import LETTERS

__all__ = ["SORTS", "Listing", "Sort", "Which"]

Sort = Literal[
    "name", "key", "section", "tried", "passed", "first_passed", "attempts", "score", "last_at",
    "need",
]  # fmt: skip
SORTS: tuple[Sort, ...] = get_args(Sort)


class Which(NamedTuple):
    """Students by what they came to at an exercise, in their last hand-in.

    Args:
        test, outcome: how a test ended; any way in which it was lost, where `outcome` is None.
        what: a wrong idea, or "?" and a signature; `still`: in the last hand-in, not in any.
    """

    exercise: str
    test: str | None = None
    outcome: str | None = None
    what: str | None = None
    layer: str | None = None
    passed: bool | None = None
    still: bool = True


class Listing:
    """What a gradebook can be asked of its students."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def students(
        self,
        *,
        sort: Sort = "name",
        down: bool = False,
        start: int = 0,
        size: int = 50,
        search: str = "",
        section: str | None = None,
        everyone: bool = False,
        which: Which | None = None,
    ) -> tuple[list[Any], int]:
        """Rows of students with their progress, from the one of number `start`; how many in all."""
        student = tables.student.c
        conditions: list[Any] = [] if everyone else [student.active]
        if section is not None:
            conditions.append(student.section == section)
        with self._database.reading() as connection:
            if which is not None:
                conditions.append(self._is(connection, which))
            order = _order(sort, down)
            if search.strip():
                words = [folded(word) for word in search.split()]
                query = _select(student.key, student.name, student.email).where(*conditions)
                found = [
                    row.key
                    for row in connection.execute(query.order_by(*order))
                    if _fits(words, row)
                ]
                keys, total = found[start : start + size], len(found)
                rows = self._rows(connection, [student.key.in_(keys)]) if keys else []
                place = {key: number for number, key in enumerate(keys)}
                return sorted(rows, key=lambda row: place[row.key]), total
            count = select(func.count()).select_from(tables.student).where(*conditions)
            total = connection.execute(count).scalar_one()
            return self._rows(connection, conditions, order, start, size), total

    @staticmethod
    def _rows(
        connection: Any,
        conditions: Sequence[ColumnElement[bool]],
        order: Sequence[Any] = (),
        start: int = 0,
        size: int | None = None,
    ) -> list[Any]:
        student, progress = tables.student.c, tables.progress.c
        own = [column for column in progress if column.name != "student"]
        query = _select(*student, *own).where(*conditions).order_by(*order).offset(start)
        return list(connection.execute(query if size is None else query.limit(size)).all())

    def _is(self, connection: Any, which: Which) -> ColumnElement[bool]:
        """Whether a student is one of those who are asked for."""
        standing, trait, held = tables.standing.c, tables.trait.c, tables.held.c
        mine: list[Any] = [standing.exercise == which.exercise, standing.attempts > 0]
        if which.passed is not None:
            mine.append(standing.last_passed == which.passed)
        if which.layer is not None:
            mine.append(trait.layer == which.layer)
        if which.test is not None:
            mine.append(self._ended(connection, which))
        query = select(standing.student).join(tables.trait, trait.grading == standing.last_grading)
        conditions = [tables.student.c.key.in_(query.where(*mine))]
        if which.what is not None:
            has = [held.exercise == which.exercise, held.what == which.what]
            has += [held.still] if which.still else []
            conditions.append(tables.student.c.key.in_(select(held.student).where(*has)))
        return and_(*conditions)

    @staticmethod
    def _ended(connection: Any, which: Which) -> ColumnElement[bool]:
        """Whether a test ended in the way that is asked for: its place differs by suite."""
        trait, result = tables.trait.c, tables.test_result.c
        # Of each suite any grading will do: they have the same tests.
        some = select(trait.suite, func.max(trait.grading).label("grading"))
        some_of = some.where(trait.exercise == which.exercise).group_by(trait.suite).subquery()
        query = select(some_of.c.suite, result.position).join(
            some_of, some_of.c.grading == result.grading
        )
        places = connection.execute(query.where(result.test == which.test)).all()
        found = []
        for suite, position in places:
            letter = func.substr(trait.pattern, position + 1, 1)
            if which.outcome is None:
                fits = letter.not_in(["p", "s", "g"])
            else:
                fits = letter == LETTERS.get(which.outcome, "?")  # type: ignore[call-overload]
            found.append(and_(trait.suite == suite, fits))
        return or_(*found) if found else trait.grading.is_(None)

    # --- one student --------------------------------------------------------------------------

    def student(self, key: str) -> Any | None:
        """The row of one student."""
        with self._database.reading() as connection:
            return next(iter(self._rows(connection, [tables.student.c.key == key])), None)

    def standings(self, key: str) -> list[Any]:
        """Where a student stands, with layer and outcome letters of each last hand-in."""
        standing, trait = tables.standing.c, tables.trait.c
        query = select(tables.standing, trait.layer, trait.pattern, tables.grading.c.outcome)
        query = query.join(tables.trait, trait.grading == standing.last_grading)
        query = query.join(tables.grading, tables.grading.c.id == standing.last_grading)
        with self._database.reading() as connection:
            return list(connection.execute(query.where(standing.student == key)).all())

    def held(self, keys: Collection[str]) -> list[Any]:
        """Wrong ideas of some students; those answers that none explains are left out."""
        held = tables.held.c
        query = select(tables.held).where(held.what.not_like(f"{UNKNOWN}%"))
        with self._database.reading() as connection:
            return [
                row
                for some in in_parts(sorted(keys))
                for row in connection.execute(query.where(held.student.in_(some)))
            ]

    def submissions(self, ids: Collection[int]) -> list[Submission]:
        """Some hand-ins, by their ids."""
        with self._database.reading() as connection:
            return arrivals.some(connection, ids)

    def verdicts(self, ids: Collection[int]) -> list[Any]:
        """The verdicts that hold of some hand-ins, with their traits."""
        verdict, trait = tables.verdict.c, tables.trait.c
        found: list[Any] = []
        with self._database.reading() as connection:
            for some in in_parts(sorted(ids)):
                newest = select(func.max(verdict.id)).where(verdict.submission.in_(some))
                newest = newest.group_by(verdict.submission, verdict.exercise)
                query = select(
                    verdict.submission, verdict.exercise, verdict.grading, trait.begun,
                    trait.passed, trait.layer,
                ).join(tables.trait, trait.grading == verdict.grading)  # fmt: skip
                found += connection.execute(query.where(verdict.id.in_(newest))).all()
        return found

    def ideas(self, gradings: Collection[int]) -> dict[int, tuple[str, ...]]:
        """Grading -> the wrong ideas that it shows."""
        with self._database.reading() as connection:
            return standings.ideas_of(connection, gradings)

    def last_hand_ins(self, exercises: Collection[str]) -> list[Any]:
        """(student, exercise, submission) of the last hand-in of all active students."""
        student, standing = tables.student.c, tables.standing.c
        query = (
            select(standing.student, standing.exercise, standing.submission)
            .join(tables.student, student.key == standing.student)
            .where(student.active, standing.attempts > 0, standing.exercise.in_(exercises))
            .order_by(standing.student, standing.exercise)
        )
        with self._database.reading() as connection:
            return list(connection.execute(query).all())

    # --- now ----------------------------------------------------------------------------------

    def needing(self, section: str | None, size: int) -> tuple[list[Any], int]:
        """Active students with a reason, the heaviest first; how many in all."""
        student, progress = tables.student.c, tables.progress.c
        conditions = [student.active, progress.need > 0, *_in(section)]
        joined = tables.progress.join(tables.student, student.key == progress.student)
        query = select(student.key, student.name, student.section, progress.need, progress.reasons)
        query = query.select_from(joined).where(*conditions)
        query = query.order_by(progress.need.desc(), progress.last_second.desc(), student.key)
        count = select(func.count()).select_from(joined).where(*conditions)
        with self._database.reading() as connection:
            total = connection.execute(count).scalar_one()
            return list(connection.execute(query.limit(size)).all()), total

    def waiting(self, section: str | None, size: int) -> tuple[list[Any], int]:
        """Active students of whom there is no work, by section and name; how many in all."""
        student, progress = tables.student.c, tables.progress.c
        joined = tables.student.outerjoin(tables.progress, progress.student == student.key)
        conditions = [student.active, progress.student.is_(None), *_in(section)]
        query = select(student.key, student.name, student.email, student.section)
        query = query.select_from(joined).where(*conditions)
        query = query.order_by(student.section, func.lower(student.name), student.key)
        count = select(func.count()).select_from(joined).where(*conditions)
        with self._database.reading() as connection:
            total = connection.execute(count).scalar_one()
            return list(connection.execute(query.limit(size)).all()), total

    def unusual(self, section: str | None, size: int) -> tuple[list[Any], int]:
        """Last hand-ins of active students that ended by luck or limits; how many in all."""
        student, standing, trait = tables.student.c, tables.standing.c, tables.trait.c
        joined = tables.standing.join(tables.student, student.key == standing.student)
        conditions = [student.active, standing.unusual, *_in(section)]
        query = (
            select(
                student.key, standing.submission, standing.exercise, standing.last_at,
                trait.pattern,
            )
            .select_from(joined.join(tables.trait, trait.grading == standing.last_grading))
            .where(*conditions)
            .order_by(standing.last_second.desc(), student.key, standing.exercise)
        )  # fmt: skip
        count = select(func.count()).select_from(joined).where(*conditions)
        with self._database.reading() as connection:
            total = connection.execute(count).scalar_one()
            return list(connection.execute(query.limit(size)).all()), total

    def having(
        self, which: Which, size: int, sections: Sequence[str] = ()
    ) -> list[tuple[int, tuple[int, int]]]:
        """(students, hand-ins) of gradings with a wrong idea or answer: those that most have.

        The hand-ins are the newest and the oldest with that grading, which have the same text.

        Args:
            sections: only students of these; empty: all.
        """
        member, arrival = tables.member.c, tables.arrival.c
        verdict, trait, idea = tables.verdict.c, tables.trait.c, tables.idea.c
        what = which.what or ""
        if what.startswith(UNKNOWN):
            alike = [trait.exercise == which.exercise]
            alike.append(trait.signature == what.removeprefix(UNKNOWN))
            gradings = select(trait.grading).where(*alike)
        else:
            gradings = select(idea.grading).join(tables.trait, trait.grading == idea.grading)
            gradings = gradings.where(idea.name == what, trait.exercise == which.exercise)
        students = func.count(member.student.distinct())
        query = (
            select(students, func.max(verdict.submission), func.min(verdict.submission))
            .join(tables.arrival, arrival.submission == verdict.submission)
            .join(tables.member, member.arrival == arrival.id)
            .where(verdict.grading.in_(gradings), *_of(sections))
            .group_by(verdict.grading)
            .order_by(students.desc(), verdict.grading.desc())
            .limit(size)
        )
        with self._database.reading() as connection:
            return [(row[0], (row[1], row[2])) for row in connection.execute(query)]


def _of(sections: Sequence[str]) -> list[ColumnElement[bool]]:
    """That a member is of one of these sections; nothing, where there are none."""
    student = tables.student.c
    theirs = select(student.key).where(student.section.in_(sections))
    return [tables.member.c.student.in_(theirs)] if sections else []


def _in(section: str | None) -> list[ColumnElement[bool]]:
    return [] if section is None else [tables.student.c.section == section]


def _select(*columns: Any) -> Select[Any]:
    student, progress = tables.student.c, tables.progress.c
    joined = tables.student.outerjoin(tables.progress, progress.student == student.key)
    return select(*columns).select_from(joined)


def _order(sort: Sort, down: bool) -> list[Any]:
    student, progress = tables.student.c, tables.progress.c
    name = func.lower(student.name)
    if sort in ("name", "key", "section"):
        first: dict[str, list[Any]] = {"name": [name], "section": [student.section, name]}
        ordered = [*first.get(sort, []), student.key]
        return [column.desc() for column in ordered] if down else ordered
    column = progress["last_second" if sort == "last_at" else sort]
    # Who has none comes last, whichever way it goes; equal ones stay in one order.
    return [column.is_(None), column.desc() if down else column, name, student.key]


def _fits(words: Sequence[str], row: Any) -> bool:
    text = _folded(row.name, row.key, row.email)
    return all(word in text for word in words)


@lru_cache(maxsize=1 << 16)  # folding ten thousand names takes as long as all the rest of a page
def _folded(*texts: str) -> str:
    return " ".join(map(folded, texts))
