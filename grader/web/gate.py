"""The gate: nothing behind it is reached without a session, whatever the path.

A token in the query starts a session, and leaves the address with the answer.
"""

from __future__ import annotations

import secrets
from typing import cast
from urllib.parse import quote, urlencode

from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.web.door import Door
from grader.web.headers import SAFE_METHODS
from grader.web.place import Place
from grader.web.session import OLDEST, Session, Sessions

__all__ = ["CSRF_FIELD", "CSRF_HEADER", "Gate", "session_of"]

#: Where a form, and where a script, says its session's token.
CSRF_FIELD, CSRF_HEADER = "csrf", "X-CSRF-Token"
_TOKEN = "token"
_KEY = "wxb.session"


def session_of(request: Request) -> Session:
    """The session of a request that came through the gate."""
    return cast(Session, request.scope[_KEY])


class Gate:
    """Lets requests with a session through.

    Args:
        refused: answers the others; it is given a status and a sentence in `scope["refused"]`, and
            in `scope["again"]` a path, where asking once more from a page of ours may help.
        name: of the cookie. Cookies of one host are shared by all its ports.
        largest: bytes of a request's body.
    """

    def __init__(
        self, app: ASGIApp, place: Place, door: Door, sessions: Sessions, refused: ASGIApp,
        *, name: str, largest: int,
    ) -> None:  # fmt: skip
        self._app, self._place, self._door, self._sessions = app, place, door, sessions
        self._refused, self._name, self._largest = refused, name, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        token = request.query_params.get(_TOKEN)
        session = self._found(request)
        if token is not None and scope["method"] == "GET":
            await self._admit(request, token, session)(scope, receive, send)
            return
        if session is None:
            await self._refuse(request)(scope, receive, send)
            return
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

    def _found(self, request: Request) -> Session | None:
        session = self._sessions.find(request.cookies.get(self._name, ""))
        if session is not None and not self._door.holds(session.identity):
            self.leave(session)
            return None
        return session

    def _admit(self, request: Request, token: str, before: Session | None) -> ASGIApp:
        identity = self._door.authenticate(token)
        if identity is None:
            request.scope["refused"] = (
                403, "This address is not valid any more: use the one that was printed last.",
            )  # fmt: skip
            return self._refused
        if before is not None:
            self.leave(before)
        session = self._sessions.begin(identity)
        answer = RedirectResponse(_without_token(request), 303)
        answer.set_cookie(
            self._name, session.id, max_age=OLDEST, path=f"{self._place.prefix}/",
            httponly=True, samesite="strict", secure=_is_https(request),
        )  # fmt: skip
        return answer

    def _refuse(self, request: Request) -> ASGIApp:
        headers, scope = request.headers, request.scope
        scope["refused"] = (401, "Open the address with the token that was printed at the start.")
        # A strict cookie is held back when another site has led here, such as a mail in a browser.
        # Asked again from a page of ours, it comes.
        is_led = headers.get("sec-fetch-site") in ("cross-site", "same-site")
        if is_led and headers.get("sec-fetch-dest") == "document" and scope["method"] == "GET":
            scope["again"] = _without_token(request)
        return self._refused


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
