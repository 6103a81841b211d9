"""Who may come in: what crosses from a token to a page is an `Identity`."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from typing import Protocol

import msgspec

__all__ = ["Begun", "Door", "Entry", "Identity", "OneToken", "TurnedAway"]

#: Seconds in which a browser has started and asked for its first page.
_SOON = 120.0


class Identity(msgspec.Struct, frozen=True):
    """Somebody who came in with a token.

    Args:
        key: by which the door knows them again; no page shows it.
        name: what pages call them; may be empty.
        role: what they may do; what roles there are is the door's own matter.
    """

    key: str
    name: str = ""
    role: str = "owner"


class Door(Protocol):
    """Turns tokens into identities. The gate asks it, and knows nothing else of who there is."""

    def authenticate(self, token: str) -> Identity | None:
        """Who has this token; None if nobody has. Compares in constant time; called in threads."""

    def holds(self, identity: Identity) -> bool:
        """Whether somebody who came in may still be in; asked at each request."""

    def once(self) -> str:
        """A token that lets whoever starts the pages in: once, and soon."""


class TurnedAway(Exception):
    """Somebody is not let in.

    Args:
        status: of HTTP.
        text: why, as a sentence that they read.
    """

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


class Begun(msgspec.Struct, frozen=True):
    """A sign-in that goes on elsewhere.

    Args:
        url: where.
        state: by which it is known when it comes back.
        ticket: what the browser has to bring then, as a cookie.
    """

    url: str
    state: str
    ticket: str


class Entry(Protocol):
    """Another way in than a token: over a site that says who somebody is.

    The gate calls it in threads, and keeps tickets in cookies that live for `lasts` seconds.
    """

    #: Scheme, host and prefix by which browsers find the pages, and whether that is over TLS.
    base: str
    is_secure: bool
    lasts: int

    def begin(self, back: str, anew: bool) -> Begun:
        """Begin a sign-in that leads to a path here; raises `TurnedAway`.

        Args:
            anew: whether that site is to ask who it is, even if it knows somebody.
        """

    def finish(self, ticket: str, query: Mapping[str, str]) -> tuple[Identity, str]:
        """Who came back, and the path that they wanted; raises `TurnedAway`."""


class OneToken:
    """The door of who works alone: one token, made anew at each start.

    Args:
        clock: seconds that only go forward.
    """

    def __init__(
        self, identity: Identity | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.token = secrets.token_urlsafe(32)
        self._identity, self._clock = identity or Identity(key="owner"), clock
        self._once: list[tuple[bytes, float]] = []
        self._lock = threading.Lock()

    def authenticate(self, token: str) -> Identity | None:
        said = token.encode("utf-8", "replace")
        is_right = secrets.compare_digest(said, self.token.encode())
        return self._identity if is_right or self._is_first(said) else None

    def once(self) -> str:
        token = secrets.token_urlsafe(32)
        self._once.append((token.encode(), self._clock() + _SOON))
        return token

    def holds(self, identity: Identity) -> bool:
        return identity == self._identity

    def _is_first(self, said: bytes) -> bool:
        """Whether it is one of those that open once; then it was."""
        with self._lock:
            now = self._clock()
            self._once = [(each, until) for each, until in self._once if now < until]
            used = [pair for pair in self._once if secrets.compare_digest(said, pair[0])]
            for pair in used:
                self._once.remove(pair)
            return bool(used)
