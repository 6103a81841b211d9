"""A real browser for tests: pages with visualizers, a strict policy, nothing from outside."""

from __future__ import annotations

import html
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote, unquote

from playwright.sync_api import Browser, Page, expect, sync_playwright

from grader.web.lessons.widgets import assets
from support import needs
from support.places import ROOT

# Where other work takes the processors, a verdict may be late: lateness alone is no fault.
expect.set_options(timeout=30_000)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
chromium = needs.system("chromium", bool(CHROMIUM))

#: Nothing but own files: no inline script, no inline style, no eval.
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text("utf-8")
#: Folder of the server -> folder of the repository.
_FOLDERS = {
    "built": assets.FOLDER,
    "src": assets.FOLDER.parent / "src",
    "js": ROOT / "tests" / "grader" / "web" / "lessons" / "widgets" / "js",
}


def page_text(name: str, options: dict[str, Any], loader: str) -> str:
    """A page with one visualizer."""
    told = html.escape(json.dumps(options))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lesson</title>'
        f'<meta name="viewport" content="width=device-width">{loader}</head>'
        f'<body><main><h1>Lesson</h1><div data-visualizer="{name}" data-options="{told}"></div>'
        "</main></body></html>"
    )


class _Handler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        _, folder, *rest = path.split("/")
        if folder in ("page", "waiting"):
            wait = " data-wait" if folder == "waiting" else ""
            loader = f'<script src="/built/classic.js"{wait}></script>'
            self._send(page_text(rest[0], json.loads(unquote(query) or "{}"), loader), "text/html")
        elif folder == "modules":
            loader = '<script type="module" src="/modules.js"></script>'
            self._send(page_text(rest[0], json.loads(unquote(query) or "{}"), loader), "text/html")
        elif path == "/modules.js":
            start = 'import { start } from "/built/page.js";\nglobalThis.placed = await start();\n'
            self._send(start, "text/javascript")
        elif folder in _FOLDERS and (file := _FOLDERS[folder] / "/".join(rest)).is_file():
            self._send(file.read_text("utf-8"), "text/javascript")
        else:
            self.send_response(204 if path == "/favicon.ico" else 404)
            self.end_headers()

    def _send(self, text: str, kind: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser, gone when the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def watched(browser: Browser, base: str, **context: Any) -> Iterator[Page]:
    """A page. What it complains of, what is refused, and what it asks elsewhere fail the test."""
    complaints: list[str] = []

    def only_here(route: Any) -> None:
        url = route.request.url
        if url.startswith((base, "data:", "about:", "blob:")):
            route.continue_()
        else:
            complaints.append(f"asks for {url}")
            route.abort()

    def answered(response: Any) -> None:
        if response.status >= 400:
            complaints.append(f"{response.status} {response.url}")

    own = browser.new_context(**context)
    own.set_default_timeout(30_000)
    try:
        page = own.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("response", answered)
        page.route("**/*", only_here)
        yield page
    finally:
        own.close()
    assert complaints == [], complaints


class Visit:
    """Opens pages. A page that complains, or asks for anything from outside, fails its test."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base

    @contextmanager
    def page(
        self, name: str, options: dict[str, Any] | None = None, *,
        at: str = "page", fragment: str = "", start: str = "", **context: Any,
    ) -> Iterator[Page]:  # fmt: skip
        """A page with one visualizer. `context` is what Playwright's new_context takes.

        `at` is page (a classic script), modules, or waiting: then `start` starts it, in JavaScript.
        """
        context.setdefault("viewport", {"width": 1000, "height": 900})
        complaints: list[str] = []

        def only_here(route: Any) -> None:
            url = route.request.url
            if url.startswith((self.base, "data:", "about:", "blob:")):
                route.continue_()
            else:
                complaints.append(f"asks for {url}")
                route.abort()

        own = self.browser.new_context(**context)
        own.set_default_timeout(30_000)
        try:
            page = own.new_page()
            page.on("console", lambda message: complaints.append(message.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.route("**/*", only_here)
            page.goto(f"{self.base}/{at}/{name}?{quote(json.dumps(options or {}))}{fragment}")
            if start:
                page.evaluate(start)
            page.wait_for_selector(".wxb")
            yield page
        finally:
            own.close()
        assert complaints == []


@contextmanager
def visiting() -> Iterator[Visit]:
    """A browser and a server, gone when the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            try:
                yield Visit(browser, f"http://127.0.0.1:{server.server_port}")
            finally:
                browser.close()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def violations(page: Page) -> list[str]:
    """What axe finds on a page with all its rules, best practices too."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE)
    found = page.evaluate(
        "axe.run({preload: location.protocol !== 'file:'}).then(({violations}) => violations)"
    )
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def sideways(page: Page) -> int:
    """By how many pixels the page can be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
