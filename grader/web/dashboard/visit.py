"""Who looks at the pages: by which invitation, what they may do, whom they may see by name.

A student stands in addresses and, until one click, on pages by a pseudonym: the same one in one
gradebook for ever, and of no use in another.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from time import monotonic

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from grader.classroom.gradebook.book import Gradebook, me
from grader.classroom.gradebook.office import Invite, Noted, Role
from grader.classroom.people import Person, folded
from grader.web.dashboard.members import Members
from grader.web.door import Identity, OneToken
from grader.web.gate import BACK, session_of
from grader.web.openid.settings import Grant
from grader.web.site import Site

__all__ = ["ClassDoor", "LimitedSite", "Pseudonyms", "Visit", "visit_of"]

#: Letters of a pseudonym: among 20,000 students, two share one less than once in 10,000 classes.
_LETTERS = 10
#: Tokens that are wrong, and sign-ins that are refused, from one address, in so many seconds, after
#: which none is looked at.
_TRIES, _WINDOW = 10, 60.0


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """One request's view of the class.

    Args:
        sections: those that it is limited to; empty: none.
        named: whether names are shown.
    """

    who: str
    role: Role
    sections: tuple[str, ...] = ()
    named: bool = False

    @property
    def may_decide(self) -> bool:
        return self.role in ("owner", "grader")

    @property
    def may_name(self) -> bool:
        """Whether single students are any business of theirs."""
        return self.role != "viewer"

    @property
    def is_owner(self) -> bool:
        return self.role == "owner"

    def covers(self, person: Person) -> bool:
        return not self.sections or folded(person.section) in map(folded, self.sections)

    def noted(self, action: str, what: str, student: str = "") -> Noted:
        """A line of the log."""
        return Noted(self.who, self.role, action, what, student)


class ClassDoor:
    """The owner's token of this start, and the invitations that the gradebook keeps.

    Args:
        members: who signed in by another site, where that is a way in.
    """

    def __init__(self, book: Gradebook, members: Members | None = None) -> None:
        self._book, self.members = book, members
        self._own = OneToken(Identity(key="owner", name=me(), role="owner"))
        self.token = self._own.token

    def authenticate(self, token: str) -> Identity | None:
        found = self._own.authenticate(token)
        if found is not None:
            return found
        invite = self._book.office.invited(token)
        if invite is None:
            return None
        self._book.office.note(Noted(invite.name, invite.role, "sign-in"))
        return _identity(invite)

    def once(self) -> str:
        return self._own.once()

    def holds(self, identity: Identity) -> bool:
        return self.grant(identity) is not None

    def grant(self, identity: Identity) -> Grant | None:
        """What somebody who came in may do now; None where they are out."""
        if self._own.holds(identity):
            return Grant("owner")
        kind, _, number = identity.key.partition(":")
        if kind == "invite":
            invite = self._book.office.invitation(int(number))
            if invite is not None and invite.holds(datetime.now(UTC)):
                return Grant(invite.role, invite.sections)
        if kind == "member" and self.members is not None:
            return self.members.grant(identity)
        return None

    def graders(self) -> list[str]:
        """Names of whom hand-ins can be given to."""
        invited = [i.name for i in self._book.office.invitations() if i.role != "viewer"]
        members = [] if self.members is None else sorted(self.members.names())
        return list(dict.fromkeys([*invited, *members]))


def _identity(invite: Invite) -> Identity:
    return Identity(key=f"invite:{invite.id}", name=invite.name, role=invite.role)


def visit_of(request: Request, door: ClassDoor) -> Visit:
    """Who asks; the query says whether names are to be shown, the role whether they may be.

    Raises:
        HTTPException: 401 where their role was taken back since the gate let them in.
    """
    identity = session_of(request).identity
    grant = door.grant(identity)
    if grant is None:
        raise HTTPException(401, "Your role was taken back.")
    wants = request.query_params.get("names") == "1"
    return Visit(
        who=identity.name, role=grant.role, sections=grant.sections,
        named=wants and grant.role != "viewer",
    )  # fmt: skip


class Pseudonyms:
    """Keys of students -> what stands in their place, and back."""

    def __init__(self, book: Gradebook) -> None:
        self._book, self._secret = book, book.office.secret()
        self._keys: dict[str, str] = {}

    def of(self, key: str) -> str:
        """The pseudonym of a student."""
        code = hmac.digest(self._secret, key.encode("utf-8", "replace"), hashlib.sha256).hex()
        self._keys[code[:_LETTERS]] = key
        return code[:_LETTERS]

    def person(self, code: str, visit: Visit) -> Person:
        """Who is behind a pseudonym.

        Raises:
            HTTPException: 404 where there is nobody, or nobody whom the visitor may see.
        """
        if not visit.may_name:
            raise HTTPException(403, "Pages of single students are not for viewers.")
        person = self._known(code)
        if person is None:  # a pseudonym of before the pages were started, or nobody's
            for key in self._book.people(everyone=True):
                self.of(key)
            person = self._known(code)
        if person is None or not visit.covers(person):
            raise HTTPException(404)
        return person

    def _known(self, code: str) -> Person | None:
        key = self._keys.get(code)
        return None if key is None else self._book.people(everyone=True, keys=[key]).get(key)


class LimitedSite(Site):
    """A site that lets nobody in, for a minute, from an address with many tries that were wrong."""

    clock: Callable[[], float] = staticmethod(monotonic)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _comes_in(Request(scope)):
            await super().__call__(scope, receive, send)
            return
        tries: dict[str, deque[float]] = self.__dict__.setdefault("_tries", {})
        now, address = self.clock(), self._address(Request(scope))
        for each in [a for a, found in tries.items() if now - found[-1] > _WINDOW]:
            del tries[each]
        wrong = tries.get(address, deque())
        if len([at for at in wrong if now - at <= _WINDOW]) >= _TRIES:
            answer = PlainTextResponse(
                "Too many wrong tokens or refused sign-ins; wait a minute.", 429,
                {"Retry-After": f"{_WINDOW:.0f}", "Content-Security-Policy": "default-src 'none'"},
            )  # fmt: skip
            await answer(scope, receive, send)
            return

        async def watched(message: Mapping[str, object]) -> None:
            if message["type"] == "http.response.start" and message["status"] == 403:
                tries.setdefault(address, deque(maxlen=_TRIES)).append(now)
            await send(dict(message))

        await super().__call__(scope, receive, watched)

    def _address(self, request: Request) -> str:
        """Whose tries are counted. All of a proxy's visitors come from its address: the proxy says
        for whom it asks, and a place with a prefix or a name of its own has one in front."""
        address = request.client.host if request.client else ""
        said = request.headers.getlist("x-forwarded-for")
        if said and (self.place.prefix or self.place.names):
            return f"{address} {said[-1].rpartition(',')[2].strip()[:45]}"
        return address


def _comes_in(request: Request) -> bool:
    return "token" in request.query_params or request.url.path.endswith(BACK)
