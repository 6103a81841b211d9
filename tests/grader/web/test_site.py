"""Pages in one layout: links below the prefix, faults that say so, files that ship."""

from __future__ import annotations

import re

import pytest

from grader.web import site as module
from grader.web.place import Place
from support.sites import FORM, client, csrf, files, signed_in, small_site

PREFIX = "/user/ann/proxy/8000"


def test_a_page_has_the_layout_and_escapes_what_it_is_given() -> None:
    page = signed_in(small_site()).get("/").text
    assert "<title>Home · Small</title>" in page
    assert "&lt;b&gt;escaped?&lt;/b&gt;" in page
    for part in ('lang="en"', '<main id="content"', 'href="#content"', "<h1>"):
        assert part in page
    assert not re.search(r"<style|\sstyle=|<script>|\son\w+=", page)


@pytest.mark.parametrize("taken_away", [True, False])
def test_every_link_has_the_prefix_whether_the_proxy_takes_it_away_or_not(taken_away: bool) -> None:
    site = small_site(Place(port=8000, prefix=PREFIX))
    visit = signed_in(site)
    base = "" if taken_away else PREFIX
    page = visit.get(f"{base}/", headers={"Cookie": f"wxb-8000={visit.cookies['wxb-8000']}"}).text
    links = re.findall(r'(?:href|src|action)="([^"#]+)"', page)
    assert len(links) >= 5
    held = {"Cookie": f"wxb-8000={visit.cookies['wxb-8000']}"}
    for link in links:
        assert link.startswith(f"{PREFIX}/")
        if not link.endswith("/sign-out"):
            seen = link.removeprefix(PREFIX) if taken_away else link
            assert visit.get(seen, headers=held).status_code == 200, link
    out = visit.post(f"{base}/sign-out", data={"csrf": csrf(page)}, headers={**FORM, **held})
    assert out.status_code == 200


def test_the_page_that_is_open_is_marked_in_the_menu() -> None:
    site = small_site()
    assert 'href="/who">Who' in signed_in(site).get("/").text
    assert 'aria-current="page"' not in signed_in(site).get("/").text


def test_a_missing_page_and_a_broken_one_say_so_in_the_layout() -> None:
    visit = signed_in(small_site())
    missing, broken = visit.get("/nowhere"), visit.get("/broken")
    assert (missing.status_code, broken.status_code) == (404, 500)
    assert "No such page" in missing.text
    assert "This page broke" in broken.text
    assert "secret of the machine" not in broken.text
    assert "Traceback" not in broken.text
    for page in (missing, broken):
        assert 'class="home"' in page.text


def test_a_script_is_answered_in_json() -> None:
    site = small_site()
    asked = {"Accept": "application/json"}
    for answer, status in [
        (client(site).get("/", headers=asked), 401),
        (signed_in(site).get("/x", headers=asked), 404),
        (signed_in(site).get("/broken", headers=asked), 500),
    ]:  # fmt: skip
        assert answer.status_code == status
        assert list(answer.json()) == ["error"]


def test_files_are_what_they_say_and_nothing_lies_outside() -> None:
    visit = signed_in(small_site())
    for path, kind in [
        ("/static/base.css", "text/css"), ("/static/favicon.svg", "image/svg+xml"),
        ("/favicon.ico", "image/x-icon"),
    ]:  # fmt: skip
        answer = visit.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)
        assert len(answer.content) > 100
    for path in ("/static/../site.py", "/static/%2e%2e/site.py", "/static//etc/passwd", "/static/"):
        assert visit.get(path).status_code == 404


def test_pages_are_packed_where_the_browser_takes_it() -> None:
    visit = signed_in(small_site())
    answer = visit.get("/static/base.css", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"


def test_urls_are_for_this_machine_first() -> None:
    site = small_site(Place(port=8000, prefix="/p", names=("hub.example.org",)))
    assert site.urls == [
        f"http://127.0.0.1:8000/p/?token={site.token}",
        f"https://hub.example.org/p/?token={site.token}",
    ]


def test_what_is_closed_is_closed_once() -> None:
    site = small_site()
    site.close()
    site.close()
    here = module._HERE
    assert {"templates/base.html", "static/base.css", "static/favicon.ico"} <= files(here)
