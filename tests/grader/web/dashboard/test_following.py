"""Runs of any program stand on the pages, as they go; pages are told; nobody else is told more."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from grader.classroom.batched import Concern, Kind, Tally
from grader.classroom.gradebook import runs as recorded
from grader.classroom.gradebook.book import Gradebook
from grader.web.dashboard import following
from grader.web.dashboard.running import Runs
from grader.web.dashboard.site import build
from grader.web.dashboard.visit import ClassDoor
from support.batching import DOUBLE, HALF, LOOP, Room
from support.bookfixtures import postgres_url, server, url
from support.browser import chromium, launched, sideways, violations, watched
from support.dashboards import EVIL, Pages, entered
from support.sites import FORM, csrf, running

__all__ = ["postgres_url", "server", "url"]

DAY = timedelta(days=1)
#: Milliseconds that a page waits for a run of a command on a busy machine.
PATIENCE = 120_000


def begun(book: Gradebook) -> recorded.Recording:
    """A run that another program has begun."""
    return book.runs.begin("batch", f"me {EVIL}", [])


def send(site: Any, path: str, **data: str) -> Any:
    token = csrf(site.get("/map").text)
    return site.post(path, data={"csrf": token, **data}, headers=FORM)


def test_a_run_of_a_command_is_shown_as_it_goes(room: Room, pages: Pages, owner: Any) -> None:
    with room.book() as other, begun(other) as record:
        record.heard(Tally(40, judged=9, settled=1))
        record.told(Concern("ben", "x", "timeout", "x"))
        record._write()
        path = f"/runs/{record.number}"
        for page, said in {
            "/": "10 of 40", "/runs": "10 of 40", path: "10 of 40",
            "/live/now": "about less", "/live/runs": "1 ran out of time",
            f"/live{path}": "1 hand-in: ran out of time",
        }.items():  # fmt: skip
            text = owner.get(page).text
            assert said in text, page
            assert EVIL not in text
            assert 'value="10"' in text
        for page in ("/", "/runs", path):
            text = owner.get(page).text
            assert 'data-events="/events"' in text
            assert "dashboard.js" in text
        assert "Another program has begun it" in owner.get(path).text
        refused = send(owner, "/stop", number=f"{record.number}", sure="yes")
        assert (refused.status_code, "Ctrl-C there" in refused.text) == (400, True)
        [entry] = owner.get("/api/runs").json()
        assert (entry["tally"]["judged"], entry["concerns"]) == (9, {"timeout": 1})
    assert "It was stopped" in owner.get(path).text
    assert "A run has ended" in owner.get("/live/now").text


def test_a_run_that_was_killed_is_not_said_to_go_on(room: Room, pages: Pages, owner: Any) -> None:
    with room.book() as other:
        other.runs.now = lambda: datetime.now(UTC) - recorded.SILENT - DAY
        number = begun(other).number
    assert "Not heard of since" in owner.get(f"/runs/{number}").text
    assert "not heard of since" in owner.get("/runs").text
    assert f"Run {number}" not in owner.get("/").text


def test_a_viewer_sees_that_a_run_goes_on_and_nothing_of_it(pages: Pages) -> None:
    site, book, _ = pages
    token, _ = book.office.invite("viewer", "Vi", datetime.now(UTC) + DAY, who="me")
    viewer = entered(site, token)
    with begun(book) as record:
        assert f"Run {record.number}" in viewer.get("/live/now").text
        for path in ("/live/runs", f"/live/runs/{record.number}", "/api/runs"):
            assert viewer.get(path).status_code == 403
    assert viewer.get("/live/runs/99").status_code == 403


def test_open_pages_are_told_until_their_invitation_is_taken_back(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.web.dashboard.following._EVERY", 0.01)
    with room.book() as book:
        runs, door = Runs(room.course, room.book), ClassDoor(book)
        token, invite = book.office.invite("grader", "Gil", datetime.now(UTC) + DAY, who="me")
        with (
            running(lambda place: build(room.course, book, place, runs, door)) as served,
            httpx.Client(base_url=served.place.origin, timeout=60) as client,
        ):
            assert client.get("/events").status_code == 401
            client.get(f"/?token={token}")
            with client.stream("GET", "/events") as stream:
                assert stream.headers["content-type"].startswith("text/event-stream")
                lines = stream.iter_lines()

                def told() -> str:
                    return next(line for line in lines if line.startswith("event: "))

                assert told() == "event: hello"
                with room.book() as other, begun(other):
                    assert told() == "event: runs"
                book.office.revoke(invite.id, who="me")
                with room.book() as other, begun(other):
                    # What was on its way when it was taken back may still arrive.
                    assert set(lines) <= {"event: runs", "data: {}", ""}
            assert client.get("/events").status_code == 401


# --- in a real browser, with a real command -------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.fixture
def slow(tmp_path: Any, url: str) -> Room:
    """A class that takes a while to judge."""
    work = {f"s{i}": {"double.py": f"{LOOP}# {i}\n", "half.py": HALF} for i in range(6)}
    room = Room(tmp_path, {**work, "ann": {"double.py": DOUBLE, "half.py": HALF}})
    room.url = url
    return room


def follows(page: Page) -> None:
    """It moves, and ends, without being loaded again."""
    main = page.locator("main")
    expect(main).to_contain_text("A run goes on", timeout=PATIENCE)
    expect(main).to_contain_text(re.compile("[1-6] of 7"), timeout=PATIENCE)
    expect(main).to_contain_text("A run has ended", timeout=PATIENCE)
    expect(main).to_contain_text("7 of 7")
    assert violations(page) == []
    assert sideways(page) <= 0


@chromium
@pytest.mark.long
def test_real_runs_move_on_open_pages(slow: Room, browser: Browser) -> None:
    with slow.book() as book:
        book.note_place("collected", slow.folder)
        runs = Runs(slow.course, slow.book)
        narrow = {"viewport": {"width": 360, "height": 740}}
        with (
            running(lambda place: build(slow.course, book, place, runs)) as served,
            watched(browser, served.place.origin, color_scheme="dark", **narrow) as page,
        ):
            page.goto(served.site.urls[0])
            expect(page.locator("main")).not_to_contain_text("A run")
            quiet = {"env": {**os.environ, "NO_COLOR": "1"}, "stdout": subprocess.DEVNULL}
            command = subprocess.Popen(slow.command(), stderr=subprocess.DEVNULL, **quiet)  # type: ignore[call-overload]
            try:
                follows(page)
            finally:
                assert command.wait(120) == 1  # some ran out of time
            page.get_by_role("link", name="Run 1").click()
            expect(page.locator("main")).to_contain_text("6 hand-ins: ran out of time")
            page.get_by_role("link", name="Runs", exact=True).click()
            page.get_by_role("button", name="Judge what is new").click()
            page.get_by_role("button", name="Yes, do it").click()
            expect(page.locator("h1")).to_have_text("Run 2: judge what is new")
            assert violations(page) == []
            expect(page.locator("main")).to_contain_text("7 of 7", timeout=PATIENCE)
            expect(page.locator("#stop")).to_have_count(0, timeout=PATIENCE)
            assert violations(page) == []
            runs.wait()
            [_, first] = book.runs.all()
            assert (first.tally.done, first.state(book.runs.now())) == (7, "over")


def test_each_kind_of_concern_is_told() -> None:
    assert set(following._WRONG) == set(get_args(Kind))
