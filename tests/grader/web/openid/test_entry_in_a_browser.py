"""Signing in with Chromium, from a link to a page of the class and out again, over another site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from grader.classroom.people import Person
from grader.web.dashboard.members import Members
from grader.web.dashboard.running import Runs
from grader.web.dashboard.site import build
from grader.web.dashboard.visit import ClassDoor
from grader.web.place import Place
from grader.web.server import Server
from grader.web.site import Site
from support.batching import DOUBLE, Room
from support.browser import chromium, launched, sideways, violations
from support.providers import StandIn, provider, settings_file
from support.sites import running

pytestmark = [chromium, pytest.mark.long]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.fixture
def there() -> Iterator[StandIn]:
    """A provider on another site than the pages, as the browser sees it."""
    with provider() as found:
        found.issuer = found.issuer.replace("127.0.0.1", "localhost")
        found.user = None
        yield found


@pytest.fixture
def served(there: StandIn, tmp_path: Path) -> Iterator[Server]:
    room = Room(tmp_path, {"ben": {"double.py": DOUBLE}})
    room.batch()
    file = settings_file(tmp_path, there.issuer)
    with room.book() as book:
        book.import_roster([Person("ben", "Ben Beta", "ben@example.org", "mon")])
        runs = Runs(room.course, room.book)

        def made(place: Place) -> Site:
            there.redirects.add(f"{place.origin}/sign-in/callback")
            door = ClassDoor(book, Members(file, book.office.note))
            return build(room.course, book, place, runs, door)

        with running(made) as found:
            yield found
        runs.close()
        runs.wait()


@pytest.fixture
def visit(browser: Browser) -> Iterator[BrowserContext]:
    own = browser.new_context(viewport={"width": 360, "height": 740})
    own.set_default_timeout(30_000)
    yield own
    own.close()


def path(page: Page) -> str:
    parts = urlsplit(page.url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def test_from_a_link_to_a_page_and_out_again(
    served: Server, there: StandIn, visit: BrowserContext
) -> None:
    origin, page = served.place.origin, visit.new_page()
    refused = page.goto(f"{origin}/students?sort=name")
    assert refused is not None
    assert refused.status == 401
    assert violations(page) == []
    assert sideways(page) <= 0
    page.get_by_role("link", name="Sign in").click()
    expect(page).to_have_title("Who are you?")
    assert urlsplit(page.url).hostname == "localhost"
    page.get_by_role("link", name="gus").click()
    # Over a page of ours: the strict cookie would be held back on the way from another site.
    page.wait_for_url(f"{origin}/students?sort=name")
    expect(page.get_by_role("heading", name="Students", level=1)).to_be_visible()
    [cookie] = visit.cookies(origin)
    assert cookie.get("sameSite") == "Strict"
    assert cookie.get("httpOnly")
    page.goto(f"{origin}/log")
    expect(page.locator("main")).to_contain_text("for owners of the class")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1")).to_have_text("You have signed out")
    gone = page.goto(f"{origin}/students")
    assert gone is not None
    assert gone.status == 401


def test_who_has_no_role_reads_it_and_can_be_somebody_else(
    served: Server, there: StandIn, visit: BrowserContext
) -> None:
    origin, page = served.place.origin, visit.new_page()
    page.goto(f"{origin}/")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("link", name="eve").click()
    expect(page.locator("main")).to_contain_text("You have signed in as eve, and have no role")
    assert violations(page) == []
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("link", name="olga").click()
    page.wait_for_url(f"{origin}/")
    expect(page.locator("h1")).to_have_text("Now")


def test_a_page_of_another_site_signs_nobody_in_as_somebody_else(
    served: Server, there: StandIn, visit: BrowserContext
) -> None:
    """Somebody begins, signs in, and leads another browser to where they would have gone back."""
    origin = served.place.origin
    begun = httpx.get(f"{origin}/sign-in", trust_env=False).headers["location"]
    back = httpx.get(f"{begun}&as=olga", trust_env=False).headers["location"]
    page = visit.new_page()
    page.goto(f"{there.issuer}/jwks")
    answer = page.goto(back, referer=f"{there.issuer}/jwks")
    assert answer is not None
    assert answer.status == 403
    assert visit.cookies(origin) == []
