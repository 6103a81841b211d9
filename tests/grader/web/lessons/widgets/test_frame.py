"""A visualizer in a frame: one text that works without server, kernel and network."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from IPython.display import HTML

from grader.errors import UsageError
from grader.web.lessons.widgets import assets, frame
from support.browser import chromium, visiting


class Frame(HTMLParser):
    """What stands in the first iframe."""

    inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "iframe":
            self.inside = dict(attrs)["srcdoc"] or ""


def test_the_frame_holds_the_whole_document_once() -> None:
    reader = Frame()
    reader.feed(frame.frame("warp", {"W": [[2, 0], [0, 2]]}))
    assert reader.inside == frame.document("warp", {"W": [[2, 0], [0, 2]]})
    assert reader.inside.count("</script>") == 1


def test_options_cannot_end_the_script() -> None:
    text = frame.document("vector", {"goal": "</script><script>alert(1)</script>"})
    assert text.count("</script>") == 1


def test_a_notebook_shows_it_without_a_warning() -> None:
    assert HTML(frame.frame("vector")).data  # warnings are errors here


def test_a_name_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="no visualizer"):
        frame.frame("tensor")


@chromium
def test_it_works_in_a_page_from_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "exported.html"
    body = "".join(frame.frame(name, {"predict": False}) for name in ("vector", "matmul"))
    path.write_text(f'<!doctype html><meta charset="utf-8">{body}', "utf-8")
    with visiting() as visit:
        page = visit.browser.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path.as_uri())
        inside = page.frame_locator("iframe").first
        inside.get_by_role("button", name="3-4-5").click()
        tip = inside.get_by_role("slider", name="tip of a")
        assert tip.get_attribute("aria-valuetext") == "x 3, y 4"
        assert int(page.locator("iframe").first.get_attribute("height") or 0) != frame.HEIGHT
        page.close()
    assert errors == []
    assert len(assets.visualizers()) == 7
