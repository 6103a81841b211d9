"""The gate: nothing behind it is reached without a session, whatever the path.

A token in the query starts a session, and leaves the address with the answer. Where people can sign
in by another site, two paths more are answered: the one that leads there, and the one that leads
back.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable
from typing import TypeVar, cast
from urllib.parse import quote, urlencode, urlsplit

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.errors import WxbError
from grader.web.door import Door, Entry, Identity, TurnedAway
from grader.web.headers import SAFE_METHODS
from grader.web.place import Place
from grader.web.session import OLDEST, Session, Sessions

__all__ = ["BACK", "CSRF_FIELD", "CSRF_HEADER", "SIGN_IN", "Gate", "session_of"]

_LOG = logging.getLogger(__name__)
#: Where a form, and where a script, says its session's token.
CSRF_FIELD, CSRF_HEADER = "csrf", "X-CSRF-Token"
#: Below the prefix: where a sign-in by another site begins, and where it comes back to.
SIGN_IN, BACK = "/sign-in", "/sign-in/callback"
_TOKEN, _NEXT, _ANEW = "token", "next", "anew"
#: Characters of a path to go on to; a longer one is none of ours.
_PATH = 1000
#: Sign-ins that wait for another site at once; pages have threads of their own.
_WAITING = 4
_KEY = "wxb.session"
_T = TypeVar("_T")


def session_of(request: Request) -> Session:
    """The session of a request that came through the gate."""
    return cast(Session, request.scope[_KEY])


class Gate:
    """Lets requests with a session through.

    Args:
        refused: answers the others; it is given a status and a sentence in `scope["refused"]`, and
            in `scope["again"]` a path, where asking once more from a page of ours may help, and in
            `scope["sign_in"]` an address, where one can sign in.
        name: of the cookie. Cookies of one host are shared by all its ports.
        largest: bytes of a request's body.
        entry: another way in than by a token.
        welcome: answers whom it has let in; it is given their name and where to go on.
    """

    def __init__(
        self, app: ASGIApp, place: Place, door: Door, sessions: Sessions, refused: ASGIApp,
        *, name: str, largest: int, entry: Entry | None = None,
        welcome: Callable[[str, str], Response] = lambda name, path: RedirectResponse(path, 303),
    ) -> None:  # fmt: skip
        self._entry, self._welcome = entry, welcome
        self._limiter: anyio.CapacityLimiter | None = None  # of the loop that serves
        self._app, self._place, self._door, self._sessions = app, place, door, sessions
        self._refused, self._name, self._largest = refused, name, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            session = self._found(request)
            answer = await self._entrance(request, session)
        except WxbError as error:  # such as a database that is in use
            _LOG.debug("who comes in: %s", error)
            scope["refused"] = (503, "Who may come in cannot be told now; try again in a moment.")
            await self._refused(scope, receive, send)
            return
        if answer is None and session is None:
            answer = self._refuse(request)
        if answer is not None:
            await answer(scope, receive, send)
            return
        assert session is not None
        if scope["method"] not in SAFE_METHODS:
            body = await _read(request, self._largest)
            if body is None:
                scope["refused"] = (413, f"This is more than {self._largest} bytes.")
                await self._refused(scope, receive, send)
                return
            if not await _is_meant(Request(scope, _again(body, receive)), session):
                scope["refused"] = (403, "This form is of another session. Load its page again.")
                await self._refused(scope, receive, send)
                return
            receive = _again(body, receive)
        scope[_KEY] = session
        await self._app(scope, receive, send)

    def leave(self, session: Session) -> None:
        """End a session: its id is worth nothing any more."""
        self._sessions.end(session.id)

    def is_in(self, session: Session) -> bool:
        """Whether a session that came through still would; for answers that take long."""
        return self._sessions.holds(session.id) and self._door.holds(session.identity)

    def _found(self, request: Request) -> Session | None:
        session = self._sessions.find(request.cookies.get(self._name, ""))
        if session is not None and not self._door.holds(session.identity):
            self.leave(session)
            return None
        return session

    async def _entrance(self, request: Request, before: Session | None) -> ASGIApp | None:
        """The answer to who comes in; None where that is not what is asked for."""
        if request.method != "GET":
            return None
        token = request.query_params.get(_TOKEN)
        if token is not None:
            return await self._admit(request, token, before)
        path = request.scope["path"].removeprefix(self._place.prefix)
        if self._entry is not None and path in (SIGN_IN, BACK):
            return await self._enter(self._entry, request, path, before)
        return None

    async def _admit(self, request: Request, token: str, before: Session | None) -> ASGIApp:
        identity = await run_in_threadpool(self._door.authenticate, token)
        if identity is None:
            request.scope["refused"] = (
                403, "This address is not valid any more, or was used before: use the one that was "
                "printed last.",
            )  # fmt: skip
            request.scope["sign_in"] = self.sign_in()
            return self._refused
        answer = RedirectResponse(_without_token(request), 303)
        self._begin(answer, identity, before, _is_https(request))
        return answer

    def _begin(
        self, answer: Response, identity: Identity, before: Session | None, secure: bool
    ) -> None:
        """A new session, whose cookie goes with an answer; the one before ends."""
        if before is not None:
            self.leave(before)
        answer.set_cookie(
            self._name, self._sessions.begin(identity).id, max_age=OLDEST,
            path=f"{self._place.prefix}/", httponly=True, samesite="strict", secure=secure,
        )  # fmt: skip

    # --- by another site --------------------------------------------------------------------------

    async def _enter(
        self, entry: Entry, request: Request, path: str, before: Session | None
    ) -> ASGIApp:
        """To the other site, or back from there."""
        query = dict(request.query_params)
        state = query.get("state", "")
        cookie, where = f"{self._name}-{_word(state)}", f"{self._place.prefix}{BACK}"
        secure = entry.is_secure or _is_https(request)
        try:
            if path == SIGN_IN:
                where_to, anew = self._inside(query.get(_NEXT, "")), _ANEW in query
                begun = await self._waited(entry.begin, where_to, anew)
                answer: Response = RedirectResponse(begun.url, 303)
                # A strict cookie would be held back: it is another site that leads here again.
                answer.set_cookie(
                    f"{self._name}-{_word(begun.state)}", begun.ticket, max_age=entry.lasts,
                    path=where, httponly=True, samesite="lax", secure=secure,
                )  # fmt: skip
                return answer
            came = await self._waited(entry.finish, request.cookies.get(cookie, ""), query)
        except TurnedAway as error:
            request.scope["refused"] = (error.status, error.text)
            # Whom the other site still knows, it would send back at once as the same one.
            request.scope["sign_in"] = self.sign_in(anew=error.status == 403)
            return self._refused
        identity, back = came
        answer = self._welcome(identity.name, back)
        answer.delete_cookie(cookie, path=where, httponly=True, samesite="lax", secure=secure)
        self._begin(answer, identity, before, secure)
        return answer

    async def _waited(self, ask: Callable[..., _T], *arguments: object) -> _T:
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(_WAITING)
        return await anyio.to_thread.run_sync(lambda: ask(*arguments), limiter=self._limiter)

    def _inside(self, path: str) -> str:
        """A page of ours that a visitor asked for; whatever else it is, the first one."""
        home = f"{self._place.prefix}/"
        is_plain = path.isascii() and path.isprintable() and len(path) <= _PATH
        if not is_plain or not path.startswith(home) or path.startswith(("//", "/\\")):
            return home
        parts = urlsplit(path)
        # A way in that leads to a way in: without end, or into somebody else's session.
        is_entrance = parts.path.startswith(f"{self._place.prefix}{SIGN_IN}")
        return home if is_entrance or _TOKEN in QueryParams(parts.query) else path

    def sign_in(self, path: str = "", anew: bool = False) -> str:
        """Where a link to sign in leads, under the name by which the other site knows us; empty
        where nobody can.

        Args:
            anew: whether the other site is to ask who it is, even if it knows somebody.
        """
        if self._entry is None:
            return ""
        query = urlencode(
            {_NEXT: path or f"{self._place.prefix}/"} | ({_ANEW: "1"} if anew else {})
        )
        return f"{self._entry.base}{SIGN_IN}?{query}"

    def _refuse(self, request: Request) -> ASGIApp:
        headers, scope = request.headers, request.scope
        scope["refused"] = (401, "Open the address with the token that was printed at the start.")
        if self._entry is not None:
            scope["refused"] = (401, "Nothing is shown before you have signed in.")
            scope["sign_in"] = self.sign_in(_without_token(request))
        # A strict cookie is held back when another site has led here, such as a mail in a browser.
        # Asked again from a page of ours, it comes.
        is_led = headers.get("sec-fetch-site") in ("cross-site", "same-site")
        if is_led and headers.get("sec-fetch-dest") == "document" and scope["method"] == "GET":
            scope["again"] = _without_token(request)
        return self._refused


def _word(state: str) -> str:
    """A part of a cookie's name that several sign-ins of one browser differ by."""
    return re.sub(r"[^\w-]", "", state[:8], flags=re.ASCII)


def _is_https(request: Request) -> bool:
    """Whether the browser speaks TLS to a proxy. Who lies here only loses their own cookie."""
    return request.headers.get("x-forwarded-proto", "").lower() == "https"


def _without_token(request: Request) -> str:
    """Path and query of a request, for the same host; never the name of another."""
    query = QueryParams([(k, v) for k, v in request.query_params.multi_items() if k != _TOKEN])
    path = "/" + quote(request.scope["path"].lstrip("/\\"), safe="/~@+=")
    return path + (f"?{urlencode(query.multi_items())}" if query else "")


async def _read(request: Request, largest: int) -> bytes | None:
    """A request's body, or None if it is too large."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > largest:
            return None
        parts.append(part)
    return b"".join(parts)


def _again(body: bytes, after: Receive) -> Receive:
    """The body once more, for whoever reads it next; then what comes from the browser."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return messages.pop() if messages else await after()

    return receive


async def _is_meant(request: Request, session: Session) -> bool:
    """Whether a page of this session has sent it."""
    said = request.headers.get(CSRF_HEADER, "")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not said and kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        try:
            form: FormData = await request.form()
        except (HTTPException, MultiPartException):  # no form, whatever it says that it is
            return False
        value = form.get(CSRF_FIELD, "")
        said = value if isinstance(value, str) else ""
        await form.close()
    return secrets.compare_digest(said.encode("utf-8", "replace"), session.csrf.encode())
