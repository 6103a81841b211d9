"""uvicorn, from the URL that is printed to Ctrl-C."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from traceback import extract_tb
from typing import Any

import uvicorn
from starlette.types import Receive, Scope, Send

from grader.web.connection import Connection
from grader.web.place import Place, bound
from grader.web.site import Site

__all__ = ["Server", "serve"]

_LOG = logging.getLogger(__name__)
#: Seconds that answers under way are given at the end.
_GRACE = 1


class Server:
    """A site and the socket it is served on, until it is stopped.

    Args:
        build: makes the site, once it is known where it is served.
        place: where it shall be served.
        tell: takes each fault of a page, as one sentence.

    Raises:
        UsageError: it cannot be served there.
    """

    def __init__(
        self,
        build: Callable[[Place], Site],
        place: Place,
        tell: Callable[[str], object] = lambda text: None,
    ) -> None:
        self._tell = tell
        self._listener, self.place = bound(place)
        try:
            self.site = build(self.place)
        except BaseException:
            self._listener.close()
            raise
        logging.getLogger("uvicorn").addHandler(logging.NullHandler())  # else it prints tracebacks
        self._uvicorn = _Stoppable(
            uvicorn.Config(
                self._guarded, interface="asgi3", http=Connection, ws="none", loop="asyncio",
                log_config=None, access_log=False, server_header=False, proxy_headers=False,
                timeout_graceful_shutdown=_GRACE,
            ),
            self.site.close,
        )  # fmt: skip

    def run(self) -> None:
        """Serve until `stop`, Ctrl-C or SIGTERM; signals are heard in the main thread only."""
        try:
            self._uvicorn.run(sockets=[self._listener])
        finally:
            self.site.close()
            self._listener.close()

    def stop(self) -> None:
        """End; from any thread."""
        self._uvicorn.stop()

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The site; what breaks in it has been answered, and is told here."""
        try:
            await self.site(scope, receive, send)
        except Exception as error:
            _LOG.debug("%s broke", scope.get("path"), exc_info=error)
            last = extract_tb(error.__traceback__)[-1]
            self._tell(
                f"The page {scope.get('path')} broke: {type(error).__name__}: {error} "
                f"({last.filename}:{last.lineno}). `grade -v` tells all of it; please report it."
            )


class _Stoppable(uvicorn.Server):
    """Ends on Ctrl-C and SIGTERM as on `stop`, and leaves it to the command to say so."""

    def __init__(self, config: uvicorn.Config, close: Callable[[], None]) -> None:
        super().__init__(config)
        self._close = close

    def stop(self, *_: Any) -> None:
        self.force_exit = self.should_exit  # asked twice: at once
        self.should_exit = True
        self._close()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {n: signal.signal(n, self.stop) for n in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def serve(
    build: Callable[[Place], Site],
    place: Place,
    *,
    tell: Callable[[str], object],
    open_browser: bool = False,
) -> None:
    """Serve a site from the command line until Ctrl-C. Each URL is printed on a line of its own.

    Args:
        tell: prints a line.
        open_browser: also show it, where there is a browser that needs no terminal.

    Raises:
        UsageError: it cannot be served there.
    """
    server = Server(build, place, lambda text: print(text, file=sys.stderr))
    for url in server.site.urls:
        tell(url)
    if open_browser:
        threading.Thread(target=_show, args=(server.site.url_once(),), daemon=True).start()
    server.run()


def _show(url: str) -> None:
    """Open a URL in the user's browser. One that runs in the terminal would take it from us."""
    import webbrowser

    with suppress(webbrowser.Error):
        browser = webbrowser.get()
        if type(browser) is not webbrowser.GenericBrowser:
            browser.open(url)
