"""A class's pages in Chromium: every screen in every look, every decision, on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from grader.classroom.gradebook.book import Gradebook, me
from grader.classroom.insight.refresh import refresh
from grader.web.dashboard.running import Runs
from grader.web.dashboard.site import build
from grader.web.server import Server
from support.batching import Room
from support.bookfixtures import postgres_url, server, url
from support.browser import chromium, launched, sideways, violations, watched
from support.dashboards import EVIL, PEOPLE, links
from support.sites import running

__all__ = ["postgres_url", "server", "url"]

pytestmark = [chromium, pytest.mark.long]

NARROW = {"viewport": {"width": 360, "height": 740}}
WIDE = {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.fixture
def judged_there(judged: Room, url: str) -> Room:
    """The class, judged by a real run into the gradebook of this test."""
    room = Room.again(judged.root)
    room.url = url
    room.batch()
    with room.book() as book:
        book.import_roster(PEOPLE)
        refresh(book)
    return room


@pytest.fixture
def book(judged_there: Room) -> Iterator[Gradebook]:
    with judged_there.book() as found:
        yield found


@pytest.fixture
def runs(judged_there: Room) -> Iterator[Runs]:
    found = Runs(judged_there.course, judged_there.book)
    yield found
    found.close()
    found.wait()


@pytest.fixture
def served(judged_there: Room, book: Gradebook, runs: Runs) -> Iterator[Server]:
    with running(lambda place: build(judged_there.course, book, place, runs)) as found:
        yield found


def kind_of(path: str) -> str:
    """Pages of one kind differ in their student, hand-in or exercise."""
    parts = urlsplit(path)
    names = sorted(part.partition("=")[0] for part in parts.query.split("&") if part)
    return re.sub(r"/(?:[0-9a-f]{10}|\d+)\b", "/*", parts.path) + "?" + "&".join(names)


def screens(page: Page, origin: str) -> Iterator[str]:
    """Each kind of page that links lead to, opened."""
    todo, seen = ["/"], set[str]()
    while todo:
        path = todo.pop(0)
        if kind_of(path) in seen or path.startswith("/static") or path.endswith(".zip"):
            continue
        seen.add(kind_of(path))
        if re.search(r"\.(?:csv|json)(?:\?|$)", path):
            assert page.request.get(origin + path).status == 200
            continue
        page.goto(origin + path)
        yield path
        todo += links(path, page.content())
    assert {"/items/double?", "/students/*?", "/students/*/*?exercise", "/log?"} <= seen


@pytest.mark.parametrize(("scheme", "size"), [("light", NARROW), ("dark", WIDE)])
def test_every_screen_in_every_look(
    served: Server, browser: Browser, scheme: Any, size: dict[str, Any]
) -> None:
    origin = served.place.origin
    with watched(browser, origin, color_scheme=scheme, **size) as page:
        page.goto(served.site.urls[0])
        assert "token" not in page.url
        for path in screens(page, origin):
            assert violations(page) == [], path
            assert sideways(page) <= 0, path
            assert page.locator("img").count() == 0, path


def decided(page: Page, form: str, fields: dict[str, str]) -> None:
    """Fill one of a student's forms, and confirm it."""
    panel = page.locator("form.panel").filter(has_text=form)
    for label, value in fields.items():
        field = panel.get_by_label(label)
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    panel.get_by_role("button").click()
    expect(page.locator("h1")).to_have_text("Sure?")
    assert violations(page) == []
    page.get_by_role("button", name="Yes, do it").click()


def test_what_is_decided_in_the_browser_stands_in_the_gradebook(
    served: Server, browser: Browser, book: Gradebook
) -> None:
    with watched(browser, served.place.origin, **WIDE) as page:
        page.goto(served.site.urls[0])
        page.get_by_role("link", name="Students", exact=True).click()
        page.get_by_role("link", name="Show names").click()
        page.get_by_role("link", name="Ben Beta").click()
        expect(page.locator("h1")).to_have_text("Ben Beta")
        decided(page, "Override a mark", {"Exercise": "double", "Points": "1", "Why": EVIL})
        decided(page, "Give more time", {"By": "2d", "Why": "ill"})
        decided(page, "Excuse from an exercise", {"Exercise": "half", "Why": "ill"})
        assert [each.kind for each in book.adjustments()] == ["override", "extend", "excuse"]
        assert {each.student for each in book.adjustments()} == {"ben"}
        page.get_by_role("button", name=re.compile("Take back")).first.click()
        page.get_by_role("button", name="Yes, do it").click()
        assert [each.kind for each in book.adjustments()] == ["extend", "excuse"]
        page.get_by_role("link", name="Now", exact=True).click()
        page.get_by_label("Who looks into half, hand-in").select_option(me())
        page.get_by_role("button", name="who looks into half").click()
        page.get_by_role("button", name="Yes, do it").click()
        assert [each.to for each in book.office.assigned().values()] == [me()]
        book.office.invite("viewer", "Vi", datetime.now(UTC) + timedelta(days=1), who="me")
        page.get_by_role("link", name="Log").click()
        page.get_by_role("button", name="Take back… invitation 1").click()
        expect(page.locator("main")).to_contain_text("take back the invitation of Vi as viewer")
        page.get_by_role("button", name="Yes, do it").click()
        assert [each.revoked is None for each in book.office.invitations()] == [False]
        expect(page.locator("main")).to_contain_text("override")
        page.get_by_role("button", name="Sign out").click()
        expect(page.locator("h1")).to_have_text("You have signed out")


def press(page: Page, button: str) -> None:
    """Press a button that sends something, and wait for the page that comes of it."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def test_a_regrade_is_begun_and_compared_in_the_browser(
    served: Server, browser: Browser, book: Gradebook, runs: Runs
) -> None:
    with watched(browser, served.place.origin, **WIDE) as page:
        page.goto(served.site.urls[0])
        page.get_by_role("link", name="Runs", exact=True).click()
        press(page, "Preview a regrade")
        runs.wait()
        [run] = book.runs.all()
        assert (run.kind, run.fault, run.state(book.runs.now())) == ("preview", "", "over")
        page.reload()
        expect(page.locator("main")).to_contain_text("preview")
        assert violations(page) == []
        page.get_by_role("link", name="Similarity").click()
        press(page, "Compare all hand-ins")
        runs.comparing.wait()
        page.reload()
        expect(page.locator("main")).to_contain_text("Too short to tell")
        assert violations(page) == []
