"""Where pages are served: the address, the port, the path before them, the names of the host."""

from __future__ import annotations

import errno
import re
import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

import msgspec

from grader.errors import UsageError

__all__ = ["LOOPBACK", "Place", "bound"]

#: Names of this machine that no other machine can be reached by.
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_PREFIX = re.compile(r"(?:/[\w.~@{}%+=-]+)+", re.ASCII)
_NAME = re.compile(r"(?:[\w-]+(?:\.[\w-]+)*\.?|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?", re.ASCII)


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where pages are served, and how a browser gets there.

    Args:
        host: the address that is listened on; only this machine reaches the usual one.
        port: 0 for any that is free.
        prefix: the path before all others where a proxy stands in front, such as
            `/user/ann/proxy/{port}`; `{port}` becomes the port. The proxy may take it away or not.
        names: hosts, each with a port or without one, that a browser may use beside those of
            `LOOPBACK` and the address; those of a proxy, or of a forwarded port.
        framed: whether a page of the same origin may hold these in a frame, as JupyterLab does.

    Raises:
        UsageError: a port, a prefix or a name is none.
    """

    host: str = "127.0.0.1"
    port: int = 0
    prefix: str = ""
    names: tuple[str, ...] = ()
    framed: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise UsageError(f"{self.port} is no port: name one from 1 to 65535.")
        prefix = self.prefix.rstrip("/").replace("{port}", str(self.port or "{port}"))
        if prefix and not (_PREFIX.fullmatch(prefix) and ".." not in prefix.split("/")):
            raise UsageError(
                f"{self.prefix!r} is no prefix: it is a path that begins with /, such as /proxy/80."
            )
        for name in self.names:
            if not _NAME.fullmatch(name):
                raise UsageError(
                    f"{name!r} is no name of a host: name it as a browser's address bar shows it, "
                    "without https:// and without a path."
                )
        msgspec.structs.force_setattr(self, "prefix", prefix)
        msgspec.structs.force_setattr(self, "names", tuple(n.lower() for n in self.names))

    @property
    def origin(self) -> str:
        """Scheme, address and port, for whoever sits at this machine."""
        host = self.host
        if host in ("", "0.0.0.0", "::"):
            host = "127.0.0.1"
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def is_host(self, netloc: str) -> bool:
        """Whether a Host header names this place. Ports are free: they may be forwarded."""
        host = _hostname(netloc)
        own = {*LOOPBACK, f"[{self.host}]" if ":" in self.host else self.host.lower()}
        return host in own or self._is_named(netloc)

    def is_origin(self, origin: str, netloc: str) -> bool:
        """Whether a request with this Origin and this Host header comes from a page of ours.

        Another port of the same name is another program: the two have to be the same, unless a
        proxy has changed the Host, and the name was given.
        """
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        if parts.scheme not in ("http", "https") or parts.path or parts.query:
            return False
        ours = parts.netloc.lower()
        return ours == netloc.lower() or self._is_named(ours)

    def _is_named(self, netloc: str) -> bool:
        return netloc.lower() in self.names or _hostname(netloc) in self.names


def _hostname(netloc: str) -> str:
    return re.sub(r":\d*$", "", netloc.lower()).removesuffix(".")


def bound(place: Place) -> tuple[socket.socket, Place]:
    """A listening socket, and the place with the port that it has.

    Raises:
        UsageError: the port is taken, or the address is none of this machine.
    """
    try:
        family = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((place.host, place.port), family=family)
    except OSError as error:
        raise UsageError(_why_not(place, error)) from None
    # asyncio does it only for sockets that name their protocol, and these are accepted without one:
    # then each answer waits 40 ms for the acknowledgement of its first part.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    port = listener.getsockname()[1]
    return listener, msgspec.structs.replace(
        place, port=port, prefix=place.prefix.replace("{port}", str(port))
    )


def _why_not(place: Place, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {place.port} is in use by another program; "
            "name another with --port, or leave it out for any that is free."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Port {place.port} may not be used by you; name one above 1023 with --port."
    return f"{place.host} is no address of this machine: {error}."
