"""Who may come in: what crosses from a token to a page is an `Identity`."""

from __future__ import annotations

import secrets
from typing import Protocol

import msgspec

__all__ = ["Door", "Identity", "OneToken"]


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
        """Who has this token; None if nobody has. Compares in constant time."""

    def holds(self, identity: Identity) -> bool:
        """Whether somebody who came in may still be in; asked at each request."""


class OneToken:
    """The door of who works alone: one token, made anew at each start."""

    def __init__(self, identity: Identity | None = None) -> None:
        self.token = secrets.token_urlsafe(32)
        self._identity = identity or Identity(key="owner")

    def authenticate(self, token: str) -> Identity | None:
        is_right = secrets.compare_digest(token.encode("utf-8", "replace"), self.token.encode())
        return self._identity if is_right else None

    def holds(self, identity: Identity) -> bool:
        return identity == self._identity
