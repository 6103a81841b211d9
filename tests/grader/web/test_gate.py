"""Nothing is reached without a session; a token starts one and leaves the address."""

from __future__ import annotations

from http.cookies import SimpleCookie
from urllib.parse import quote

import pytest

from grader.errors import UsageError
from grader.web.door import Identity, OneToken
from grader.web.place import Place
from grader.web.session import IDLE, Sessions
from support.sites import FORM, ORIGIN, client, csrf, led_to, signed_in, small_site

PATHS = [
    "/", "/who", "/change", "/broken", "/events", "/nowhere", "/favicon.ico", "/sign-out",
    "/static/base.css", "/static/nowhere", "/static/../x", "//evil.example", "/%2e%2e/", "/who/",
    "/.well-known/x", "/static/",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_without_a_session_every_path_is_closed(path: str, method: str) -> None:
    visit = client(small_site())
    answer = visit.request(method, f"{ORIGIN}{path}", headers=FORM)
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    wrong = visit.request(method, f"{ORIGIN}{path}?token=wrong", headers=FORM)
    assert wrong.status_code in (401, 403)
    stolen = visit.request(
        method, f"{ORIGIN}{path}", headers={**FORM, "Cookie": "wxb-8000=" + "a" * 43}
    )
    assert stolen.status_code == 401


def test_a_token_starts_a_session_and_leaves_the_address() -> None:
    site = small_site()
    visit = client(site)
    answer = visit.get(f"/who?a=1&token={site.token}&b=%26")
    assert answer.status_code == 303
    assert led_to(answer) == "/who?a=1&b=%26"
    cookie = SimpleCookie(answer.headers["set-cookie"])["wxb-8000"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "strict"
    assert cookie["path"] == "/"
    assert site.token not in answer.headers["set-cookie"]
    assert visit.get("/").status_code == 200


@pytest.mark.parametrize("path", ["//evil.example/x", "/\\evil.example", "/%5cevil.example", "///"])
def test_a_token_never_leads_to_another_host(path: str) -> None:
    site = small_site()
    answer = client(site).get(f"{ORIGIN}{path}?token={site.token}")
    assert answer.status_code == 303
    where = led_to(answer)
    assert where.startswith("/")
    assert not where.startswith(("//", "/\\"))


def test_each_entry_is_a_session_of_its_own_and_ends_the_one_before() -> None:
    site = small_site()
    visit = client(site)
    visit.get(f"/?token={site.token}")
    first = visit.cookies["wxb-8000"]
    visit.get(f"/?token={site.token}")
    assert visit.cookies["wxb-8000"] != first
    visit.cookies.set("wxb-8000", first, domain="127.0.0.1", path="/")
    old = client(site).get("/", headers={"Cookie": f"wxb-8000={first}"})
    assert old.status_code == 401


def test_a_session_ends_with_time_and_with_the_door() -> None:
    class Closing(OneToken):
        is_open = True

        def holds(self, identity: Identity) -> bool:
            return self.is_open

    now = [0.0]
    door = Closing()
    site = small_site(door=door, sessions=Sessions(lambda: now[0]))
    visit = signed_in(site)
    assert visit.get("/").status_code == 200
    now[0] += IDLE + 1
    assert visit.get("/").status_code == 401
    visit = signed_in(site)
    door.is_open = False
    assert visit.get("/static/base.css").status_code == 401


def test_a_door_that_cannot_tell_is_no_broken_page() -> None:
    class Busy(OneToken):
        is_busy = True

        def authenticate(self, token: str) -> Identity | None:
            if self.is_busy:
                raise UsageError("/home/ann/marks.db is in use")
            return super().authenticate(token)

        def holds(self, identity: Identity) -> bool:
            if self.is_busy:
                raise UsageError("/home/ann/marks.db is in use")
            return super().holds(identity)

    door = Busy()
    site = small_site(door=door)
    visit = client(site)
    for _ in range(2):
        answer = visit.get(f"/?token={site.token}")
        assert answer.status_code == 503
        assert "marks.db" not in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    door.is_busy = False
    visit = signed_in(site)
    door.is_busy = True
    assert visit.get("/").status_code == 503
    door.is_busy = False
    assert visit.get("/").status_code == 200, "the session is still one"


def test_a_form_needs_the_token_of_its_session() -> None:
    site = small_site()
    visit, other = signed_in(site), signed_in(site)
    right = csrf(visit.get("/").text)
    for said, status in [(right, 200), ("", 403), ("ü", 403), (csrf(other.get("/").text), 403)]:
        answer = visit.post("/change", data={"csrf": said, "told": "x"}, headers=FORM)
        assert answer.status_code == status
    assert visit.post("/change", data={"told": "x"}, headers=FORM).status_code == 403
    answer = visit.post(
        "/change", files={"file": b"x"}, data={"csrf": right, "told": "é"}, headers=FORM
    )
    assert answer.json() == {"told": "é"}
    by_script = visit.post("/change", data={"told": "x"}, headers={**FORM, "X-CSRF-Token": right})
    assert by_script.status_code == 200


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=x", "application/json", ""]
)
def test_a_body_that_is_no_form_changes_nothing(kind: str) -> None:
    visit = signed_in(small_site())
    answer = visit.post("/change", content=b"csrf=\xff", headers={**FORM, "Content-Type": kind})
    assert answer.status_code == 403


def test_a_body_that_is_too_large_is_refused() -> None:
    visit = signed_in(small_site(largest=1000))
    body = {"csrf": csrf(visit.get("/").text), "told": "x" * 1000}
    assert visit.post("/change", data=body, headers=FORM).status_code == 413


def test_signing_out_is_a_form_and_ends_the_session() -> None:
    site = small_site()
    visit = signed_in(site)
    page = visit.get("/").text
    assert '<form class="leave" method="post" action="/sign-out">' in page
    assert visit.get("/sign-out").status_code == 405
    answer = visit.post("/sign-out", data={"csrf": csrf(page)}, headers=FORM)
    assert answer.status_code == 200
    assert "signed out" in answer.text
    assert visit.get("/").status_code == 401


def test_whom_another_site_leads_here_is_asked_again_from_here() -> None:
    """A strict cookie is held back then; it comes when this page asks for itself."""
    site = small_site()
    led = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}
    answer = client(site).get("/who?a=%22%3E", headers=led)
    assert answer.status_code == 401
    assert f'content="0; url=/who?a={quote(chr(34) + ">")}"' in answer.text
    for headers in ({**led, "Sec-Fetch-Dest": "iframe"}, {**led, "Sec-Fetch-Site": "same-origin"}):
        assert "refresh" not in client(site).get("/who", headers=headers).text


def test_cookies_are_for_the_prefix_and_safe_behind_tls() -> None:
    site = small_site(Place(port=8000, prefix="/user/ann/proxy/8000", names=("hub.example.org",)))
    visit = client(site, "https://hub.example.org")
    answer = visit.get(f"/?token={site.token}", headers={"X-Forwarded-Proto": "https"})
    cookie = SimpleCookie(answer.headers["set-cookie"])["wxb-8000"]
    assert cookie["path"] == "/user/ann/proxy/8000/"
    assert cookie["secure"]
    assert answer.headers["location"] == "./", "as the browser sees it: with the prefix"
