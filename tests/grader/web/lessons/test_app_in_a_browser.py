"""The lessons in Chromium: verdicts after a save, the student's code in pictures, every look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from grader.course.outline import Course
from grader.study.progress import Progress
from grader.web.lessons.app import Lessons
from grader.web.lessons.export import export
from grader.web.place import Place
from grader.web.server import Server
from grader.web.site import Site
from support.browser import chromium, launched, sideways, violations, watched
from support.courses import pictured
from support.places import ROOT
from support.sites import running

pytestmark = [chromium, pytest.mark.usefixtures("without_torch")]

SUM = "float(np.sqrt((v**2).sum()))"
NARROW = {"viewport": {"width": 360, "height": 740}}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.fixture
def served(course_dir: Path) -> Iterator[Server]:
    made: list[Lessons] = []

    def build(place: Place) -> Site:
        made.append(Lessons(Course.load(course_dir), place))
        made[0].start()
        return made[0].site

    try:
        with running(build) as server:
            yield server
    finally:
        for lessons in made:
            lessons.close()


def entered(page: Page, server: Server, unit: str) -> None:
    """Come in with the token, and go to a unit."""
    page.goto(server.site.urls[0])
    assert "token" not in page.url
    page.goto(server.place.origin + server.site.path("lesson", unit=unit))
    page.wait_for_selector(".wxb")


def reachable(page: Page) -> list[str]:
    """What is scrolled sideways and cannot be reached by keys."""
    return list(
        page.evaluate("""() => [...document.querySelectorAll("pre, .wide, .formula")]
        .filter((e) => e.scrollWidth > e.clientWidth && e.tabIndex < 0).map((e) => e.outerHTML)""")
    )


def test_a_save_is_answered_and_the_picture_is_the_students(
    served: Server, browser: Browser, course_dir: Path
) -> None:
    with watched(browser, served.place.origin) as page:
        entered(page, served, "01_vectors")
        card = page.locator("#exercise-magnitude")
        expect(card).to_contain_text("not begun")
        pictured.solve(course_dir, "magnitude", SUM, "float(np.abs(v).sum())")
        expect(card).to_contain_text("expected 5.0, got 7.0")
        expect(card).to_contain_text("You walk along the axes.")
        expect(page.locator("#said")).to_contain_text("magnitude: begun")
        card.get_by_role("button", name="A hint for magnitude").click()
        expect(card).to_contain_text("One number.")
        expect(card.get_by_role("button", name="Next hint")).to_be_focused()

        card.get_by_role("link", name="magnitude(np.array([3.0, -4.0]))").click()
        picture = page.locator(".shown")
        picture.get_by_role("button", name="Lock in").click()
        expect(picture).to_contain_text("You walk along the axes.")
        expect(picture).to_contain_text("7")
        pictured.solve(course_dir)
        expect(card).to_contain_text("Pythagoras")
        expect(picture).not_to_contain_text("You walk along the axes.")
        pictured.solve(course_dir, "magnitude", SUM, "v[7]")
        expect(picture).to_contain_text("IndexError")
        pictured.solve(course_dir)
        expect(card.locator("p.state")).to_contain_text("done")
        assert violations(page) == []
        page.goto(served.place.origin)
        expect(page.locator("main")).to_contain_text("1 of 2 exercises done")
        page.get_by_role("button", name="Sign out").click()
        expect(page.locator("h1")).to_have_text("You have signed out")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_scrolls_sideways_and_axe_finds_nothing(
    scheme: Any, served: Server, browser: Browser
) -> None:
    with watched(browser, served.place.origin, color_scheme=scheme, **NARROW) as page:
        for unit in ("01_vectors", "02_maps"):
            entered(page, served, unit)
            assert sideways(page) <= 0
            assert reachable(page) == []
            assert violations(page) == []
        page.goto(served.place.origin)
        assert sideways(page) <= 0
        assert violations(page) == []


def test_a_missing_page_is_in_the_layout_and_a_stranger_reads_a_sentence(
    served: Server, browser: Browser
) -> None:
    own = browser.new_context()
    try:
        page = own.new_page()
        answer = page.goto(served.place.origin)
        assert answer is not None
        assert answer.status == 401
        assert violations(page) == []
        page.goto(served.site.urls[0])
        answer = page.goto(f"{served.place.origin}/nowhere")
        assert answer is not None
        assert answer.status == 404
        assert violations(page) == []
    finally:
        own.close()


def test_exported_lessons_open_from_a_folder(
    browser: Browser, course_dir: Path, tmp_path: Path
) -> None:
    out = tmp_path / "pages"
    export(Course.load(course_dir), out)
    with watched(browser, out.as_uri(), **NARROW) as page:
        page.goto((out / "index.html").as_uri())
        assert violations(page) == []
        page.get_by_role("link", name="1. Vectors").click()
        page.wait_for_selector(".wxb")
        page.get_by_role("button", name="Lock in").click()
        expect(page.locator(".answered")).to_contain_text("you predicted")
        assert sideways(page) <= 0
        assert violations(page) == []


@pytest.mark.long
def test_all_lessons_of_the_course_in_all_looks(browser: Browser) -> None:
    course = Course.load(ROOT)
    with running(lambda place: Lessons(course, place).site) as server:
        for scheme in ("light", "dark"):
            context: Any = {"color_scheme": scheme, **NARROW}
            with watched(browser, server.place.origin, **context) as page:
                page.goto(server.site.urls[0])
                for unit in course.units:
                    page.goto(server.place.origin + server.site.path("lesson", unit=unit.id))
                    count = page.locator("[data-visualizer]").count()
                    expect(page.locator(".wxb")).to_have_count(count)
                    assert sideways(page) <= 0, unit.id
                    assert reachable(page) == [], unit.id
                    assert violations(page) == [], unit.id


@pytest.mark.long
def test_four_times_as_large_in_print_and_with_few_colours(
    served: Server, browser: Browser
) -> None:
    forced: Any = {"forced_colors": "active", "reduced_motion": "reduce"}
    with watched(browser, served.place.origin, viewport={"width": 320, "height": 256}) as page:
        entered(page, served, "01_vectors")  # 1280 pixels at 400 %
        assert sideways(page) <= 0
    with watched(browser, served.place.origin, **forced) as page:
        entered(page, served, "01_vectors")
        assert violations(page) == []
        page.emulate_media(media="print")
        expect(page.locator(".top")).to_be_hidden()
        expect(page.locator("h1")).to_be_visible()


def test_pages_follow_what_another_grade_writes(
    served: Server, browser: Browser, course_dir: Path
) -> None:
    """The contents and a lesson, while hints are opened and challenges met elsewhere."""
    with watched(browser, served.place.origin) as page:
        entered(page, served, "01_vectors")
        contents = page.context.new_page()
        contents.goto(served.place.origin + "/")
        other = Progress(Course.load(course_dir))
        magnitude = other.course.exercise("magnitude")
        assert magnitude is not None
        other.open_next(magnitude)
        other.give_up(magnitude)
        other.meet("01_vectors", "vector", ["vector-double"])
        other.save()
        expect(page.locator("#exercise-magnitude")).to_contain_text("One number.")
        expect(page.locator(".wxb-vector .goals summary").first).to_contain_text("Challenges: 1")
        expect(contents.locator('[data-map="magnitude"]')).to_contain_text("given up")
        expect(contents.locator("main")).to_contain_text("1 challenge met")
