"""An application behind the gate: its routes, templates, static files and error pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from grader.report.safe import safe
from grader.web.door import Door, Entry
from grader.web.gate import CSRF_FIELD, Gate, session_of
from grader.web.headers import Answers, Known, closed_policy
from grader.web.place import Place
from grader.web.session import Sessions

__all__ = ["Site", "site_of"]

_HERE = Path(__file__).resolve().parent
#: Bytes of a request's body, where a site says nothing else.
LARGEST = 1 << 20
_GONE = "There is no such page; it may have been one of an older course."
_BROKEN = "A fault of the grader's own; nothing was lost. What the command printed says where."


def site_of(request: Request) -> Site:
    """The site that a request is for."""
    return cast(Site, request.app.state.site)


class Site:
    """An ASGI application. Everything of it, static files too, is behind the gate.

    Args:
        place: where it is served; its port is known.
        door: who may come in.
        routes: the pages; their functions answer with what `page` makes. `/`, which has the name
            `home`, should be among them. `/static`, `/favicon.ico` and `/sign-out` are taken.
        title: its name, on each page.
        token: with which whoever starts it comes in.
        templates: a folder of its own templates, which are looked up before the shared ones.
        menu: what stands at the top of each page: text -> name of a route.
        context: what all of its templates have.
        largest: bytes of a request's body.
        on_close: called once when the server ends, such as `Feed.close`; has to return at once.
        sessions: who has come in; its clock is what tests replace.
        entry: another way in than by a token; then `/sign-in` and what is below it is taken, too.
    """

    def __init__(
        self,
        place: Place,
        door: Door,
        routes: Sequence[BaseRoute],
        *,
        title: str,
        token: str,
        templates: Path | None = None,
        menu: Mapping[str, str] | None = None,
        context: Mapping[str, Any] | None = None,
        largest: int = LARGEST,
        on_close: Sequence[Callable[[], None]] = (),
        sessions: Sessions | None = None,
        entry: Entry | None = None,
    ) -> None:
        self.place, self.title, self.token, self._door = place, title, token, door
        self.menu = dict(menu or {})
        self._on_close = list(on_close)
        folders = [FileSystemLoader(f) for f in (templates, _HERE / "templates") if f is not None]
        self.templates = Environment(
            loader=ChoiceLoader(folders), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self.templates.globals.update(context or {}, site=self, path=self.path)
        self._app = Starlette(
            routes=[*routes, *self._own()],
            exception_handlers={HTTPException: self._fault, Exception: self._broken},
        )
        self._app.router.redirect_slashes = False  # it would name a scheme that a proxy has changed
        self._app.state.site = self
        held = Sessions() if sessions is None else sessions
        # Another program on another port has cookies of its own, in the same jar.
        self._gate = Gate(
            GZipMiddleware(self._app), place, door, held, self._refused,
            name=f"wxb-{place.port}", largest=largest, entry=entry, welcome=self._welcome,
        )  # fmt: skip
        self._outside: ASGIApp = Answers(Known(self._gate, place, self._refused), place)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            scope = _below(self.place.prefix, scope)
        await self._outside(scope, receive, send)

    @property
    def urls(self) -> list[str]:
        """Where to come in: at this machine first, then by the names that were given."""
        rest = self._entrance(self.token)
        return [f"{self.place.origin}{rest}", *(f"https://{n}{rest}" for n in self.place.names)]

    def url_once(self) -> str:
        """The first of them for a browser's command line, which every user of the machine can read:
        its token is worth nothing once a browser has come in with it, or none has soon."""
        return f"{self.place.origin}{self._entrance(self._door.once())}"

    def _entrance(self, token: str) -> str:
        return f"{self.place.prefix}/?token={token}"

    def path(self, route: str, /, **parts: Any) -> str:
        """The path of a route, with the prefix; what every link is made with."""
        return f"{self.place.prefix}{self._app.url_path_for(route, **parts)}"

    def page(self, request: Request, template: str, status: int = 200, **context: Any) -> Response:
        """A page. Templates have `path`, `site`, `request`, `session` and `csrf`, too."""
        session = session_of(request)
        text = self.templates.get_template(template).render(
            request=request, session=session, csrf=session.csrf, csrf_field=CSRF_FIELD, **context
        )
        return HTMLResponse(text, status)

    def is_in(self, request: Request) -> bool:
        """Whether the session of a request that is still being answered has not ended."""
        return self._gate.is_in(session_of(request))

    def close(self) -> None:
        """End what is open, such as streams."""
        while self._on_close:
            self._on_close.pop()()

    def _own(self) -> list[BaseRoute]:
        return [
            Route("/favicon.ico", _icon),
            Route("/sign-out", self._sign_out, methods=["POST"], name="sign-out"),
            Mount("/static", StaticFiles(directory=_HERE / "static"), name="static"),
        ]

    async def _sign_out(self, request: Request) -> Response:
        self._gate.leave(session_of(request))
        sign_in = self._gate.sign_in()
        text = "The address that was printed opens them again."
        if sign_in:
            text = "You may still be signed in at the site that you came by; sign out there, too."
        return self._closed("You have signed out", text, sign_in=sign_in)

    def _welcome(self, name: str, path: str) -> Response:
        """Whom another site has led here goes on from a page of ours, with the strict cookie."""
        return self._closed("You have signed in", f"As {safe(name)}.", again=path)

    def _closed(
        self, heading: str, text: str, status: int = 200, again: str = "", sign_in: str = ""
    ) -> Response:
        """A page that needs nothing: who sees it may have no session."""
        page = self.templates.get_template("closed.html").render(
            heading=heading, text=text, again=again, sign_in=sign_in
        )
        answer = HTMLResponse(page, status)
        answer.headers["Content-Security-Policy"] = closed_policy(self.place)
        return answer

    async def _refused(self, scope: Scope, receive: Receive, send: Send) -> None:
        status, text = scope["refused"]
        request = Request(scope)
        again, sign_in = scope.get("again", ""), scope.get("sign_in", "")
        if _wants_json(request):
            answer: Response = JSONResponse({"error": text}, status)
        else:
            heading = {413: "Too large", 503: "Not possible now"}.get(status, "Not let in")
            answer = self._closed(heading, text, status, again, sign_in)
        await answer(scope, receive, send)

    async def _fault(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        text = _GONE if error.status_code == 404 else error.detail
        return self._told(request, error.status_code, text, error.headers)

    async def _broken(self, request: Request, error: Exception) -> Response:
        return self._told(request, 500, _BROKEN)

    def _told(
        self, request: Request, status: int, text: str, headers: Mapping[str, str] | None = None
    ) -> Response:
        if _wants_json(request):
            return JSONResponse({"error": text}, status, headers)
        heading = {404: "No such page", 500: "This page broke"}.get(status, "Not possible")
        answer = self.page(request, "error.html", status, heading=heading, text=text)
        answer.headers.update(headers or {})
        return answer


def _below(prefix: str, scope: Scope) -> Scope:
    """A scope whose path has the prefix, whether the proxy has left it there or not."""
    path: str = scope["path"]
    if prefix and path != prefix and not path.startswith(f"{prefix}/"):
        path = prefix + path
    return {**scope, "root_path": prefix, "path": f"{path}/" if path == prefix else path}


def _wants_json(request: Request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


async def _icon(request: Request) -> Response:
    return FileResponse(_HERE / "static" / "favicon.ico", media_type="image/x-icon")
