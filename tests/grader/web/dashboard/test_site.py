"""Every page answers, every link leads somewhere, nobody sees what is not theirs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from grader.classroom.gradebook.office import Role
from grader.web.dashboard.visit import LimitedSite, Pseudonyms
from support.dashboards import EVIL, PEOPLE, Pages, entered, links
from support.sites import FORM, TestClient, client, csrf

DAY = timedelta(days=1)


def crawl(site: TestClient) -> dict[str, str]:
    """URL -> text of all pages that can be reached by links."""
    todo, found = ["/"], dict[str, str]()
    while todo:
        url = todo.pop()
        if url in found:
            continue
        answer = site.get(url)
        assert answer.status_code == 200, (url, answer.text[:300])
        is_page = answer.headers["content-type"].startswith("text/html")
        found[url] = answer.text if is_page else ""
        if is_page:
            todo += links(url, answer.text)
    return found


def invited(pages: Pages, role: Role, *sections: str) -> TestClient:
    token, _ = pages[1].office.invite(
        role, "Gus", datetime.now(UTC) + DAY, who="me", sections=sections
    )
    return entered(pages[0], token)


def test_every_link_answers_and_nothing_of_others_is_markup(owner: TestClient) -> None:
    found = crawl(owner)
    for name in ("/map", "/items", "/ideas", "/students", "/quality", "/cohorts", "/export",
                 "/runs", "/log", "/items/double"):  # fmt: skip
        assert name in found
    assert any(url.startswith("/compare") or "/students/" in url for url in found)
    for url, text in found.items():
        assert EVIL not in text, url
    assert any("&lt;img" in text for text in found.values())


def test_names_are_hidden_until_one_click(owner: TestClient) -> None:
    names = [p.name.partition(" ")[2] for p in PEOPLE if "<" not in p.name]
    mails = [p.email for p in PEOPLE]
    found = crawl(owner)
    for url, text in found.items():
        if "names=1" not in url:
            shown = [each for each in (*names, *mails) if each in text]
            assert shown == [], url
    assert "Ben Beta" in found["/students?names=1"] or "Ben Beta" in owner.get(
        "/students?names=1").text  # fmt: skip
    assert "eve@example.org" in owner.get("/?names=1").text


def test_a_viewer_sees_figures_and_no_students(pages: Pages) -> None:
    viewer = invited(pages, "viewer")
    found = crawl(viewer)
    code = Pseudonyms(pages[1]).of("ben")
    assert not any("/students" in url for url in found)
    assert "Ben Beta" not in viewer.get("/?names=1").text
    for path in ("/students", f"/students/{code}", "/compare?a=1&b=2", "/export", "/log",
                 "/export/students.csv", "/api/students", f"/api/students/{code}"):  # fmt: skip
        assert viewer.get(path).status_code == 403, path
    token = csrf(viewer.get("/map").text)
    data = {"csrf": token, "action": "excuse", "exercise": "double", "why": "x", "sure": "yes"}
    for path in (f"/students/{code}/decide", "/assign", "/start", "/stop", "/revoke"):
        assert viewer.post(path, data=data, headers=FORM).status_code == 403, path
    assert pages[1].adjustments() == []


def test_a_grader_sees_their_sections_only(pages: Pages) -> None:
    grader = invited(pages, "grader", "mon")
    codes = {p.key: Pseudonyms(pages[1]).of(p.key) for p in PEOPLE}
    assert grader.get(f"/students/{codes['ben']}").status_code == 200
    assert grader.get(f"/students/{codes['cid']}").status_code == 404
    text = grader.get("/students?names=1&section=tue").text
    assert "Ben Beta" in text
    assert "Cid Gamma" not in text
    theirs = {s.students[0]: s.id for s in pages[1].submissions()}
    address = f"/compare?a={theirs['ben']}&b={theirs['cid']}"
    assert grader.get(address).status_code == 404
    assert "Eve Epsilon" not in grader.get("/?names=1").text
    for path in ("/export", "/log"):
        assert grader.get(path).status_code == 403
    token = csrf(grader.get("/map").text)
    data = {"csrf": token, "action": "excuse", "exercise": "double", "why": "x", "sure": "yes"}
    answer = grader.post(f"/students/{codes['cid']}/decide", data=data, headers=FORM)
    assert answer.status_code == 404
    data = {"csrf": token, "kind": "batch", "sure": "yes"}
    assert grader.post("/start", data=data, headers=FORM).status_code == 403
    assert pages[1].adjustments() == []


def test_who_was_invited_is_out_when_it_is_taken_back(pages: Pages) -> None:
    grader = invited(pages, "grader")
    assert grader.get("/students").status_code == 200
    pages[1].office.revoke(1, who="me")
    assert grader.get("/students").status_code == 401
    assert [line.action for line in pages[1].office.log()[0]] == ["revoke", "sign-in", "invite"]


def test_without_a_session_nothing_answers(pages: Pages) -> None:
    stranger = client(pages[0])
    for path in ("/", "/students", "/api/overview", "/api/openapi.json", "/static/dashboard.css"):
        assert stranger.get(path).status_code == 401, path
    assert stranger.post("/start", data={"kind": "batch"}, headers=FORM).status_code == 401


def test_wrong_tokens_are_not_looked_at_for_long(pages: Pages) -> None:
    site, now = pages[0], [0.0]
    assert isinstance(site, LimitedSite)
    site.clock = lambda: now[0]
    stranger = client(site)
    codes = [stranger.get(f"/?token=x{i}").status_code for i in range(12)]
    assert codes == [403] * 10 + [429] * 2
    assert stranger.get(f"/?token={site.token}").status_code == 429
    now[0] = 61.0
    assert stranger.get(f"/?token={site.token}").status_code == 303


@pytest.mark.parametrize("path", ["/items/none", "/students/0123456789", "/runs/9", "/nowhere"])
def test_what_is_not_there_is_said(owner: TestClient, path: str) -> None:
    answer = owner.get(path)
    assert answer.status_code == 404
    assert "No such page" in answer.text
