"""Where pages are served, and which names and origins are ours."""

from __future__ import annotations

import socket

import pytest

from grader.errors import UsageError
from grader.web.place import Place, bound


@pytest.mark.parametrize(
    ("netloc", "is_ours"),
    [
        ("127.0.0.1:8000", True), ("localhost", True), ("LOCALHOST:9", True), ("[::1]:8000", True),
        ("localhost.", True), ("hub.example.org", True), ("hub.example.org:8443", True),
        ("evil.example", False), ("127.0.0.1.evil.example", False), ("", False),
        ("localhost@evil.example", False), ("box:81", True), ("box:82", False), ("box", False),
    ],
)  # fmt: skip
def test_a_host_is_known_by_its_name(netloc: str, is_ours: bool) -> None:
    assert Place(port=8000, names=("Hub.example.org", "box:81")).is_host(netloc) is is_ours


@pytest.mark.parametrize(
    ("origin", "netloc", "is_ours"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1:8000", True),
        ("http://127.0.0.1:8001", "127.0.0.1:8000", False),
        ("http://localhost:8000", "127.0.0.1:8000", False),
        ("https://hub.example.org", "hub.example.org", True),
        ("https://hub.example.org", "127.0.0.1:8000", True),
        ("https://evil.example", "hub.example.org", False),
        ("null", "127.0.0.1:8000", False),
        ("http://127.0.0.1:8000/path", "127.0.0.1:8000", False),
        ("http://[", "127.0.0.1:8000", False),
        ("file://", "", False),
    ],
)  # fmt: skip
def test_an_origin_is_ours_if_it_is_the_host_or_was_named(
    origin: str, netloc: str, is_ours: bool
) -> None:
    assert Place(port=8000, names=("hub.example.org",)).is_origin(origin, netloc) is is_ours


def test_a_prefix_takes_the_port_once_it_is_known() -> None:
    listener, place = bound(Place(prefix="/user/ann/proxy/{port}/"))
    assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    listener.close()
    assert place.port > 0
    assert place.prefix == f"/user/ann/proxy/{place.port}"


@pytest.mark.parametrize("prefix", ["proxy", "/a b", "/a/../b", "//", "/a//b", '/"x'])
def test_what_is_no_prefix_is_refused_in_a_sentence(prefix: str) -> None:
    if prefix == "//":
        assert Place(prefix=prefix).prefix == ""
        return
    with pytest.raises(UsageError, match="is no prefix"):
        Place(prefix=prefix)


@pytest.mark.parametrize("name", ["https://hub.example.org", "hub/x", "a b", "", "x:y"])
def test_what_is_no_host_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(UsageError, match="is no name of a host"):
        Place(names=(name,))


def test_a_taken_port_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(UsageError, match=rf"^Port {port} is in use .* --port,.*\.$"):
            bound(Place(port=port))


def test_an_address_of_nobody_is_one_sentence() -> None:
    with pytest.raises(UsageError, match="no address of this machine"):
        bound(Place(host="203.0.113.7"))
    with pytest.raises(UsageError, match="99999 is no port"):
        Place(port=99999)


def test_loopback_is_known() -> None:
    assert all(Place(host=host).is_loopback for host in ("127.0.0.1", "::1", "localhost"))
    assert not any(Place(host=host).is_loopback for host in ("0.0.0.0", "::", "box"))
    assert Place(host="::1", port=80).origin == "http://[::1]:80"
    assert Place(host="0.0.0.0", port=80).origin == "http://127.0.0.1:80"
