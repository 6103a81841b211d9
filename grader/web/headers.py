"""What each answer carries, and which hosts and origins are heard at all.

A page on the web can send requests to this machine from the visitor's own browser. It cannot
choose the Origin, and by a name of its own that leads here (DNS rebinding) it still names itself
in Host: both are looked at before anything else.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.web.place import Place

__all__ = ["SAFE_METHODS", "Answers", "Known", "closed_policy", "policy"]

SAFE_METHODS = frozenset({"GET", "HEAD"})
_FIXED = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def policy(place: Place) -> str:
    """The Content-Security-Policy of all pages: own files only, nothing inline."""
    own = ("script-src", "style-src", "img-src", "connect-src", "form-action")
    parts = ["default-src 'none'", *(f"{kind} 'self'" for kind in own), "base-uri 'none'"]
    parts.append(f"frame-ancestors {_framing(place)}")
    return "; ".join(parts)


def closed_policy(place: Place) -> str:
    """That of a page that holds a sentence and nothing else; its icon is an empty one."""
    parts = ["default-src 'none'", "img-src data:", "base-uri 'none'", "form-action 'none'"]
    return "; ".join([*parts, f"frame-ancestors {_framing(place)}"])


def _framing(place: Place) -> str:
    return "'self'" if place.framed else "'none'"


class Answers:
    """Puts headers on each answer, whatever it is, before any other part can forget them."""

    def __init__(self, app: ASGIApp, place: Place) -> None:
        self._app = app
        self._headers = _FIXED | {"X-Frame-Options": "SAMEORIGIN" if place.framed else "DENY"}
        self._policy, self._prefix = policy(place), f"{place.prefix}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", self._policy)  # stricter ones stay
                if "location" in headers:
                    headers["location"] = _relative(
                        headers["location"], scope["path"], self._prefix
                    )
            await send(message)

        await self._app(scope, receive, with_headers)


def _relative(target: str, path: str, prefix: str) -> str:
    """Where to go on, seen from the page that was asked for.

    A proxy that takes the prefix away puts it before each path from the root, though it is there
    (jupyter-server-proxy 4.6, `_rewrite_location_header`); what is relative it leaves alone.
    """
    if not (target.startswith(prefix) and path.startswith(prefix)):
        return target
    up = path.removeprefix(prefix).count("/")
    return ("../" * up or "./") + target.removeprefix(prefix)


class Known:
    """Hears requests for known hosts only, and changes only from pages of ours.

    Args:
        refused: answers the others; it is given a status and a sentence in `scope["refused"]`.
    """

    def __init__(self, app: ASGIApp, place: Place, refused: ASGIApp) -> None:
        self._app, self._place, self._refused = app, place, refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http":  # no page of ours opens a websocket
            await send({"type": "websocket.close", "code": 1008})
        elif why := self._why_not(scope):
            scope["refused"] = (403, why)
            await self._refused(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _why_not(self, scope: Scope) -> str:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._place.is_host(hosts[0]):
            return (
                "These pages are not served under the host name of this address; "
                "--host-name allows one."
            )
        if scope["method"] in SAFE_METHODS:
            return ""
        origin, site = headers.get("origin", "null"), headers.get("sec-fetch-site", "")
        # A browser that was told to send no referrer may say "null" to its own server as well;
        # what it says in Sec-Fetch-Site, no page can write.
        is_own = site == "same-origin" if origin == "null" else site in ("same-origin", "")
        if is_own and (origin == "null" or self._place.is_origin(origin, hosts[0])):
            return ""
        return "This was sent from another page than one of these; nothing was changed."
