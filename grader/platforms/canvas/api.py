"""Asking Canvas: one request at a time, each with a time limit, again where that does no harm.

What is read is asked for again after a fault; what is written is not, for it may be there already:
`Unclear` says so, and who writes reads back first. A request that was throttled was not carried
out, so it is sent again in either case (https://canvas.instructure.com/doc/api/file.throttling.html:
`403 Forbidden (Rate Limit Exceeded)`, and the headers X-Rate-Limit-Remaining and, on some hosts,
Retry-After with 429). The token goes to Canvas's own address and to no other, whatever a link says.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from grader.errors import UsageError
from grader.handin.text import printable
from grader.platforms.canvas.settings import Settings

__all__ = ["Api", "Missing", "Patience", "Refused", "Unclear"]

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")
#: What is left of the quota below which it is given time to fill; it begins at 600 or more.
_LOW = 60.0
#: Pages of one list: at a hundred a page, more than any course has.
_PAGES = 10_000
_CHUNK = 1 << 16
#: Characters of an answer that are told.
_TOLD = 200


class Patience(msgspec.Struct, frozen=True):
    """How long to wait, and how often, in seconds.

    Args:
        connect, read: until a connection stands, and between two pieces of an answer.
        file: for all of one file.
        faults: how often something is asked again after a fault.
        throttled: how often after being told to slow down.
        first: the first wait; each one after it is twice as long, up to `most`.
    """

    connect: float = 10
    read: float = 60
    file: float = 600
    faults: int = 4
    throttled: int = 9
    first: float = 1
    most: float = 60


class Refused(UsageError):
    """Canvas understood, and does not do it."""


class Missing(Refused):
    """What was asked for is not there, or not to be seen."""


class Unclear(Exception):
    """Whether it was done is not known: no answer came, or the answer was a fault of Canvas's."""


class Api:
    """Canvas's REST API, with one token.

    Args:
        sleep: waits; a test needs no time.

    Raises:
        UsageError: canvasapi is not installed. Any method may raise it, too, and `Refused`, where
            Canvas does not take the token or a request; no message has the token in it.
    """

    def __init__(
        self,
        settings: Settings,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        try:
            import requests
            from canvasapi.exceptions import CanvasException
            from canvasapi.requester import Requester
        except ImportError:
            raise UsageError(
                "Canvas's API needs canvasapi: python -m pip install 'wxb[canvas]'"
            ) from None
        logging.getLogger("canvasapi").setLevel(logging.WARNING)  # else it logs marks, for one
        self.url = settings.url
        self._sleep, self._patience = sleep, patience or Patience()
        self._faults = (requests.RequestException, CanvasException, ValueError)
        self._requester = Requester(settings.url, settings.token.reveal())
        self._token = settings.token
        self._requester._session = self._session(requests.Session())
        self._files = self._session(requests.Session())
        # A redirected PUT would become a GET, and the token would follow it.
        self._requester._session.max_redirects = 0
        self._requester._session.hooks["response"].append(self._note)
        self._last: Any = None

    def _session(self, session: Any) -> Any:
        session.auth = lambda request: request  # else a .netrc would replace the token
        limits = self._patience.connect, self._patience.read
        session.request = partial(session.request, timeout=limits)
        return session

    def close(self) -> None:
        """Let go of the connections."""
        self._requester._session.close()
        self._files.close()

    # --- asking -----------------------------------------------------------------------------

    def get(self, path: str, type_: type[_T], what: str, **params: Any) -> _T:
        """One thing: `api.get("courses/42", Course, "course 42")`.

        Args:
            what: what it is, for messages.
        """
        return self._decoded(self._ask("GET", path, what, params), type_, what)

    def list(self, path: str, type_: type[_T], what: str, **params: Any) -> Iterator[_T]:
        """All things of a list, page after page, as the `Link` headers say."""
        answer = self._ask("GET", path, what, {"per_page": 100, **params})
        seen: set[str] = set()
        while True:
            yield from self._decoded(answer, list[type_], what)  # type: ignore[valid-type]
            following = self._next(answer)
            if not following:
                return
            if following in seen or len(seen) >= _PAGES:
                raise UsageError(f"Canvas's list of {what} has no end; nothing was changed.")
            seen.add(following)
            answer = self._ask("GET", "", what, {}, whole=following)

    def put(self, path: str, type_: type[_T], what: str, **params: Any) -> _T:
        """Change something, once.

        Raises:
            Unclear: it may have been done, or not.
        """
        return self._decoded(self._ask("PUT", path, what, params), type_, what)

    def _ask(
        self, method: str, path: str, what: str, params: dict[str, Any], whole: str = ""
    ) -> Any:
        from canvasapi.util import combine_kwargs

        faults = throttled = 0
        while True:
            self._last = None
            try:
                answer = self._requester.request(
                    method, path, _url=whole or None, _kwargs=combine_kwargs(**params)
                )
            except self._faults as error:
                if self._is_throttled(error):
                    throttled += 1
                    if throttled > self._patience.throttled:
                        raise UsageError(
                            "Canvas says again and again that too much is asked of it; wait some "
                            "minutes, then type the same again: it goes on where it was."
                        ) from None
                    self.wait(throttled, self._retry_after())
                    continue
                fault = self._told(error, what)
                faults += 1
                if method != "GET":
                    raise Unclear(fault) from None
                if faults > self._patience.faults:
                    raise UsageError(
                        f"{fault} Type the same again later: it goes on where it was."
                    ) from None
                _LOG.info("%s, asked again", fault)
                self.wait(faults)
            else:
                self._breathe(answer)
                return answer

    def _told(self, error: Exception, what: str) -> str:
        """What a fault was that may go away by itself.

        Raises:
            UsageError: it does not.
        """
        import requests
        from canvasapi.exceptions import InvalidAccessToken

        status = self._last.status_code if self._last is not None else 0
        if isinstance(error, InvalidAccessToken):
            raise UsageError(
                f"{self.url} does not take the token: it has expired, was deleted, or is another "
                "Canvas's. Make a new one in Canvas: Account, Settings, New Access Token."
            ) from None
        if isinstance(error, requests.exceptions.TooManyRedirects):
            there = self._last.headers.get("Location", "") if self._last is not None else ""
            host = urlsplit(there)
            raise UsageError(
                f"{self.url} sends on to {printable(f'{host.scheme}://{host.netloc}')}: if that is "
                "your Canvas, name it with --url."
            ) from None
        if status in (401, 403):
            raise Refused(f"Canvas does not let this token's user have {what}.") from None
        if status == 404:
            raise Missing(
                f"{self.url} does not know {what}, or this token's user may not see it."
            ) from None
        if 400 <= status < 500 and status != 408:
            raise Refused(f"Canvas refuses {what} ({status}): {self._said()}") from None
        if status:
            return f"Canvas answered {what} with a fault of its own ({status})."
        if isinstance(error, requests.exceptions.SSLError):
            raise UsageError(f"{self.url} cannot be trusted: its certificate is not valid.")
        if isinstance(error, requests.exceptions.Timeout):
            return f"Canvas did not answer in time when asked for {what}."
        return f"{self.url} cannot be reached, or broke off, when asked for {what}."

    def _said(self) -> str:
        """Canvas's own words about a request that it refused, made short."""
        text = self._last.text if self._last is not None else ""
        with suppress(ValueError, AttributeError, TypeError):
            found = self._last.json()
            text = found.get("error") or found.get("message") or found.get("errors") or text
        return printable(" ".join(str(text).split()))[:_TOLD].rstrip(".") + "."

    def _decoded(self, answer: Any, type_: type[_T], what: str) -> _T:
        try:
            return msgspec.json.decode(answer.content, type=type_, strict=False)
        except msgspec.MsgspecError as error:
            raise UsageError(
                f"{self.url} does not answer as Canvas does when asked for {what} "
                f"({printable(str(error))[:_TOLD]}). Is --url right?"
            ) from None

    def _next(self, answer: Any) -> str:
        """The address of the next page, on our own host, whatever name Canvas gives itself."""
        link = answer.links.get("next", {}).get("url", "")
        if not link:
            return ""
        parts = urlsplit(link)
        _, api, rest = parts.path.partition("/api/v1/")
        if not api:
            raise UsageError(f"Canvas names a next page that is none: {printable(link)[:_TOLD]}")
        return f"{self.url}/api/v1/{rest}" + (f"?{parts.query}" if parts.query else "")

    # --- waiting ----------------------------------------------------------------------------

    def _note(self, answer: Any, *_: Any, **__: Any) -> None:
        self._last = answer

    def _is_throttled(self, error: Exception) -> bool:
        if self._last is None:
            return False
        is_said = self._last.status_code == 403 and "rate limit exceeded" in self._last.text.lower()
        return is_said or self._last.status_code == 429

    def _retry_after(self) -> float:
        with suppress(ValueError):
            return float(self._last.headers.get("Retry-After", "0"))
        return 0.0

    def wait(self, number: int, least: float = 0) -> None:
        """Wait for the number-th time in a row, each time longer.

        Args:
            least: seconds that Canvas asked for.
        """
        own = self._patience.first * 2.0 ** (number - 1)
        self._sleep(min(max(own, least), self._patience.most))

    def _breathe(self, answer: Any) -> None:
        """Let the quota fill before it is used up."""
        with suppress(ValueError):
            if float(answer.headers.get("X-Rate-Limit-Remaining", "inf")) < _LOW:
                self._sleep(self._patience.first)

    # --- files ------------------------------------------------------------------------------

    def download(self, url: str, target: Path, limit: int, size: int | None) -> str:
        """Write a file's bytes to a place, and say why that cannot be, or "".

        Args:
            limit: bytes after which it is left; one more than that is written.
            size: how many Canvas says there are.

        Raises:
            Unclear: it could not be had now; later it may.
        """
        fault, came = "", set[int]()
        for number in range(self._patience.faults + 1):
            if number:
                self.wait(number)
            try:
                fault, is_final = self._fetched(url, target, limit)
                count = target.stat().st_size if not fault else 0
                if not (fault or is_final or size in (None, count) or count in came):
                    fault = f"{count:,} bytes of {size:,} came"
                    came.add(count)  # twice the same is all there is, whatever Canvas said
            except self._faults as error:
                _LOG.info("a file: %s", type(error).__name__)
                fault, is_final = "the connection broke off", False
            if not fault or is_final:
                return fault
        raise Unclear(fault)

    def _fetched(self, url: str, target: Path, limit: int) -> tuple[str, bool]:
        """Why a file is not there, and whether that stays so."""
        headers = {}
        if _origin(url) == _origin(self.url):  # on a redirect to another host it is taken off
            headers["Authorization"] = f"Bearer {self._token.reveal()}"
        until = time.monotonic() + self._patience.file
        with self._files.get(url, headers=headers, stream=True) as answer:
            if answer.status_code in (401, 403, 404, 410) and not self._is_slowed(answer):
                return f"Canvas does not give it ({answer.status_code})", True
            if answer.status_code != 200:
                return f"Canvas answered with {answer.status_code}", False
            count = 0
            with target.open("wb") as file:
                for data in answer.iter_content(_CHUNK):
                    count += len(data)
                    file.write(data)
                    if count > limit:
                        return "", True  # who copies it says that it is too large
                    if time.monotonic() > until:
                        return "it takes too long", False
        return "", False

    @staticmethod
    def _is_slowed(answer: Any) -> bool:
        return answer.status_code == 403 and b"Rate Limit" in answer.raw.read(_TOLD)


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    default = {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, parts.hostname or "", parts.port or default
