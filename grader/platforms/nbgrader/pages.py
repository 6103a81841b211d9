"""A submitted notebook's text on nbgrader's pages, formgrader's and feedback: no script in it runs.

nbgrader's templates show Markdown with the HTML that stands in it, whatever `sanitize_html` says,
and formgrader shows it to whoever grades. `configure` puts this filter in the place of theirs.
"""

from __future__ import annotations

import re
from typing import Any

import bleach
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

__all__ = ["markdown"]

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TAGS = frozenset({
    *bleach.ALLOWED_TAGS, *_HEADINGS, "br", "dd", "del", "details", "div", "dl", "dt", "hr", "img",
    "p", "pre", "s", "span", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr",
})  # fmt: skip
_PROTOCOLS = frozenset({*bleach.ALLOWED_PROTOCOLS, "data"})
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*")


@pass_context
def markdown(context: Any, source: str) -> str:
    """Markdown as HTML without what could run, load or imitate anything of the page's own."""
    cell = context.get("cell") or {}
    renderer = IPythonRenderer(escape=False, attachments=cell.get("attachments", {}))
    made = MarkdownWithMath(renderer=renderer).render(source)
    cleaned: str = bleach.clean(made, tags=_TAGS, attributes=_allowed, protocols=_PROTOCOLS)
    return cleaned


def _allowed(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return tag in ("code", "div", "pre", "span") or (tag, value) == ("a", "anchor-link")
    if name == "id":
        return tag in _HEADINGS
    if tag == "a":
        return name == "title" or (name == "href" and not value.lower().startswith("data:"))
    if tag == "img":
        is_data = value.lower().startswith("data:")
        return name in ("alt", "title", "width", "height") or (
            name == "src" and (not is_data or _PICTURE.fullmatch(value) is not None)
        )
    return False
