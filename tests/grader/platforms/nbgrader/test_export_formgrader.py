"""A real formgrader, in a real browser: what was exported is listed, and opens with the reasons.

`WXB_PICTURES=1` lets it take the picture that docs/nbgrader.md shows.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from support import nbcourse
from support.formgrading import CHROMIUM, chromium, configure, formgrader, with_token
from support.nbtaught import Taught
from support.places import ROOT

pytestmark = [pytest.mark.long, chromium]
PICTURE = ROOT / "docs" / "pictures" / "formgrader.png"


@contextmanager
def page_in(url: str) -> Iterator[Any]:
    """A page that reaches this machine alone."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 880})
        page.set_default_timeout(60_000)
        page.route(
            lambda address: "127.0.0.1" not in address.partition("?")[0],
            lambda route: route.abort(),
        )
        page.goto(with_token(url))
        yield page
        browser.close()


def test_a_submission_is_listed_with_its_marks_and_opens_with_the_explanation(
    taught: Taught,
) -> None:
    taught.export()
    configure(taught.nb)
    with formgrader(taught.nb) as url, page_in(url) as page:
        page.goto(f"{url}/manage_submissions/01_a")
        page.get_by_text("1.5 / 4").wait_for()
        rows = [row.inner_text().split("\t") for row in page.locator("tbody tr").all()]
        listed = {row[1]: (row[0], row[3], row[4]) for row in rows}
        assert listed["ann"] == ("Lee, Ann", "graded", "4 / 4")
        assert listed["ben"] == ("Ro, Ben", "graded", "1.5 / 4")
        assert listed["cid"][1:] == ("graded", "0 / 4")
        page.goto(f"{url}/gradebook/01_a/01_a")
        page.get_by_text("1.5 / 4").first.wait_for()
        row = page.locator("tbody tr").filter(has_text="1.5 / 4")
        address = row.locator("a").first.get_attribute("href")
        page.goto(f"{url.removesuffix('/formgrader')}{address}")
        page.locator("#wxb-double").wait_for()
        page.wait_for_function("document.getElementById('wxb-double').placeholder === '0'")
        seen = page.inner_text("body")
        assert "Wrong value: expected 4.0, got 3.0." in seen
        assert "You add one. What does the word double say?" in seen
        assert "test_of_two" not in page.content()
        assert page.locator("#wxb-half").get_attribute("placeholder") == "1.5"
        comment = page.locator("#code-double-comment").get_attribute("placeholder")
        assert "You add one." in comment
        assert "$a<b$" in seen, "without its MathJax from elsewhere a formula is its text"
        assert page.evaluate("typeof MathJax") == "undefined"
        if os.environ.get("WXB_PICTURES"):
            PICTURE.parent.mkdir(exist_ok=True)
            page.screenshot(path=PICTURE)
        (taught.nb / "autograded" / "ben" / "01_a" / "01_a.ipynb").unlink()
        assert page.reload().status >= 400, "so a notebook is always written, too"


def test_no_script_of_a_student_s_runs_in_it(taught: Taught) -> None:
    script = "document.title = 'got you'"
    evil = f'<script>{script}</script><img src=x onerror="{script}">'
    cells = nbcourse.cells(taught.unit, {"double": "def double(x): return x + 1"})
    cells.insert(0, nbcourse.cell("markdown", evil))
    cells.insert(0, nbcourse.cell("raw", evil))
    cells[3]["outputs"] = [
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": evil}}
    ]
    folder = next(taught.folder.glob("work/ben/*/files"))
    path = folder / "01_a.ipynb"
    before = path.read_bytes()
    try:
        path.write_bytes(nbcourse.notebook(cells))
        taught.export()
    finally:
        path.write_bytes(before)
    configure(taught.nb)
    with formgrader(taught.nb) as url, page_in(url) as page:
        with_ben = _submission(taught, "ben")
        page.goto(f"{url}/submissions/{with_ben}/")
        page.locator("#wxb-double").wait_for()
        assert "document.title = 'got you'" in page.inner_text("body"), "as a text"
        assert page.title() == "01_a"


def _submission(taught: Taught, student: str) -> str:
    with nbcourse.gradebook(taught.db) as book:
        return str(book.find_submission_notebook("01_a", "01_a", student).id)
