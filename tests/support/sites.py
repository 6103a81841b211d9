"""Sites for tests: a small one of our own, a client that has come in, and a real server."""

from __future__ import annotations

import re
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from grader.web.door import OneToken
from grader.web.gate import session_of
from grader.web.place import Place
from grader.web.server import Server
from grader.web.session import Sessions
from grader.web.site import Site, site_of
from grader.web.stream import Event, Feed

with warnings.catch_warnings():
    # Newer versions of starlette would have another client below their own; older ones have not.
    warnings.simplefilter("ignore", DeprecationWarning)
    warnings.simplefilter("ignore", UserWarning)
    from starlette.testclient import TestClient

ORIGIN = "http://127.0.0.1:8000"
#: What a browser sends along with a form of one of our pages.
FORM = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}


async def _home(request: Request) -> Response:
    return site_of(request).page(request, "error.html", heading="Home", text="<b>escaped?</b>")


async def _who(request: Request) -> Response:
    return PlainTextResponse(session_of(request).identity.name)


async def _change(request: Request) -> Response:
    async with request.form() as form:
        return JSONResponse({"told": form["told"]})


async def _broken(request: Request) -> Response:
    raise RuntimeError("secret of the machine")


def small_site(
    place: Place | None = None, door: Any = None, sessions: Sessions | None = None, **more: Any
) -> Site:
    """A site with a page, a form's target, a page that breaks, and a stream."""
    door, feed = door or OneToken(), Feed()

    async def stream(request: Request) -> Response:
        return feed.response([Event("hello", {"n": 1})])

    routes = [
        Route("/", _home, name="home"),
        Route("/who", _who, name="who"),
        Route("/change", _change, methods=["POST"], name="change"),
        Route("/broken", _broken),
        Route("/events", stream),
    ]
    return Site(
        place or Place(port=8000), door, routes, title="Small", token=getattr(door, "token", ""),
        menu={"Who": "who"}, sessions=sessions, on_close=[feed.close], **more,
    )  # fmt: skip


def client(site: Site, base: str = ORIGIN, **options: Any) -> TestClient:
    """A client without a session."""
    return TestClient(site, base, follow_redirects=False, raise_server_exceptions=False, **options)


def signed_in(site: Site, base: str = ORIGIN) -> TestClient:
    """A client that has come in with the site's token."""
    found = client(site, base)
    answer = found.get(f"{site.place.prefix}/?token={site.token}")
    assert answer.status_code == 303, answer.text
    return found


def led_to(answer: httpx.Response) -> str:
    """Where a redirect leads: path and query, on the same host."""
    there = urlsplit(urljoin(f"{answer.request.url}", answer.headers["location"]))
    here = answer.request.url
    assert (there.scheme, there.netloc) == (here.scheme, here.netloc.decode())
    return urlunsplit(("", "", *there[2:]))


def csrf(page: str) -> str:
    """The token in a page's form."""
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None
    return found[1]


@contextmanager
def running(build: Callable[[Place], Site], place: Place | None = None) -> Iterator[Server]:
    """A real server in a thread, gone when the block ends; what broke in a page fails the test."""
    broken: list[str] = []
    server = Server(build, place or Place(), broken.append)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()
    assert broken == []


@contextmanager
def visitor(server: Server) -> Iterator[httpx.Client]:
    """An HTTP client that has come in to a real server."""
    base = f"{server.place.origin}{server.place.prefix}"
    with httpx.Client(base_url=base, follow_redirects=True, trust_env=False, timeout=60) as found:
        found.get(server.site.urls[0]).raise_for_status()
        yield found


def files(folder: Path) -> set[str]:
    """All files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
