"""Markdown on nbgrader's pages: text stays, and what could run does not."""

from __future__ import annotations

from typing import Any

import jinja2
import pytest

from grader.nbgrader import markdown


def page(source: str, **cell: Any) -> str:
    environment = jinja2.Environment()
    environment.filters["markdown2html"] = markdown
    return environment.from_string("{{ text | markdown2html }}").render(text=source, cell=cell)


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "[a](javascript:alert(1))",
        "<a href='data:text/html,x'>a</a>",
        "<a href='jAvAsCrIpT:alert(1)'>a</a>",
        "<iframe src='//x'></iframe>",
        "<form action='//x'><input name=a></form>",
        "<style>body { display: none }</style>",
        "<div id='score' style='position: fixed' onclick='x()'>a</div>",
        "![a](data:image/svg+xml;base64,PHN2Zz4=)",
        "<meta http-equiv=refresh content='0; url=//x'>",
        "**bold <b onmouseover=alert(1)>x</b>**",
        "```html\n<script>alert(1)</script>\n```",
        "`<script>`",
        "$<script>alert(1)</script>$",
    ],
)
def test_nothing_of_it_runs(source: str) -> None:
    made = page(source).lower()
    tags = made.split("<")[1:]
    for tag in tags:
        inside = tag.partition(">")[0]
        assert not inside.startswith(
            ("script", "svg", "iframe", "form", "input", "style", "meta")
        ), made
        for word in (" on", "javascript:", "data:", " style", "id="):
            assert word not in inside, made


def test_text_looks_as_it_did() -> None:
    made = page(
        "# A\n\n> q\n\n| a | b |\n|---|---|\n| 1 | **2** |\n\n$a<b$ and `x`\n\n[w](https://x.org)"
    )
    for piece in ('<h1 id="A">', "<blockquote>", "<table>", "<strong>2</strong>", "<code>x</code>"):
        assert piece in made
    assert "$a&lt;b$" in made
    assert '<a href="https://x.org">w</a>' in made


def test_a_picture_that_is_pasted_is_shown() -> None:
    made = page("![a](attachment:a.png)", attachments={"a.png": {"image/png": "iVBORw0KGgo="}})
    assert 'src="data:image/png;base64,iVBORw0KGgo="' in made
