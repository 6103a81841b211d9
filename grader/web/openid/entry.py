"""A sign-in from its beginning to its end. Nothing of it is kept here in between.

Who begins gets a ticket as a cookie. What the provider is told (state, nonce and the verifier of
PKCE) is made from this ticket with a secret of this process: whoever comes back has to bring the
ticket from which the state was made, so nobody can be led into a sign-in of somebody else's, and
however many sign-ins a stranger begins, nobody else's is lost. Each ticket is taken once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import threading
import time
from collections.abc import Callable, Mapping

import msgspec

from grader.web.door import Begun, Identity, TurnedAway
from grader.web.openid.provider import Provider
from grader.web.openid.settings import Claims

__all__ = ["OpenIDEntry"]

#: Seconds that a sign-in may take, with a second factor and a mistyped password.
LASTS = 600
_AGAIN = "Begin again, with cookies allowed, in one browser."


class _Ticket(msgspec.Struct, array_like=True):
    """What a sign-in needs to know when it comes back: drawn by lot, when, and where to go on."""

    lot: str
    at: float
    back: str


class OpenIDEntry:
    """Begins and ends sign-ins.

    Args:
        admit: makes an identity of claims; raises `TurnedAway` for who has no role.
        base: scheme, host and prefix by which browsers find the pages.
        clock: seconds that only go forward.
    """

    lasts = LASTS

    def __init__(
        self,
        provider: Provider,
        admit: Callable[[Claims], Identity],
        base: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._provider, self._admit, self._clock = provider, admit, clock
        self._secret = secrets.token_bytes(32)
        self._used: dict[str, float] = {}
        self._lock = threading.Lock()
        self.base = base
        self.is_secure = base.startswith("https:")

    def begin(self, back: str, anew: bool = False) -> Begun:
        """Where to go on, and what has to be brought back from there."""
        lot = _Ticket(secrets.token_urlsafe(24), self._clock(), back)
        ticket = _text(msgspec.json.encode(lot))
        state = self._made("state", ticket)
        nonce, verifier = self._made("nonce", ticket), self._made("verifier", ticket)
        url = self._provider.url(state, nonce, verifier, anew)
        return Begun(url, state, ticket)

    def finish(self, ticket: str, query: Mapping[str, str]) -> tuple[Identity, str]:
        """Who came back, and where they wanted to go.

        Args:
            ticket: of the browser that came.
            query: what the provider said in the address (RFC 6749, 4.1.2).

        Raises:
            TurnedAway: it is no sign-in that was begun in that browser, or the provider or we do
                not let them in.
        """
        state = query.get("state", "")
        made = self._made("state", ticket)
        if not ticket or not hmac.compare_digest(state.encode("utf-8", "replace"), made.encode()):
            raise TurnedAway(403, f"This sign-in was not begun in this browser. {_AGAIN}")
        begun = msgspec.json.decode(_bytes(ticket), type=_Ticket)  # ours: the state was made of it
        if not self._is_first(state, begun.at):
            raise TurnedAway(403, f"This sign-in took too long, or was ended before. {_AGAIN}")
        if query.get("iss", self._provider.issuer) != self._provider.issuer:  # RFC 9207
            raise TurnedAway(403, f"This is an answer of another provider. {_AGAIN}")
        if "code" not in query:
            raise TurnedAway(403, f"{self._provider.host} did not let you in{_why(query)}.")
        claims = self._provider.claims(
            query["code"], self._made("nonce", ticket), self._made("verifier", ticket)
        )
        return self._admit(claims), begun.back

    def _is_first(self, state: str, at: float) -> bool:
        with self._lock:
            now = self._clock()
            self._used = {each: at for each, at in self._used.items() if now - at <= LASTS}
            if now - at > LASTS or state in self._used:
                return False
            self._used[state] = now
            return True

    def _made(self, what: str, ticket: str) -> str:
        """43 characters, as RFC 7636 asks for, that only this process can make of a ticket."""
        told = f"{what}:{ticket}".encode("utf-8", "replace")
        return _text(hmac.digest(self._secret, told, hashlib.sha256))


def _why(query: Mapping[str, str]) -> str:
    """The provider's word for it, where it is one; sentences of others stay out of our pages."""
    word = query.get("error", "")
    return f": {word}" if re.fullmatch("[a-z_]{1,40}", word) else ""


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
