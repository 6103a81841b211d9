"""What each answer carries; whose requests are heard."""

from __future__ import annotations

import pytest
from starlette.websockets import WebSocketDisconnect

from grader.web.place import Place
from support.sites import FORM, ORIGIN, client, csrf, signed_in, small_site

FIXED = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/nowhere", 404), ("/broken", 500), ("/static/base.css", 200),
     ("/favicon.ico", 200), ("/change", 405)],
)  # fmt: skip
def test_each_answer_carries_them(path: str, status: int) -> None:
    site = small_site()
    inside, outside = signed_in(site).get(path), client(site).get(path)
    assert (inside.status_code, outside.status_code) == (status, 401)
    for answer in (inside, outside):
        assert {name: answer.headers[name] for name in FIXED} == FIXED
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers.get("server", "") == ""
    assert "script-src 'self'" in inside.headers["content-security-policy"]


def test_a_frame_of_the_same_origin_can_be_allowed() -> None:
    answer = signed_in(small_site(Place(port=8000, framed=True))).get("/")
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", ""]
)
def test_another_host_is_not_heard_even_with_a_session(host: str) -> None:
    visit = signed_in(small_site())
    assert visit.get("/", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (FORM, 200),
        ({"Origin": ORIGIN}, 200),  # a browser that does not say where it comes from
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200),  # under no-referrer
        ({}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:8001", "Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
    ],
)
def test_a_change_comes_from_a_page_of_ours(headers: dict[str, str], status: int) -> None:
    visit = signed_in(small_site())
    body = {"csrf": csrf(visit.get("/").text), "told": "x"}
    assert visit.post("/change", data=body, headers=headers).status_code == status


def test_behind_a_proxy_that_names_its_own_host_forms_work() -> None:
    site = small_site(Place(port=8000, names=("hub.example.org",)))
    visit = signed_in(site)
    body = {"csrf": csrf(visit.get("/").text), "told": "x"}
    headers = {"Origin": "https://hub.example.org", "Sec-Fetch-Site": "same-origin"}
    assert visit.post("/change", data=body, headers=headers).status_code == 200


def test_no_websocket_is_opened() -> None:
    visit = signed_in(small_site())
    with (
        pytest.raises(WebSocketDisconnect),
        visit.websocket_connect("/events"),
    ):
        pass
