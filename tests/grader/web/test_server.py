"""A real uvicorn: served, broken, stopped while a stream is open."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import webbrowser

import httpx
import pytest

from grader.errors import UsageError
from grader.web.place import Place
from grader.web.server import Server, _show
from support.places import ROOT
from support.sites import running, small_site, visitor


def test_pages_are_served_and_a_stream_ends_with_the_server() -> None:
    with running(small_site) as server:
        assert httpx.get(server.place.origin, trust_env=False).status_code == 401
        with visitor(server) as visit:
            assert visit.get("/").status_code == 200
            assert "server" not in visit.get("/").headers
            with visit.stream("GET", "/events") as answer:
                assert answer.headers["content-type"].startswith("text/event-stream")
                lines = answer.iter_lines()
                assert [next(lines), next(lines)] == ["event: hello", 'data: {"n": 1}']
                server.stop()
                assert list(lines) == [""]


def test_a_broken_page_is_told_in_a_sentence() -> None:
    told: list[str] = []
    server = Server(small_site, Place(), told.append)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        with visitor(server) as visit:
            assert visit.get("/broken").status_code == 500
    finally:
        server.stop()
        thread.join()
    assert len(told) == 1
    assert told[0].startswith("The page /broken broke: RuntimeError: secret of the machine (")


def test_a_taken_port_is_a_usage_error_and_a_site_that_fails_frees_it() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as other,
        pytest.raises(UsageError, match="in use"),
    ):
        Server(small_site, Place(port=other.getsockname()[1]))
    seen = []

    def failing(place: Place) -> object:
        seen.append(place.port)
        raise UsageError("no")

    with pytest.raises(UsageError, match="no"):
        Server(failing, Place())  # type: ignore[arg-type]
    socket.create_server(("127.0.0.1", seen[0])).close()


def test_a_browser_is_given_an_address_that_is_worth_nothing_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever uses the machine, too, can read the command line of a browser."""
    seen, told = list[str](), list[str]()

    class Browser:
        def open(self, url: str) -> None:
            seen.append(url)

    monkeypatch.setattr(webbrowser, "get", Browser)
    with running(small_site) as server:
        told += server.site.urls
        _show(server.site.url_once())
        [url] = seen
        assert url.partition("?")[0] == told[0].partition("?")[0]
        assert url not in told
        codes = [httpx.get(url, trust_env=False).status_code for _ in range(3)]
        assert codes == [303, 403, 403]
        assert httpx.get(told[0], trust_env=False).status_code == 303, "what is printed stays"


PROGRAM = """
import sys
sys.path.insert(0, "tests")
from grader.web.place import Place
from grader.web.server import serve
from support.sites import small_site
serve(small_site, Place(), tell=lambda text: print(text, flush=True))
print("ended", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_a_stream_open(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            with httpx.Client(trust_env=False, follow_redirects=True, timeout=30) as visit:
                assert visit.get(url).status_code == 200
                with visit.stream("GET", f"{url.partition('?')[0]}events") as answer:
                    lines = answer.iter_lines()
                    assert next(lines) == "event: hello"
                    process.send_signal(number)
                    list(lines)
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (process.returncode, out, err) == (0, "ended\n", "")
