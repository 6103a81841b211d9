"""The pages of a class as files, for colleagues: no names, no single students, unless asked.

Every page is made by the site itself, for a viewer, and kept with the links that lead on; what a
file cannot do, such as a form, is left out. The same gradebook gives the same files.
"""

from __future__ import annotations

import asyncio
import html
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from grader.classroom.gradebook.book import Gradebook
from grader.course.outline import Course
from grader.errors import UsageError
from grader.web.dashboard.running import Runs
from grader.web.dashboard.site import build
from grader.web.dashboard.visit import ClassDoor
from grader.web.door import Identity
from grader.web.openid.settings import Grant
from grader.web.place import Place
from grader.web.site import Site

__all__ = ["export"]

_HREF = re.compile(r'href="([^"]*)"')
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_NAMES = re.compile(r'<p class="names">.*?</p>', re.DOTALL)
#: What moves on a page, moves by the server's word.
_SCRIPT = re.compile(r"<script\b[^>]*></script>")
#: What is worth a file of its own; more of them say nothing that is not on these.
_START = ("/map", "/items", "/ideas", "/quality", "/cohorts")
_NAMED = ("/?names=1", "/students?names=1")


class _Door(ClassDoor):
    """Opens for the export alone, as a viewer or, where names were asked for, as an owner."""

    def __init__(self, book: Gradebook, named: bool) -> None:
        super().__init__(book)
        self._who = Identity(key="export", name="export", role="owner" if named else "viewer")

    def authenticate(self, token: str) -> Identity | None:
        return self._who if super().authenticate(token) is not None else None

    def grant(self, identity: Identity) -> Grant | None:
        if identity != self._who:
            return None
        return Grant("owner" if identity.role == "owner" else "viewer")


def export(course: Course, book: Gradebook, into: Path, *, named: bool = False) -> int:
    """Write all pages into a folder that is new, or empty; how many there are.

    Raises:
        UsageError: something is in it, or it cannot be written.
    """
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise UsageError(f"{into} is not empty; name a new folder. Nothing was written.")
    site = build(course, book, Place(port=1), Runs(course, lambda: book), door=_Door(book, named))
    pages = asyncio.run(_pages(site, named))
    into.mkdir(parents=True, exist_ok=True)
    names = {url: _file(url) for url in pages}
    for url, (kind, body) in pages.items():
        data = _linked(body.decode(), url, names).encode() if kind == "text/html" else body
        target = into / names[url]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    first = names["/?names=1" if named else "/map"]
    (into / "index.html").write_text(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>'
        f'{html.escape(course.title)}</title><meta http-equiv="refresh" content="0; url={first}">'
        f'</head><body><main><h1>{html.escape(course.title)}</h1><p><a href="{first}">Open the '
        "pages</a></p></main></body></html>\n",
        "utf-8",
    )
    return len({names[url] for url, (kind, _) in pages.items() if kind == "text/html"})


async def _pages(site: Site, named: bool) -> dict[str, tuple[str, bytes]]:
    """URL -> (type, bytes) of all that can be reached."""
    _, headers, _ = await _get(site, f"/?token={site.token}", {})
    cookie = {"cookie": headers["set-cookie"].partition(";")[0]}
    todo, found = [*(_NAMED if named else ()), *_START], dict[str, tuple[str, bytes]]()
    todo += ["/static/base.css", "/static/dashboard.css", "/static/favicon.svg"]
    while todo:
        url = todo.pop()
        if url in found:
            continue
        status, headers, body = await _get(site, url, cookie)
        kind = headers.get("content-type", "").partition(";")[0]
        if status != 200:
            continue
        found[url] = kind, body
        if kind == "text/html":
            links = (_resolved(url, html.unescape(each)) for each in _HREF.findall(_told(body)))
            todo += [each for each in links if each is not None and _is_kept(each, named)]
    return found


def _told(body: bytes) -> str:
    return _NAMES.sub("", _FORM.sub("", body.decode()))


def _resolved(url: str, link: str) -> str | None:
    """A link of a page, without what stands behind the #; None where it leads elsewhere."""
    link = link.partition("#")[0]
    if not link or "://" in link or link.startswith("mailto:"):
        return None
    return urlsplit(url).path + link if link.startswith("?") else link


def _is_kept(url: str, named: bool) -> bool:
    path, query = urlsplit(url).path, urlsplit(url).query
    if path.startswith(("/api", "/export", "/log", "/runs", "/compare")):
        return False
    if path == "/" or path.startswith("/students"):
        return named and "names=1" in query
    return True


def _file(url: str) -> str:
    """The file of a URL: its path, and its query in words."""
    parts = urlsplit(url)
    path = unquote(parts.path).strip("/") or "now"
    if path.startswith("static/"):
        return path
    query = re.sub(r"[^\w]+", "-", unquote(parts.query)).strip("-")
    return f"{path}{f'--{query}' if query else ''}.html"


def _linked(text: str, url: str, names: Mapping[str, str]) -> str:
    """A page whose links lead to files beside it; those that lead to none are no links."""
    here = posixpath.dirname(names[url])

    def link(found: re.Match[str]) -> str:
        whole = html.unescape(found[1])
        target, behind = _resolved(url, whole), whole.partition("#")[2]
        if whole.startswith("#"):
            return found[0]
        if target is None or target not in names:
            return 'data-left-out=""'
        path = posixpath.relpath(names[target], here or ".")
        return f'href="{html.escape(path + (f"#{behind}" if behind else ""))}"'

    return _HREF.sub(link, _NAMES.sub("", _FORM.sub("", _SCRIPT.sub("", text))))


async def _get(
    site: Site, url: str, headers: Mapping[str, str]
) -> tuple[int, dict[str, str], bytes]:
    """What a site answers, without a server."""
    parts = urlsplit(url)
    told = {"host": f"127.0.0.1:{site.place.port}", **headers}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": unquote(parts.path), "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(), "root_path": "", "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", site.place.port),
        "headers": [(k.encode(), v.encode()) for k, v in told.items()],
    }  # fmt: skip
    messages: list[Mapping[str, object]] = []

    asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Mapping[str, object]:
        for message in asked:
            return message
        return await asyncio.Future()  # nobody leaves before the answer

    async def send(message: Mapping[str, object]) -> None:
        messages.append(message)

    await site(scope, receive, send)  # type: ignore[arg-type]
    status = int(str(messages[0]["status"]))
    raw: list[tuple[bytes, bytes]] = messages[0]["headers"]  # type: ignore[assignment]
    body = b"".join(m.get("body", b"") for m in messages[1:])  # type: ignore[misc]
    return status, {k.decode().lower(): v.decode() for k, v in raw}, body
