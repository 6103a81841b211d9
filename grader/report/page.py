"""Views of a report as documents that stand alone: a page of HTML, and Markdown.

Nothing in them comes from elsewhere, no script runs, and text that others wrote is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

import msgspec

from grader.report.html import to_html
from grader.report.plain import to_plain
from grader.report.safe import safe
from grader.report.view import ReportView

__all__ = ["GENERATOR", "Section", "fenced", "marked", "to_markdown", "to_page"]

#: What says in a document that it was written here.
GENERATOR = "wxb feedback"
_STYLE = """
:root { color-scheme: light dark }
body { font: 1em/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em }
h1, h2 { line-height: 1.2 }
"""


class Section(msgspec.Struct, frozen=True):
    """A part of a document: its heading, what it adds up to, and a view."""

    heading: str
    score: str
    view: ReportView


def to_page(title: str, whose: str, sections: Sequence[Section]) -> bytes:
    """A page of HTML that a browser shows without asking anybody for anything."""
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f'<meta name="generator" content="{GENERATOR}">',
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_line(title)}: {_line(whose)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{_line(title)}</h1>",
        f"<p>{_line(whose)}</p>",
    ]
    for section in sections:
        parts.append(f"<h2>{_line(section.heading)}: {_line(section.score)}</h2>")
        parts.append(to_html(section.view))
    return safe("\n".join([*parts, "</body></html>"])).encode("utf-8", "replace") + b"\n"


def to_markdown(title: str, whose: str, sections: Sequence[Section]) -> bytes:
    """Markdown: headings, and what was said in fences that nothing inside of them can end."""
    parts = [f"<!-- {GENERATOR} -->", f"# {marked(title)}", marked(whose)]
    for section in sections:
        parts.append(f"## {marked(section.heading)}: {section.score}")
        parts.append(fenced(to_plain(section.view).strip("\n")))
    return safe("\n\n".join(parts)).encode("utf-8", "replace") + b"\n"


def fenced(text: str) -> str:
    """A text in a fence of Markdown that nothing inside of it can end."""
    runs = re.findall(r"`+", text)
    fence = "`" * max(3, 1 + max(map(len, runs), default=0))
    return f"{fence}text\n{text}\n{fence}"


def _line(text: str) -> str:
    return escape(" ".join(text.split()))


def marked(text: str) -> str:
    """A text on one line in which Markdown finds no marks."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))
