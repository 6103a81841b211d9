"""Pages behind a real jupyter-server-proxy: a hub's people cannot reach 127.0.0.1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from grader.web.place import Place
from grader.web.server import Server
from support.formgrading import jupyter, with_token
from support.sites import csrf, running, small_site

pytest.importorskip("jupyter_server_proxy", reason="jupyter-server-proxy is not installed")
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hub") / "work"
    folder.mkdir()
    with jupyter(folder, "jupyter_server_proxy") as address:
        yield address


@pytest.fixture
def browser(hub: str) -> Iterator[httpx.Client]:
    """Somebody who is signed in at the hub."""
    with httpx.Client(follow_redirects=True, timeout=60) as client:
        client.get(with_token(hub)).raise_for_status()
        yield client


@pytest.fixture(params=["/proxy/{port}", "/proxy/absolute/{port}"])
def served(request: pytest.FixtureRequest) -> Iterator[Server]:
    """Pages whose prefix the proxy takes away, or leaves where it is."""
    with running(small_site, Place(prefix=request.param)) as server:
        yield server


def at(hub: str, server: Server, path: str = "/") -> str:
    return hub.rstrip("/") + server.place.prefix + path


def test_pages_their_links_and_their_forms(
    hub: str, served: Server, browser: httpx.Client, tmp_path: Path
) -> None:
    assert browser.get(at(hub, served)).status_code == 401
    home = browser.get(at(hub, served, f"/?token={served.site.token}"))
    assert home.status_code == 200
    assert str(home.url) == at(hub, served)
    found = re.findall(r'(?:href|src|action)="([^"#][^"]*)"', home.text)
    links = [unescape(each) for each in found]
    assert links
    for link in links:
        assert link.startswith(served.place.prefix), link
    styles = [link for link in links if link.endswith(".css")]
    assert styles
    for link in styles:
        assert browser.get(hub.rstrip("/") + link).status_code == 200
    origin = hub.rstrip("/")
    own = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
    token = csrf(home.text)
    strange = {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}
    leave = at(hub, served, "/sign-out")
    assert browser.post(leave, data={"csrf": token}, headers=strange).status_code == 403
    assert browser.post(leave, data={"csrf": "guessed"}, headers=own).status_code == 403
    assert browser.get(at(hub, served)).status_code == 200
    left = browser.post(leave, data={"csrf": token}, headers=own)
    assert left.status_code == 200
    assert "signed out" in left.text
    assert browser.get(at(hub, served)).status_code == 401


def test_the_cookie_is_for_these_pages_alone(
    hub: str, served: Server, browser: httpx.Client
) -> None:
    browser.get(at(hub, served, f"/?token={served.site.token}"))
    paths = {c.path for c in browser.cookies.jar if c.name == f"wxb-{served.place.port}"}
    assert paths == {f"{served.place.prefix}/"}


def test_who_is_not_signed_in_at_the_hub_gets_nothing(hub: str, served: Server) -> None:
    with httpx.Client(timeout=60) as stranger:
        answer = stranger.get(at(hub, served, f"/?token={served.site.token}"))
    assert answer.status_code in (302, 403)
    assert "wxb" not in answer.headers.get("set-cookie", "")
