"""Who opens connections and says nothing, or a letter at a time, is let go."""

from __future__ import annotations

import socket
from contextlib import suppress

import httpx
import pytest

from grader.web import connection
from support.sites import running, small_site, visitor


def ended(opened: socket.socket) -> bytes:
    """What came until the server closed."""
    opened.settimeout(60)
    parts = []
    with suppress(ConnectionError):  # closed before all was read that had been sent
        while part := opened.recv(4096):
            parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize(
    "said", [b"", b"G", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ", b"GET / HTTP/1.1\r\n"]
)
def test_headers_that_do_not_come_end_a_connection(
    said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "HEADERS", 0.05)
    with (
        running(small_site) as server,
        socket.create_connection(("127.0.0.1", server.place.port)) as opened,
    ):
        with suppress(ConnectionError):
            opened.sendall(said)
        assert ended(opened) == b""


def test_a_second_request_that_does_not_come_ends_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        running(small_site) as server,
        socket.create_connection(("127.0.0.1", server.place.port)) as opened,
    ):
        opened.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        opened.settimeout(60)
        assert opened.recv(4096).startswith(b"HTTP/1.1 401")
        monkeypatch.setattr(connection, "HEADERS", 0.05)
        opened.sendall(b"GET /who HTTP/1.1\r\nHost")
        assert b"HTTP/1.1" not in ended(opened)


def test_a_body_that_nobody_reads_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    head = b"POST /change HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999999\r\n\r\n"
    with (
        running(small_site) as server,
        socket.create_connection(("127.0.0.1", server.place.port)) as opened,
    ):
        opened.sendall(head)
        opened.settimeout(60)
        assert opened.recv(4096).startswith(b"HTTP/1.1 40")
        monkeypatch.setattr(connection, "HEADERS", 0.05)
        opened.sendall(b"x")
        assert b"HTTP/1.1" not in ended(opened)


def test_answers_may_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream is an answer: what it waits for are no headers."""
    with (
        running(small_site) as server,
        visitor(server) as visit,
        visit.stream("GET", "/events") as answer,
    ):
        lines = answer.iter_lines()
        assert next(lines) == "event: hello"
        monkeypatch.setattr(connection, "HEADERS", 0.05)
        # Another connection ends after the time, so the stream had as much.
        with socket.create_connection(("127.0.0.1", server.place.port)) as opened:
            assert ended(opened) == b""
        server.stop()
        assert 'data: {"n": 1}' in list(lines)


def test_many_that_are_silent_shut_nobody_out() -> None:
    with running(small_site) as server:
        silent = [socket.create_connection(("127.0.0.1", server.place.port)) for _ in range(100)]
        assert httpx.get(server.place.origin, trust_env=False).status_code == 401
        for each in silent:
            each.close()
