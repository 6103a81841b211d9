"""Documents that stand alone, whatever others wrote into them."""

from __future__ import annotations

from html.parser import HTMLParser

from markdown_it import MarkdownIt

from grader.report import view
from grader.report.page import Section, to_markdown, to_page
from grader.report.view import ExerciseView, ReportView

HOSTILE = (
    "</pre></div><script>alert(1)</script><img src=x onerror=alert(1)>"
    "\x1b[2J\u202e [x](javascript:alert(1)) ```\n````\n# no heading & <b>"
)
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "div", "span", "strong",
    "ul", "li", "pre",
}  # fmt: skip


def sections(text: str) -> list[Section]:
    test = view.TestView("failed", text, "0 of 1", text, text)
    exercise = ExerciseView("length", text, "failed", "0 of 1", "", (test,), (text,), text)
    return [Section(text, "0 of 1", ReportView((exercise,), (text,)))]


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_a_page_has_no_element_but_ours_and_asks_nobody() -> None:
    page = to_page(HOSTILE, HOSTILE, sections(HOSTILE)).decode()
    seen = Seen()
    seen.feed(page)
    assert seen.tags <= ALLOWED
    assert not any(name in ("src", "href") or name.startswith("on") for name in seen.attributes)
    assert "default-src 'none'" in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_markdown_has_headings_and_text_alone() -> None:
    text = to_markdown(HOSTILE, HOSTILE, sections(HOSTILE)).decode()
    tokens = MarkdownIt("commonmark").parse(text)
    inline = [child.type for token in tokens for child in token.children or []]
    assert set(inline) == {"text", "text_special"} or set(inline) == {"text"}
    assert [token.type for token in tokens].count("fence") == 1
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2"]
    assert [t.content for t in tokens if t.type == "html_block"] == ["<!-- wxb feedback -->\n"]
    [fence] = [token for token in tokens if token.type == "fence"]
    assert "# no heading" in fence.content


def test_what_cannot_be_encoded_costs_nothing() -> None:
    assert b"?" in to_page("T", "\ud800", sections("\ud800"))
    assert b"?" in to_markdown("T", "\ud800", sections("\ud800"))


def test_both_say_the_same() -> None:
    page, text = (
        to_page("T", "Jane", sections("Wrong.")),
        to_markdown("T", "Jane", sections("Wrong.")),
    )
    for words in (b"Jane", b"length", b"Wrong.", b"0 of 1"):
        assert words in page
        assert words in text
