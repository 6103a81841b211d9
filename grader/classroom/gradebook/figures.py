"""What figures of a class are made of, read in one go; and figures, stored with their time.

One `Figures` belongs to an open gradebook. What it gives are plain rows: `classroom/insight` makes
values of them. Only active students are counted, wherever others are not asked for.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Integer, Select, cast, delete, func, insert, select, text

from grader.classroom.gradebook import standings, tables, traits
from grader.classroom.gradebook.database import Database
from grader.course.outline import Course

__all__ = ["AgainCount", "Alike", "Figures", "IdeaCount", "Kept", "Stood", "Timed", "forget"]

#: Which figures there are: stored ones of an older version are behind, whatever was settled since.
_FORMULAS = 2
#: Rows that are noted, or read, at a time, so that memory stays flat.
_SOME = 2000
#: Exercises of one wrong idea between which it is followed.
_PLACES = 8
#: Gradings of each exercise of which times are read.
_NEWEST = 500
#: How far the gradebook was when figures were stored, and what scores were reckoned by.
_STATE, _POINTS = ("state", ""), ("points", "")


class Kept(NamedTuple):
    """A stored figure: JSON, and when it was worked out."""

    as_of: datetime
    document: bytes


class Alike(NamedTuple):
    """How many have one verdict: `students`, or distinct programs."""

    exercise: str
    suite: str
    pattern: str
    layer: str
    grading: int
    students: int


class IdeaCount(NamedTuple):
    """An idea of an exercise, or "?" and a signature: who ever had it, who has it still."""

    exercise: str
    what: str
    students: int
    still: int


class Timed(NamedTuple):
    """Milliseconds of each test of a program, with commas."""

    exercise: str
    suite: str
    pattern: str
    times: str
    grading: int


class AgainCount(NamedTuple):
    """Students with a wrong idea in one exercise who tried another, and had it there, too."""

    what: str
    exercise: str
    other: str
    tried: int
    had: int


class Stood(NamedTuple):
    """One student at one exercise; without work, all that follows the section is None."""

    key: str
    section: str
    exercise: str
    attempts: int
    sure: bool
    first_score: int | None
    first_passed: bool
    best_score: int | None
    passed_on: int | None
    last_score: int | None
    last_passed: bool
    last_second: int


class Figures:
    """What a gradebook's figures stand on."""

    def __init__(self, database: Database, course: Course) -> None:
        self._database, self._course = database, course
        self._points = ""

    # --- in step with what was settled --------------------------------------------------------

    def mark(self) -> str:
        """A digest of how far the gradebook is: figures of another one are behind."""
        with self._database.reading() as connection:
            return self._mark(connection)

    def _mark(self, connection: Connection) -> str:
        newest = [
            connection.execute(select(func.max(table.c.id))).scalar()
            for table in (tables.verdict, tables.arrival, tables.grading)
        ]
        return f"{_FORMULAS} {self.points_mark()} {newest}"

    def points_mark(self) -> str:
        """A digest of what scores are reckoned by."""
        if self._points:
            return self._points
        found = [[e.id, e.unit, [[t, str(p)] for t, p in e.tests.items()]]
                 for e in self._course.exercises]  # fmt: skip
        self._points = hashlib.sha256(msgspec.json.encode(found)).hexdigest()
        return self._points

    def fill(self) -> bool:
        """Note what is not noted yet of gradings; whether there was anything."""
        found = False
        while True:
            with self._database.writing() as connection:
                count = traits.fill(connection, _SOME)
            found = found or bool(count)
            if count < _SOME:
                return found

    def recompute(self) -> None:
        """Work out where everybody stands, from all that was handed in."""
        keys = self._keys()
        with self._database.writing() as connection:
            if connection.dialect.name == "postgresql":
                # Tables that were filled a moment ago are planned for as if they were empty.
                connection.execute(text("ANALYZE"))
        for start in range(0, len(keys), _SOME):
            with self._database.writing() as connection:
                some = keys[start : start + _SOME]
                standings.update_students(connection, self._course, some)

    def _keys(self) -> list[str]:
        with self._database.reading() as connection:
            return sorted(connection.execute(select(tables.student.c.key)).scalars())

    # --- stored figures -----------------------------------------------------------------------

    def stored(self, kind: str, key: str = "") -> Kept | None:
        """A figure as it was worked out last."""
        columns = tables.summary.c
        query = select(columns.as_of, columns.document).where(columns.kind == kind)
        with self._database.reading() as connection:
            row = connection.execute(query.where(columns.key == key)).first()
        return None if row is None else Kept(row.as_of, zlib.decompress(row.document))

    def store(self, figures: Mapping[tuple[str, str], bytes], mark: str, now: datetime) -> None:
        """Put figures in the place of all that were stored.

        Args:
            figures: (kind, key) -> JSON.
            mark: how far the gradebook was before they were worked out.
        """
        others = {_STATE: mark.encode(), _POINTS: self.points_mark().encode()}
        rows = [
            {"kind": kind, "key": key, "as_of": now, "document": zlib.compress(document, 1)}
            for (kind, key), document in {**figures, **others}.items()
        ]
        with self._database.writing() as connection:
            connection.execute(delete(tables.summary))
            connection.execute(insert(tables.summary), rows)

    def stored_mark(self) -> str:
        """How far the gradebook was when figures were stored; "" where there are none."""
        found = self.stored(*_STATE)
        return "" if found is None else found.document.decode()

    def is_reckoned(self) -> bool:
        """Whether scores are reckoned by the points that course.yaml gives now."""
        found = self.stored(*_POINTS)
        return found is not None and found.document.decode() == self.points_mark()

    # --- rows for figures ---------------------------------------------------------------------

    def standings(self) -> Iterator[list[Stood]]:
        """Where active students stand: the rows of one student after another's."""
        standing, student = tables.standing.c, tables.student.c
        query = (
            select(
                student.key, student.section, standing.exercise, standing.attempts, standing.sure,
                standing.first_score, standing.first_passed, standing.best_score,
                standing.passed_on, standing.last_score, standing.last_passed,
                standing.last_second,
            )
            .outerjoin(tables.standing, standing.student == student.key)
            .where(student.active)
            .order_by(student.key)
        )  # fmt: skip
        with self._database.reading() as connection:
            rows = connection.execution_options(yield_per=_SOME).execute(query)
            theirs: list[Stood] = []
            for row in map(Stood._make, rows):
                if theirs and theirs[0].key != row.key:
                    yield theirs
                    theirs = []
                theirs.append(row)
            if theirs:
                yield theirs

    def verdicts(self, *, first: bool) -> list[Alike]:
        """What last hand-ins of active students came to, or known first ones, alike ones as one."""
        standing, trait = tables.standing.c, tables.trait.c
        which = standing.first_grading if first else standing.last_grading
        query = self._alike(func.count()).join(tables.standing, which == trait.grading)
        query = query.join(tables.student, tables.student.c.key == standing.student)
        query = query.where(tables.student.c.active, standing.attempts > 0)
        return self._read(query.where(standing.sure) if first else query)

    def programs(self) -> list[Alike]:
        """What each distinct program that was begun came to, alike ones as one."""
        trait = tables.trait.c
        query = self._alike(func.count(trait.sources.distinct()))
        return self._read(query.where(trait.begun))

    @staticmethod
    def _alike(count: Any) -> Select[Any]:
        trait = tables.trait.c
        keys = trait.exercise, trait.suite, trait.pattern, trait.layer
        grading = func.max(trait.grading)
        return select(*keys, grading, count).select_from(tables.trait).group_by(*keys)

    def _read(self, query: Select[Any]) -> list[Alike]:
        with self._database.reading() as connection:
            return [Alike(*row) for row in connection.execute(query)]

    def names(self, alike: Alike | Timed) -> tuple[str, ...]:
        """The tests of a pattern, in the order of its letters."""
        columns = tables.test_result.c
        query = select(columns.test).where(columns.grading == alike.grading)
        with self._database.reading() as connection:
            return tuple(connection.execute(query.order_by(columns.position)).scalars())

    def ideas(self) -> list[IdeaCount]:
        """Wrong ideas of active students, and wrong answers that none explains."""
        held, student = tables.held.c, tables.student.c
        still = func.sum(func.coalesce(cast(held.still, Integer), 0))
        query = (
            select(held.exercise, held.what, func.count(), still)
            .join(tables.student, student.key == held.student)
            .where(student.active)
            .group_by(held.exercise, held.what)
        )
        with self._database.reading() as connection:
            return [IdeaCount(*row) for row in connection.execute(query)]

    def with_ideas(self, exercises: Collection[str]) -> tuple[int, int]:
        """Of some exercises: active students who had a wrong idea, and who began any."""
        student, held, standing = tables.student.c, tables.held.c, tables.standing.c
        had = select(func.count(held.student.distinct()))
        had = had.join(tables.student, student.key == held.student).where(
            student.active, held.exercise.in_(exercises), held.what.not_like(f"{traits.UNKNOWN}%")
        )
        began = select(func.count(standing.student.distinct()))
        began = began.join(tables.student, student.key == standing.student).where(
            student.active, standing.exercise.in_(exercises), standing.attempts > 0
        )
        with self._database.reading() as connection:
            return connection.execute(had).scalar_one(), connection.execute(began).scalar_one()

    def unknown(self, exercise: str, signatures: list[str]) -> list[Any]:
        """Of signatures: how many programs, the newest grading, its layer, message and pattern."""
        trait = tables.trait.c
        newest = (
            select(trait.signature, func.max(trait.grading).label("grading"),
                   func.count(trait.sources.distinct()).label("programs"))
            .where(trait.exercise == exercise, trait.signature.in_(signatures))
            .group_by(trait.signature)
            .subquery()
        )  # fmt: skip
        query = select(
            newest.c.signature, newest.c.programs, trait.layer, trait.message, trait.pattern,
            trait.grading, trait.exercise, trait.suite,
        ).join(newest, newest.c.grading == trait.grading)  # fmt: skip
        with self._database.reading() as connection:
            return list(connection.execute(query).all())

    def spread(self, least: int, most: int) -> list[tuple[str, int]]:
        """Active students who hold wrong ideas in `least` exercises or more, most first."""
        held, student = tables.held.c, tables.student.c
        count = func.count(held.exercise.distinct())
        query = (
            select(held.student, count)
            .join(tables.student, student.key == held.student)
            .where(student.active, held.still, held.what.not_like(f"{traits.UNKNOWN}%"))
            .group_by(held.student)
            .having(count >= least)
            .order_by(count.desc(), held.student)
            .limit(most)
        )
        with self._database.reading() as connection:
            return [(row[0], row[1]) for row in connection.execute(query)]

    def again(self) -> list[AgainCount]:
        """The same wrong idea in two exercises: by idea, the one, and the other.

        Of each idea, the exercises are looked at in which most have it.
        """
        held, standing, student = tables.held.c, tables.standing.c, tables.student.c
        there = tables.held.alias("there")
        most = func.count(held.student).desc()
        seen = select(held.what, held.exercise).where(held.what.not_like(f"{traits.UNKNOWN}%"))
        seen = seen.group_by(held.what, held.exercise).order_by(most, held.exercise)
        found: list[AgainCount] = []
        with self._database.reading() as connection:
            places: dict[str, list[str]] = {}
            for what, exercise in connection.execute(seen):
                places.setdefault(what, []).append(exercise)
            for what, names in sorted(places.items()):
                names = names[:_PLACES]
                if len(names) < 2:
                    continue
                query = (
                    select(held.exercise, standing.exercise, func.count(), func.count(there.c.what))
                    .join(tables.standing, standing.student == held.student)
                    .join(tables.student, student.key == held.student)
                    .outerjoin(
                        there,
                        (there.c.student == held.student)
                        & (there.c.exercise == standing.exercise)
                        & (there.c.what == held.what),
                    )
                    .where(student.active, held.what == what, held.exercise.in_(names),
                           standing.exercise.in_(names), standing.attempts > 0,
                           standing.exercise != held.exercise)
                    .group_by(held.exercise, standing.exercise)
                )  # fmt: skip
                found += [AgainCount(what, *row) for row in connection.execute(query)]
        return found

    def wavering(self, most: int) -> list[list[Any]]:
        """Gradings of the same sources by the same suite that differ, as groups of rows."""
        trait = tables.trait.c
        keys = trait.exercise, trait.sources, trait.suite
        odd = (
            select(*keys)
            .where(trait.sources != "", trait.suite != "")
            .group_by(*keys)
            .having(func.min(trait.pattern) != func.max(trait.pattern))
            .order_by(*keys)
            .limit(most)
        )
        found = []
        with self._database.reading() as connection:
            for exercise, sources, suite in connection.execute(odd).all():
                query = select(tables.trait).where(
                    trait.exercise == exercise, trait.sources == sources, trait.suite == suite
                )
                rows = connection.execute(query.order_by(trait.grading)).all()
                found.append(list(rows))
        return found

    def timed(self, exercise: str) -> list[Timed]:
        """How long tests took with the newest programs."""
        trait = tables.trait.c
        query = (
            select(trait.exercise, trait.suite, trait.pattern, trait.times, trait.grading)
            .where(trait.exercise == exercise, trait.begun)
            .order_by(trait.grading.desc())
            .limit(_NEWEST)
        )
        with self._database.reading() as connection:
            return [Timed(*row) for row in connection.execute(query)]

    def counts(self) -> tuple[int, int]:
        """Hand-ins in the gradebook, and the second of the newest one whose time is known."""
        with self._database.reading() as connection:
            hand_ins = connection.execute(select(func.count()).select_from(tables.submission))
            newest = connection.execute(select(func.max(tables.progress.c.last_second)))
            return int(hand_ins.scalar_one()), int(newest.scalar() or 0)


def forget(connection: Connection) -> None:
    """Have figures worked out anew: students, or who is in the class, are no longer the same."""
    kind = tables.summary.c.kind
    connection.execute(delete(tables.summary).where(kind != _POINTS[0]))
