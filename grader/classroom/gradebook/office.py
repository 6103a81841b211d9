"""Who may open the class's pages, what they did there, and who looks into which hand-in.

An invitation is a token that is shown once; here is its hash alone. The log is only ever added to.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Literal

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from grader.classroom.gradebook import tables
from grader.classroom.gradebook.database import Database, insert_once
from grader.classroom.people import Person, folded
from grader.errors import UsageError

__all__ = ["ROLES", "Assigned", "Invite", "Noted", "Office", "Role", "note"]

#: owner: everything. grader: reads and decides, maybe in some sections only. viewer: reads.
Role = Literal["owner", "grader", "viewer"]
ROLES: tuple[Role, ...] = ("owner", "grader", "viewer")
#: The key in `book` of what pseudonyms are made with.
_SECRET = "pseudonyms"


class Invite(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation to the pages of a class.

    Args:
        name: of whoever is invited; entries that they make carry it.
        sections: to which they are limited; empty: to none.
        revoked: when it was taken back.
    """

    id: int
    role: Role
    name: str
    sections: tuple[str, ...]
    made_by: str
    made: datetime
    expires: datetime
    revoked: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it opens the pages at a time."""
        return self.revoked is None and now.astimezone(UTC) < self.expires.astimezone(UTC)

    def covers(self, person: Person) -> bool:
        """Whether a student is among those whom it is limited to."""
        return not self.sections or folded(person.section) in map(folded, self.sections)


class Noted(msgspec.Struct, frozen=True):
    """A line of the log: who did what.

    Args:
        role: "nobody" for who was not let in.
        action: what was done, a word or two: "override", "invite", "sign-in".
        what: a sentence's worth of it, for people; never a reason that was given.
        student: the key of whom it is about, or "".
    """

    who: str
    role: Role | Literal["nobody"]
    action: str
    what: str = ""
    student: str = ""
    at: datetime | None = None
    id: int = 0


class Assigned(msgspec.Struct, frozen=True):
    """Who looks into an exercise of a hand-in; nobody, where `to` is empty."""

    submission: int
    exercise: str
    to: str
    who: str
    at: datetime


def note(connection: Connection, entry: Noted | None, now: datetime) -> None:
    """Add a line to the log, if there is one, in a transaction that also does what it tells of."""
    if entry is None:
        return
    connection.execute(
        insert(tables.log).values(
            at=entry.at or now, who=entry.who, role=entry.role, action=entry.action,
            what=entry.what, student=entry.student or None,
        )
    )  # fmt: skip


class Office:
    """What the pages keep beside marks; `Gradebook.office`.

    Args:
        now: the time, for tests.
    """

    def __init__(
        self, database: Database, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._database, self._now = database, now

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._database.reading()

    # --- invitations ------------------------------------------------------------------------

    def invite(
        self, role: Role, name: str, expires: datetime, *, who: str, sections: tuple[str, ...] = ()
    ) -> tuple[str, Invite]:
        """A new invitation; its token is here and nowhere else.

        Raises:
            UsageError: an owner cannot be limited, a name is missing, or it has expired already.
        """
        now = self._now()
        if role == "owner" and sections:
            raise UsageError("An owner cannot be limited to sections; invite a grader.")
        if not name.strip():
            raise UsageError("Who is invited? What they decide carries a name.")
        if expires.astimezone(UTC) <= now:
            raise UsageError("It would have expired already; name a time to come.")
        token = secrets.token_urlsafe(32)
        values = {
            "role": role, "name": name.strip(), "sections": msgspec.json.encode(sections).decode(),
            "token": _hashed(token), "made_by": who, "made": now, "expires": expires,
        }  # fmt: skip
        with self._database.writing() as connection:
            connection.execute(insert(tables.invite).values(**values))
            text = f"{name.strip()} as {role}" + (f" of {', '.join(sections)}" if sections else "")
            note(connection, Noted(who, "owner", "invite", text), now)
        found = self.invited(token)
        assert found is not None
        return token, found

    def invited(self, token: str) -> Invite | None:
        """Whose a token is; None where it is nobody's, expired, or taken back."""
        query = select(tables.invite).where(tables.invite.c.token == _hashed(token))
        with self._reading() as connection:
            row = connection.execute(query).first()
        found = None if row is None else _invite(row)
        return found if found is not None and found.holds(self._now()) else None

    def invitation(self, number: int) -> Invite | None:
        """One invitation, whether it holds or not."""
        query = select(tables.invite).where(tables.invite.c.id == number)
        with self._reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else _invite(row)

    def invitations(self) -> list[Invite]:
        """All of them, the first one first."""
        with self._reading() as connection:
            rows = connection.execute(select(tables.invite).order_by(tables.invite.c.id)).all()
        return [_invite(row) for row in rows]

    def revoke(self, number: int, *, who: str) -> Invite:
        """Take an invitation back: who came in by it is out at their next click.

        Raises:
            UsageError: there is none of that number.
        """
        found = self.invitation(number)
        if found is None:
            raise UsageError(f"There is no invitation {number}; grade dashboard invitations")
        if found.revoked is not None:
            return found
        now = self._now()
        with self._database.writing() as connection:
            mine = update(tables.invite).where(tables.invite.c.id == number)
            connection.execute(mine.values(revoked=now))
            note(connection, Noted(who, "owner", "revoke", f"{found.name} as {found.role}"), now)
        return msgspec.structs.replace(found, revoked=now)

    # --- the log ----------------------------------------------------------------------------

    def note(self, entry: Noted) -> None:
        """Add a line to the log."""
        with self._database.writing() as connection:
            note(connection, entry, self._now())

    def log(self, *, page: int = 1, size: int = 50) -> tuple[list[Noted], int]:
        """Lines of the log, the newest first, and how many there are."""
        columns = tables.log.c
        query = select(tables.log).order_by(columns.id.desc()).limit(size)
        with self._reading() as connection:
            rows = connection.execute(query.offset(size * (page - 1))).all()
            total = connection.execute(select(func.count(columns.id))).scalar_one()
        return [
            Noted(row.who, row.role, row.action, row.what, row.student or "", row.at, row.id)
            for row in rows
        ], total

    # --- who looks into what ----------------------------------------------------------------

    def assign(self, submission: int, exercise: str, to: str, *, by: Noted) -> None:
        """Say who looks into an exercise of a hand-in; nobody, where `to` is empty."""
        now = self._now()
        with self._database.writing() as connection:
            values = {"submission": submission, "exercise": exercise, "to": to, "who": by.who}
            connection.execute(insert(tables.assignment).values(**values, at=now))
            note(connection, by, now)

    def assigned(self) -> dict[tuple[int, str], Assigned]:
        """(submission, exercise) -> who looks into it now."""
        with self._reading() as connection:
            query = select(tables.assignment).order_by(tables.assignment.c.id)
            rows = connection.execute(query).all()
        found = {
            (row.submission, row.exercise): Assigned(
                row.submission, row.exercise, row.to, row.who, row.at
            )
            for row in rows
        }
        return {key: each for key, each in found.items() if each.to}

    # --- pseudonyms -------------------------------------------------------------------------

    def secret(self) -> bytes:
        """What pseudonyms of this gradebook are made with; the same for ever."""
        with self._database.writing() as connection:
            insert_once(connection, tables.book, {"key": _SECRET}, value=secrets.token_hex(32))
            query = select(tables.book.c.value).where(tables.book.c.key == _SECRET)
            return bytes.fromhex(connection.execute(query).scalar_one())


def _hashed(token: str) -> str:
    """A token as it is kept. It is random and long, so no slow hash is needed against guessing."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _invite(row: object) -> Invite:
    fields = {name: getattr(row, name) for name in
              ("id", "role", "name", "made_by", "made", "expires", "revoked")}  # fmt: skip
    return Invite(**fields, sections=tuple(msgspec.json.decode(row.sections)))  # type: ignore[attr-defined]
