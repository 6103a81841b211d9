"""The tables, as SQLAlchemy Core has them; the migrations make them.

    book        what the gradebook is of
    student     a student by their key; alias has their ids elsewhere
    submission  one attempt, by what never changes of it; append-only
    arrival     when and whence it came, as far as known at one time; the last one holds
    member      whose mark an arrival decides
    grading     one exercise judged; append-only, and shared by all submissions with the same pair
    test_result what each of its tests came to
    verdict     submission and exercise -> grading; the last one holds
    adjustment  overrides, extensions, excuses, voids, and what takes them back; append-only
    invite      who may open the pages of the class; the hash of a token, never the token
    log         what was done from the pages; append-only
    assignment  who looks into an exercise of a hand-in; append-only, the last one holds
    merger      a student who was another one, too: what their hand-ins are known by since then
    place       where files of students lie that were made from, or into, this gradebook
    push        what was written to other systems
    run         how far a run over a class is, and what it came to; nobody is named
    trait       what figures need of a grading, so that no document is read for them
    idea        the wrong ideas that a grading shows
    standing    one student at one exercise; held: what they did wrong there, in how many hand-ins
    progress    one student in the course
    summary     figures of a class as they were at one time

The last five follow from the others: `standings.py` and `snapshot.py` make them anew from these.

Points and times are text: exact, and with the zone in which they were told.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.mysql import LONGBLOB
from sqlalchemy.types import TypeDecorator

from grader.handin.text import encodable

__all__ = ["HEAD", "METADATA", "VERSION_TABLE", "WORD", "Points", "Span", "Time", "Words"]

#: The newest version of the tables that this code knows.
HEAD = "0007"
VERSION_TABLE = "wxb_version"
#: Letters of a word where a database must know: four of them fit into one index of MySQL's.
WORD = 190


class Words(TypeDecorator[str]):
    """Text from anywhere: PostgreSQL takes no NUL, and no encoding takes half a character."""

    impl: type[String] = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return (
            None if value is None else encodable(value).replace("\0", "\N{REPLACEMENT CHARACTER}")
        )


class _Short(Words):
    """The same of some length."""

    impl = String
    cache_ok = True


class Time(TypeDecorator[datetime]):
    """A time in ISO 8601, with its offset."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Points(TypeDecorator[Decimal]):
    """Exact points."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> str | None:
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, dialect: Any) -> Decimal | None:
        return None if value is None else Decimal(value)


class Span(TypeDecorator[timedelta]):
    """A length of time, in microseconds."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Any) -> str | None:
        return None if value is None else f"{value // timedelta(microseconds=1)}"

    def process_result_value(self, value: str | None, dialect: Any) -> timedelta | None:
        return None if value is None else timedelta(microseconds=int(value))


#: MySQL's plain one has 64 KiB.
DOCUMENT = LargeBinary().with_variant(LONGBLOB(), "mysql", "mariadb")

#: What is looked for by an index: MySQL has none on text of any length.
_WORD = Words().with_variant(_Short(WORD), "mysql", "mariadb")

METADATA = MetaData()


def _student(**kwargs: Any) -> Column[str]:
    return Column("student", _WORD, ForeignKey("student.key"), **kwargs)


book = Table(
    "book",
    METADATA,
    Column("key", _WORD, primary_key=True),
    Column("value", Words, nullable=False),
)
student = Table(
    "student",
    METADATA,
    Column("key", _WORD, primary_key=True),
    Column("name", Words, nullable=False),
    Column("email", Words, nullable=False),
    Column("section", Words, nullable=False),
    Column("team", Words, nullable=False),
    Column("active", Boolean, nullable=False),
)
alias = Table(
    "alias",
    METADATA,
    Column("system", _WORD, primary_key=True),
    Column("value", _WORD, primary_key=True),
    _student(nullable=False, index=True),
)
submission = Table(
    "submission",
    METADATA,
    Column("id", Integer, primary_key=True),
    _student(nullable=False),
    Column("source", _WORD, nullable=False),
    Column("number", Integer, nullable=False),
    Column("digest", _WORD, nullable=False),
    Column("unit", _WORD, nullable=False),  # "" where it may be for any
    Column("recorded", Time, nullable=False),
    UniqueConstraint("student", "source", "number", "digest", "unit", name="one_attempt"),
)
arrival = Table(
    "arrival",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("submission", Integer, ForeignKey("submission.id"), nullable=False, index=True),
    Column("origin", Words, nullable=False),
    Column("at", Time),
    Column("late", Boolean),
    Column("notes", Words, nullable=False),  # JSON
    Column("recorded", Time, nullable=False),
)
member = Table(
    "member",
    METADATA,
    Column("arrival", Integer, ForeignKey("arrival.id"), primary_key=True),
    _student(primary_key=True, index=True),
)
grading = Table(
    "grading",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("exercise", _WORD, nullable=False),
    Column("sources", _WORD, nullable=False),
    Column("suite", _WORD, nullable=False),
    Column("isolation", Words, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("grader", Words, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("reusable", Words, nullable=False),
    Column("recorded", Time, nullable=False),
    Column("document", DOCUMENT, nullable=False),  # an ExerciseResult: JSON, zlib
    Index("grading_pair", "sources", "suite"),
)
test_result = Table(
    "test_result",
    METADATA,
    Column("grading", Integer, ForeignKey("grading.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("test", Words, nullable=False),
    Column("outcome", Words, nullable=False),
)
verdict = Table(
    "verdict",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("submission", Integer, ForeignKey("submission.id"), nullable=False),
    Column("exercise", _WORD, nullable=False),
    Column("grading", Integer, ForeignKey("grading.id"), nullable=False, index=True),
    Column("reused", Boolean, nullable=False),
    Column("reason", Words, nullable=False),
    Column("at", Time, nullable=False),
    Index("verdict_of", "submission", "exercise"),
)
adjustment = Table(
    "adjustment",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", Words, nullable=False),
    _student(index=True),
    Column("section", Words, nullable=False),
    Column("exercise", _WORD, nullable=False),
    Column("test", Words, nullable=False),
    Column("unit", Words, nullable=False),
    Column("points", Points),
    Column("until", Time),
    Column("by", Span),
    Column("why", Words, nullable=False),
    Column("who", Words, nullable=False),
    Column("at", Time, nullable=False),
    Column("takes_back", Integer, ForeignKey("adjustment.id"), unique=True),
)
merger = Table(
    "merger",
    METADATA,
    Column("gone", _WORD, primary_key=True),  # the key that is none any more
    _student(nullable=False, index=True),
    Column("shift", Words, nullable=False),  # JSON: unit, or "*" -> what is added to a number
    Column("ids", Words, nullable=False),  # JSON: (system, id), where the student has another
    Column("who", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("at", Time, nullable=False),
)
place = Table(
    "place",
    METADATA,
    Column("kind", _WORD, primary_key=True),
    Column("path", _WORD, primary_key=True),
)
push = Table(
    "push",
    METADATA,
    Column("id", Integer, primary_key=True),
    _student(nullable=False, index=True),
    Column("place", _WORD, nullable=False, index=True),
    Column("what", Words, nullable=False),
    Column("value", Words, nullable=False),
    Column("seen", Words),  # what the place says of it since; nothing while that is not known
    Column("who", Words, nullable=False),
    Column("at", Time, nullable=False),
)
invite = Table(
    "invite",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("role", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("sections", Words, nullable=False),  # JSON
    Column("token", _WORD, nullable=False, unique=True),  # SHA-256 of it
    Column("made_by", Words, nullable=False),
    Column("made", Time, nullable=False),
    Column("expires", Time, nullable=False),
    Column("revoked", Time),
)
log = Table(
    "log",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Time, nullable=False),
    Column("who", Words, nullable=False),
    Column("role", Words, nullable=False),
    Column("action", Words, nullable=False),
    Column("what", Words, nullable=False),
    _student(index=True),
)
assignment = Table(
    "assignment",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("submission", Integer, ForeignKey("submission.id"), nullable=False, index=True),
    Column("exercise", _WORD, nullable=False),
    Column("to", Words, nullable=False),
    Column("who", Words, nullable=False),
    Column("at", Time, nullable=False),
)
run = Table(
    "run",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("who", Words, nullable=False),
    Column("host", Words, nullable=False),
    Column("folders", Words, nullable=False),  # JSON
    Column("begun", Time, nullable=False),
    Column("moved", Time, nullable=False),  # when it was last heard of
    Column("ended", Time),
    Column("tally", Words, nullable=False),  # JSON
    Column("concerns", Words, nullable=False),  # JSON: kind -> how many; nobody is named
    Column("fault", Words, nullable=False),
)
trait = Table(
    "trait",
    METADATA,
    Column("grading", Integer, ForeignKey("grading.id"), primary_key=True, autoincrement=False),
    Column("exercise", _WORD, nullable=False),
    Column("suite", _WORD, nullable=False),
    Column("sources", _WORD, nullable=False),
    Column("pattern", Words, nullable=False),  # a letter a test
    Column("begun", Boolean, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("layer", Words, nullable=False),
    Column("signature", _WORD, nullable=False),  # "" where it passes or was not begun
    Column("message", Words, nullable=False),
    Column("times", Words, nullable=False),  # milliseconds of each test
    Index("trait_alike", "exercise", "signature"),
)
idea = Table(
    "idea",
    METADATA,
    Column("grading", Integer, ForeignKey("grading.id"), primary_key=True, autoincrement=False),
    Column("name", _WORD, primary_key=True),
)
standing = Table(
    "standing",
    METADATA,
    _student(primary_key=True),
    Column("exercise", _WORD, primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("sure", Boolean, nullable=False),
    Column("first_grading", Integer),
    Column("first_score", Integer),  # ten-thousandths
    Column("first_passed", Boolean, nullable=False),
    Column("best_score", Integer),
    Column("passed_on", Integer),
    Column("last_grading", Integer, nullable=False),
    Column("last_score", Integer),
    Column("last_passed", Boolean, nullable=False),
    Column("same", Integer, nullable=False),
    Column("unusual", Boolean, nullable=False),
    Column("submission", Integer, nullable=False),
    Column("last_at", Time),
    Column("last_second", BigInteger, nullable=False),  # since 1970, 0 where it is not known
    Index("standing_of", "exercise", "student"),
    Index("standing_unusual", "unusual", "last_second"),
)
held = Table(
    "held",
    METADATA,
    _student(primary_key=True),
    Column("exercise", _WORD, primary_key=True),
    Column("what", _WORD, primary_key=True),  # an idea, or "?" and a signature
    Column("times", Integer, nullable=False),
    Column("still", Boolean, nullable=False),
    Index("held_by", "exercise", "what"),
)
progress = Table(
    "progress",
    METADATA,
    _student(primary_key=True),
    Column("tried", Integer, nullable=False),
    Column("passed", Integer, nullable=False),
    Column("first_passed", Integer),
    Column("attempts", Integer, nullable=False),
    Column("score", Integer),  # ten-thousandths
    Column("last_at", Time),
    Column("last_second", BigInteger, nullable=False, index=True),
    Column("need", Integer, nullable=False, index=True),
    Column("reasons", Words, nullable=False),  # JSON
)
summary = Table(
    "summary",
    METADATA,
    Column("kind", _WORD, primary_key=True),
    Column("key", _WORD, primary_key=True),
    Column("as_of", Time, nullable=False),
    Column("document", DOCUMENT, nullable=False),  # JSON, zlib
)
