"""Sessions: who has come in, until when. The browser holds a random id, all else stays here."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

import msgspec

from grader.web.door import Identity

__all__ = ["Session", "Sessions"]

#: Seconds: a session ends when it was not used for so long, and when it is so old.
IDLE, OLDEST = 12 * 3600, 7 * 24 * 3600
#: More sessions than browsers can be open: the one that was not used for longest goes.
MOST = 1000
#: More than one person's browsers: who signs in without end sends nobody else out.
EACH = 50


class Session(msgspec.Struct, kw_only=True):
    """One browser's visit.

    Args:
        csrf: what each form of this session has to carry; other sites cannot read it.
        begun, used: seconds on the clock of `Sessions`.
    """

    id: str
    identity: Identity
    csrf: str
    begun: float
    used: float


class Sessions:
    """All visits there are. For the thread of the event loop alone.

    Args:
        clock: seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._all: dict[str, Session] = {}

    def __len__(self) -> int:
        return len(self._all)

    def begin(self, identity: Identity) -> Session:
        """A new session, with an id that nobody has chosen."""
        now = self._clock()
        session = Session(
            id=secrets.token_urlsafe(32), identity=identity, csrf=secrets.token_urlsafe(32),
            begun=now, used=now,
        )  # fmt: skip
        for each in [s for s in self._all.values() if self._is_over(s, now)]:
            self.end(each.id)
        own = [s for s in self._all.values() if s.identity.key == identity.key]
        for several, most in ((own, EACH), ([*self._all.values()], MOST)):
            for each in sorted(several, key=lambda s: s.used)[: max(len(several) - most + 1, 0)]:
                self.end(each.id)
        self._all[session.id] = session
        return session

    def find(self, id: str) -> Session | None:  # noqa: A002
        """The session of that id, used now; None if there is none, or none any more."""
        session, now = self._all.get(id), self._clock()
        if session is None:
            return None
        if self._is_over(session, now):
            self.end(id)
            return None
        session.used = now
        return session

    def holds(self, id: str) -> bool:  # noqa: A002
        """Whether there is a session of that id; asking is no use of it."""
        session = self._all.get(id)
        return session is not None and not self._is_over(session, self._clock())

    def end(self, id: str) -> None:  # noqa: A002
        """Forget a session, if it is there."""
        self._all.pop(id, None)

    def _is_over(self, session: Session, now: float) -> bool:
        return now - session.used > IDLE or now - session.begun > OLDEST
